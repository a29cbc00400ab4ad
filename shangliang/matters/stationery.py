"""An organ's own stationery (文书模板): Word templates in place of ours, and papers made of them."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from shangliang.people.models import Organisation, Person

from . import journal, shelf
from .attaching import file_paper, scanner
from .letters.contexts import Context
from .letters.fill import BadTemplate
from .letters.pdf import render_pdf
from .letters.specimens import SPECIMENS
from .letters.word import render_docx
from .models import Document, LetterTemplate, Matter, StoredFile
from .uploads.gate import admit
from .uploads.kinds import DOCX, PDF, Kind
from .uploads.limits import STANDARD
from .uploads.refusals import Refused

logger = logging.getLogger(__name__)


def template_for(organisation: Organisation, kind: str) -> bytes | None:
    """The organ's own template of this kind of paper; None where it uses ours.

    Raises:
        shelf.Damaged: its bytes are not what was put in place.
    """
    found = LetterTemplate.objects.filter(organisation=organisation, kind=kind)
    own = found.select_related("file").first()
    if own is None:
        return None
    with shelf.take(own.file.digest) as file:
        return file.read()


def set_template(
    organisation: Organisation, kind: str, file: BinaryIO, name: str, *, by: Person, at: datetime
) -> LetterTemplate:
    """Put a Word template in place of ours, after it has been filled once on trial.

    Raises:
        uploads.refusals.Refused: the file does not pass the gate.
        letters.fill.BadTemplate: it cannot be filled.
    """
    brought = admit(file, name, STANDARD, scanner())
    if brought.kind != DOCX:
        raise Refused("kind")
    render_docx(kind, SPECIMENS[kind], brought.content)
    digest = shelf.put(brought.content)
    with transaction.atomic():
        journal.hold()
        stored, _ = StoredFile.objects.update_or_create(
            digest=digest,
            defaults={"stored_at": at},
            create_defaults={
                "size": len(brought.content), "content_type": DOCX.media_type, "stored_at": at,
            },
        )  # fmt: skip
        template, _ = LetterTemplate.objects.update_or_create(
            organisation=organisation, kind=kind, defaults={"file": stored, "by": by, "at": at}
        )
        data = {"organisation": organisation.pk, "kind": kind, "digest": digest}
        journal.write("template", by=by, at=at, data=data)
    return template


@transaction.atomic
def drop_template(organisation: Organisation, kind: str, *, by: Person, at: datetime) -> None:
    """Go back to our template."""
    journal.hold()
    LetterTemplate.objects.filter(organisation=organisation, kind=kind).delete()
    data = {"organisation": organisation.pk, "kind": kind, "digest": ""}
    journal.write("template", by=by, at=at, data=data)


def _in_word(kind: str, context: Context, organisation: Organisation) -> bytes:
    """On the organ's own paper; on ours when its template has gone bad since it was tried.

    A letter that has been signed must go out.
    """
    try:
        return render_docx(kind, context, template_for(organisation, kind))
    except (BadTemplate, shelf.Damaged):
        logger.exception("the %s template of organisation %s is unusable", kind, organisation.pk)
        return render_docx(kind, context)


def set_paper(kind: str, context: Context, organisation: Organisation, ending: str) -> bytes:
    """A paper on the stationery of `organisation`, as "docx" or "pdf"."""
    if ending == "docx":
        return _in_word(kind, context, organisation)
    return render_pdf(kind, context, fonts=settings.VAR / "fonts")


def file_letter(
    matter: Matter,
    kind: str,
    context: Context,
    *,
    organisation: Organisation,
    name: str,
    by: Person | None,
    at: datetime,
    visibility: str,
) -> Document:
    """Make a paper on the stationery of `organisation` and file it twice: Word, and PDF.

    Returns the PDF's document.
    """
    word = set_paper(kind, context, organisation, "docx")
    pdf = set_paper(kind, context, organisation, "pdf")

    def keep(content: bytes, file_kind: Kind) -> Document:
        return file_paper(
            matter, content, kind=kind, name=name + file_kind.ending,
            media_type=file_kind.media_type, by=by, at=at, visibility=visibility,
        )  # fmt: skip

    keep(word, DOCX)
    return keep(pdf, PDF)
