"""Packing: the database as it was at one moment, every file it speaks of, and the key."""

from __future__ import annotations

import hashlib
import os
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from .. import checkpoints, journal, shelf
from ..refusals import Refused
from . import databases
from .manifest import NAME, Manifest, applied, counted, digests

KEY = "secret_key"


def pack(target: Path, at: datetime) -> Manifest:
    """Make the backup file `target`, whole or not at all; readable by its owner only.

    The journal is told first and its checkpoint taken, so what that names is in the copy; the
    files come last, so every file the copy speaks of is there: they are never changed, and swept
    only after days.

    Raises:
        Refused: there is such a file already, or no room for it.
    """
    if target.exists():
        raise Refused(_("%(file)s 已经存在，请换一个文件名。") % {"file": target})
    part = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="backup-", dir=target.parent) as folder:
            made = _written(part, Path(folder), at)
        part.replace(target)
    except OSError as error:
        raise Refused(
            _("备份写不到 %(file)s：%(why)s。") % {"file": target, "why": error.strerror}
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return made


def _written(part: Path, folder: Path, at: datetime) -> Manifest:
    with transaction.atomic():
        journal.write("backup", by=None, at=at)
    engine, point = databases.engine(), checkpoints.take(at)
    copy = folder / engine.member
    with engine.copied(copy) as ask:
        made = Manifest(
            made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
            engine=engine.name,
            checkpoint=point,
            tables=counted(ask, databases.tables()),
            migrations=applied(ask),
            files=digests(ask),
        )
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as archive:
            _add(archive, made, engine.member, copy)
            key = Path(settings.VAR) / KEY
            if key.exists() and key.read_text().strip() == settings.SECRET_KEY:
                _add(archive, made, KEY, key)
            for name in made.files:
                _add_file(archive, made, name)
            listed = folder / NAME
            listed.write_bytes(made.text())
            archive.add(listed, NAME)
        file.flush()
        os.fsync(file.fileno())
    return made


def _add(archive: tarfile.TarFile, made: Manifest, name: str, path: Path) -> None:
    with path.open("rb") as file:
        made.members[name] = hashlib.file_digest(file, "sha256").hexdigest()
    archive.add(path, name)


def _add_file(archive: tarfile.TarFile, made: Manifest, name: str) -> None:
    """A damaged file is no reason to have no backup; it is named, and the command says so."""
    try:
        shelf.take(name).close()
    except shelf.Damaged:
        made.missing.append(name)
        return
    archive.add(shelf.path(name), f"files/{name}")
