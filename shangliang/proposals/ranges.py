"""Ranges of proposals (范围) that have a name, so that a leader's number and its list are one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from shangliang.matters import rights
from shangliang.matters.flow import todo
from shangliang.matters.models import Deadline, Part
from shangliang.people import duties
from shangliang.people.models import Person

from .models import Proposal, Reply
from .workflow import AFTER_ASSIGNMENT

Found = QuerySet[Proposal]
WEEK = timedelta(days=7)
ANSWERED = ("replied", "rated", "no_feedback")
# The class of a reply that says: being done, or in a plan.  What it promised is still to come.
PROMISED = "B"


def _todo(found: Found, person: Person, day: date) -> Found:
    return found.filter(pk__in=todo(person, day).values("pk"))


def _mine(found: Found, person: Person, day: date) -> Found:
    signed = Part.objects.filter(person=person, role__in=("author", "cosigner"))
    return found.filter(pk__in=signed.values("matter"))


def _late(found: Found, person: Person, day: date) -> Found:
    return _due(_in_hand(found, person, day), due_on__lt=day)


def _week(found: Found, person: Person, day: date) -> Found:
    return _due(_in_hand(found, person, day), due_on__range=(day, day + WEEK))


def _handled(found: Found, person: Person, day: date) -> Found:
    return _ours(found, person, day).filter(state__in=AFTER_ASSIGNMENT)


def _answered(found: Found, person: Person, day: date) -> Found:
    return _ours(found, person, day).filter(state__in=ANSWERED)


def _promised(found: Found, person: Person, day: date) -> Found:
    """Answered, in the latest letter, with what is planned."""
    letters = Reply.objects.filter(
        proposal=OuterRef("pk"), round=OuterRef("round"), result=PROMISED, issued_at__isnull=False
    )
    return _ours(found, person, day).filter(Exists(letters))


def _due(found: Found, **when: Any) -> Found:
    dates = Deadline.objects.open().filter(matter=OuterRef("pk"), **when)
    return found.filter(Exists(dates))


def units_of(person: Person, day: date) -> list[int]:
    """The units of somebody who looks at proposals only as a unit; of anybody else none."""
    seats = rights.seats_of(person, day)
    units = [body for duty, body, _home in seats if duty in duties.UNITS]
    return units if len(units) == len(seats) else []


def _ours(found: Found, person: Person, day: date) -> Found:
    """A unit counts what it leads; everybody else what she may see."""
    if not (units := units_of(person, day)):
        return found
    lead = Part.objects.filter(matter=OuterRef("pk"), role="lead_unit", unit__in=units)
    return found.filter(Exists(lead))


def _in_hand(found: Found, person: Person, day: date) -> Found:
    """A unit answers for the dates that run while a paper is with it."""
    found = _ours(found, person, day)
    return found.filter(state__in=AFTER_ASSIGNMENT) if units_of(person, day) else found


RANGES: dict[str, tuple[Any, Callable[[Found, Person, date], Found]]] = {
    "todo": (_("等我办理的"), _todo),
    "mine": (_("我提出和联名的"), _mine),
    "late": (_("已逾期的"), _late),
    "week": (_("七天内到期的"), _week),
    "handled": (_("承办单位正在办理的"), _handled),
    "answered": (_("已答复、还没有办结的"), _answered),
    "promised": (_("答复列入计划的"), _promised),
}


def within(found: Found, name: str, person: Person, day: date) -> Found:
    """The proposals of this range; all of them where no range is named."""
    return RANGES[name][1](found, person, day) if name else found
