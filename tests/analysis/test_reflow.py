"""Layout repaired: nothing a reader reads is lost, nothing the page did is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.analysis.reflow import letters, reflow

WRAPPED = """清溪县现有公共自行车站点四十六处，其中老城区只有九处，早晚高峰时
段经常无车可借，周末又常常无桩可还。我们走访了东门、南门和河西三个
片区的居民，收回有效问卷二百一十份，七成受访者表示愿意多骑车，但是
找不到车。
3
站点的选址也不尽合理，有的站点设在坡道旁边，老人取车很不方便，建议
结合老旧小区改造一并调整，并在公交首末站增设站点。
"""


def test_a_sentence_broken_by_the_page_is_whole_again() -> None:
    flowed = reflow(WRAPPED)

    assert "早晚高峰时段经常无车可借" in flowed.text
    assert "但是找不到车。\n站点的选址" in flowed.text
    assert flowed.page_numbers == ("3",)


def test_a_heading_without_a_full_stop_stays_on_its_own_line() -> None:
    text = "一、停车难的现状\n县城现有车位三千个。\n二、问题所在\n车位少，车辆多。"

    assert reflow(text).text == text


def test_spaces_of_a_broken_page_go_and_those_between_latin_words_stay() -> None:
    flowed = reflow("推广 LED 路灯 ，节约 用电。 具体做法是 Smart Lamp 试点。")

    assert flowed.text == "推广 LED 路灯，节约 用电。\n具体做法是 Smart Lamp 试点。"


def test_a_space_before_a_number_begins_a_paragraph() -> None:
    flowed = reflow("为此建议： 1、增设站点。 2、延长时间；\u00a03、降低费用")

    assert flowed.text.split("\n") == [
        "为此建议：",
        "1、增设站点。",
        "2、延长时间；",
        "3、降低费用",
    ]


@pytest.mark.parametrize("text", ["", " \n\u00a0\n", "一句话"])
def test_little_text_is_no_trouble(text: str) -> None:
    assert letters(reflow(text).text) == letters(text)


@given(st.text("情况建议。；：，一二三、1234. \n\u00a0（）ab", max_size=200))
def test_no_letter_is_ever_lost_but_page_numbers(text: str) -> None:
    flowed = reflow(text)
    kept = sorted(letters(flowed.text) + "".join(flowed.page_numbers))

    assert kept == sorted(letters(text))
