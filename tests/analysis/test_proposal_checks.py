"""The live check: what is missing is said in a sentence, and little is refused."""

from dataclasses import replace

import pytest

from shangliang.analysis.proposal_checks import MUST, SHOULD, Draft, Finding, Limits, check_proposal
from shangliang.analysis.proposal_text import split_proposal

from .real_proposals import needs_real_proposals, real_proposals

LIMITS = Limits(title_max=50, max_chars=1500, part_min=20, asks_max=10, ask_min=8)
GOOD = Draft(
    title="关于在老旧小区增设充电桩的建议",
    situation="清溪县现有老旧小区四十一处，登记电动自行车一万三千辆，充电桩只有二百六十个。",
    analysis="线路老化、场地难定、收益偏低，三个原因叠加，企业不愿意进小区，居民只好飞线充电。",
    suggestions="",
    asks=["由住建局在今年内排查四十一处小区的线路。", "由发改委出台充电服务费的上限标准。"],
)


def codes(draft: Draft, limits: Limits = LIMITS) -> list[str]:
    return [finding.code for finding in check_proposal(draft, limits)]


def only(draft: Draft, limits: Limits = LIMITS) -> Finding:
    (finding,) = check_proposal(draft, limits)
    return finding


def test_a_good_proposal_is_left_in_peace() -> None:
    assert check_proposal(GOOD, LIMITS) == []


def test_an_empty_sheet_is_refused_four_times_and_no_more() -> None:
    findings = check_proposal(Draft("", "", "", "", []), LIMITS)

    assert [finding.code for finding in findings] == [
        "no_title",
        "no_situation",
        "no_analysis",
        "no_asks",
    ]
    assert {finding.severity for finding in findings} == {MUST}


def test_asks_of_mere_spaces_are_no_asks() -> None:
    assert only(replace(GOOD, asks=[" ", "\n"])).code == "no_asks"


@pytest.mark.parametrize(
    "title",
    [
        "关于在老旧小区增设充电桩的建议",
        "关于在老旧小区增设充电桩的提案",
        "让充电更方便——关于在老旧小区增设充电桩的几点建议",
        "关于“小区充电桩建设”的建议",
    ],
)
def test_titles_in_form(title: str) -> None:
    assert codes(replace(GOOD, title=title)) == []


def test_a_title_out_of_form_is_shown_in_form() -> None:
    finding = only(replace(GOOD, title="加快老旧小区充电桩建设"))

    assert finding.severity == SHOULD
    assert finding.sentence == (
        "案由通常写成“关于……的建议”，这里可以写成“关于加快老旧小区充电桩建设的建议”。"
    )


def test_a_title_that_cannot_be_turned_is_only_named() -> None:
    finding = only(replace(GOOD, title="电动自行车，何处安身"))

    assert finding.sentence == "案由通常写成“关于……的建议”，请照此改写。"


def test_two_matters_in_one_title() -> None:
    assert codes(replace(GOOD, title="关于增设充电桩和关于修建停车场的建议")) == ["two_matters"]


def test_a_title_too_long_says_by_how_much() -> None:
    finding = only(replace(GOOD, title=f"关于{'很' * 60}长的建议"))

    assert finding.field == "title"
    assert "66 个字" in finding.sentence
    assert "50 个字" in finding.sentence


def test_limits_are_data_and_zero_is_none() -> None:
    long = replace(GOOD, situation="清溪县的充电桩不够用，一桩难求。" * 100)
    free = Limits(title_max=0, max_chars=0)

    assert "text_long" in codes(long)
    assert "text_long" not in codes(long, free)


def test_an_organ_may_make_an_advice_binding() -> None:
    long = replace(GOOD, analysis="字" * 1600)
    strict = replace(LIMITS, binding=frozenset({"text_long"}))

    assert [f.severity for f in check_proposal(long, LIMITS)] == [SHOULD]
    assert [f.severity for f in check_proposal(long, strict)] == [MUST]


def test_what_refuses_comes_first() -> None:
    findings = check_proposal(replace(GOOD, title="充电桩", asks=[]), LIMITS)

    assert [finding.severity for finding in findings] == [MUST, SHOULD]


def test_a_part_of_two_words_is_too_short() -> None:
    finding = only(replace(GOOD, situation="已调研。"))

    assert finding.field == "situation"
    assert "只有 4 个字" in finding.sentence


