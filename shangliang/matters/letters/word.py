"""Papers as Word files, set through a template that an organ can replace."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path

from shangliang.matters.confined import TooMuch, run_confined
from shangliang.matters.letters.contexts import KINDS, Context
from shangliang.matters.letters.draft import as_draft
from shangliang.matters.letters.fill import BadTemplate, fill
from shangliang.matters.letters.words import spoken
from shangliang.matters.uploads.limits import Limits

_TEMPLATES = Path(__file__).parent / "word"
# A letter waits inside the transaction that signs it: a template that is slow is a bad one.
_BOUNDS = Limits(cpu_seconds=5, wall_seconds=10)
_FILL = "shangliang.matters.letters.fill"


def render_docx(
    kind: str, context: Context, template: bytes | None = None, *, draft: bool = False
) -> bytes:
    """The paper as .docx bytes, through the organ's own `template` if it has one.

    Raises:
        BadTemplate: the organ's template cannot be filled; the message says why.
    """
    if not isinstance(context, KINDS[kind]):
        raise TypeError(f"a {kind} is made of {KINDS[kind].__name__}")
    said = spoken(context)
    filled = fill(standard_template(kind), said) if template is None else _confined(template, said)
    return as_draft(filled) if draft else filled


@cache
def standard_template(kind: str) -> bytes:
    """The template that is ours, for an organ to start from."""
    return (_TEMPLATES / f"{kind}.docx").read_bytes()


def _confined(template: bytes, said: dict[str, object]) -> bytes:
    """Fill a template from outside where it can neither see the house nor keep it busy."""
    with tempfile.TemporaryDirectory(prefix="letter-") as directory:
        job = Path(directory)
        (job / "template.docx").write_bytes(template)
        (job / "said.json").write_text(json.dumps(said), encoding="utf-8")
        try:
            run_confined(
                _FILL, job, memory=_BOUNDS.memory, cpu_seconds=_BOUNDS.cpu_seconds,
                wall_seconds=_BOUNDS.wall_seconds, room=_BOUNDS.bytes,
            )  # fmt: skip
            return (job / "filled.docx").read_bytes()
        except TooMuch as error:
            raise BadTemplate("too_much") from error
        except FileNotFoundError:
            raise BadTemplate(*json.loads((job / "problem.json").read_text())) from None
