"""A member writes: without a script, through a lost network, a crash, an ended log-in; sent once."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.looking import every_fault
from tests.world import PASSWORD

from .conftest import Desk
from .house import House

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]

SITUATION = "县城末班公交 18:30 收车，医院夜班职工每天约 400 人无车可乘。"
NET = r"net::ERR_|htmx:(afterRequest|sendError|responseError)|Status Error Code 0"


def write(page: Page, title: str) -> None:
    page.get_by_label("案由").fill(title)
    page.get_by_label("情况").fill(SITUATION)
    page.get_by_label("分析").fill("线路多年没有调整。")
    page.locator("[name=ask]").first.fill("延长一路末班车到 21:30。")
    page.get_by_label("我确认提案不涉及").check()


def says(page: Page, words: str, timeout: int = 15_000) -> None:
    expect(page.locator("[data-draft-status]")).to_have_text(
        re.compile(rf"^{words} \d\d:\d\d"), timeout=timeout
    )


def papers(house: House, title: str) -> list[str]:
    return [
        state for (state,) in house.ask("SELECT state FROM matters_matter WHERE title=?", title)
    ]


def test_she_writes_on_a_phone_without_javascript(sit: Sit, house: House) -> None:
    title = "关于没有脚本也能写提案的建议"
    page = sit(java_script_enabled=False).log_in("lin")
    page.get_by_role("link", name="撰写").click()
    write(page, title)
    page.get_by_role("button", name="再加一条").click()
    expect(page.get_by_label("情况")).to_have_value(SITUATION)
    page.locator("[name=ask]").nth(1).fill("开通医院到车站的夜间支线。")
    page.get_by_role("button", name="去核对").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请核对，然后提交")
    page.get_by_role("button", name="提交提案").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("提案已经提交")
    expect(page.get_by_text("回执号")).to_be_visible()
    expect(page.locator("#confirmation")).to_contain_text("前初审")
    assert papers(house, title) == ["submitted"]


def test_the_line_is_right_at_each_moment_and_saves_within_five_seconds(sit: Sit) -> None:
    page = sit("lin").open("/proposals/new/")
    expect(page.locator("[data-draft-status]")).to_have_text("")
    page.get_by_label("情况").press_sequentially("末班车太早。")
    says(page, "未保存", 1_000)
    says(page, "已保存到服务器", 5_000)
    page.get_by_label("情况").press_sequentially("夜班无车。")
    says(page, "未保存", 1_000)
    says(page, "已保存到服务器", 5_000)
    page.goto("/drafts/")
    page.get_by_role("button", name="丢弃").first.click()


@pytest.mark.parametrize(("own", "words"), [(True, "仅保存在本机"), (False, "未保存")])
def test_a_lost_network_is_said_and_made_good(sit: Sit, own: bool, words: str) -> None:
    desk = sit()
    desk.forgive(NET)
    page = desk.log_in("zhou", own_device=own, path="/proposals/new/")
    desk.context.set_offline(True)
    page.get_by_label("情况").press_sequentially("没有网络时写的话。")
    says(page, words)
    expect(page.locator("[data-draft-status]")).to_contain_text("网络不通")
    desk.context.set_offline(False)
    says(page, "已保存到服务器")
    page.reload()
    expect(page.get_by_label("情况")).to_have_value("没有网络时写的话。")
    page.goto("/drafts/")
    page.get_by_role("button", name="丢弃").first.click()


def test_after_a_crash_the_draft_is_found_on_another_device(sit: Sit) -> None:
    desk = sit("gao_xiang")
    page = desk.open("/proposals/new/")
    page.get_by_label("案由").fill("关于手机突然没电的建议")
    page.get_by_label("情况").press_sequentially("写到一半。")
    page.wait_for_timeout(5_000)
    # The browser dies: no page is told that it is being closed.
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash", timeout=3_000)

    other = sit("gao_xiang").open("/")
    other.get_by_role("link", name=re.compile("关于手机突然没电的建议")).click()
    expect(other.get_by_label("情况")).to_have_value("写到一半。")


def ready(sit: Sit, title: str) -> tuple[Desk, Page]:
    """A proposal on the last page before it is sent."""
    desk = sit("lin")
    page = desk.open("/proposals/new/")
    write(page, title)
    page.get_by_role("button", name="去核对").click()
    expect(page.get_by_role("button", name="提交提案")).to_be_visible()
    return desk, page


def test_pressed_twice_it_is_submitted_once(sit: Sit, house: House) -> None:
    title = "关于按了两次的建议"
    _desk, page = ready(sit, title)
    page.evaluate(
        """() => { const b = document.querySelector("button.main"); b.click(); b.click(); b.click(); }"""
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("提案已经提交")
    assert papers(house, title) == ["submitted"]
    ((entries,),) = house.ask(
        "SELECT count(*) FROM matters_entry e JOIN matters_matter m ON m.id = e.matter_id"
        " WHERE m.title = ? AND e.verb = 'submit'", title,
    )  # fmt: skip
    assert entries == 1


def test_an_answer_lost_on_the_way_is_asked_for_again_and_nothing_is_done_twice(
    sit: Sit, house: House
) -> None:
    title = "关于回执丢在路上的建议"
    desk, page = ready(sit, title)
    desk.forgive(NET)

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)  # it arrives, but the answer does not
            return route.abort("connectionreset")
        return route.continue_()

    page.route("**/check/", lose)
    page.get_by_role("button", name="提交提案").click()
    expect(page.locator("#status")).to_contain_text("不会重复提交")
    assert papers(house, title) == ["submitted"]
    page.unroute("**/check/")
    page.get_by_role("button", name="提交提案").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("提案已经提交")
    assert papers(house, title) == ["submitted"]


def test_without_a_network_nothing_is_sent_and_the_page_stays(sit: Sit, house: House) -> None:
    title = "关于没有网络时提交的建议"
    desk, page = ready(sit, title)
    desk.forgive(NET)
    desk.context.set_offline(True)
    page.get_by_role("button", name="提交提案").click()
    expect(page.locator("#status")).to_contain_text("没有提交")
    assert papers(house, title) == ["draft"]
    desk.context.set_offline(False)
    page.get_by_role("button", name="提交提案").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("提案已经提交")


def test_a_log_in_that_ends_while_typing_loses_nothing(sit: Sit, house: House) -> None:
    title = "关于登录过期的建议"
    desk = sit()
    desk.forgive("status of 401|status of 403")
    page = desk.log_in("lin", path="/proposals/new/")
    write(page, title)
    says(page, "已保存到服务器")
    desk.context.clear_cookies(name="sessionid")
    page.get_by_label("分析").fill("线路多年没有调整，夜间客流也没有数据。")
    expect(page.locator("[data-draft-status]")).to_contain_text("您的登录已经过期", timeout=15_000)
    with desk.context.expect_page() as opening:
        page.get_by_role("link", name="请在新窗口登录").click()
    door = opening.value
    door.get_by_label("手机号或姓名").fill(house.phones["lin"])
    door.get_by_label("密码").fill(PASSWORD)
    door.locator("main button.main").click()
    door.wait_for_url(lambda url: "/login/" not in url)
    door.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    says(page, "已保存到服务器")
    page.get_by_role("button", name="去核对").click()
    expect(page.locator("dl.answers")).to_contain_text("夜间客流也没有数据")


def test_two_windows_keep_both_texts(sit: Sit, house: House) -> None:
    desk = sit("lin", size=(1280, 800))
    desk.forgive("status of 409|Status Error Code 409")
    path = house.paper("two hands", "edit/")
    first, second = desk.open(path), desk.open(path)
    for page, words in ((first, "先改的一段。"), (second, "后改的一段。")):
        page.get_by_label("分析").fill(words)
        page.get_by_role("button", name="去核对").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("请核对，然后提交")
    expect(second.locator("main")).to_contain_text("先改的一段。")
    expect(second.locator("main")).to_contain_text("后改的一段。")
    assert every_fault(second) == []
    second.get_by_role("button", name="用我的这一份").click()
    expect(second.get_by_label("分析")).to_have_value("后改的一段。")
    second.get_by_role("button", name="去核对").click()
    expect(second.locator("dl.answers")).to_contain_text("后改的一段。")
