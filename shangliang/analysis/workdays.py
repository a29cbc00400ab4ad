"""Which days are worked in China, and what a number of working days comes to.

A year follows Monday to Friday except where a notice of the State Council says
otherwise: days off (放假) and weekend days that are worked instead (调休上班).
Such days are data, handed in; nothing here reads a file or asks the clock.

Sources: 全国年节及纪念日放假办法 (revised 2024-11-10) for the statutory days;
the yearly 国务院办公厅关于部分节假日安排的通知 for everything else; 民法典
第二百零二条 for months that lack the day.
"""

from __future__ import annotations

import calendar as months
import csv
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType

ONE_DAY = timedelta(days=1)
SATURDAY = 5

# The notice for a year also rearranges the last days of the year before it: the
# one for 2019 made Saturday 2018-12-29 a working day and Monday 2018-12-31 free.
YEAR_END = (12, 25)


@dataclass(frozen=True)
class SpecialDay:
    """A day that does not follow Monday to Friday, and the festival it belongs to."""

    day: date
    name: str
    works: bool


@dataclass(frozen=True)
class HolidayNotice:
    """One notice of the State Council: the days it names, the years it settles.

    A yearly arrangement settles its year; a change in mid-year (2020-01-26 for the
    Spring Festival) settles none and only moves days.
    """

    key: str
    issued_on: date
    days: tuple[SpecialDay, ...]
    settles: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Calendar:
    """The working days of China as known from a set of notices."""

    special: Mapping[date, SpecialDay] = field(default_factory=dict)
    published: frozenset[int] = frozenset()

    @classmethod
    def of(cls, notices: Iterable[HolidayNotice], guesses: Iterable[SpecialDay] = ()) -> Calendar:
        """Lay notices over one another, the later one winning day by day.

        The order in which they are handed in is of no consequence, nor is handing one
        in twice.  `guesses` are statutory days; they hold only in a year that no
        notice has settled yet.
        """
        ordered = sorted(notices, key=lambda notice: (notice.issued_on, notice.key))
        published = frozenset(year for notice in ordered for year in notice.settles)
        special = {guess.day: guess for guess in guesses if guess.day.year not in published}
        for notice in ordered:
            special.update({named.day: named for named in notice.days})
        return cls(MappingProxyType(special), published)

    def is_working(self, day: date) -> bool:
        """A named day is what its notice says; any other follows Monday to Friday."""
        named = self.special.get(day)
        return named.works if named else day.weekday() < SATURDAY

    def festival(self, day: date) -> str:
        """The festival for which `day` is free, or an empty string."""
        named = self.special.get(day)
        return named.name if named and not named.works else ""

    def unpublished(self, first: date, last: date) -> tuple[int, ...]:
        """The years whose notice is still to come and may yet change a day of `first` … `last`."""
        end = last.year + ((last.month, last.day) >= YEAR_END)
        return tuple(year for year in range(first.year, end + 1) if year not in self.published)

    def add(self, day: date, amount: int) -> date:
        """The `amount`-th working day after `day`, or before it when negative.

        The day after `day` is the first that can count; zero gives `day` back.
        """
        step = ONE_DAY if amount > 0 else -ONE_DAY
        left = abs(amount)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def count(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`.

        When `end` comes first, the days from `end` up to but not including `start`,
        as a negative number: so `count(d, add(d, n))` is `n` for every n.
        """
        if end < start:
            return self._worked_until(end - ONE_DAY) - self._worked_until(start - ONE_DAY)
        return self._worked_until(end) - self._worked_until(start)

    def _worked_until(self, day: date) -> int:
        """Working days from the first Monday of all (0001-01-01) up to and including `day`."""
        weeks, rest = divmod(day.toordinal(), 7)
        ordinals, more = self._unusual
        return 5 * weeks + min(rest, 5) + more[bisect_right(ordinals, day.toordinal())]

    @cached_property
    def _unusual(self) -> tuple[list[int], list[int]]:
        """The days that do not follow Monday to Friday, and by how much the days before differ."""
        named = [self.special[day] for day in sorted(self.special)]
        unusual = [d for d in named if d.works != (d.day.weekday() < SATURDAY)]
        steps = (1 if d.works else -1 for d in unusual)
        return [d.day.toordinal() for d in unusual], list(accumulate(steps, initial=0))

    def next_working(self, day: date) -> date:
        """`day` itself when it is worked, else the first working day after it."""
        return day if self.is_working(day) else self.add(day, 1)

    def previous_working(self, day: date) -> date:
        """`day` itself when it is worked, else the last working day before it."""
        return day if self.is_working(day) else self.add(day, -1)


def months_later(day: date, amount: int) -> date:
    """The same day of the month, `amount` months on, clipped to the month's end.

    >>> months_later(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def stretches(days: Iterable[SpecialDay]) -> list[tuple[SpecialDay, SpecialDay]]:
    """Consecutive days of one festival that are all free or all worked, as first and last."""
    found: list[tuple[SpecialDay, SpecialDay]] = []
    for special in sorted(days, key=lambda special: special.day):
        if found:
            first, last = found[-1]
            follows = special.day - last.day == ONE_DAY
            if follows and (special.name, special.works) == (last.name, last.works):
                found[-1] = (first, special)
                continue
        found.append((special, special))
    return found


def read_days(lines: Iterable[str]) -> tuple[SpecialDay, ...]:
    """Days from CSV text with the columns date, name and is_off_day (1 free, 0 worked).

    Raises:
        ValueError: a column is missing, or a value is not a date or not 0 or 1.
    """
    rows = csv.DictReader(lines)
    if not {"date", "name", "is_off_day"} <= set(rows.fieldnames or ()):
        raise ValueError("the columns date, name and is_off_day are needed")
    return tuple(_special_day(row) for row in rows)


def _special_day(row: Mapping[str, str]) -> SpecialDay:
    if row["is_off_day"] not in ("0", "1"):
        raise ValueError(f"{row['date']}: is_off_day must be 0 or 1, not {row['is_off_day']!r}")
    return SpecialDay(date.fromisoformat(row["date"]), row["name"], row["is_off_day"] == "0")
