"""Deadlines of matters: opened and met by the rows of a table, moved only by what is recorded.

A deadline stores facts (rule, start, pauses, extension) and the date that follows from them.  Who
changes a fact holds the journal, so two hands never change one clock at once; each change is an
entry with the old and the new date.  The arithmetic itself is `analysis/clock.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.analysis import clock_acts, clock_words
from shangliang.analysis.clock import Clock, Extension, Pause, Roll, Rule, Unit
from shangliang.analysis.workdays import Calendar

from . import journal, local
from .calendars import calendar
from .models import Deadline, Entry, Matter
from .refusals import NotReady
from .table import Due

UNITS = {"wd": Unit.WORKING_DAY, "cd": Unit.DAY, "mo": Unit.MONTH}

# Entries about a clock itself, as the journal on a page calls them.
VERBS = {
    "deadline_extended": gettext_lazy("期限延长"),
    "deadline_paused": gettext_lazy("期限暂停"),
    "deadline_resumed": gettext_lazy("期限恢复"),
    "deadline_restarted": gettext_lazy("期限重新起算"),
    "deadline_moved": gettext_lazy("期限随放假安排顺延"),
    "deadline_shortened": gettext_lazy("期限随放假安排提前"),
    "deadline_kept": gettext_lazy("维持原定期限"),
}


def local_day(at: datetime) -> date:
    """The civil day of a moment, where the committee sits."""
    return timezone.localdate(at)


def open_deadline(matter: Matter, due: Due, *, at: datetime, entry: Entry | None) -> Deadline:
    """Start a clock by the number in force today; a later change of the number leaves it alone."""
    deadline = Deadline(
        matter=matter, name=due.name, label=due.label, rule=due.rule,
        event=matter.flow.rows[entry.verb].label if entry else "",
        started_on=local_day(at), opened_by=entry, **_rule_in_force(matter, due),
    )  # fmt: skip
    settle(deadline, Clock(rule_of(deadline), deadline.started_on), calendar(fresh=True))
    deadline.save(force_insert=True)
    return deadline


def _rule_in_force(matter: Matter, due: Due) -> dict[str, Any]:
    """The named numbers of a date: `reply.due` has `reply.max`, `reply.fixed` and so on beside it."""
    numbers = local.numbers(matter.organisation_id, matter.term_id)
    number = numbers.get
    amount, unit = numbers[due.rule].split()
    found = {
        "amount": int(amount),
        "unit": unit,
        "roll": number("clock.roll", "next"),
        "counts_start": number("clock.counts_start", "0") == "1",
    }
    if due.rule.endswith(".due"):
        stem = due.rule.removesuffix(".due")
        longest, _space, same = number(f"{stem}.max", "").partition(" ")
        found |= {
            "longest": int(longest) if same == unit and int(longest) >= int(amount) else None,
            "restarts": number(f"{stem}.restart_on_new_unit", "1") == "1",
            "fixed": number(f"{stem}.fixed", ""),
        }
    return found


def meet(matter: Matter, names: Iterable[str], *, at: datetime) -> None:
    if names := tuple(names):
        matter.deadlines.open().filter(name__in=names).update(met_at=at)


def drop(matter: Matter, names: Iterable[str] | None, *, at: datetime) -> None:
    """End clocks that no longer matter; all of them when `names` is None."""
    found = matter.deadlines.open()
    if names is not None:
        if not (named := tuple(names)):
            return
        found = found.filter(name__in=named)
    found.update(dropped_at=at)


# What is stored, as the arithmetic wants it, and back.


def rule_of(deadline: Deadline) -> Rule:
    month, _dash, day = deadline.fixed.partition("-")
    return Rule(
        deadline.amount,
        UNITS[deadline.unit],
        Roll(deadline.roll),
        deadline.counts_start,
        deadline.longest,
        restarts=deadline.restarts,
        fixed=(int(month), int(day)) if day else None,
    )


def clock_of(deadline: Deadline) -> Clock:
    """The clock behind a stored deadline; one query unless its pauses were fetched before."""
    granted_on, until = deadline.extended_on, deadline.extended_to
    return Clock(
        rule_of(deadline),
        deadline.started_on,
        tuple(Pause(p.since, p.until, p.reason) for p in deadline.pauses.all()),
        (Extension(granted_on, until=until),) if granted_on and until else (),
        deadline.first_started_on,
        deadline.held_on,
    )


def settle(deadline: Deadline, clock: Clock, known: Calendar) -> None:
    """Write the date that follows from a clock into its deadline, without saving it."""
    due, pause = clock.due(known), clock.open_pause()
    deadline.paused_on = pause.since if pause and due.day is None else None
    if due.day is not None:
        deadline.due_on, deadline.provisional = due.day, due.is_provisional
    elif deadline.due_on is None:
        raise ValueError("a clock cannot open in a pause")


# What may befall a clock.  Each refuses with a sentence (`NotReady`) and writes one entry.


def extend(
    deadline: Deadline, *, until: date, at: datetime, by: Any, reason: str = "",
    entry: Entry | None = None,
) -> Deadline:  # fmt: skip
    """Grant more time, before expiry, at most to the latest day: it replaces the date."""
    granted = Extension(local_day(at), until=until)

    def act(clock: Clock) -> Clock:
        return clock_acts.extend(clock, granted, calendar(fresh=True))

    return _change(deadline, "deadline_extended", act, at=at, by=by, note=reason, about=entry)


def pause(
    deadline: Deadline, *, at: datetime, by: Any, reason: str, entry: Entry | None = None
) -> Deadline:
    """Stop the clock from tomorrow on (退回、补正), with the reason."""

    def act(clock: Clock) -> Clock:
        return clock_acts.pause(clock, local_day(at), reason)

    return _change(deadline, "deadline_paused", act, at=at, by=by, note=reason, about=entry)


def resume(
    deadline: Deadline, *, at: datetime, by: Any, reason: str = "", entry: Entry | None = None
) -> Deadline:
    """Let a paused clock run again from tomorrow on."""

    def act(clock: Clock) -> Clock:
        return clock_acts.resume(clock, local_day(at))

    return _change(deadline, "deadline_resumed", act, at=at, by=by, note=reason, about=entry)


def restart(
    deadline: Deadline, *, at: datetime, by: Any, reason: str = "", entry: Entry | None = None
) -> Deadline:
    """The matter went to a new unit: the whole time again, where the local rule gives it."""

    def act(clock: Clock) -> Clock:
        return clock_acts.restart(clock, local_day(at))

    return _change(deadline, "deadline_restarted", act, at=at, by=by, note=reason, about=entry)


@transaction.atomic
def _change(
    deadline: Deadline, verb: str, act: Callable[[Clock], Clock], *,
    at: datetime, by: Any, note: str, about: Entry | None,
) -> Deadline:  # fmt: skip
    journal.hold()
    deadline.refresh_from_db()
    if deadline.met_at or deadline.dropped_at:
        raise NotReady(_("这项期限已经了结，不能再作调整。"))
    before, was = clock_of(deadline), deadline.due_on
    try:
        after = act(before)
    except clock_acts.ClockRefused as refused:
        raise NotReady(refused.sentence(_)) from refused
    if after == before:
        return deadline
    _store(deadline, after)
    settle(deadline, after, calendar(fresh=True))
    deadline.version += 1
    deadline.warned = 0 if deadline.due_on > was else deadline.warned
    deadline.save()
    write(deadline, verb, was=was, at=at, by=by, note=note, about=about)
    return deadline


def _store(deadline: Deadline, clock: Clock) -> None:
    """Write a changed clock's facts where they are kept."""
    deadline.started_on, deadline.first_started_on = clock.start, clock.first_start
    granted = clock.extensions[-1] if clock.extensions else None
    deadline.extended_on = granted.granted_on if granted else None
    deadline.extended_to = granted.until if granted else None
    if clock.told is None:
        deadline.held_on = deadline.shorter_on = None
    deadline.pauses.all().delete()
    for stop in clock.pauses:
        deadline.pauses.create(since=stop.since, until=stop.until, reason=stop.why[:200])


