"""Working days of China: against the vectors, against another table, and by their laws."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from shangliang.analysis.workdays import Calendar, HolidayNotice, months_later, read_days

from .years import (
    CHINA,
    FIRST_2020,
    INVENTED_2027,
    LONGER_2020,
    NOTICES,
    guesses,
    off,
    on,
)

DAYS = some.dates(date(2013, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        (date(2026, 2, 10), 5, date(2026, 2, 24)),  # over the Spring Festival
        (date(2026, 9, 18), 3, date(2026, 9, 22)),  # Sunday 20 September is worked
        (date(2026, 9, 21), 10, date(2026, 10, 12)),  # Saturday 10 October is worked
        (date(2018, 12, 28), 1, date(2018, 12, 29)),  # a Saturday, by the notice for 2019
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # over the year's end
        (date(2024, 2, 28), 1, date(2024, 2, 29)),  # a leap day that is worked
    ],
)
def test_working_days_follow_the_notices(start, amount, due):
    assert CHINA.add(start, amount) == due


def test_the_longer_spring_festival_of_2020_moves_a_date():
    start = date(2020, 1, 17)

    assert Calendar.of([FIRST_2020]).add(start, 15) == date(2020, 2, 12)
    assert Calendar.of([FIRST_2020, LONGER_2020]).add(start, 15) == date(2020, 2, 14)
    assert Calendar.of([LONGER_2020, FIRST_2020]).add(start, 15) == date(2020, 2, 14)


def test_the_later_notice_wins_whatever_it_is_called():
    day = date(2027, 3, 1)
    early = HolidayNotice("乙", date(2026, 12, 1), off(day))
    late = HolidayNotice("甲", date(2026, 12, 2), on(day))

    assert Calendar.of([late, early]).is_working(day)


def test_it_agrees_with_the_package_holidays_on_every_day():
    other = holidays.country_holidays("CN", years=range(2012, 2028))
    day, wrong, seen = date(2013, 1, 1), [], 0
    while day <= date(2026, 12, 31):
        if other.is_working_day(day) != CHINA.is_working(day):
            wrong.append(day)
        day, seen = day + timedelta(days=1), seen + 1

    assert seen == 5113
    assert wrong == []


def test_the_guessed_days_are_the_statutory_ones_of_the_package_holidays():
    other = holidays.country_holidays("CN", years=range(2027, 2031), observed=False)

    assert {guess.day for guess in guesses()} == set(other)


def test_there_are_thirteen_statutory_days_a_year():
    for year in (2027, 2029, 2030):
        assert sum(guess.day.year == year for guess in guesses()) == 13


def test_a_notice_drives_the_guesses_of_its_year_out():
    assert not CHINA.is_working(date(2027, 4, 5))  # 清明, guessed
    told = Calendar.of([*NOTICES, INVENTED_2027], guesses())

    assert told.is_working(date(2027, 4, 5))  # our invented notice forgets it
    assert not told.is_working(date(2028, 4, 4))  # the year after is guessed still


def test_the_years_that_are_not_published_are_named():
    day = date
    assert CHINA.unpublished(day(2026, 11, 23), day(2026, 12, 24)) == ()
    assert CHINA.unpublished(day(2026, 11, 23), day(2027, 2, 23)) == (2027,)
    assert CHINA.unpublished(day(2026, 12, 1), day(2028, 1, 5)) == (2027, 2028)


def test_the_last_week_of_december_hangs_on_the_notice_for_the_next_year():
    assert CHINA.unpublished(date(2026, 12, 25), date(2026, 12, 25)) == (2027,)
    assert CHINA.unpublished(date(2025, 12, 25), date(2025, 12, 31)) == ()


def test_a_day_off_knows_its_festival():
    assert CHINA.festival(date(2026, 10, 5)) == "国庆节"
    assert CHINA.festival(date(2026, 10, 10)) == ""  # worked
    assert CHINA.festival(date(2026, 11, 21)) == ""  # an ordinary Saturday


@pytest.mark.parametrize(
    ("day", "amount", "then"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 11, 23), 3, date(2027, 2, 23)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2026, 12, 15), 0, date(2026, 12, 15)),
    ],
)
def test_months_are_clipped_to_the_month_end(day, amount, then):
    assert months_later(day, amount) == then


@given(DAYS, some.integers(-120, 120))
def test_counting_undoes_adding(day, amount):
    assert CHINA.count(day, CHINA.add(day, amount)) == amount


@given(DAYS, some.integers(-400, 400))
def test_adding_undoes_counting_onto_a_working_day(day, apart):
    other = CHINA.next_working(day + timedelta(days=apart))
    if other != day:
        assert CHINA.add(day, CHINA.count(day, other)) == other


@given(DAYS, some.integers(-120, 119))
def test_one_day_more_is_never_earlier(day, amount):
    assert CHINA.add(day, amount) < CHINA.add(day, amount + 1)


@given(DAYS, some.integers(1, 60), some.integers(1, 60))
def test_two_stretches_are_one(day, first, second):
    assert CHINA.add(CHINA.add(day, first), second) == CHINA.add(day, first + second)


SPECIAL = some.builds(
    lambda day, works: (on if works else off)(day)[0],
    some.dates(date(2026, 1, 1), date(2027, 12, 31)),
    some.booleans(),
)
A_NOTICE = some.builds(
    HolidayNotice,
    some.sampled_from(["一号", "二号", "三号"]),
    some.dates(date(2026, 1, 1), date(2026, 12, 31)),
    some.lists(SPECIAL, max_size=8).map(tuple),
    some.sampled_from([frozenset(), frozenset({2026}), frozenset({2027})]),
)


@given(some.lists(A_NOTICE, max_size=4, unique_by=lambda n: (n.issued_on, n.key)), some.data())
@settings(max_examples=50)
def test_neither_order_nor_repetition_of_notices_matters(notices, data):
    shuffled = data.draw(some.permutations(notices * 2))

    assert Calendar.of(shuffled, guesses()) == Calendar.of(notices, guesses())


@pytest.mark.parametrize(
    "lines",
    [
        ["date,name", "2026-01-01,元旦"],
        ["date,name,is_off_day", "2026-01-01,元旦,yes"],
        ["date,name,is_off_day", "2026-13-01,元旦,1"],
        [],
    ],
)
def test_a_table_that_is_not_one_is_refused(lines):
    with pytest.raises(ValueError, match=r"needed|must be|month|isoformat"):
        read_days(lines)
