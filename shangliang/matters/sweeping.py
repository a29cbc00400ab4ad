"""Looking after the shelf: which files are damaged, and which nobody needs any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from . import journal, shelf
from .models import DocumentVersion, LetterTemplate, StoredFile

KEPT = timedelta(days=7)


def orphans() -> QuerySet[StoredFile]:
    """Stored files that no version and no template refers to."""
    versions = DocumentVersion.objects.filter(file=OuterRef("pk"))
    templates = LetterTemplate.objects.filter(file=OuterRef("pk"))
    return StoredFile.objects.filter(~Exists(versions), ~Exists(templates))


def damaged() -> Iterator[tuple[StoredFile, list[str] | None]]:
    """Every stored file; with a damaged one come the names it is filed under, else None."""
    for stored in StoredFile.objects.order_by("pk").iterator():
        try:
            shelf.take(stored.digest).close()
        except shelf.Damaged:
            names = DocumentVersion.objects.filter(file=stored).values_list("name", flat=True)
            yield stored, sorted(set(names))
        else:
            yield stored, None


def sweep(before: datetime) -> int:
    """Drop files nobody refers to that were last put here before `before`; says how many.

    Whoever attaches a file holds the head of the journal while she writes its rows, and looks
    once more whether the bytes stand there; so does this, and the two cannot meet half-way.
    """
    swept = 0
    for stored in orphans().filter(stored_at__lt=before):
        with transaction.atomic():
            journal.hold()
            if orphans().filter(pk=stored.pk, stored_at__lt=before).delete()[0]:
                shelf.drop(stored.digest)
                swept += 1
    return swept + _sweep_strays(before) + shelf.drop_unfinished(before.timestamp())


def _sweep_strays(before: datetime) -> int:
    """Files that were put on the shelf by a process that died before it wrote their rows."""
    old = {name for name, put_at in shelf.standing() if put_at < before.timestamp()}
    swept = 0
    for name in old - set(StoredFile.objects.values_list("digest", flat=True)):
        with transaction.atomic():
            journal.hold()
            if not StoredFile.objects.filter(digest=name).exists():
                shelf.drop(name)
                swept += 1
    return swept
