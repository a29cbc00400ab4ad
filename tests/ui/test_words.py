"""Days, numbers and phone numbers as they are written on a page."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from shangliang.ui.templatetags import ui

TODAY = date(2026, 12, 7)


def test_a_day_names_its_year_only_when_it_is_another() -> None:
    assert ui.day(date(2026, 12, 10), TODAY) == "12 月 10 日 周四"
    assert ui.day(date(2027, 2, 23), TODAY) == "2027 年 2 月 23 日 周二"
    assert ui.day(None) == ""


def test_a_moment_is_told_in_the_organs_own_time() -> None:
    late = datetime(2026, 12, 31, 17, 5, tzinfo=UTC)
    assert ui.moment(late, TODAY) == "2027 年 1 月 1 日 01:05"
    assert ui.day(late, TODAY) == "2027 年 1 月 1 日 周五"


@pytest.mark.parametrize(
    ("days", "words", "state"),
    [
        (12, "还有 12 个工作日", "go"),
        (5, "还有 5 个工作日", "soon"),
        (0, "今天到期", "soon"),
        (-1, "迟 1 个工作日", "late"),
        (None, "", "go"),
    ],
)
def test_what_is_left_has_words_and_a_state(days: int | None, words: str, state: str) -> None:
    assert ui.left(days) == words
    assert ui.urgency(days) == state


def test_a_phone_number_is_masked_whatever_its_length() -> None:
    assert ui.mask_phone("13812341234") == "138****1234"
    assert ui.mask_phone("1234567") == "*******"
    assert ui.mask_phone(None) == ""


def test_a_query_replaces_and_drops_parameters() -> None:
    request = RequestFactory().get("/?state=go&page=3&tag=a&tag=b")
    page = engines["django"].from_string("{% query page=None state='late' tag=tags %}")
    assert page.render({"tags": ["c"]}, request) == "?state=late&amp;tag=c"


@pytest.mark.parametrize(("filled", "on", "closed"), [(0, 0, 0), (2, 2, 0), (4, 4, 1), (9, 4, 1)])
def test_a_ring_fills_from_outside_and_closes_with_the_seal(
    filled: int, on: int, closed: int
) -> None:
    svg = ui.ring(filled, of=4)
    assert svg.count('"on"') + svg.count("dot on") == on
    assert svg.count(" closed") == closed
    assert f"共 4 步，走过 {min(filled, 4)} 步" in svg


def test_a_ring_has_a_text_beside_its_picture_unless_it_is_an_ornament() -> None:
    assert 'role="img" aria-label="已答复"' in ui.ring(3, label="已答复")
    assert 'aria-hidden="true"' in ui.ring(0, label="-")
    assert "<circle" in ui.ring(1, of=1)


def test_a_band_and_a_trend_say_their_numbers_in_words() -> None:
    assert "时间已用 76%" in ui.band(0.76, "soon")
    assert 'width="100%"' in ui.band(3)
    assert "走势：1、5、3" in ui.trend([1, 5, 3])
    assert ui.trend([1]) == ""
    assert "polyline" in ui.trend([2, 2, 2])


def test_titles_are_set_in_song_and_stay_text() -> None:
    assert ui.song("请看《办法》。") == '请看<span class="song">《办法》</span>。'
    assert "<i>" not in ui.song("《<i>》")


def test_english_may_order_a_date_its_own_way() -> None:
    with translation.override("en"):
        assert "10" in ui.day(date(2026, 12, 10), TODAY)
