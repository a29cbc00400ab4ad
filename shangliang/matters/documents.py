"""Documents (文书、附件): a matter's papers, and who may read which of them.

`attaching` brings them and takes them away; the bytes stand on the `shelf`.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.people import duties
from shangliang.people.models import Seat
from shangliang.ui.languages import clauses

from . import rights, shelf
from .models import Document, DocumentVersion, Matter, Visibility
from .table import Held

ATTACHMENT = "attachment"


def reach(matter: Matter, held: Held) -> frozenset[str]:
    """The circles of documents of `matter` that somebody who holds `held` belongs to.

    The matter itself must be visible to her besides: ask `rights.visible` first.
    """
    circles = {Visibility.PUBLIC}
    roles = held.parts | {role for role, duty in held.desks if duty not in duties.BELONGING}
    if held.duties:
        circles.add(Visibility.ORGAN)
    if held.duties - duties.UNITS:
        circles.add(Visibility.MEMBERS)
    if roles & matter.flow.sight or held.duties & matter.flow.handlers.duties:
        circles |= {Visibility.HANDLERS, Visibility.MEMBERS, Visibility.ORGAN}
    return frozenset(circles)


def readable(matter: Matter, person: Any, day: date, held: Held | None = None) -> Q:
    """The documents of a visible `matter` that `person` may read, as a condition.

    A private one belongs to whoever brought it and to those who act for the same unit.
    """
    held = held or rights.held(person, matter, day)
    found = Q(visibility__in=reach(matter, held))
    if not person.is_authenticated:
        return found
    found |= Q(by=person)
    seats = rights.seats_of(person, day)
    bodies = [body for duty, body, _home in seats if duty not in duties.BELONGING]
    if held.desks and bodies:
        units = matter.parts.filter(unit__in=bodies).values("unit")
        colleagues = Seat.objects.held_on(day).filter(organisation__in=units).values("person")
        found |= Q(visibility=Visibility.PRIVATE, by__in=colleagues)
    return found


def find(pk: int, person: Any, day: date, number: int | None = None) -> DocumentVersion | None:
    """A version (the newest, unless `number` names one) if `person` may read it on `day`."""
    document = Document.objects.select_related("matter").filter(pk=pk).first()
    if document is None:
        return None
    matter = document.matter
    if not Matter.objects.filter(rights.visible(person, day), pk=matter.pk).exists():
        return None
    if not Document.objects.filter(readable(matter, person, day), pk=pk).exists():
        return None
    versions = document.versions.select_related("file", "document__matter")
    return versions.filter(number=number).first() if number else versions.last()


def listed(
    matter: Matter, person: Any, held: Held | None = None, day: date | None = None
) -> list[dict[str, Any]]:
    """The papers of a matter as far as `person` may read them, as `ui/_files.html` shows them."""
    day = day or timezone.localdate()
    documents = matter.documents.filter(readable(matter, person, day, held))
    versions = DocumentVersion.objects.filter(document__in=documents)
    versions = versions.select_related("file", "document").order_by(
        "document__created_at", "document", "number"
    )
    return [_line([*group], matter, person) for _pk, group in groupby(versions, _document)]


def _document(version: DocumentVersion) -> int:
    return version.document_id


def _line(versions: list[DocumentVersion], matter: Matter, person: Any) -> dict[str, Any]:
    *earlier, version = versions
    document = version.document
    document.matter = matter
    whole = shelf.looks_whole(version.file.digest, version.file.size)
    notes = [] if whole else [_("已损坏，不能下载")]
    if earlier:
        notes.append(_("第 %(n)s 版") % {"n": version.number})
    if document.visibility == Visibility.PRIVATE:
        notes.append(_("仅本人和本单位可见"))
    return {
        "pk": document.pk, "document": document, "name": document.title, "size": version.file.size,
        "url": reverse("document", args=[document.pk]), "kind": _kind(version.name),
        "note": clauses(*notes), "whole": whole, "may_detach": may_detach(person, document),
    }  # fmt: skip


def _kind(name: str) -> str:
    return name.rpartition(".")[2].upper()


def may_attach(person: Any, matter: Matter, held: Held | None = None) -> bool:
    """Whether `person` may add a paper now: the matter is in her hands, or she handles it."""
    if not matter.is_open:
        return False
    held = held or rights.held(person, matter, timezone.localdate())
    holds = matter.stands.held_by is not None and matter.stands.held_by.admits(held)
    reached = matter.visibility != Visibility.PRIVATE  # a draft has not come to the office yet
    return holds or (reached and matter.flow.handlers.admits(held))


def may_replace(person: Any, document: Document) -> bool:
    """Only who brought an attachment, while she may add one; what the house made stays as it went out."""
    is_hers = document.kind == ATTACHMENT and document.by_id == person.pk
    return is_hers and may_attach(person, document.matter)


def may_detach(person: Any, document: Document) -> bool:
    """Only who brought an attachment, and only until the matter has passed into other hands."""
    return (
        document.kind == ATTACHMENT
        and document.by_id == person.pk
        and document.matter.is_open
        and document.created_at >= document.matter.moved_at
    )