@pytest.mark.parametrize(
    "ask", ["提高认识，加强领导。", "加大投入", "修路", "切实加强管理，完善机制"]
)
def test_a_slogan_is_no_ask(ask: str) -> None:
    finding = only(replace(GOOD, asks=[*GOOD.asks, ask]))

    assert (finding.field, finding.code) == ("ask-3", "ask_vague")
    assert "第 3 条" in finding.sentence


def test_an_ask_with_a_second_matter() -> None:
    ask = "由住建局在今年内排查线路。另外，我们还建议教育局增加校车班次。"

    assert codes(replace(GOOD, asks=[ask, GOOD.asks[1]])) == ["ask_double"]


def test_numbered_asks_left_in_the_text() -> None:
    in_part = replace(GOOD, suggestions="一、由住建局排查线路。二、由发改委定价。", asks=[])
    in_one = replace(GOOD, asks=["1.由住建局排查线路，年底前完成。2.由发改委定价。"])

    assert codes(in_part) == ["no_asks", "asks_in_text"]
    assert codes(in_one) == ["asks_in_text"]


def test_the_whole_text_pasted_into_one_part() -> None:
    whole = (
        "情况：小区充电桩少，居民意见大，我们走访了十个小区。分析：线路老化，场地难定，无人投资。"
        "建议：一、排查线路。二、统一定价。"
    )
    findings = check_proposal(replace(GOOD, situation=whole, analysis="", asks=[]), LIMITS)

    assert "整篇文字像是都粘贴在“情况”里了" in " ".join(f.sentence for f in findings)


def test_too_many_asks_and_the_same_ask_twice() -> None:
    many = [f"由住建局改造第{number}号小区的线路。" for number in range(11)]

    assert codes(replace(GOOD, asks=many)) == ["asks_many"]
    assert codes(replace(GOOD, asks=[*GOOD.asks, GOOD.asks[0]])) == ["ask_twice"]


def test_a_sentence_pasted_twice() -> None:
    assert codes(replace(GOOD, analysis=GOOD.analysis + GOOD.situation)) == ["said_twice"]


def test_an_identity_number_is_refused_and_not_repeated() -> None:
    finding = only(replace(GOOD, situation=GOOD.situation + "联系人证件11010519491231002X。"))

    assert (finding.code, finding.severity) == ("identity_number", MUST)
    assert "11010519491231002X" not in finding.sentence


@pytest.mark.parametrize(
    "number", ["13812345678", "138 1234 5678", "１３８１２３４５６７８", "023-55667788"]
)
def test_a_telephone_number_is_pointed_at(number: str) -> None:
    draft = replace(GOOD, asks=[*GOOD.asks, f"请与社区联系，电话{number}。"])

    assert (only(draft).field, only(draft).code) == ("ask-3", "phone_number")


@pytest.mark.parametrize(
    "text",
    ["拨打12345热线", "投入13800000000元", "110105194912310021", "编号20190101123456789", "3.5%"],
)
def test_other_numbers_are_no_persons(text: str) -> None:
    assert codes(replace(GOOD, situation=GOOD.situation + text)) == []


def test_a_mark_of_secrecy_is_refused_wherever_it_stands() -> None:
    draft = replace(GOOD, asks=[*GOOD.asks, "请按机密★一年的要求办理，范围限于三个单位。"])
    (finding,) = check_proposal(draft, LIMITS, lambda text: "机密★" if "机密★" in text else None)

    assert (finding.field, finding.code, finding.severity) == ("ask-3", "secrecy_mark", MUST)


def test_an_unfinished_place_is_shown() -> None:
    assert codes(replace(GOOD, analysis=GOOD.analysis + "（待补充）")) == ["unfinished"]


@needs_real_proposals
def test_real_proposals_are_rarely_troubled() -> None:
    """Title form and length aside, at most one in ten hears anything; few are refused."""
    quiet, refused, rows = 0, 0, real_proposals()
    for row in rows:
        split = split_proposal(row["text"])
        asks = [ask.whole() for ask in split.asks.asks]
        parts = (split.situation.text, split.analysis.text, split.asks.lead)
        findings = check_proposal(Draft(row["title"], *parts, asks), LIMITS)
        refused += any(finding.severity == MUST for finding in findings)
        quiet += all(finding.code in ("title_form", "text_long") for finding in findings)

    assert quiet / len(rows) >= 0.9
    assert refused / len(rows) <= 0.02
