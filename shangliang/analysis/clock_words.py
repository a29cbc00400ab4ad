"""Every date explains itself: how it came about, and what is left of it.

The sentences are Chinese; `say` puts each template into another language before
the figures are filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from shangliang.analysis.clock import Clock, DueDate, Unit
from shangliang.analysis.workdays import Calendar

Say = Callable[[str], str]


def _(text: str) -> str:
    """Mark a sentence for translation; `say` translates it."""
    return text


WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
MONTHS = (
    _("1 月"), _("2 月"), _("3 月"), _("4 月"), _("5 月"), _("6 月"),
    _("7 月"), _("8 月"), _("9 月"), _("10 月"), _("11 月"), _("12 月"),
)  # fmt: skip
FESTIVALS = (
    _("元旦"), _("春节"), _("清明节"), _("劳动节"), _("端午节"), _("中秋节"), _("国庆节"),
)  # fmt: skip
ONE = {Unit.WORKING_DAY: _("1 个工作日"), Unit.DAY: _("1 天"), Unit.MONTH: _("1 个月")}
MANY = {
    Unit.WORKING_DAY: _("{amount} 个工作日"),
    Unit.DAY: _("{amount} 天"),
    Unit.MONTH: _("{amount} 个月"),
}


def long_day(day: date, say: Say = str) -> str:
    """
    >>> long_day(date(2026, 11, 23))
    '2026 年 11 月 23 日'
    """
    template = say(_("{year} 年 {month} {day} 日"))
    return template.format(year=day.year, month=say(MONTHS[day.month - 1]), day=day.day)


def day_of_year(month: int, day: int, say: Say = str) -> str:
    """
    >>> day_of_year(8, 31)
    '8 月 31 日'
    """
    return say(_("{month} {day} 日")).format(month=say(MONTHS[month - 1]), day=day)


def short_day(day: date, today: date, say: Say = str) -> str:
    """The day and its weekday; the year only where it is not this one."""
    same_year = day.year == today.year
    plain = day_of_year(day.month, day.day, say) if same_year else long_day(day, say)
    return say(_("{day} {weekday}")).format(day=plain, weekday=say(WEEKDAYS[day.weekday()]))


def in_units(amount: int, unit: Unit, say: Say = str) -> str:
    return say((ONE if amount == 1 else MANY)[unit]).format(amount=amount)


def explain(
    clock: Clock,
    calendar: Calendar,
    *,
    event: str = _("交办"),
    act: str = "",
    today: date | None = None,
    say: Say = str,
) -> str:
    """Why the clock is due when it is, in one sentence.

    event: what started the clock (交办, 受理 …).
    act: what is to be done by then (办复, 评议 …).
    today: where given, a clock that was restarted also says how long the matter has run.
    """
    due = clock.due(calendar)
    clauses = [
        _opening(clock, due, event, act, say),
        *_extensions(clock, due, say),
        *_pauses(clock, say),
        *_moved(clock, due, calendar, say),
        *_restarted(clock, today, say),
    ]
    if due.unpublished:
        years = say(_("、")).join(str(year) for year in due.unpublished)
        clauses.append(say(_("{years} 年放假安排未公布，暂按推算")).format(years=years))
    return (say(_("；")).join(clauses) + say(_("。"))).strip()


def _opening(clock: Clock, due: DueDate, event: str, act: str, say: Say) -> str:
    templates = {
        (False, True): _("自 {start}{event}起 {span}，应于 {due}前{act}"),
        (True, True): _("自 {start}{event}当日起 {span}，应于 {due}前{act}"),
        (False, False): _("自 {start}{event}起 {span}"),
        (True, False): _("自 {start}{event}当日起 {span}"),
    }
    return say(templates[clock.rule.counts_start, due.day is not None]).format(
        start=long_day(clock.start, say),
        event=say(event),
        span=in_units(clock.rule.amount, clock.rule.unit, say),
        due=long_day(due.day, say) if due.day else "",
        act=say(act) if act else "",
    )


def _extensions(clock: Clock, due: DueDate, say: Say) -> Iterator[str]:
    for extension in clock.extensions:
        granted = long_day(extension.granted_on, say)
        if extension.amount is not None:
            span = in_units(extension.amount, clock.rule.unit, say)
            template = say(_("{granted}批准延期，连同原有时间共 {span}"))
            yield template.format(granted=granted, span=span)
        elif extension.until is not None:
            template = say(_("{granted}批准延期至 {until}"))
            yield template.format(granted=granted, until=long_day(extension.until, say))
    if due.settled_by == "fixed" and clock.rule.fixed:
        month, day = clock.rule.fixed
        latest = day_of_year(month, day, say)
        yield say(_("按规定最迟 {latest}，以较早者为准")).format(latest=latest)


def _pauses(clock: Clock, say: Say) -> Iterator[str]:
    for pause in clock.pauses:
        since = long_day(pause.since, say)
        why = say(_("（{why}）")).format(why=pause.why) if pause.why else ""
        if pause.until is None:
            yield say(_("{since}起暂停{why}，恢复后续算")).format(since=since, why=why)
        elif pause.until > pause.since:
            template = say(_("{since}至 {until}暂停{why}，其间 {days} 天不计"))
            days = (pause.until - pause.since).days
            yield template.format(since=since, until=long_day(pause.until, say), why=why, days=days)


def _moved(clock: Clock, due: DueDate, calendar: Calendar, say: Say) -> Iterator[str]:
    if due.day is None or due.reckoned is None or due.day == due.reckoned:
        return
    if due.settled_by == "told":
        template = say(_("按现行放假安排应为 {day}，此前告知的期限较晚，以告知的为准"))
        yield template.format(day=long_day(due.reckoned, say))
        return
    off = calendar.festival(due.reckoned) or WEEKDAYS[due.reckoned.weekday()]
    later = _("{day}是{off}，顺延至下一个工作日")
    earlier = _("{day}是{off}，提前至上一个工作日")
    template = say(later if due.day > due.reckoned else earlier)
    yield template.format(day=long_day(due.reckoned, say), off=say(off))


def _restarted(clock: Clock, today: date | None, say: Say) -> Iterator[str]:
    if clock.first_start is None:
        return
    first = long_day(clock.first_start, say)
    if today is None:
        yield say(_("首次交办是 {first}，换单位后重新起算")).format(first=first)
    else:
        days = (today - clock.first_start).days
        template = say(_("首次交办是 {first}，至今 {days} 天，换单位后重新起算"))
        yield template.format(first=first, days=days)


def left(clock: Clock, calendar: Calendar, today: date, say: Say = str) -> str:
    """The day and what is left of it, or how far it is past; at most one line."""
    due = clock.due(calendar)
    if due.day is None:
        unit = Unit.WORKING_DAY if clock.rule.unit is Unit.WORKING_DAY else Unit.DAY
        rest = in_units(clock.left_when_paused(calendar), unit, say)
        return say(_("已暂停，恢复后还有 {rest}")).format(rest=rest)
    sentence = left_until(due.day, calendar, today, say)
    return (
        say(_("{sentence}（暂按推算）")).format(sentence=sentence) if due.unpublished else sentence
    )


def left_until(day: date, calendar: Calendar, today: date, say: Say = str) -> str:
    """The same for a bare date.

    >>> left_until(date(2026, 12, 10), Calendar(), date(2026, 12, 7))
    '12 月 10 日 周四，还有 3 个工作日'
    """
    shown = short_day(day, today, say)
    if day == today:
        return say(_("{day}，今天到期")).format(day=shown)
    rest = _distance(day, calendar, today, say)
    template = _("{day}，还有 {rest}") if day > today else _("{day}到期，已超过 {rest}")
    return say(template).format(day=shown, rest=rest)


def _distance(day: date, calendar: Calendar, today: date, say: Say) -> str:
    """Working days between, or plain days when nobody works in between."""
    worked = calendar.count(min(day, today), max(day, today))
    if worked:
        return in_units(worked, Unit.WORKING_DAY, say)
    return in_units(abs((day - today).days), Unit.DAY, say)
