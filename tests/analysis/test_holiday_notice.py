"""Notices read as printed give the same days as the table made by other hands."""

from datetime import date, timedelta

import pytest

from shangliang.analysis.holiday_notice import read_notice
from shangliang.analysis.workdays import Calendar, HolidayNotice

from . import real_notices as real
from .years import CHINA, FIRST_2020, off


def taken(text, *before):
    """The calendar that knows what `text` and the texts `before` it say."""
    notices = []
    for one in (*before, text):
        reading = read_notice(one, Calendar.of(notices))
        assert [doubt.sentence() for doubt in reading.doubts] == []
        settled = frozenset({reading.year} if reading.settles else ())
        notices.append(HolidayNotice(reading.title, reading.issued_on, reading.days, settled))
    return Calendar.of(notices)


@pytest.mark.parametrize(
    ("year", "texts"),
    [
        (2014, [real.NOTICE_2014]),
        (2020, [real.LONGER_2020, real.NOTICE_2020]),
        (2024, [real.NOTICE_2024]),
        (2025, [real.NOTICE_2025]),
        (2026, [real.NOTICE_2026]),
    ],
)
def test_a_notice_as_printed_gives_the_days_of_the_shipped_table(year, texts):
    told = taken(*texts)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]

    wrong = [d for d in days if d.year == year and told.is_working(d) != CHINA.is_working(d)]
    assert wrong == []
    assert told.published == {year}


def test_the_days_before_new_year_belong_to_the_year_before():
    told = taken(real.NOTICE_2019)

    assert told.is_working(date(2018, 12, 29))
    assert not told.is_working(date(2018, 12, 31))
    assert not told.is_working(date(2019, 5, 1))
    assert told.is_working(date(2019, 5, 2))  # only the later notice made it free


def test_the_head_and_the_foot_are_read():
    reading = read_notice(real.NOTICE_2024, Calendar())

    assert reading.title == "国务院办公厅关于2024年部分节假日安排的通知（国办发明电〔2023〕7号）"
    assert reading.issued_on == date(2023, 10, 25)
    assert reading.settles


def test_a_change_in_mid_year_settles_no_year():
    reading = read_notice(real.LONGER_2020, Calendar.of([FIRST_2020]))

    assert not reading.settles
    assert [day.day for day in reading.days if not day.works] == [
        date(2020, 1, 31),
        date(2020, 2, 1),
        date(2020, 2, 2),
    ]


def test_a_turn_of_the_year_without_years_is_understood():
    text = "关于2023年部分节假日安排的通知\n一、元旦：12月31日至1月2日放假调休，共3天。"
    reading = read_notice(text, Calendar())

    assert [day.day for day in reading.days] == [
        date(2022, 12, 31),
        date(2023, 1, 1),
        date(2023, 1, 2),
    ]


@pytest.mark.parametrize(
    ("was", "now", "doubt"),
    [
        ("1月1日(周四)", "1月1日(周五)", "1 月 1 日是周四，原文写作周五"),
        ("10月10日(周六)上班", "10月12日(周六)上班", "10 月 12 日是周一，原文写作周六"),
        ("放假调休,共9天", "放假调休,共8天", "写明共 8 天，按日期是 9 天"),
        ("2月28日(周六)上班", "2月30日(周六)上班", "“2月30日”不是一个日期"),
        ("2月14日(周六)、2月28日(周六)上班", "2月14日(周六)公休调至2月28日", "没有读懂"),
        ("4月4日(周六)至6日(周一)放假", "4月6日(周一)至4日(周六)放假", "起止日期有误"),
        (
            "一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。",
            "",
            "没有读到元旦放假",
        ),
        ("2025年11月4日", "2025年13月4日", "落款日期有误"),
    ],
)
def test_a_slip_is_named_before_anybody_confirms(was, now, doubt):
    assert was in real.NOTICE_2026
    reading = read_notice(real.NOTICE_2026.replace(was, now), Calendar())

    assert any(doubt in one.sentence() for one in reading.doubts)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("请各单位做好假期值班。", "没有读到年份"),
        ("关于2027年部分节假日安排的通知", "没有读到放假或者上班的日期"),
        (real.LONGER_2020, "没有找到春节原来的假期"),
    ],
)
def test_what_is_no_notice_is_not_guessed_at(text, doubt):
    reading = read_notice(text, Calendar())

    assert any(doubt in one.sentence() for one in reading.doubts)


def test_a_notice_without_a_year_in_its_title_takes_the_year_given():
    text = "一、9月3日至5日调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。"
    reading = read_notice(text, Calendar(), 2015)

    assert {(day.day.day, day.works) for day in reading.days} == {
        (3, False), (4, False), (5, False), (6, True),
    }  # fmt: skip
    assert reading.doubts == []
    assert off(date(2015, 9, 4), name="调整")[0] in reading.days
