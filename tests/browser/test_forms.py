"""A form that cannot be taken: a summary on top with links, the focus on it, every word kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.looking import barriers, every_fault

from .conftest import Desk
from .house import House

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]

# Who, which page, the button, and what is typed before it is pressed.
FORMS = {
    "review": ("chen", "submitted", "review/", "完成初审", {"审查意见": "内容完整。"}),
    "refuse": ("he", "preliminary", "decide/", "作出决定", {"审查意见": "较为原则。"}),
    "plan": ("chen", "filed", "plan/", "拟定交办", {}),
    "sign": ("gao", "assigned", "sign-for/", "签收", {"经办人电话": "0871-6000000"}),
    "talk": ("gao", "handling", "log/", "记录面商", {"参加人员": "高远、林晓"}),
    "extend": ("tang", "handling", "extend/", "同意延期", {"延期理由": "需要论证。"}),
    "answer": ("gao", "sent_back", "reply/", "送审", {"结尾": "感谢您的关心。"}),
    "rate": ("lin", "replied", "rate/", "提交评议", {"您的意见": "再想一想。"}),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_what_is_missing_is_said_at_the_top_and_at_its_field(
    sit: Sit, house: House, name: str, script: bool
) -> None:
    who, paper, form, button, typed = FORMS[name]
    page = sit(who, java_script_enabled=script).open(house.paper(paper, form))
    if name == "refuse":
        page.get_by_label("不予立案", exact=True).check()
    if name == "answer":
        page.get_by_label("对第二项的答复").fill("")
    for label, words in typed.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name=button, exact=True).click()

    summary = page.locator("#errors")
    expect(summary).to_be_visible()
    expect(summary).to_be_focused()
    assert page.title().startswith("错误：")
    for label, words in typed.items():
        expect(page.get_by_label(label)).to_have_value(words)
    says_the_same(page)
    if script:
        assert barriers(page) == []


def says_the_same(page: Page) -> None:
    """Each line of the summary leads to a field that says the same words."""
    links = page.locator("#errors a").all()
    assert links
    for link in links:
        field = page.locator(f"[id='{(link.get_attribute('href') or '').removeprefix('#')}']")
        expect(field).to_have_count(1)
        around = page.locator(".field.wrong").filter(has=field)
        expect(around.locator(".why").last).to_contain_text((link.text_content() or "").strip())


def test_a_refusal_says_why_and_keeps_what_was_written(sit: Sit, house: House) -> None:
    """Somebody else was quicker: the page says so, and the reason typed is still there."""
    desk = sit("chen")
    desk.forgive("status of 409|Status Error Code 409")
    first, second = desk.open(house.paper("to return")), desk.open(house.paper("to return"))
    for page in (first, second):
        page.get_by_text("其他可以做的").click()
        page.get_by_label("需要修改的内容").fill("请写明由谁来做。")
    first.get_by_role("button", name="退回修改").click()
    expect(first.locator("#messages")).to_contain_text("退回修改")
    second.get_by_role("button", name="退回修改").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("这一步没有办成")
    expect(second.locator("main")).to_contain_text("请写明由谁来做。")
    assert every_fault(second) == []
