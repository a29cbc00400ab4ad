"""The asks of a suggestion part, however their writer counted them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.analysis.asks import number_of, split_asks
from shangliang.analysis.reflow import letters


def markers(text: str) -> list[str]:
    return [ask.marker for ask in split_asks(text).asks]


@pytest.mark.parametrize(
    "text",
    [
        "一、增设夜间公交。二、延长末班时间。三、公布到站信息。",
        "（一）增设夜间公交。(二)延长末班时间。（三）公布到站信息。",
        "1、增设夜间公交。2．延长末班时间。3.公布到站信息。",
        "1）增设夜间公交；2)延长末班时间；3）公布到站信息。",
        "（1）增设夜间公交；⑵延长末班时间；（3）公布到站信息。",
        "①增设夜间公交；②延长末班时间；③公布到站信息。",
        "⒈增设夜间公交；⒉延长末班时间；⒊公布到站信息。",
        "第一，增设夜间公交。第二，延长末班时间。第三，公布到站信息。",
        "一是增设夜间公交。二是延长末班时间。三是公布到站信息。",
        "一要增设夜间公交。二要延长末班时间。三要公布到站信息。",
        "首先，增设夜间公交。其次，延长末班时间。再次，公布到站信息。",
        "建议一：增设夜间公交。建议二：延长末班时间。建议三：公布到站信息。",
    ],
)
def test_twelve_ways_of_counting_to_three(text: str) -> None:
    split = split_asks("为此，建议：" + text)

    assert split.lead == "为此，建议："
    assert [ask.text.strip("。；") for ask in split.asks] == [
        "增设夜间公交",
        "延长末班时间",
        "公布到站信息",
    ]
    assert split.doubts == ()


def test_a_list_in_a_list_in_a_list() -> None:
    text = (
        "（一）完善站点建设1.老城区加密站点。①东门三处②南门两处2.新城区随路建站。"
        "（二）改进服务一是延长时间。二是降低费用。"
    )
    first, second = split_asks(text).asks

    assert [item.text for item in first.below] == ["老城区加密站点。", "新城区随路建站。"]
    assert [item.text for item in first.below[0].below] == ["东门三处", "南门两处"]
    assert [item.marker for item in second.below] == ["一是", "二是"]
    assert first.title() == "完善站点建设"


def test_the_same_words_may_count_outside_and_inside() -> None:
    text = (
        "一是增加站点。\n二是加大投入。一是财政安排。二是社会捐助。三是企业冠名。\n三是加强管理。"
    )
    split = split_asks(text)

    assert [ask.text[:4] for ask in split.asks] == ["增加站点", "加大投入", "加强管理"]
    assert len(split.asks[1].below) == 3


def test_words_that_end_in_a_number_are_not_numbers() -> None:
    text = "1.推动一、二、三产业融合，统一、规范管理。2.投入1.5万元，占2、3成，唯一、专一。"

    assert markers(text) == ["1.", "2."]


def test_a_decimal_is_not_an_ask() -> None:
    assert markers("1.照护0-3岁儿童。2.0-3岁儿童应当免费体检。3.每年投入3.5万元。") == [
        "1.",
        "2.",
        "3.",
    ]


def test_a_heading_carried_over_from_the_text_is_not_the_first_ask() -> None:
    split = split_asks("三、关于公共自行车的建议1.增设站点。2.延长时间。")

    assert split.lead == "三、关于公共自行车的建议"
    assert [ask.marker for ask in split.asks] == ["1.", "2."]


def test_a_small_list_before_the_great_one_only_leads_to_it() -> None:
    split = split_asks("一是群众有呼声，二是财力有保障，时机成熟。建议：一、立项。二、动工。")

    assert [ask.text for ask in split.asks] == ["立项。", "动工。"]


def test_without_numbers_the_whole_is_one_ask_and_says_so() -> None:
    split = split_asks("建议由交通局在东门增设一处站点。")

    assert [ask.whole() for ask in split.asks] == ["建议由交通局在东门增设一处站点。"]
    assert split.doubts == ("no_numbers",)


def test_a_missing_number_is_noticed() -> None:
    split = split_asks("1、增设站点。2、延长时间。4、降低费用。5、公布信息。")

    assert len(split.asks) == 4
    assert split.doubts == ("gap",)


def test_two_lists_one_after_the_other_are_noticed() -> None:
    split = split_asks("一、增设站点。\n二、延长时间。\n对乡镇：\n一、修路。\n二、通车。")
    again = split_asks("一、增设站点。\n二、延长时间。\n一、修路。\n二、通车。")

    assert split.doubts == ()
    assert again.doubts == ("restart",)


def test_a_long_story_before_the_first_ask_is_noticed() -> None:
    assert "long_lead" in split_asks("县城停车难由来已久。" * 60 + "1、建场。2、划线。").doubts


def test_an_empty_item_is_noticed() -> None:
    assert "empty_item" in split_asks("1、增设站点。2、").doubts


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("7", 7),
        ("⒊", 3),
        ("①", 1),
    ],
)
def test_written_numbers(written: str, number: int) -> None:
    assert number_of(written) == number


@given(st.text("一二三四、（）1234.是要第首先①② 。建议甲乙\n", max_size=120))
def test_no_letter_is_lost_and_none_is_invented(text: str) -> None:
    assert letters(split_asks(text).whole()) == letters(text)
