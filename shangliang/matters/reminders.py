"""Reminding of dates that come near or have passed: worked out from what is open, not from timers.

A day the machine stood still is made up by the next run, with one notice and not with many.  Who
has done the work is never reminded: only open clocks are asked.  Each deadline is claimed by an
UPDATE that looks at how far it was warned, so two servers do not both write.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.analysis.workdays import Calendar
from shangliang.people.models import Organisation, Person
from shangliang.ui import languages

from . import local, rights
from .calendars import calendar
from .clocks import left, local_day
from .models import Deadline, Entry, Notice

# How far a deadline has been warned, and the named number that says from when on.
SOON, URGENT, OVERDUE = 1, 2, 3
FROM = {SOON: "remind.soon", URGENT: "remind.urgent"}


def remind(at: datetime) -> int:
    """Write the reminders that are due at this moment; how many deadlines were reminded of."""
    known, today, reminded = calendar(fresh=True), local_day(at), 0
    open_in = Deadline.objects.running().filter(warned__lt=OVERDUE).values("matter__organisation")
    for committee in Organisation.objects.filter(pk__in=open_in):
        numbers = {level: local.value(committee, key) for level, key in FROM.items()}
        overdue = today - timedelta(days=1)
        reach = {level: within(number, today, known) for level, number in numbers.items()}
        for level, last in ((OVERDUE, overdue), (URGENT, reach[URGENT]), (SOON, reach[SOON])):
            near = Deadline.objects.running().filter(
                matter__organisation=committee, warned__lt=level, due_on__lte=last
            )
            for deadline in near.select_related("matter"):
                # A date that was this near on its first day needs no reminder of it.
                short = level in numbers and (
                    within(numbers[level], deadline.started_on, known) >= deadline.due_on
                )
                reminded += _claim(deadline, level, at, silent=short)
    return reminded


def within(number: str, day: date, known: Calendar) -> date:
    """The last date that lies no more than `number` (“5 wd”, “15 cd”) after `day`."""
    amount, unit = number.split()
    if unit == "wd":
        return known.add(day, int(amount) + 1) - timedelta(days=1)
    return day + timedelta(days=int(amount))


@transaction.atomic
def _claim(deadline: Deadline, level: int, at: datetime, *, silent: bool) -> bool:
    """Mark it as warned this far; whoever changes the row tells the people."""
    claimed = Deadline.objects.running().filter(
        pk=deadline.pk, warned=deadline.warned, due_on=deadline.due_on
    )
    if not claimed.update(warned=level) or silent:
        return False
    with languages.of_record():
        sentence = _words(level) % {
            "title": deadline.matter.title, "label": deadline.label,
            "line": left(deadline, local_day(at)),
        }  # fmt: skip
    tell(deadline, owed_by(deadline, at), sentence, at=at, topic=f"warned:{level}")
    return True


def _words(level: int) -> str:
    if level == OVERDUE:
        return _("《%(title)s》的%(label)s：%(line)s，请尽快办理。")
    return _("《%(title)s》的%(label)s：%(line)s。")


def owed_by(deadline: Deadline, at: datetime) -> Iterable[Person]:
    """Those from whom the date is owed, by the table that opened it.

    Where several owe it one after another, only those in whose hands the matter is now.
    """
    matter, day = deadline.matter, local_day(at)
    due = matter.flow.dues().get(deadline.name)
    if due is None:
        return ()
    calls, parts = [call.who for call in matter.stands.calls], rights.cast(matter)
    roll = rights.roll([due.owed_by, *calls], matter, day, parts)
    owing = rights.members(due.owed_by, matter, parts, roll)
    asked = set().union(*(rights.members(who, matter, parts, roll) for who in calls))
    return Person.objects.filter(pk__in=owing & asked or owing, is_active=True)


def tell(
    deadline: Deadline, people: Iterable[Person], sentence: str, *, at: datetime, topic: str,
    entry: Entry | None = None, asks: bool = True, url: str = "",
) -> None:  # fmt: skip
    """One notice a person about this date; the same one is never given twice."""
    matter = deadline.matter
    Notice.objects.bulk_create(
        [
            Notice(
                person=person, matter=matter, entry=entry,
                topic=f"deadline:{deadline.pk}:{deadline.due_on}:{topic}"[:60],
                sentence=sentence[:300], url=url or matter.own.get_absolute_url(), asks=asks,
                while_state=matter.state, due_on=deadline.due_on, created_at=at,
            )
            for person in set(people)
        ],
        ignore_conflicts=True,
    )  # fmt: skip
