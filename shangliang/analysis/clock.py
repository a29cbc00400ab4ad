"""A legal clock (时限): a rule, the day it started, and all that befell it since.

A clock is a set of facts, and its due date a pure function of them and of the
calendar.  So the order in which an extension was granted, a pause recorded or a
holiday notice published cannot matter: whoever adds the facts up gets the same day.

Everything that starts, stops or resumes a clock takes effect on the following day
(民法典第二百零一条：开始的当日不计入，自下一日开始计算).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from shangliang.analysis.workdays import ONE_DAY, Calendar, months_later


class Unit(StrEnum):
    """What a rule counts: 工作日, 自然日 or 月."""

    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"


class Roll(StrEnum):
    """Where a date goes that falls on a day off; the law's own answer is NEXT (民法典 203)."""

    NEXT = "next"
    PREVIOUS = "previous"
    NONE = "none"


@dataclass(frozen=True)
class Rule:
    """A deadline as an organ's rules state it.

    amount: how many units, at least 1.
    counts_start: the day of the start is itself day one (自当日起算).
    longest: the most an extension may make of `amount`, from the same start; None forbids any.
    extensions: how many times it may be extended.
    restarts: a new unit gets the whole time again.
    fixed: (month, day) by which it is due in any case, when that comes earlier.
    """

    amount: int
    unit: Unit
    roll: Roll = Roll.NEXT
    counts_start: bool = False
    longest: int | None = None
    extensions: int = 1
    restarts: bool = True
    fixed: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"a deadline takes at least one {self.unit}, not {self.amount}")
        if self.longest is not None and self.longest < self.amount:
            raise ValueError(f"at latest {self.longest} is shorter than {self.amount}")
        if self.fixed is not None:
            date(2001, *self.fixed)  # refuses 29 February, which most years lack


@dataclass(frozen=True)
class Pause:
    """Time that does not count: the days after `since`, up to and including `until`."""

    since: date
    until: date | None = None
    why: str = ""

    def covers(self, day: date) -> bool:
        return self.since < day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Extension:
    """More time, granted before expiry: it replaces the due date and is never added to it.

    Either `amount` units counted from the same start, or a day named outright; days paused
    after the grant move the named day on as they move any other.
    """

    granted_on: date
    amount: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if (self.amount is None) == (self.until is None):
            raise ValueError("an extension names either an amount or a day")


@dataclass(frozen=True)
class DueDate:
    """When a clock runs out, and what made it that day.

    day: None while an open pause stands before the end.
    reckoned: the same, before it was moved off a day on which nobody works.
    settled_by: "rule", "extension", "fixed" or "told".
    unpublished: years whose holiday notice is still to come and may move the day.
    """

    day: date | None
    reckoned: date | None
    settled_by: str = "rule"
    unpublished: tuple[int, ...] = ()

    @property
    def is_provisional(self) -> bool:
        return bool(self.unpublished)


@dataclass(frozen=True)
class Clock:
    """A rule running since `start`; `first_start` is the day the very first unit got it.

    told: a date people count on that a later notice would bring nearer.  It stands until a
    person says otherwise; a date never moves nearer by itself.
    """

    rule: Rule
    start: date
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    first_start: date | None = None
    told: date | None = None

    def due(self, calendar: Calendar) -> DueDate:
        """When this clock runs out, by everything known of it so far."""
        due = self.reckoned(calendar)
        if self.told is not None and due.day is not None and due.day < self.told:
            return DueDate(self.told, due.day, "told", due.unpublished)
        return due

    def reckoned(self, calendar: Calendar) -> DueDate:
        """When it would run out by rule and facts alone, whatever people were told."""
        plain = _no_later_than_fixed(self, _reckon(self, self.rule.amount, calendar))
        longer = (_extended(self, extension, calendar) for extension in self.extensions)
        return max(plain, *longer, key=_later) if self.extensions else plain

    def latest(self, calendar: Calendar) -> DueDate | None:
        """The last day any extension may reach; None when the rule knows no extension."""
        return _reckon(self, self.rule.longest, calendar) if self.rule.longest else None

    def open_pause(self) -> Pause | None:
        return next((pause for pause in self.pauses if pause.until is None), None)

    def left_when_paused(self, calendar: Calendar) -> int:
        """What an open pause has left over: working days, or days where the rule has those."""
        pause = self.open_pause()
        if pause is None:
            return 0
        running = replace(self, pauses=tuple(p for p in self.pauses if p is not pause))
        end = running.due(calendar).reckoned
        assert end is not None  # nothing is open any more
        days = _days_after(pause.since, end)
        return sum(
            not _stopped(running, day)
            and (self.rule.unit is not Unit.WORKING_DAY or calendar.is_working(day))
            for day in days
        )


