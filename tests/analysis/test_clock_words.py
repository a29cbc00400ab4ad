"""Every date says in one sentence how it came about, and in one line what is left."""

from datetime import date

import pytest

from shangliang.analysis.clock import Clock, Extension, Pause, Roll, Rule, Unit
from shangliang.analysis.clock_acts import ClockRefused, extend, restart
from shangliang.analysis.clock_words import explain, left, left_until

from .years import CHINA

REPLY = Rule(3, Unit.MONTH, longest=6)
ASSIGNED = date(2026, 11, 23)


def said(clock, **how):
    return explain(clock, CHINA, **how)


def test_three_months_into_a_year_without_a_notice():
    assert said(Clock(REPLY, ASSIGNED)) == (
        "自 2026 年 11 月 23 日交办起 3 个月，应于 2027 年 2 月 23 日前；"
        "2027 年放假安排未公布，暂按推算。"
    )


def test_a_date_moved_off_the_national_day():
    clock = Clock(Rule(1, Unit.MONTH), date(2026, 9, 1))

    assert said(clock, event="受理", act="答复") == (
        "自 2026 年 9 月 1 日受理起 1 个月，应于 2026 年 10 月 8 日前答复；"
        "2026 年 10 月 1 日是国庆节，顺延至下一个工作日。"
    )


def test_a_date_moved_back_from_a_sunday():
    clock = Clock(Rule(7, Unit.DAY, Roll.PREVIOUS), date(2026, 11, 22))

    assert said(clock) == (
        "自 2026 年 11 月 22 日交办起 7 天，应于 2026 年 11 月 27 日前；"
        "2026 年 11 月 29 日是周日，提前至上一个工作日。"
    )


def test_a_paused_clock_tells_no_date():
    clock = Clock(Rule(10, Unit.WORKING_DAY), ASSIGNED, (Pause(date(2026, 11, 25), None, "补正"),))

    assert said(clock) == (
        "自 2026 年 11 月 23 日交办起 10 个工作日；2026 年 11 月 25 日起暂停（补正），恢复后续算。"
    )
    assert left(clock, CHINA, date(2026, 12, 1)) == "已暂停，恢复后还有 8 个工作日"


def test_a_pause_that_is_over_says_its_days():
    paused = (Pause(date(2026, 4, 1), date(2026, 4, 11)),)

    assert "2026 年 4 月 1 日至 2026 年 4 月 11 日暂停，其间 10 天不计；" not in said(
        Clock(REPLY, date(2026, 3, 2))
    )
    assert "；2026 年 4 月 1 日至 2026 年 4 月 11 日暂停，其间 10 天不计。" in said(
        Clock(REPLY, date(2026, 3, 2), paused)
    )


def test_an_extension_says_how_long_it_makes_it():
    clock = Clock(REPLY, date(2026, 3, 2))
    months = extend(clock, Extension(date(2026, 5, 8), amount=5), CHINA)
    to_a_day = extend(clock, Extension(date(2026, 5, 8), until=date(2026, 7, 10)), CHINA)

    assert said(months) == (
        "自 2026 年 3 月 2 日交办起 3 个月，应于 2026 年 8 月 3 日前；"
        "2026 年 5 月 8 日批准延期，连同原有时间共 5 个月；"
        "2026 年 8 月 2 日是周日，顺延至下一个工作日。"
    )
    assert "应于 2026 年 7 月 10 日前；2026 年 5 月 8 日批准延期至 2026 年 7 月 10 日。" in said(
        to_a_day
    )


def test_a_fixed_day_is_named():
    clock = Clock(Rule(3, Unit.MONTH, fixed=(8, 31)), date(2026, 7, 1))

    assert said(clock) == (
        "自 2026 年 7 月 1 日交办起 3 个月，应于 2026 年 8 月 31 日前；"
        "按规定最迟 8 月 31 日，以较早者为准。"
    )


def test_a_date_told_before_says_why_it_stands():
    clock = Clock(Rule(10, Unit.WORKING_DAY), ASSIGNED, told=date(2026, 12, 9))

    assert said(clock) == (
        "自 2026 年 11 月 23 日交办起 10 个工作日，应于 2026 年 12 月 9 日前；"
        "按现行放假安排应为 2026 年 12 月 7 日，此前告知的期限较晚，以告知的为准。"
    )


def test_a_new_unit_does_not_hide_how_long_it_took():
    clock = restart(Clock(REPLY, date(2026, 3, 2)), date(2026, 4, 1))

    assert said(clock, today=date(2026, 4, 11)).endswith(
        "；首次交办是 2026 年 3 月 2 日，至今 40 天，换单位后重新起算。"
    )
    assert said(clock).endswith("；首次交办是 2026 年 3 月 2 日，换单位后重新起算。")


def test_the_day_of_the_start_may_count():
    clock = Clock(Rule(5, Unit.WORKING_DAY, counts_start=True), ASSIGNED)

    assert said(clock) == (
        "自 2026 年 11 月 23 日交办当日起 5 个工作日，应于 2026 年 11 月 27 日前。"
    )


@pytest.mark.parametrize(
    ("today", "sentence"),
    [
        (date(2026, 12, 7), "12 月 10 日 周四，还有 3 个工作日"),
        (date(2026, 12, 5), "12 月 10 日 周四，还有 4 个工作日"),
        (date(2026, 12, 10), "12 月 10 日 周四，今天到期"),
        (date(2026, 12, 14), "12 月 10 日 周四到期，已超过 2 个工作日"),
        (date(2027, 1, 4), "2026 年 12 月 10 日 周四到期，已超过 16 个工作日"),
    ],
)
def test_what_is_left_is_counted_in_working_days(today, sentence):
    assert left_until(date(2026, 12, 10), CHINA, today) == sentence


def test_where_nobody_works_in_between_plain_days_are_told():
    saturday, friday = date(2026, 11, 28), date(2026, 11, 27)

    assert left_until(saturday, CHINA, friday) == "11 月 28 日 周六，还有 1 天"
    assert left_until(friday, CHINA, saturday) == "11 月 27 日 周五到期，已超过 1 天"


def test_a_provisional_date_says_so_in_the_short_line_too():
    assert left(Clock(REPLY, ASSIGNED), CHINA, date(2027, 2, 18)) == (
        "2 月 23 日 周二，还有 3 个工作日（暂按推算）"
    )
    assert left(Clock(REPLY, date(2026, 3, 2)), CHINA, date(2026, 6, 1)) == (
        "6 月 2 日 周二，还有 1 个工作日"
    )


def test_a_sentence_can_be_said_in_another_language():
    words = {
        "{month} {day} 日": "{day} {month}",
        "12 月": "December",
        "5 月": "May",
        "{day}，还有 {rest}": "{day}, {rest} left",
        "{amount} 个工作日": "{amount} working days",
        "周四": "Thursday",
        "{day} {weekday}": "{day}, {weekday}",
        "延期最迟到 {day}，请改定日期。": "No later than {day}.",
        "{year} 年 {month} {day} 日": "{day} {month} {year}",
    }

    def say(text):
        return words.get(text, text)

    line = left_until(date(2026, 12, 10), CHINA, date(2026, 12, 7), say)
    assert line == "10 December, Thursday, 3 working days left"

    with pytest.raises(ClockRefused) as refused:
        extend(Clock(REPLY, ASSIGNED), Extension(date(2027, 2, 1), until=date(2027, 6, 1)), CHINA)
    assert refused.value.sentence(say) == "No later than 24 May 2027."
