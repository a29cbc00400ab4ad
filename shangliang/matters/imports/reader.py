"""Reading a table somebody uploaded, in a child process with little memory and little time."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from shangliang.analysis.tabular import Bounds, Note, Row, Table, TableError, read_table
from shangliang.analysis.words import gettext_noop as _
from shangliang.matters.confined import TooMuch, run_confined

MEMORY, CPU_SECONDS, WALL_SECONDS = 512 * 2**20, 20, 40
ROOM = 200 * 2**20


def read_confined(data: bytes, name: str, bounds: Bounds | None = None) -> Table:
    """The table in an uploaded file.

    Raises:
        TableError: it cannot be read, or only with more than a table should need.
    """
    with tempfile.TemporaryDirectory(prefix="table-") as directory:
        job = Path(directory)
        (job / "brought").write_bytes(data)
        order = {"name": name, "bounds": asdict(bounds or Bounds())}
        (job / "order.json").write_text(json.dumps(order), encoding="utf-8")
        try:
            run_confined(
                __name__, job,
                memory=MEMORY, cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS, room=ROOM,
            )  # fmt: skip
            told = json.loads((job / "told.json").read_text(encoding="utf-8"))
        except (TooMuch, OSError, ValueError):
            raise TableError(_("文件太大或太复杂，读不下来，请分成几份再上传。")) from None
    if "refused" in told:
        raise TableError(told["refused"], told["facts"])
    return _table(told["table"])


def _table(told: dict[str, Any]) -> Table:
    """The table as the child wrote it down."""
    rows = tuple(Row(number, tuple(cells)) for number, cells in told.pop("rows"))
    notes = tuple(Note(*note) for note in told.pop("notes"))
    return Table(header=tuple(told.pop("header")), rows=rows, notes=notes, **told)


def _child(job: Path) -> None:
    """The child's work: read what was brought and tell what it is."""
    order = json.loads((job / "order.json").read_text(encoding="utf-8"))
    try:
        table = read_table((job / "brought").read_bytes(), order["name"], Bounds(**order["bounds"]))
    except TableError as refusal:
        told: dict[str, Any] = {"refused": refusal.message, "facts": refusal.facts}
    else:
        told = {
            "table": {
                "header": table.header, "header_row": table.header_row, "digest": table.digest,
                "encoding": table.encoding, "sheet": table.sheet,
                "rows": [(row.number, row.cells) for row in table.rows],
                "notes": [(note.row, note.column, note.sentence) for note in table.notes],
            }
        }  # fmt: skip
    (job / "told.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    _child(Path(sys.argv[1]))
