"""Bringing papers to a matter and taking them away.

A file passes the gate, stands safe on the shelf, and only then gets its rows and its line in
the journal, all in one transaction.  A version once written never changes; a newer one is
added beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.people.models import Person

from . import journal, local, rights, shelf
from .clocks import local_day
from .documents import ATTACHMENT, may_attach, may_detach
from .models import ChainHead, Document, DocumentVersion, Matter, StoredFile, Visibility
from .refusals import NotAllowed
from .uploads.gate import Admitted, admit
from .uploads.limits import MB, STANDARD, Limits
from .uploads.refusals import Refused
from .uploads.scan import NO_SCANNER, Clamd, Scanner

# How the journal calls what happens here.
VERBS = {
    "attach": gettext_lazy("添加附件"),
    "replace": gettext_lazy("更换附件"),
    "detach": gettext_lazy("删去附件"),
    "paper": gettext_lazy("制作文书"),
}


class Brought(Protocol):
    """A file ready to be kept."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def attach(
    matter: Matter,
    file: BinaryIO,
    name: str,
    *,
    by: Person,
    at: datetime,
    visibility: str = "",
) -> DocumentVersion:
    """Let a file through the gate and put it with the papers of `matter`.

    Raises:
        NotAllowed: the matter is not in the hands of `by`.
        uploads.refusals.Refused: the file does not pass, or there are too many already.
    """
    _may(by, matter, at)
    _check_number(matter)
    brought = _admitted(matter, file, name, by)
    digest = shelf.put(brought.content)
    with transaction.atomic():
        head = journal.hold()
        if twin := _twin(matter, digest, by):
            return twin
        _check_number(matter)
        _check_room(matter, by, len(brought.content))
        document = Document.objects.create(
            matter=matter, title=brought.name[:200], by=by, created_at=at,
            visibility=visibility or _usual(matter, by, at),
        )  # fmt: skip
        return _write("attach", document, brought, by=by, at=at, head=head)


def replace(
    document: Document, file: BinaryIO, name: str, *, by: Person, at: datetime
) -> DocumentVersion:
    """Add a newer version of an attachment; the older ones stay as they are."""
    if document.kind != ATTACHMENT or document.by_id != by.pk:
        raise NotAllowed(_("只有添加附件的人可以更换它。"))
    _may(by, document.matter, at)
    brought = _admitted(document.matter, file, name, by)
    digest = shelf.put(brought.content)
    with transaction.atomic():
        head = journal.hold()
        last = document.versions.select_related("file").last()
        if last and last.file.digest == digest:
            return last  # the same file sent twice is one version
        _check_room(document.matter, by, len(brought.content))
        Document.objects.filter(pk=document.pk).update(title=brought.name[:200])
        return _write("replace", document, brought, by=by, at=at, head=head)


@transaction.atomic
def detach(document: Document, *, by: Person, at: datetime) -> None:
    """Take an attachment back that nobody else has received yet."""
    if not may_detach(by, document):
        raise NotAllowed(_("这份附件已随事项送出，不能删去。"))
    journal.hold()
    for version in document.versions.select_related("file"):
        journal.write("detach", by=by, at=at, matter=document.matter, data=_facts(version))
    document.delete()


def file_paper(
    matter: Matter,
    content: bytes,
    *,
    kind: str,
    name: str,
    media_type: str,
    by: Person | None,
    at: datetime,
    visibility: str,
) -> Document:
    """File a paper the house itself has made (答复、通知…); it does not pass the gate."""
    shelf.put(content)
    with transaction.atomic():
        head = journal.hold()
        title = name.rpartition(".")[0] or name
        document = Document.objects.create(
            matter=matter, kind=kind, title=title[:200], by=by, created_at=at, visibility=visibility
        )
        made = _Made(name, media_type, content)
        _write("paper", document, made, by=by, at=at, head=head)
        return document


@dataclass(frozen=True)
class _Made:
    name: str
    media_type: str
    content: bytes


def _may(person: Person, matter: Matter, at: datetime) -> None:
    if not may_attach(person, matter, rights.held(person, matter, local_day(at))):
        raise NotAllowed(_("《%(title)s》现在不由您办理，不能添加附件。") % {"title": matter.title})


def _usual(matter: Matter, person: Person, at: datetime) -> str:
    """What a member adds is part of her text; what an office or a unit adds is for the handling."""
    held = rights.held(person, matter, local_day(at))
    return Visibility.MEMBERS if held.parts else Visibility.HANDLERS


def _admitted(matter: Matter, file: BinaryIO, name: str, by: Person) -> Admitted:
    _check_room(matter, by, 0)
    return admit(file, name, limits(matter), scanner())


def _twin(matter: Matter, digest: str, by: Person) -> DocumentVersion | None:
    """The same file sent twice is attached once."""
    versions = DocumentVersion.objects.filter(document__matter=matter, document__by=by)
    return versions.filter(file__digest=digest, document__kind=ATTACHMENT).first()


def _write(
    verb: str, document: Document, brought: Brought, *, by: Person | None, at: datetime,
    head: ChainHead,
) -> DocumentVersion:  # fmt: skip
    """One more version, its bytes and its line in the journal; the chain's head is held."""
    digest = shelf.digest(brought.content)
    if not shelf.looks_whole(digest, len(brought.content)):
        shelf.put(brought.content)  # swept or lost between the gate and here
    stored, new = StoredFile.objects.get_or_create(
        digest=digest,
        defaults={
            "size": len(brought.content),
            "content_type": brought.media_type,
            "stored_at": at,
        },
    )
    if not new:
        StoredFile.objects.filter(pk=stored.pk).update(stored_at=at)
    number = (document.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = DocumentVersion.objects.create(
        document=document, number=number, file=stored, name=brought.name[:200], by=by, at=at
    )
    journal.write(verb, by=by, at=at, matter=document.matter, data=_facts(version), head=head)
    return version


def _facts(version: DocumentVersion) -> dict[str, Any]:
    return {
        "document": version.document_id, "version": version.number, "name": version.name,
        "digest": version.file.digest, "personal": ["name"],
    }  # fmt: skip


def limits(matter: Matter) -> Limits:
    """The bounds of an upload, as the committee of `matter` has set them.

    A committee may ask for smaller files, not for larger ones: the web server takes no more.
    """
    home, term = matter.organisation_id, matter.term_id
    return Limits(
        bytes=min(local.count(home, "upload.max_mb", term) * MB, STANDARD.bytes),
        files_per_matter=local.count(home, "upload.max_files", term),
    )


def scanner() -> Scanner:
    """The virus scanner the installation names, or none."""
    return Clamd(settings.CLAMD_SOCKET) if settings.CLAMD_SOCKET else NO_SCANNER


def _check_number(matter: Matter) -> None:
    most = limits(matter).files_per_matter
    if matter.documents.filter(kind=ATTACHMENT).count() >= most:
        raise Refused("too_many", most=most)


def _check_room(matter: Matter, person: Person, size: int) -> None:
    most = limits(matter).bytes_per_person
    mine = DocumentVersion.objects.filter(by=person, document__kind=ATTACHMENT)
    used = mine.aggregate(sum=Sum("file__size"))["sum"] or 0
    if used + size > most:
        raise Refused("quota", most=f"{most // MB} MB")
