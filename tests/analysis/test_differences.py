"""What differs is marked, what does not is left alone, and no letter is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.analysis.differences import Part, against, between

TEXT = st.text(alphabet="应当同意不。！\n，电梯a", max_size=80)


def words(parts: list[Part], same: bool) -> str:
    return "".join(part.text for part in parts if part.same is same)


@given(TEXT, TEXT)
def test_the_pieces_together_are_the_texts_to_the_letter(one: str, two: str) -> None:
    left, right = between(one, two)

    assert "".join(part.text for part in left) == one
    assert "".join(part.text for part in right) == two
    assert words(left, True) == words(right, True)


@given(TEXT)
def test_the_same_text_has_no_difference(text: str) -> None:
    left, right = between(text, text)
    assert left == right == ([Part(text, True)] if text else [])


@pytest.mark.parametrize(
    ("one", "two", "gone", "new"),
    [
        ("建议同意加装。请住建局答复。", "建议不同意加装。请住建局答复。", "", "不"),
        ("第一句。第二句。", "第二句。", "第一句。", ""),
        ("补助 3 万元。", "补助 5 万元。", "3", "5"),
        ("", "全新的一段。", "", "全新的一段。"),
        ("没有句号", "没有句号。", "", "。"),
    ],
)
def test_a_reader_sees_what_was_changed(one: str, two: str, gone: str, new: str) -> None:
    left, right = between(one, two)
    assert (words(left, False), words(right, False)) == (gone, new)


def test_each_author_is_shown_what_she_changed_herself() -> None:
    base = "全县有电梯 37 部。审批要跑五个窗口。"
    assert words(against(base, "全县有电梯 73 部。审批要跑五个窗口。"), False) == "7"
    assert words(against(base, "全县有电梯 37 部。审批要跑六个窗口。"), False) == "六"


@pytest.mark.parametrize("text", ["同意。" * 20_000, "一二三四五六七八九十" * 6_000])
def test_a_long_text_is_compared_in_good_time(text: str) -> None:
    began = time.perf_counter()
    between(text, text[::-1])
    assert time.perf_counter() - began < 5
