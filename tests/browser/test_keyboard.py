"""Without a mouse: the main flows by Tab, arrows, Enter and the examiner's keys, to their end."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import DESK

from .conftest import Desk
from .house import House

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]
FAR = 120  # so many Tabs and no further


def reach(page: Page, words: str) -> None:
    """Tab until the thing with this name has the focus, and can be seen to have it."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        name = page.evaluate(
            """() => { const e = document.activeElement;
              return (e.labels?.[0] ?? e).textContent.trim().replace(/\\s+/g, ' '); }"""
        )
        if words in name:
            seen = page.evaluate(
                """() => { const e = document.activeElement.closest('.card') ?? document.activeElement;
                  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
                  return box.top < innerHeight && box.bottom > 0 && style.outlineStyle !== 'none'; }"""
            )
            assert seen, f"{words}: the focus is not to be seen"
            return
    raise AssertionError(f"{words} is not reached by Tab")


def press(page: Page, words: str) -> None:
    """Tab to the button of the page with these words, and press Enter."""
    for _ in range(4):  # the rail may hold the same word
        reach(page, words)
        if page.evaluate("document.activeElement.matches('main button')"):
            return page.keyboard.press("Enter")
    raise AssertionError(f"no button {words} is reached by Tab")


def type_into(page: Page, label: str, words: str) -> None:
    reach(page, label)
    page.keyboard.insert_text(words)


def arrived(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_a_member_writes_and_submits(sit: Sit) -> None:
    page = sit("lin", DESK).open("/")
    reach(page, "跳到正文")
    reach(page, "撰写")
    page.keyboard.press("Enter")
    arrived(page, "写提案")
    type_into(page, "案由", "关于只用键盘也能提交的建议")
    type_into(page, "情况", "机关里有三位同志只用键盘。")
    type_into(page, "分析", "页面没有照顾到。")
    reach(page, "具体建议")
    page.keyboard.insert_text("所有页面都能用键盘办完。")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("每季度检查一次。")
    reach(page, "我确认提案不涉及")
    page.keyboard.press("Space")
    reach(page, "去核对")
    page.keyboard.press("Enter")
    arrived(page, "请核对，然后提交")
    expect(page.locator("dl.answers")).to_contain_text("每季度检查一次。")
    reach(page, "提交提案")
    page.keyboard.press("Enter")
    arrived(page, "提案已经提交")


def test_an_examiner_walks_the_queue_and_decides(sit: Sit, house: House) -> None:
    page = sit("chen", DESK).open(house.paper("to review", "review/"))
    here = page.url
    page.keyboard.press("k")
    expect(page).not_to_have_url(here)
    page.keyboard.press("j")
    expect(page).to_have_url(here)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#errors")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the link in the summary leads to the field
    expect(page.get_by_label("提案类别")).to_be_focused()
    page.keyboard.press("ArrowDown")
    reach(page, "审查意见")
    page.keyboard.insert_text("内容完整。")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("已初审")


def test_a_unit_answers_ask_by_ask_and_its_leader_signs(sit: Sit, house: House) -> None:
    page = sit("gao", DESK).open(house.paper("to answer", "reply/"))
    reach(page, "送审")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_be_focused()
    expect(page).to_have_title(re.compile("^错误："))
    for n in "一二三":
        type_into(page, f"对第{n}项的答复", "已列入计划，年底前开工。")
    reach(page, "A类")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    reach(page, "答复能否公开")
    page.keyboard.press("ArrowDown")
    reach(page, "送审")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("送审")

    page = sit("liang", DESK).open(house.paper("to answer", "issue/"))
    reach(page, "签发答复")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("签发答复")


def test_a_proposer_judges_the_reply(sit: Sit, house: House) -> None:
    page = sit("lin", DESK).open(house.paper("to rate", "rate/"))
    reach(page, "满意")
    page.keyboard.press("Space")
    reach(page, "满意")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    type_into(page, "您的意见", "盼早日开工。")
    reach(page, "提交评议")
    page.keyboard.press("Enter")
    arrived(page, "评议已经收到")


def test_a_co_signer_agrees(sit: Sit, house: House) -> None:
    page = sit("zhou", DESK).open(house.paper("to cosign"))
    press(page, "同意联名")
    expect(page.locator("#messages")).to_contain_text("同意联名")


def test_a_paper_goes_on_file_and_to_its_unit(sit: Sit, house: House) -> None:
    page = sit("he", DESK).open(house.paper("to decide", "decide/"))
    page.keyboard.press("1")
    expect(page.get_by_label("立案", exact=True)).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("立案")

    page = sit("chen", DESK).open(house.paper("to decide", "plan/"))
    reach(page, "主办单位")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=unit] option:checked")).to_have_text("县住建局")
    press(page, "拟定交办")
    expect(page.locator("#messages")).to_contain_text("拟定")

    page = sit("tang", DESK).open(house.paper("to decide"))
    press(page, "交办")
    expect(page.locator("#messages")).to_contain_text("交办")

    page = sit("gao", DESK).open(house.paper("to decide", "sign-for/"))
    type_into(page, "经办人", "高远")
    type_into(page, "分管负责人", "梁静")
    press(page, "签收")
    expect(page.locator("#messages")).to_contain_text("签收")
    assert house.ask("SELECT state FROM matters_matter WHERE id=?", house.papers["to decide"]) == [
        ("handling",)
    ]
