"""The list of what a backup holds (清单), by which its restoring is checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ..checkpoints import Checkpoint
from ..refusals import Refused

NAME = "manifest.json"
FORMAT = 1

# Asks the copied database one question and gives its rows.
Ask = Callable[[str], Iterable[tuple[Any, ...]]]


@dataclass
class Manifest:
    """When it was made and of what: lines by table, files by hash, how far the journal had come.

    `members` are the SHA-256 sums of the parts of the archive that are not files of documents;
    a file of a document is called by its own.  `missing` are files the database speaks of that
    were damaged or gone already when the backup was made.
    """

    made_at: str
    engine: str
    checkpoint: Checkpoint
    tables: dict[str, int]
    migrations: list[str]
    files: list[str]
    members: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def text(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @staticmethod
    def read(text: bytes) -> Manifest:
        """The list again.

        Raises:
            Refused: it is no list of ours, or of a later program.
        """
        try:
            said = json.loads(text)
            said["checkpoint"] = Checkpoint(**said["checkpoint"])
            found = Manifest(**said)
        except (ValueError, TypeError, KeyError) as error:
            raise Refused(_("备份里的清单读不出来，这不是商量的备份，或者已经损坏。")) from error
        if found.format > FORMAT:
            raise Refused(_("这份备份由更新的版本制作，请先升级程序再恢复。"))
        return found


def counted(ask: Ask, tables: Iterable[str]) -> dict[str, int]:
    """How many lines each table has."""
    return {
        name: next(iter(ask(f'SELECT count(*) FROM "{name}"')))[0]  # noqa: S608  our own tables
        for name in sorted(tables)
    }


def applied(ask: Ask) -> list[str]:
    """The changes of structure the database has gone through."""
    rows = ask("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [f"{app}.{name}" for app, name in rows]


def digests(ask: Ask) -> list[str]:
    """The files the database speaks of."""
    return [name for (name,) in ask("SELECT digest FROM matters_storedfile ORDER BY digest")]
