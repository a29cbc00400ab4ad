"""What a new calendar does to dates people count on.

Only open clocks are reckoned again, and never one whose date has passed.  A later date holds at
once and the parties are told.  An earlier one waits in `shorter_on` until somebody who handles
such matters takes it over or decides that the told date stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.analysis.clock import DueDate
from shangliang.analysis.clock_words import long_day
from shangliang.analysis.workdays import Calendar
from shangliang.people.models import Person
from shangliang.ui import languages

from . import clocks, journal, reminders, rights
from .models import Deadline, Matter
from .refusals import NotAllowed, Stale

FEW = 50


@dataclass(frozen=True)
class Change:
    """A date that a calendar moves: from the one people were told to the one it comes to."""

    deadline: Deadline
    was: date
    due: DueDate

    @property
    def now(self) -> date:
        return self.due.day or self.was

    @property
    def is_later(self) -> bool:
        return self.now > self.was


def changes(known: Calendar, today: date) -> Iterator[Change]:
    """Every open date that `known` moves, or only makes certain; nothing is written."""
    for deadline in _open(today).order_by("pk").iterator(chunk_size=500):
        if change := _change(deadline, known):
            yield change


def _open(today: date) -> QuerySet[Deadline]:
    running = Deadline.objects.running().filter(due_on__gte=today)
    return running.select_related("matter", "opened_by").prefetch_related("pauses")


def _change(deadline: Deadline, known: Calendar) -> Change | None:
    due = clocks.clock_of(deadline).reckoned(known)
    if due.day is None:
        return None
    same = (due.day, due.is_provisional) == (deadline.due_on, deadline.provisional)
    return None if same else Change(deadline, deadline.due_on, due)


def apply(known: Calendar, *, at: datetime, by: Person | None, cause: str) -> dict[str, int]:
    """Bring every open date into line with `known`; how many moved and how many wait.

    A few dates make one transaction, so nobody waits for the journal for long.  Doing it again
    changes nothing: a run that was cut short is completed by the next, at night at the latest.
    """
    counted = {"later": 0, "earlier": 0, "": 0}
    today = clocks.local_day(at)
    moving = [change.deadline.pk for change in changes(known, today)]
    for first in range(0, len(moving), FEW):
        with transaction.atomic():
            journal.hold()
            # As they stand now that nobody else can change them.
            for deadline in _open(today).filter(pk__in=moving[first : first + FEW]).order_by("pk"):
                if change := _change(deadline, known):
                    counted[_apply(change, at=at, by=by, cause=cause)] += 1
    return {"later": counted["later"], "earlier": counted["earlier"]}


def _apply(change: Change, *, at: datetime, by: Person | None, cause: str) -> str:
    """Write one change; "later", "earlier", or "" when there is nothing to tell."""
    if change.is_later:
        _lengthen(change, at=at, by=by, cause=cause)
        return "later"
    if change.now < change.was:
        return "earlier" if _propose(change, at=at, cause=cause) else ""
    change.deadline.provisional = change.due.is_provisional
    change.deadline.save(update_fields=["provisional"])
    return ""


def _lengthen(change: Change, *, at: datetime, by: Person | None, cause: str) -> None:
    deadline = change.deadline
    deadline.due_on, deadline.provisional = change.now, change.due.is_provisional
    deadline.held_on = deadline.shorter_on = None
    deadline.warned = 0
    deadline.version += 1
    deadline.save()
    entry = clocks.write(
        deadline, "deadline_moved", was=change.was, at=at, by=by, note=cause, notice=cause
    )
    with languages.of_record():
        sentence = _("《%(title)s》的%(label)s期限由 %(was)s顺延至 %(now)s（%(cause)s）。") % {
            "title": deadline.matter.title, "label": deadline.label, "cause": cause,
            "was": long_day(change.was, _), "now": long_day(change.now, _),
        }  # fmt: skip
    people = _parties(deadline, at)
    reminders.tell(deadline, people, sentence, at=at, topic="moved", entry=entry, asks=False)


def _propose(change: Change, *, at: datetime, cause: str) -> bool:
    """Put an earlier date before those who handle the matter; false when they know it."""
    deadline = change.deadline
    if deadline.held_on == change.was and deadline.shorter_on in (None, change.now):
        return False  # decided, or waiting already
    deadline.held_on, deadline.shorter_on = change.was, change.now
    deadline.save(update_fields=["held_on", "shorter_on"])
    with languages.of_record():
        template = _(
            "《%(title)s》的%(label)s期限按%(cause)s应提前至 %(now)s，请确认或者维持原期限。"
        )
        sentence = template % {
            "title": deadline.matter.title, "label": deadline.label, "cause": cause,
            "now": long_day(change.now, _),
        }  # fmt: skip
    reminders.tell(
        deadline,
        _deciders(deadline.matter, clocks.local_day(at)),
        sentence,
        at=at,
        topic=f"shorter:{change.now}",
        url=reverse("shorter"),
    )
    return True


def _parties(deadline: Deadline, at: datetime) -> set[Person]:
    """Those who owe the date and those who were told when it was set."""
    opened = deadline.opened_by
    row = deadline.matter.flow.rows.get(opened.verb) if opened else None
    told = (
        rights.people(row.tell, deadline.matter, clocks.local_day(at)) if row and row.tell else ()
    )
    return {*reminders.owed_by(deadline, at), *told}


def _deciders(matter: Matter, day: date) -> set[Person]:
    """Those who handle matters of this kind, as far as this one has come to them."""
    handlers = {person.pk: person for person in rights.people(matter.flow.handlers, matter, day)}
    return {handlers[pk] for pk in rights.aware({*handlers}, matter, day, rights.cast(matter))}


def may_decide(person: Person, deadline: Deadline, at: datetime) -> bool:
    """Those who handle matters of this kind, and may know of it, decide whether a date comes
    nearer; a date in a private draft stands as it was told."""
    return person in _deciders(deadline.matter, clocks.local_day(at))


@transaction.atomic
def shorten(deadline: Deadline, *, by: Person, at: datetime) -> None:
    """Take the earlier date over."""
    now = _waiting(deadline, by, at)
    was, deadline.due_on = deadline.due_on, now
    deadline.held_on = deadline.shorter_on = None
    deadline.version += 1
    deadline.save()
    entry = clocks.write(deadline, "deadline_shortened", was=was, at=at, by=by)
    with languages.of_record():
        sentence = _("《%(title)s》的%(label)s期限由 %(was)s提前至 %(now)s。") % {
            "title": deadline.matter.title, "label": deadline.label,
            "was": long_day(was, _), "now": long_day(now, _),
        }  # fmt: skip
    people = _parties(deadline, at) - {by}
    reminders.tell(deadline, people, sentence, at=at, topic="shortened", entry=entry, asks=False)


@transaction.atomic
def keep(deadline: Deadline, *, by: Person, at: datetime) -> None:
    """Let the told date stand; the calendar will not ask again."""
    instead = _waiting(deadline, by, at)
    deadline.shorter_on = None
    deadline.version += 1
    deadline.save()
    clocks.write(
        deadline, "deadline_kept", was=deadline.due_on, at=at, by=by, instead=instead.isoformat()
    )


def _waiting(deadline: Deadline, by: Person, at: datetime) -> date:
    """The earlier date that waits for a decision, read anew under the journal's lock."""
    journal.hold()
    deadline.refresh_from_db()
    if not may_decide(by, deadline, at):
        raise NotAllowed(
            _("只有%(who)s可以决定期限是否提前。") % {"who": _(deadline.matter.flow.handlers.name)}
        )
    if deadline.shorter_on is None or deadline.met_at or deadline.dropped_at:
        raise Stale(_("这项期限没有待确认的提前，可能已由他人处理。"))
    if deadline.shorter_on < clocks.local_day(at):
        raise Stale(_("拟提前到的日期已经过去，只能维持原期限。"))
    return deadline.shorter_on
