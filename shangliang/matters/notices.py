"""Telling people (通知): one sentence each, written in the transaction of what it tells of.

A notice that asks for an act is alive only while the matter stands where the act is due, so
nobody is ever reminded of what is already done.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from shangliang.people.models import Person
from shangliang.ui.languages import of_record

from . import rights
from .clocks import local_day
from .models import Notice
from .table import Step


def tell(step: Step, among: set[int] | None = None) -> None:
    """Give everybody in the row's circle its sentence, except the one who acted.

    Whoever may not know of the matter is not told: a draft withdrawn before it came to the office
    is nothing to the office.  `among` narrows it to some, by number.
    """
    row, matter = step.row, step.matter
    assert row.tell is not None
    day, parts = local_day(step.at), rights.cast(matter)
    calls = [] if matter.stands.final else [call.who for call in matter.stands.calls]
    roll = rights.roll([row.tell, *calls], matter, day, parts)
    told = rights.members(row.tell, matter, parts, roll) - {getattr(step.by, "pk", None)}
    told = rights.aware(told if among is None else told & among, matter, day, parts)
    if not told:
        return
    asked = set().union(*(rights.members(who, matter, parts, roll) for who in calls))
    words = matter.own.words().also(by=lambda: step.by or "", note=lambda: step.note)
    with of_record():
        sentence = (row.says or "《{title}》：" + row.label + "。").format_map(words)[:300]
    due = None
    if told & asked:
        due = matter.deadlines.open().order_by("due_on").values_list("due_on", flat=True).first()
    url = matter.get_absolute_url()
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=person, matter=matter, entry=step.entry, topic=f"entry:{step.entry.pk}",
                sentence=sentence, url=url, asks=person in asked,
                while_state=matter.state, due_on=due if person in asked else None,
                created_at=step.at,
            )
            for person in sorted(told)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def alive(person: Person | Any) -> QuerySet[Notice]:
    """A person's notices without those that ask for what is already done or lapsed."""
    done = Q(asks=True) & ~Q(matter__state=F("while_state")) & ~Q(while_state="")
    return Notice.objects.filter(person=person).exclude(done)


def unread(person: Person | Any) -> QuerySet[Notice]:
    """What she has not looked at yet: acts first, the nearest date before the others."""
    return (
        alive(person)
        .filter(read_at=None)
        .order_by("-asks", F("due_on").asc(nulls_last=True), "-pk")
    )


def mark_read(person: Person | Any, at: datetime, matter: Any = None) -> int:
    """Looking at a matter, or at the whole inbox, reads what was said of it."""
    found = Notice.objects.filter(person=person, read_at=None)
    if matter is not None:
        found = found.filter(matter=matter)
    return found.update(read_at=at)


def waiting(day: date) -> QuerySet[Person]:
    """Those with something unread that is still worth saying."""
    done = Q(asks=True) & ~Q(matter__state=F("while_state")) & ~Q(while_state="")
    live = Notice.objects.filter(read_at=None).exclude(done)
    return Person.objects.filter(pk__in=live.values("person"), is_active=True)
