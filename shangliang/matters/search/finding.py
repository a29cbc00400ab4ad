"""Asking the index: what a person may see, narrowed by filters, the best and newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.safestring import SafeString

from ..models import Matter, Part
from ..table import REGISTRY
from .bigrams import Term, terms
from .engines import engine
from .snippets import marked, snippet

PAGE = 20
# Nobody leafs through more; counting every hit of a common word would cost more than finding it.
MOST_HITS = 1000


@dataclass(frozen=True)
class Filters:
    """What a search may be narrowed by; an empty one narrows nothing.

    `unit` is a body with a part everybody who sees the matter may know of.
    """

    kind: str = ""
    state: str = ""
    category: str = ""
    session: int | None = None
    unit: int | None = None
    organisation: int | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def narrow(self, found: QuerySet[Matter]) -> QuerySet[Matter]:
        own = {"kind": self.kind, "state": self.state, "session": self.session}
        own |= {"organisation": self.organisation, "search_row__category": self.category}
        found = found.filter(**{name: value for name, value in own.items() if value})
        if self.unit:
            held = Part.objects.filter(unit=self.unit, role__in=_known_roles())
            found = found.filter(pk__in=held.values("matter"))
        return found


def _known_roles() -> frozenset[str]:
    return frozenset().union(*(flow.sight for flow in REGISTRY.values()))


@dataclass(frozen=True)
class Hit:
    """A matter that was found, with its words marked where they were looked for."""

    matter: Matter
    title: SafeString
    number: SafeString
    snippet: SafeString

    @property
    def url(self) -> str:
        """The page of the matter's own room, without asking the database which it is."""
        return self.matter.flow_model()(pk=self.matter.pk).get_absolute_url()


class Hits(Paginator):
    """The hits of a query in pages, counted only as far as anybody would leaf."""

    def __init__(self, found: QuerySet[Matter], asked: Sequence[Term]) -> None:
        super().__init__(found, PAGE)
        self.asked = asked

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: MOST_HITS + 1].count()

    @property
    def more(self) -> bool:
        """Whether there are hits beyond the last page."""
        return self._counted > MOST_HITS

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_HITS)

    def page(self, number: Any) -> Page:
        page = super().page(number)
        page.object_list = [self._hit(matter) for matter in page.object_list]
        return page

    def _hit(self, matter: Matter) -> Hit:
        return Hit(
            matter,
            title=marked(matter.title, self.asked),
            number=marked(matter.number, self.asked),
            snippet=snippet(matter.search_row.body, self.asked),
        )


def find(person: Any, query: str, *, day: date, filters: Filters = Filters()) -> Hits:
    """The matters `person` may see on `day` that hold every word of `query`.

    Those with all of it in their title or number come first, then the most recently moved.
    A query without a letter or digit finds nothing.
    """
    asked = terms(query)
    if not asked:
        return Hits(Matter.objects.none(), ())
    index = engine()
    found = Matter.objects.visible_to(person, day).filter(pk__in=index.matching(asked))
    in_title = When(pk__in=index.matching(asked, in_title=True), then=Value(0))
    ranked = filters.narrow(found).annotate(
        rank=Case(in_title, default=Value(1), output_field=IntegerField())
    )
    ordered = ranked.order_by("rank", "-moved_at", "-pk")
    return Hits(ordered.select_related("search_row", "session__term", "organisation"), asked)
