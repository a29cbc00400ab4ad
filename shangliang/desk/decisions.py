"""What waits for a person, said as decisions: a few as cards of their own, many as one card.

A card is a sentence from the table (`State.asks`), a date, and the button that leads to the row.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import Count, F, QuerySet, Window, prefetch_related_objects
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.matters import calendars, rights
from shangliang.matters.flow import todo
from shangliang.matters.models import Matter, nearest_date
from shangliang.matters.table import FIRST, REGISTRY, Call
from shangliang.people.models import Person
from shangliang.ui.languages import inside

ALONE = 3  # up to so many matters in one state are shown one by one


def of(person: Person, day: date) -> tuple[list[dict[str, Any]], int]:
    """The cards of the day, nearest date first, and how many matters stand behind them."""
    groups = counted(person, day)
    return cards(person, groups, day), sum(group["n"] for group in groups)


def counted(person: Person, day: date) -> list[Any]:
    """How many matters wait for this person in each state."""
    groups = todo(person, day).values("kind", "state").annotate(n=Count("pk"))
    return list(groups.order_by("kind", "state"))


def cards(person: Person, groups: list[Any], day: date) -> list[dict[str, Any]]:
    """The cards of the day, nearest date first."""
    waiting = todo(person, day)
    few = [(g["kind"], g["state"]) for g in groups if g["n"] <= ALONE]
    many = [g for g in groups if g["n"] > ALONE]
    found = _one_by_one(person, waiting, few, day)
    if many:
        first = _first_of_each(waiting)
        found += [_together(person, g, first[g["kind"], g["state"]], day) for g in many]
    found.sort(key=lambda card: (card["day"] or date.max, card["sentence"]))
    for card in found[:1]:
        card["main"] = True
    return found


def _one_by_one(
    person: Person, waiting: QuerySet[Matter], few: list[tuple[str, str]], day: date
) -> list[dict[str, Any]]:
    cards, seats = [], rights.seats_of(person, day)
    for kind, states in groupby(sorted(few), key=lambda pair: pair[0]):
        names = [state for _kind, state in states]
        keys = waiting.filter(kind=kind, state__in=names).values("pk")
        model = apps.get_model(kind)
        found: Any = list(model._default_manager.filter(pk__in=keys).with_names())
        calls = [call_of(person, matter, seats) for matter in found]
        if any("{asks}" in call.asks for call in calls):
            prefetch_related_objects(found, "asks")
        cards += [_card(matter, call, day) for matter, call in zip(found, calls, strict=True)]
    return cards


def call_of(person: Person, matter: Any, seats: list[tuple[str, int, int]]) -> Call:
    """Which of the state's decisions is this person's."""
    if len(matter.stands.calls) == 1:
        return matter.stands.calls[0]
    held = rights.held_by_seats(person, matter, seats)
    return next(call for call in matter.stands.calls if call.who.admits(held))


def _card(matter: Any, call: Call, day: date) -> dict[str, Any]:
    owed = [d.due_on for d in matter.deadlines.all() if d.is_running]
    due = min(owed, default=None)
    return {
        "id": f"matter-{matter.pk}", "sentence": _(call.asks).format_map(matter.words()),
        "act": _(call.act), "url": door(matter, call), "day": due, "left": left(due, day), "n": 1,
    }  # fmt: skip


def _first_of_each(waiting: QuerySet[Matter]) -> dict[tuple[str, str], Any]:
    """Of the papers waiting in each state, the one whose date comes first, with that date."""
    dated = waiting.annotate(due=nearest_date()).annotate(
        place=Window(
            RowNumber(),
            partition_by=["kind", "state"],
            order_by=[F("due").asc(nulls_last=True), "moved_at", "pk"],
        )
    )
    return {(matter.kind, matter.state): matter for matter in dated.filter(place=1)}


def _together(person: Person, group: Any, nearest: Any, day: date) -> dict[str, Any]:
    """Many papers in one state: their count, the first date among them, one way in."""
    flow = REGISTRY[group["kind"]]
    stands = flow.states[group["state"]]
    call = call_of(person, nearest, rights.seats_of(person, day))
    sentence = _("有 %(n)s 件%(kind)s%(state)s，请您%(act)s。") % {
        "n": group["n"], "kind": inside(_(flow.label)), "state": inside(_(stands.label)),
        "act": inside(_(call.act).removeprefix("去")),
    }  # fmt: skip
    return {
        "id": f"group-{group['state']}", "sentence": sentence, "act": _(call.act),
        "url": pile(nearest, call), "day": nearest.due, "left": left(nearest.due, day),
        "n": group["n"],
    }  # fmt: skip


def door(matter: Any, call: Call) -> str:
    """Where the button leads: the form the decision is made on, else the paper."""
    return reverse(call.page, args=[matter.pk]) if call.page else str(matter.get_absolute_url())


def pile(nearest: Matter, call: Call) -> str:
    """Where many at once are decided: a page for them all, the first of a queue, or their list."""
    if call.pile == FIRST:
        own = nearest.flow_model()(pk=nearest.pk)
        return door(own, call)
    if call.pile:
        return reverse(call.pile)
    room = nearest.kind.partition(".")[0]
    return f"{reverse(f'{room}:index')}?held=todo&state={nearest.state}&order=due"


def left(due: date | None, day: date) -> int | None:
    """Working days until `due`; negative when it has passed."""
    if due is None:
        return None
    known = calendars.calendar()
    return known.count(day, due) if due >= day else -known.count(due, day)
