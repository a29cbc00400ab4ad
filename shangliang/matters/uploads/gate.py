"""The one door for files from outside."""

import json
import tempfile
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from shangliang.matters.confined import TooMuch, run_confined
from shangliang.matters.secrecy import find_mark
from shangliang.matters.uploads.findings import COMMENTS, FIRST_FRAME, Findings
from shangliang.matters.uploads.kinds import HEAD, KINDS, Kind, family
from shangliang.matters.uploads.limits import KB, MB, STANDARD, Limits
from shangliang.matters.uploads.names import safe_name
from shangliang.matters.uploads.refusals import Refused
from shangliang.matters.uploads.scan import NO_SCANNER, Scanner

_INSPECTOR = "shangliang.matters.uploads.inspector"

# Each inspection may take half a gigabyte; two at a time keep the machine alive while a
# plenary session uploads its papers.
_PLACES = threading.BoundedSemaphore(2)
_SECONDS_IN_THE_QUEUE = 30


@dataclass(frozen=True)
class Admitted:
    """A file that may be kept: its bytes as they will be stored, and what is known of it."""

    name: str
    kind: Kind
    content: bytes
    text: str
    notes: tuple[str, ...]
    """Codes of what the owner ought to know; `note_sentence` has the words."""

    @property
    def media_type(self) -> str:
        return self.kind.media_type


def admit(
    file: BinaryIO, name: str, limits: Limits = STANDARD, scanner: Scanner = NO_SCANNER
) -> Admitted:
    """Examine an uploaded file and return what may be kept; raises `Refused`.

    Nothing of a refused file is left behind.
    """
    with tempfile.TemporaryDirectory(prefix="upload-") as directory:
        job = Path(directory)
        _receive(file, job / "brought", limits)
        if found := scanner.find(job / "brought"):
            raise Refused("infected", name=found)
        with (job / "brought").open("rb") as brought:
            kind_of_parser = family(brought.read(HEAD))
        findings = _inspect(kind_of_parser, job, limits)
        _check_secrecy(findings, name)
        kind = KINDS[findings.kind]
        content = (job / ("rewritten" if findings.rewritten else "brought")).read_bytes()
    notes = tuple(findings.notes)
    return Admitted(safe_name(name, kind), kind, content, findings.text, notes)


def note_sentence(code: str) -> str:
    """What to tell the owner of a file that was let in."""
    from django.utils.translation import gettext as _

    return {
        COMMENTS: _(
            "文件里还有批注或修订记录，别人也会看到。如不需要，请在 Word 中清除后重新上传。"
        ),
        FIRST_FRAME: _("动态图片只保留了第一帧。"),
    }[code]


def _receive(file: BinaryIO, path: Path, limits: Limits) -> None:
    """Copy the upload piece by piece and stop as soon as it is too big."""
    size = 0
    with path.open("wb") as brought:
        while piece := file.read(64 * KB):
            size += len(piece)
            if size > limits.bytes:
                raise Refused("too_big", most=f"{limits.bytes // MB} MB")
            brought.write(piece)
    if not size:
        raise Refused("empty")


def _inspect(kind_of_parser: str, job: Path, limits: Limits) -> Findings:
    order = {"family": kind_of_parser, "limits": asdict(limits)}
    (job / "order.json").write_text(json.dumps(order))
    if not _PLACES.acquire(timeout=_SECONDS_IN_THE_QUEUE):
        raise Refused("busy")
    try:
        run_confined(
            _INSPECTOR,
            job,
            memory=limits.memory,
            cpu_seconds=limits.cpu_seconds,
            wall_seconds=limits.wall_seconds,
            room=4 * limits.bytes,
        )
        verdict = json.loads((job / "verdict.json").read_text(encoding="utf-8"))
    except (TooMuch, OSError, ValueError) as error:
        raise Refused("too_complex") from error
    finally:
        _PLACES.release()
    if "refused" in verdict:
        raise Refused(verdict["refused"], **verdict["facts"])
    return Findings(**verdict["findings"])


def _check_secrecy(findings: Findings, name: str) -> None:
    mark = (
        find_mark(findings.heading, heading=True)
        or find_mark(findings.text)
        or find_mark(Path(name).stem)
    )
    if mark:
        raise Refused("secrecy", mark=mark)
