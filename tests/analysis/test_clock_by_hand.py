"""Six hundred dates worked out a second way: by crossing days off a list, as on paper.

The list comes from the package `holidays`, the months from `date.replace`; nothing of our own
arithmetic is used, so the two can only agree by being right.
"""

from datetime import date, timedelta
from random import Random

import holidays
import pytest

from shangliang.analysis.clock import Clock, Extension, Pause, Roll, Rule, Unit

from .years import CHINA

FIRST, LAST = date(2013, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
OTHER = holidays.country_holidays("CN", years=range(2013, 2027))
WORKED = {day for day in DAYS if OTHER.is_working_day(day)}


def same_day_later(start, months):
    """The calendar on the wall: turn the page `months` times, look for the same number."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for day in (start.day, 30, 29, 28):
        if day <= start.day:
            try:
                return date(year, month, day), day != start.day
            except ValueError:
                continue
    raise AssertionError("no such month")


def on_paper(rule, start, pause, extension):
    """Write the days down one below the other, cross out what does not count, count the rest."""
    sheet = [day for day in DAYS if day >= start and (rule.counts_start or day > start)]
    open_days = [day for day in sheet if not (pause.since < day <= pause.until)]
    amount = extension.amount if extension else rule.amount
    if rule.unit is Unit.WORKING_DAY:
        end = [day for day in open_days if day in WORKED][amount - 1]
    elif rule.unit is Unit.DAY:
        end = open_days[amount - 1]
    else:
        last, clipped = same_day_later(start, amount)
        if rule.counts_start and not clipped:
            last = max(day for day in DAYS if day < last)
        end = open_days[len([day for day in sheet if day <= last]) - 1]
    if end in WORKED or rule.roll is Roll.NONE:
        return end
    before = [day for day in WORKED if start <= day < end]
    if rule.roll is Roll.PREVIOUS and before:
        return max(before)
    return min(day for day in WORKED if day > end)


def cases(amount):
    dice = Random(20261123)
    for _ in range(amount):
        unit = dice.choice(list(Unit))
        units = dice.randint(1, 6 if unit is Unit.MONTH else 60)
        rule = Rule(units, unit, dice.choice(list(Roll)), dice.random() < 0.3, units + 6)
        start = dice.choice(DAYS[: -16 * 31])
        since = start + timedelta(days=dice.randint(0, 40))
        pause = Pause(since, since + timedelta(days=dice.choice((0, 0, 1, 5, 12, 30))))
        longer = Extension(start, amount=units + dice.randint(1, 6))
        yield rule, start, pause, longer if dice.random() < 0.3 else None


CASES = list(cases(600))


@pytest.mark.parametrize("of_unit", list(Unit))
def test_six_hundred_dates_agree_with_the_list_on_paper(of_unit):
    tried, wrong = 0, []
    for rule, start, pause, extension in CASES:
        if rule.unit is not of_unit:
            continue
        clock = Clock(rule, start, (pause,), (extension,) if extension else ())
        mine, paper = clock.due(CHINA).day, on_paper(rule, start, pause, extension)
        tried += 1
        if mine != paper:
            wrong.append((rule, start, pause, extension, mine, paper))

    assert tried > 150
    assert wrong == []
