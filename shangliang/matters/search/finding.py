"""Asking the index: what a person may see, narrowed by filters, the best and newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from ..models import Matter, Part
from ..table import REGISTRY
from .bigrams import Term, terms
from .engines import engine
from .snippets import marked, snippet

PAGE = 20
# Nobody leafs through more; to count every hit of a common word would take longer than to find it.
MOST_HITS = 300


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
    """The hits of a query in pages: those with every word in their title or number come first,
    then the most recently moved."""

    def __init__(self, found: QuerySet[Matter], asked: Sequence[Term]) -> None:
        self.asked = asked
        ranked = _ranked(found, asked) if asked else []
        self.more = len(ranked) > MOST_HITS  # there are hits beyond the last page
        super().__init__(ranked[:MOST_HITS], PAGE)

    def page(self, number: Any) -> Page:
        page = super().page(number)
        related = Matter.objects.select_related("search_row", "organisation")
        matters = related.in_bulk(page.object_list)
        page.object_list = [self._hit(matters[pk]) for pk in page.object_list if pk in matters]
        return page

    def _hit(self, matter: Matter) -> Hit:
        return Hit(
            matter,
            title=marked(matter.title, self.asked),
            number=marked(matter.number, self.asked),
            snippet=snippet(matter.search_row.body, self.asked),
        )


def _ranked(found: QuerySet[Matter], asked: Sequence[Term]) -> list[int]:
    """The numbers of the best hits, one more than are shown.

    The newest hits anywhere hold enough of those that are not in a title: both lists are cut at
    the same length, so merging them is exact.
    """
    index = engine()
    newest = found.order_by("-moved_at", "-pk").values_list("pk", flat=True)
    in_title = list(index.holding(newest, asked, in_title=True)[: MOST_HITS + 1])
    if len(in_title) > MOST_HITS:
        return in_title
    anywhere = index.holding(newest, asked)[: MOST_HITS + 1]
    return list(dict.fromkeys([*in_title, *anywhere]))[: MOST_HITS + 1]


def find(person: Any, query: str, *, day: date, filters: Filters = Filters()) -> Hits:
    """The matters `person` may see on `day` that hold every word of `query`.

    A query without a letter or digit finds nothing.
    """
    return Hits(filters.narrow(Matter.objects.visible_to(person, day)), terms(query))
