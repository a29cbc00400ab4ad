"""The child process that opens a stranger's file: `python -m … inspector JOB`.

JOB is a directory with the file (`brought`), its family and the limits (`order.json`); the
verdict goes to `verdict.json`, a rewritten file to `rewritten`.  This process knows neither
database nor secret, and the system takes its memory and time away when it asks for too much.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from shangliang.matters.uploads.findings import Findings
from shangliang.matters.uploads.limits import Limits
from shangliang.matters.uploads.refusals import Refused


def main(job: Path) -> None:
    order = json.loads((job / "order.json").read_text())
    verdict = judge(order["family"], job, Limits(**order["limits"]))
    (job / "verdict.json").write_text(json.dumps(verdict, ensure_ascii=False), encoding="utf-8")


def judge(family: str, job: Path, limits: Limits) -> dict[str, Any]:
    """The findings as plain data, or the reason for a refusal."""
    try:
        return {"findings": asdict(inspect(family, job, limits))}
    except Refused as refusal:
        return {"refused": refusal.code, "facts": refusal.facts}
    except (MemoryError, RecursionError):
        return {"refused": "too_complex", "facts": {}}
    except Exception as error:  # a parser may fail in any way on a broken file
        return {"refused": "damaged", "facts": {}, "because": repr(error)[:300]}


def inspect(family: str, job: Path, limits: Limits) -> Findings:
    brought, rewritten = job / "brought", job / "rewritten"
    # Each parser is loaded only for its own files: a start costs a quarter of a second.
    if family == "pdf":
        from shangliang.matters.uploads.pdf import inspect_pdf

        return inspect_pdf(brought, limits)
    if family in ("zip", "ole"):
        from shangliang.matters.uploads.office import inspect_office

        if family == "ole":
            raise old_office(brought.read_bytes())
        return inspect_office(brought, rewritten, limits)
    from shangliang.matters.uploads.picture import inspect_picture

    return inspect_picture(family, brought, rewritten, limits)


def old_office(content: bytes) -> Refused:
    """A Word file with a password is wrapped in the container that .doc files used."""
    return Refused("password" if "EncryptedPackage".encode("utf-16le") in content else "old_office")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
