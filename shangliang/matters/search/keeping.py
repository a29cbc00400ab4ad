"""Keeping the index in step with the texts, inside the transaction that changes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from ..models import Matter, SearchText
from ..table import REGISTRY
from .engines import Engine, Text, engine

BATCH = 500


def text_of(matter: Matter) -> SearchText:
    """What a matter is to be found by now; it must be known to everybody who sees the matter."""
    return SearchText(
        matter_id=matter.pk,
        title=f"{matter.title}\n{matter.number}".strip(),
        body=matter.search_text(),
        category=matter.search_category(),
    )


@transaction.atomic
def index(matter: Matter) -> None:
    """Make a matter findable by the text it has in the database now."""
    new, keeper = text_of(_with_needs(matter.flow_model()).get(pk=matter.pk)), engine()
    old = SearchText.objects.select_for_update().filter(pk=matter.pk).first()
    if old is None:
        new.save(force_insert=True)
        keeper.write([line(new)])
    elif line(old) != line(new):
        keeper.take_out([line(old)])
        new.save(force_update=True)
        keeper.write([line(new)])
    elif old.category != new.category:
        new.save(force_update=True)


@transaction.atomic
def remove(matter: Matter) -> None:
    """Take a matter out of the index, before it is deleted."""
    old = SearchText.objects.select_for_update().filter(pk=matter.pk).first()
    if old is not None:
        engine().take_out([line(old)])
        old.delete()


def rebuild() -> Iterator[int]:
    """Build the whole index anew, telling after each batch how many matters are done.

    Nothing is found while it begins, everything when it ends; a run that was cut short is
    simply started again.
    """
    keeper, done = engine(), 0
    with transaction.atomic():
        keeper.empty()
        SearchText.objects.all().delete()
    for kind in REGISTRY:
        model = apps.get_model(kind)
        numbers = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(numbers), BATCH):
            done += _rebuild(keeper, model, numbers[start : start + BATCH])
            yield done


@transaction.atomic
def _rebuild(keeper: Engine, model: type[Matter], numbers: Sequence[int]) -> int:
    """One batch; a matter somebody has just indexed herself is left as she wrote it."""
    fresh = set(numbers) - set(
        SearchText.objects.filter(pk__in=numbers).values_list("pk", flat=True)
    )
    texts = [text_of(matter) for matter in _with_needs(model).filter(pk__in=fresh)]
    SearchText.objects.bulk_create(texts)
    keeper.write(map(line, texts))
    return len(numbers)


def _with_needs(model: type[Matter]) -> QuerySet[Matter]:
    return model._default_manager.prefetch_related(*model.SEARCH_NEEDS)


def line(text: SearchText) -> Text:
    return text.matter_id, text.title, text.body
