"""Ranges of proposals (范围) that have a name, so that a leader's number and its list are one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shangliang.matters import rights
from shangliang.matters.flow import todo
from shangliang.matters.models import Deadline, Part
from shangliang.people import duties
from shangliang.people.models import Person

from .models import Reply
from .workflow import AFTER_ASSIGNMENT

WEEK = timedelta(days=7)
ANSWERED = ("replied", "rated", "no_feedback")
# The class of a reply that says: being done, or in a plan.  What it promised is still to come.
PROMISED = "B"


def _todo(person: Person, day: date) -> Q:
    return Q(pk__in=todo(person, day).values("pk"))


def _mine(person: Person, day: date) -> Q:
    signed = Part.objects.filter(person=person, role__in=("author", "cosigner"))
    return Q(pk__in=signed.values("matter"))


def _late(person: Person, day: date) -> Q:
    return _in_hand(person, day) & _due(due_on__lt=day)


def _week(person: Person, day: date) -> Q:
    """What comes next; what is late already stands among the late."""
    soon, late = _due(due_on__range=(day, day + WEEK)), _due(due_on__lt=day)
    return _in_hand(person, day) & soon & ~late


def _handled(person: Person, day: date) -> Q:
    return _ours(person, day) & Q(state__in=AFTER_ASSIGNMENT)


def _answered(person: Person, day: date) -> Q:
    return _ours(person, day) & Q(state__in=ANSWERED)


def _promised(person: Person, day: date) -> Q:
    return settled(person, day) & Q(pk__in=promises(person, day).values("proposal"))


def settled(person: Person, day: date) -> Q:
    """Not with a unit now, so that the last letter stands."""
    return _ours(person, day) & ~Q(state__in=AFTER_ASSIGNMENT)


def promises(person: Person, day: date) -> QuerySet[Reply]:
    """The letters that say what is planned, each the last of its proposal; a unit's are its own."""
    issued = Reply.objects.filter(issued_at__isnull=False)
    later = issued.filter(proposal=OuterRef("proposal"), round__gt=OuterRef("round"))
    letters = issued.filter(~Exists(later), result=PROMISED)
    units = units_of(person, day)
    return letters.filter(unit__in=units) if units else letters


def _due(**when: Any) -> Q:
    return Q(pk__in=Deadline.objects.open().filter(**when).values("matter"))


def units_of(person: Person, day: date) -> list[int]:
    """The units of somebody who looks at proposals only as a unit; of anybody else none."""
    seats = rights.seats_of(person, day)
    units = [body for duty, body, _home in seats if duty in duties.UNITS]
    return units if len(units) == len(seats) else []


def _ours(person: Person, day: date) -> Q:
    """A unit counts what it leads; everybody else what she may see."""
    if not (units := units_of(person, day)):
        return Q()
    return Q(Exists(Part.objects.filter(matter=OuterRef("pk"), role="lead_unit", unit__in=units)))


def _in_hand(person: Person, day: date) -> Q:
    """A unit answers for the dates that run while a paper is with it."""
    if not units_of(person, day):
        return Q()
    return _ours(person, day) & Q(state__in=AFTER_ASSIGNMENT)


RANGES: dict[str, tuple[Any, Callable[[Person, date], Q]]] = {
    "todo": (_("等我办理的"), _todo),
    "mine": (_("我提出和联名的"), _mine),
    "late": (_("已逾期的"), _late),
    "week": (_("七天内到期的"), _week),
    "handled": (_("承办单位正在办理的"), _handled),
    "answered": (_("已答复、还没有办结的"), _answered),
    "promised": (_("答复列入计划的"), _promised),
}


def within(name: str, person: Person, day: date) -> Q:
    """The matters of this range as a condition; no condition where no range is named."""
    return RANGES[name][1](person, day) if name else Q()