def _reckon(clock: Clock, amount: int, calendar: Calendar) -> DueDate:
    """The day on which `amount` units have passed, pauses left out, moved off a day off."""
    eve = clock.start - ONE_DAY if clock.rule.counts_start else clock.start
    if clock.rule.unit is Unit.WORKING_DAY:
        day = _walk(clock, eve, amount, calendar)
        touched = calendar.unpublished(eve + ONE_DAY, day) if day else ()
    else:
        day = _walk(clock, eve, (_plain_end(clock, amount) - eve).days, None)
        touched = ()
    return _rolled(clock, day, calendar, touched)


def _walk(clock: Clock, day: date, amount: int, calendar: Calendar | None) -> date | None:
    """Count `amount` days from `day` on, worked ones where a calendar says which."""
    if calendar is None and not clock.pauses:
        return day + ONE_DAY * amount
    pause = clock.open_pause()
    while amount:
        day += ONE_DAY
        if pause and pause.covers(day):
            return None
        counts = calendar is None or calendar.is_working(day)
        amount -= counts and not _stopped(clock, day)
    return day


def _plain_end(clock: Clock, amount: int) -> date:
    """The last of `amount` days or months, nothing paused and nothing rolled."""
    eve = clock.start - ONE_DAY if clock.rule.counts_start else clock.start
    if clock.rule.unit is Unit.DAY:
        return eve + ONE_DAY * amount
    same_day = months_later(clock.start, amount)
    # A month counted from its first day ends the day before the same date; where the
    # month is too short to have that date, its last day is the end either way.
    clipped = same_day.day < clock.start.day
    return same_day - ONE_DAY if clock.rule.counts_start and not clipped else same_day


def _rolled(
    clock: Clock, day: date | None, calendar: Calendar, touched: tuple[int, ...] = ()
) -> DueDate:
    """Move `day` off a day on which nobody works, but never to before the clock began."""
    roll = clock.rule.roll
    if day is None or roll is Roll.NONE:
        return DueDate(day, day, unpublished=touched)
    moved = calendar.next_working(day)
    if roll is Roll.PREVIOUS and (earlier := calendar.previous_working(day)) >= clock.start:
        moved = earlier
    asked = calendar.unpublished(min(day, moved), max(day, moved))
    return DueDate(moved, day, unpublished=tuple(sorted({*touched, *asked})))


def _extended(clock: Clock, extension: Extension, calendar: Calendar) -> DueDate:
    if extension.amount is not None:
        due = _reckon(clock, extension.amount, calendar)
    else:
        assert extension.until is not None
        granted = (extension.until - extension.granted_on).days
        day = _walk(clock, extension.granted_on, max(granted, 0), None)
        due = _rolled(clock, day, calendar)
    return replace(due, settled_by="extension")


def _no_later_than_fixed(clock: Clock, due: DueDate) -> DueDate:
    """A date fixed by the organ wins when it is earlier; a pause does not move it."""
    if clock.rule.fixed is None:
        return due
    fixed = date(clock.start.year, *clock.rule.fixed)
    if fixed <= clock.start:
        fixed = date(clock.start.year + 1, *clock.rule.fixed)
    return due if _later(due) <= fixed else DueDate(fixed, fixed, "fixed")


def _later(due: DueDate) -> date:
    return due.day or date.max


def _stopped(clock: Clock, day: date) -> bool:
    return any(pause.covers(day) for pause in clock.pauses)


def _days_after(first: date, last: date) -> list[date]:
    return [first + ONE_DAY * i for i in range(1, (last - first).days + 1)]
