"""What people type, in one form."""

from datetime import date

import pytest

from shangliang.analysis.columns import suggest_columns
from shangliang.analysis.tabular_values import (
    day,
    digits,
    moment,
    person_name,
    plain,
    whole_number,
    yes,
)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-05", "2026/3/5", "2026.3.5", "2026年3月5日", "2026 年 3 月 5 日", "20260305",
        "２０２６．３．５", "46086", "46086.0", "2026-03-05T00:00:00",
    ],
)  # fmt: skip
def test_ten_ways_to_write_the_fifth_of_march(typed: str) -> None:
    assert day(typed) == date(2026, 3, 5)


def test_a_month_alone_is_its_first_day() -> None:
    assert day("2026年3月") == day("2026.03") == date(2026, 3, 1)


@pytest.mark.parametrize("typed", ["", "昨天", "2026-13-01", "2026.2.30", "3月5日", "12", "999999"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        day(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2019-01-12 16:04:48", "2019-01-12T16:04:48"),
        ("2019年1月12日 16时04分", "2019-01-12T16:04:00"),
        ("2019/1/12", "2019-01-12T00:00:00"),
        ("43477.5", "2019-01-12T12:00:00"),
    ],
)
def test_moments(typed: str, meant: str) -> None:
    assert moment(typed).isoformat() == meant


def test_numbers_as_they_are_dictated() -> None:
    assert digits("１３８ 0000-0001") == "13800000001"
    assert digits("13800000001.0") == "13800000001"
    assert whole_number(" １２ ") == whole_number("12.0") == 12
    assert whole_number("1,200") == 1200
    with pytest.raises(ValueError, match="no whole number"):
        whole_number("十二")


def test_names_lined_up_with_spaces() -> None:
    assert person_name("林　晓") == person_name(" 林 晓\u200b") == "林晓"
    assert person_name("阿依努尔 · 买买提") == "阿依努尔·买买提"
    assert person_name("John  Smith") == "John Smith"
    assert plain("  教育\u3000科技界\n") == "教育 科技界"


def test_yes_and_no() -> None:
    assert [yes(said) for said in ("是", "√", "", "否")] == [True, True, False, False]
    with pytest.raises(ValueError, match="neither"):
        yes("也许")


FIELDS = {
    "name": ["姓名", "委员姓名"],
    "phone": ["手机号", "联系电话", "电话"],
    "sector": ["界别", "所属界别"],
    "since": ["任职日期"],
}


def test_columns_are_guessed_by_name_then_by_part_of_a_name() -> None:
    header = ["序号", "姓 名", "手机号（必填）", "所在界别", "备注"]

    assert suggest_columns(header, FIELDS) == {
        "name": "姓 名",
        "phone": "手机号（必填）",
        "sector": "所在界别",
    }


def test_a_column_serves_one_field_and_the_exact_name_wins() -> None:
    fields = {"office": ["电话"], "phone": ["联系电话"]}

    assert suggest_columns(["联系电话"], fields) == {"phone": "联系电话"}
