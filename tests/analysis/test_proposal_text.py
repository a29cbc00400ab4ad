"""A proposal's text in three parts, with headings, with others, and with none."""

from hypothesis import example, given
from hypothesis import strategies as st

from shangliang.analysis.proposal_text import DOUBTS, split_proposal
from shangliang.analysis.reflow import letters

FORM = (
    "调研情况：\u00a0清溪县现有公共自行车站点四十六处，老城区只有九处。问题分析： 站点少，分布不匀，"
    "高峰时无车可借。具体建议： 为此建议：1.在东门增设站点。2.把末班时间延长到二十二时。"
)


def test_the_printed_form_splits_cleanly() -> None:
    split = split_proposal(FORM)

    assert split.clean
    assert split.situation.text == "清溪县现有公共自行车站点四十六处，老城区只有九处。"
    assert split.analysis.text == "站点少，分布不匀，高峰时无车可借。"
    assert split.suggestions.heading == "具体建议："
    assert split.asks.lead == "为此建议："
    assert [ask.text for ask in split.asks.asks] == [
        "在东门增设站点。",
        "把末班时间延长到二十二时。",
    ]


def test_headings_of_the_writers_own() -> None:
    split = split_proposal(
        "一、背景\n清溪县正在创建文明城市。\n二、存在问题\n1.站点少。2.车辆旧。\n"
        "三、建议\n一是增设站点。\n二是更换车辆。"
    )

    assert split.clean
    assert split.situation.heading == "一、背景"
    assert split.analysis.text == "1.站点少。2.车辆旧。"
    assert [ask.text for ask in split.asks.asks] == ["增设站点。", "更换车辆。"]


def test_a_heading_set_by_the_form_and_again_by_the_writer_is_one() -> None:
    split = split_proposal(
        "调研情况：走访了三个社区。问题分析：二、问题分析：站点偏少，不够用。"
        "具体建议：三、具体建议：1、增设站点。2、更换车辆。"
    )

    assert split.analysis.heading == "问题分析：二、问题分析："
    assert split.analysis.text == "站点偏少，不够用。"
    assert "heading_twice" in split.doubts


def test_without_headings_the_sentences_lead_and_the_split_is_doubtful() -> None:
    split = split_proposal(
        "清溪县公共自行车开通已有五年，深受欢迎。目前主要存在以下问题：1、站点少。2、车辆旧。"
        "为此，提出如下建议：1、增设站点。2、更换车辆。"
    )

    assert split.situation.text == "清溪县公共自行车开通已有五年，深受欢迎。"
    assert split.analysis.text.startswith("目前主要存在以下问题：")
    assert [ask.text for ask in split.asks.asks] == ["增设站点。", "更换车辆。"]
    assert split.doubts == ("no_headings",)
    assert split.reasons() == [DOUBTS["no_headings"]]


def test_a_missing_analysis_is_named() -> None:
    split = split_proposal("公共自行车很受欢迎，站点却只有九处。为此建议：1、增设。2、换车。")

    assert "no_analysis" in split.doubts


def test_no_suggestion_at_all_is_named() -> None:
    split = split_proposal("公共自行车很受欢迎。")

    assert split.situation.text == "公共自行车很受欢迎。"
    assert "no_suggestions" in split.doubts
    assert split.asks.asks == ()


def test_a_part_of_two_words_is_named() -> None:
    split = split_proposal(
        "调研情况：已调研。问题分析：站点少，分布不匀，无车可借。具体建议：1、增设站点。2、换车。"
    )

    assert split.doubts == ("short_part",)


def test_every_doubt_has_a_sentence() -> None:
    assert all(sentence.endswith("。") for sentence in DOUBTS.values())


WORDS = [
    "调研情况：",
    "问题分析：",
    "具体建议：",
    "建议：",
    "一、",
    "1.",
    "问题如下：",
    "好",
    "。",
    "\n",
]


@example("调研情况：\n调研情况：建议：")
@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join))
def test_whatever_comes_the_parts_are_the_whole(text: str) -> None:
    split = split_proposal(text)

    assert letters(split.whole()) == letters(text)
    assert letters(split.asks.whole()) == letters(split.suggestions.text)
