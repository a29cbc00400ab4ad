"""A unit's desk: all it has in hand by day, with the time used so far and one button a line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from shangliang.matters import clocks, rights, way
from shangliang.matters.flow import todo
from shangliang.matters.models import Deadline, nearest_date
from shangliang.matters.table import Call
from shangliang.people.models import Person
from shangliang.proposals.models import Proposal
from shangliang.ui.languages import listed

from .decisions import call_of, door

LISTED = 60


def rows(person: Person, day: date) -> list[dict[str, Any]]:
    """What waits for this person, the nearest date first."""
    seats = rights.seats_of(person, day)
    found: Any = Proposal.objects.filter(pk__in=todo(person, day).values("pk")).with_names()
    found = found.defer("situation", "analysis", "suggestion").annotate(due=nearest_date())
    found = found.order_by(F("due").asc(nulls_last=True), "pk")[:LISTED]
    return [_row(proposal, call_of(person, proposal, seats), day) for proposal in found]


def _row(proposal: Proposal, call: Call, day: date) -> dict[str, Any]:
    due = way.nearest([d for d in proposal.deadlines.all() if d.is_running])
    left = clocks.days_left(due, day) if due else None
    return {
        "proposal": proposal, "act": _(call.act), "url": door(proposal, call),
        "deadline": due, "left": left, "share": _used(due, day) if due else 0,
        "authors": listed(p for p in proposal.parts.all() if p.role == "author"),
    }  # fmt: skip


def _used(due: Deadline, day: date) -> float:
    """How much of the time is used, 0 to 1 and more."""
    whole = clocks.working_days(due.started_on, due.due_on)
    return clocks.working_days(due.started_on, day) / whole if whole > 0 else 1.0
