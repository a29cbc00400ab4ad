"""What may befall a running clock: it is extended, paused, resumed, or begun afresh.

Each act answers with a new clock or refuses.  A refusal is a sentence with its
figures kept apart, so that it can be said in another language.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shangliang.analysis.clock import Clock, Extension, Pause, Unit
from shangliang.analysis.clock_words import Say, in_units, long_day
from shangliang.analysis.workdays import Calendar


def _(text: str) -> str:
    """Mark a sentence for translation; the caller's `say` translates it."""
    return text


class ClockRefused(ValueError):
    """The clock does not allow this; the sentence says why and how to mend it."""

    def __init__(self, template: str, **values: date | tuple[int, Unit]) -> None:
        self.template, self.values = template, values
        super().__init__(self.sentence())

    def sentence(self, say: Say = str) -> str:
        spoken = {name: _spoken(value, say) for name, value in self.values.items()}
        return say(self.template).format(**spoken)


def _spoken(value: date | tuple[int, Unit], say: Say) -> str:
    return long_day(value, say) if isinstance(value, date) else in_units(*value, say)


def extend(clock: Clock, extension: Extension, calendar: Calendar) -> Clock:
    """Grant more time; only before expiry, only longer, never beyond the latest day.

    Raises:
        ClockRefused: the rule knows no extension or no further one, the clock has run
            out, the new day is no later than the old, or it is beyond the latest.
    """
    rule, due, latest = clock.rule, clock.due(calendar), clock.latest(calendar)
    if latest is None:
        raise ClockRefused(_("这项时限不能延期。"))
    if len(clock.extensions) >= rule.extensions:
        raise ClockRefused(_("这项时限已经延期，不能再次延期。"))
    if due.day is not None and extension.granted_on > due.day:
        raise ClockRefused(_("这项时限已于 {day}届满，延期须在届满之前批准。"), day=due.day)
    if extension.amount is not None:
        _check_amount(clock, extension.amount)
    elif latest.day is None:
        raise ClockRefused(_("这项时限已暂停，请在恢复之后再定延期的日期。"))
    elif extension.until is not None and extension.until > latest.day:
        raise ClockRefused(_("延期最迟到 {day}，请改定日期。"), day=latest.day)
    longer = replace(clock, extensions=(*clock.extensions, extension))
    moved = longer.due(calendar).day
    if due.day is not None and moved is not None and moved <= due.day:
        raise ClockRefused(_("延期须晚于现在的期限 {day}。"), day=due.day)
    return longer


def _check_amount(clock: Clock, amount: int) -> None:
    longest = clock.rule.longest
    assert longest is not None
    if amount > longest:
        raise ClockRefused(
            _("连同延期最长 {span}，请改定时间。"),
            span=(longest, clock.rule.unit),
        )


def pause(clock: Clock, on: date, why: str = "") -> Clock:
    """Stop counting from the day after `on`.

    Raises:
        ClockRefused: it is paused already, or had not begun on that day.
    """
    if clock.open_pause():
        raise ClockRefused(_("这项时限已在暂停中。"))
    if on < clock.start:
        raise ClockRefused(_("这项时限自 {day}起算，不能在此之前暂停。"), day=clock.start)
    return replace(clock, pauses=(*clock.pauses, Pause(on, None, why)))


def resume(clock: Clock, on: date) -> Clock:
    """Count again from the day after `on`; pausing and resuming on one day changes nothing.

    Raises:
        ClockRefused: it is not paused, or was paused only later.
    """
    paused = clock.open_pause()
    if paused is None:
        raise ClockRefused(_("这项时限没有暂停，无须恢复。"))
    if on < paused.since:
        raise ClockRefused(_("这项时限自 {day}起暂停，不能在此之前恢复。"), day=paused.since)
    ended = tuple(replace(p, until=on) if p is paused else p for p in clock.pauses)
    return replace(clock, pauses=ended)


def restart(clock: Clock, on: date) -> Clock:
    """Hand the matter to a new unit: the whole time again, where the rule gives it.

    What was granted to the unit before, pauses and extensions, ends with it.  Where
    the rule does not restart, the clock goes on unchanged.

    Raises:
        ClockRefused: the day lies before the clock began.
    """
    if on < clock.start:
        raise ClockRefused(_("这项时限自 {day}起算，不能在此之前重新起算。"), day=clock.start)
    if not clock.rule.restarts:
        return clock
    return Clock(clock.rule, on, first_start=clock.first_start or clock.start)