def write(
    deadline: Deadline, verb: str, *, was: date, at: datetime, by: Any, note: str = "",
    about: Entry | None = None, **more: Any,
) -> Entry:  # fmt: skip
    """One line in the journal: which clock, its old and its new date."""
    data = {
        "deadline": deadline.pk, "name": deadline.name, "label": deadline.label,
        "was": was.isoformat(), "now": deadline.due_on.isoformat(), **more,
    }  # fmt: skip
    return journal.write(
        verb, by=by, at=at, matter=deadline.matter, note=note, data=data, about=about
    )


# What a page says of a deadline.


def explain(deadline: Deadline, today: date | None = None) -> str:
    """Why it is due when it is, in one sentence."""
    return clock_words.explain(
        clock_of(deadline), calendar(), event=deadline.event, act=deadline.label,
        today=today, say=_,
    )  # fmt: skip


def left(deadline: Deadline, today: date) -> str:
    """The day and what is left, in one line; asks the database nothing about the deadline."""
    if deadline.paused_on:
        day = clock_words.short_day(deadline.paused_on, today, _)
        return _("已于 %(day)s暂停") % {"day": day}
    line = clock_words.left_until(deadline.due_on, calendar(), today, _)
    return _("%(line)s（暂按推算）") % {"line": line} if deadline.provisional else line


def working_days(since: date, until: date) -> int:
    """How many working days lie after `since` up to and including `until`."""
    return calendar().count(since, until)


def days_left(deadline: Deadline, today: date) -> int:
    """Working days until the date, negative when it has passed."""
    return calendar().count(today, deadline.due_on)
