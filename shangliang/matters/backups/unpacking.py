"""Unpacking: an empty house becomes the house of the backup, and is looked through."""

from __future__ import annotations

import hashlib
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import gettext as _

from .. import audit, journal, shelf
from ..refusals import Refused
from . import databases
from .manifest import NAME, Manifest, counted
from .packing import KEY


@dataclass(frozen=True)
class Restored:
    """What was found when everything stood in its place again; no faults means it is the same."""

    manifest: Manifest
    entries: int
    faults: list[str]


def restore(source: Path, at: datetime) -> Restored:
    """Put the house of `source` into an empty place, then count, hash and verify what stands there.

    Where all is as it was, the journal says so and goes on from there.

    Raises:
        Refused: the place is not empty, or the backup is not whole; nothing was put in place then.
    """
    engine = databases.engine()
    with tempfile.TemporaryDirectory(prefix="restore-", dir=settings.VAR) as name:
        folder = Path(name)
        said = _checked(source, folder)
        if said.engine != engine.name:
            raise Refused(
                _("备份来自 %(was)s，这里用的是 %(here)s，请按备份时的数据库设置 DATABASE_URL。")
                % {"was": said.engine, "here": engine.name}
            )
        if not databases.is_empty() or any(shelf.standing()):
            raise Refused(_("这里已经有数据，备份只能恢复到空的数据目录和空的数据库。"))
        for path in sorted((folder / "files").glob("*")):
            shelf.put(path.read_bytes())
        engine.put_back(folder / engine.member)
        if (folder / KEY).exists():
            _take_key(folder / KEY)
    found = list(_differences(said))  # before the structure is brought up to this program's
    call_command("migrate", verbosity=0, interactive=False)
    verdict = audit.verify([said.checkpoint])
    if verdict.fault:
        found.append(verdict.fault.sentence)
    if not found:
        with transaction.atomic():
            journal.write("restore", by=None, at=at, data={"made_at": said.made_at})
    return Restored(said, verdict.entries, found)


def _checked(source: Path, folder: Path) -> Manifest:
    """Everything out of the archive into `folder`, each part against its sum."""
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        said = Manifest.read((folder / NAME).read_bytes())
    except (OSError, tarfile.TarError) as error:
        raise Refused(_("%(file)s 打不开，或者不是完整的备份。") % {"file": source}) from error
    sums = said.members | {f"files/{n}": n for n in said.files if n not in said.missing}
    for name, told in sums.items():
        if _sum(folder / name) != told:
            raise Refused(_("备份里的 %(name)s 已经损坏，没有恢复任何内容。") % {"name": name})
    return said


def _sum(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _take_key(key: Path) -> None:
    """The seals of the journal were made with this key; this process goes on with it too."""
    home = Path(settings.VAR) / KEY
    home.unlink(missing_ok=True)
    shutil.copyfile(key, home)
    home.chmod(0o600)
    settings.SECRET_KEY = home.read_text().strip()


def _differences(said: Manifest) -> Iterator[str]:
    """What is not as the list says."""
    with connection.cursor() as cursor:

        def ask(sql: str) -> list[tuple[object, ...]]:
            cursor.execute(sql)
            return list(cursor.fetchall())

        here = counted(ask, said.tables)
    for table, count in said.tables.items():
        if here[table] != count:
            yield _("表 %(table)s 应有 %(told)s 行，恢复后有 %(here)s 行。") % {
                "table": table, "told": count, "here": here[table],
            }  # fmt: skip
    standing = {name for name, _since in shelf.standing()}
    for name in said.files:
        if name not in standing:
            yield _("附件 %(name)s 在备份时就已经损坏或丢失。") % {"name": name}
