"""Moving about and sending forms, with a script and without, with a network and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.chromium import DESK

from . import urls

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


@pytest.fixture(autouse=True)
def nothing_received() -> None:
    urls.received.clear()


def status(page: Page) -> Any:
    return expect(page.locator("#status"))


def checking(visit: Visit, action: str = "/ui/receive/", **options: Any) -> Page:
    """林晓 looks over her proposal and is about to hand it in."""
    page = visit("page/check/", **options)
    page.evaluate("address => document.querySelector('main form').action = address", action)
    page.evaluate(
        "address => document.querySelector('main form').setAttribute('action', address)", action
    )
    page.evaluate("htmx.process(document.body)")
    return page


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="提交提案").click()


def test_a_page_change_moves_title_focus_and_place_and_nothing_else(visit: Visit) -> None:
    page = visit("page/home/", DESK)
    page.evaluate("window.sameWindow = true")
    page.get_by_role("link", name="查阅").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page).to_have_title("提案第0123号 · 云岭县政协")
    expect(page.locator("nav#nav [aria-current=page]")).to_have_text("查阅")
    assert page.url.endswith("/ui/page/matter/")
    assert page.evaluate("window.sameWindow") is True
    assert page.locator("main").count() == 1


def test_back_leads_back_to_a_fresh_page_and_keeps_none_in_the_browser(visit: Visit) -> None:
    page = visit("page/home/", DESK)
    page.get_by_role("link", name="查阅").click()
    expect(page).to_have_title("提案第0123号 · 云岭县政协")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("林晓委员，上午好。")
    expect(page.locator("nav#nav [aria-current=page]")).to_contain_text("待办")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "加装电梯" not in kept


def test_errors_are_announced_focused_linked_and_the_text_is_kept(visit: Visit) -> None:
    page = visit("page/write/")
    page.get_by_label("情况").fill("全县多层住宅共 612 栋。")
    page.get_by_role("button", name="核对并提交").click()
    expect(page.locator("#errors")).to_be_focused()
    expect(page).to_have_title("错误：写提案 · 云岭县政协")
    expect(page.get_by_label("情况")).to_have_value("全县多层住宅共 612 栋。")
    page.get_by_role("link", name="请填写案由。").click()
    expect(page.get_by_label("案由")).to_be_focused()


def test_without_a_script_every_link_and_form_works(visit: Visit) -> None:
    page = visit("page/home/", java_script_enabled=False)
    page.get_by_role("link", name="撰写").click()
    page.get_by_label("情况").fill("全县多层住宅共 612 栋。")
    page.get_by_role("button", name="核对并提交").click()
    assert page.title().startswith("错误：")
    expect(page.get_by_label("情况")).to_have_value("全县多层住宅共 612 栋。")
    expect(page.get_by_role("button", name="再加一条")).to_be_visible()


def test_a_paper_behind_a_link_is_saved_not_swapped_in(visit: Visit) -> None:
    page = visit("page/home/")
    page.evaluate(
        """() => {
          const link = document.createElement('a');
          Object.assign(link, {href: '/ui/paper.csv', textContent: '导出'});
          document.querySelector('main').append(link);
          htmx.process(link.parentElement);
        }"""
    )
    with page.expect_download() as saved:
        page.get_by_role("link", name="导出").click()
    assert saved.value.suggested_filename == "paper.csv"
    expect(page.get_by_role("heading", level=1)).to_have_text("林晓委员，上午好。")


def test_a_page_that_cannot_be_reached_is_told_and_this_one_stays(visit: Visit) -> None:
    page = visit("page/home/")
    page.context.set_offline(True)
    page.get_by_role("link", name="查阅").click()
    status(page).to_have_text("网络不通，这一页没有打开。请稍后再试。")
    expect(page.get_by_role("heading", level=1)).to_have_text("林晓委员，上午好。")


def test_pressing_twice_sends_once(visit: Visit) -> None:
    page = checking(visit)
    page.evaluate(
        "() => { const b = document.querySelector('main form button'); b.click(); b.click(); }"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("提案已经提交")
    assert len(urls.received) == 1


def test_a_network_lost_on_the_way_keeps_the_form_and_its_key(visit: Visit) -> None:
    page = checking(visit)
    key = page.locator("main [name=_key]").input_value()
    page.route("**/receive/", lambda route: route.abort("connectionreset"))
    hand_in(page)
    status(page).to_contain_text("没有收到回执")
    status(page).to_contain_text("不会重复提交")
    page.unroute("**/receive/")
    hand_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("提案已经提交")
    assert urls.received == [key]


def test_an_answer_lost_on_the_way_is_asked_for_again_with_the_same_key(visit: Visit) -> None:
    page = checking(visit)

    def deliver_but_lose_the_answer(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    page.route("**/receive/", deliver_but_lose_the_answer, times=1)
    hand_in(page)
    status(page).to_contain_text("没有收到回执")
    hand_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("提案已经提交")
    assert len(urls.received) == 2
    assert len(set(urls.received)) == 1


def test_without_a_network_nothing_is_sent_and_that_is_said(visit: Visit) -> None:
    page = checking(visit)
    page.context.set_offline(True)
    hand_in(page)
    status(page).to_contain_text("现在没有网络，没有提交。")
    page.context.set_offline(False)
    status(page).to_be_hidden()
    hand_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("提案已经提交")
    assert len(urls.received) == 1


def test_a_broken_server_does_not_take_the_form_away(visit: Visit) -> None:
    page = checking(visit)
    page.route("**/receive/", lambda route: route.fulfill(status=502, body="bad gateway"))
    hand_in(page)
    status(page).to_contain_text("服务器没有答复")
    expect(page.get_by_role("button", name="提交提案")).to_be_enabled()


def test_a_log_in_that_ran_out_is_renewed_in_another_window(visit: Visit) -> None:
    page = checking(visit, "/ui/expired/")
    hand_in(page)
    status(page).to_contain_text("您的登录已经过期，没有提交。")
    link = page.get_by_role("link", name="请在新窗口登录，再回到这里")
    assert link.get_attribute("target") == "_blank"
    assert "/ui/login/" in str(link.get_attribute("href"))
    expect(page.get_by_role("heading", level=1)).to_have_text("请核对，然后提交")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    status(page).to_have_text("登录已经恢复，请再按一次提交。")


def test_a_stale_token_is_renewed_and_the_form_stays(visit: Visit) -> None:
    page = checking(visit)
    page.context.clear_cookies(name="csrftoken")
    hand_in(page)
    status(page).to_have_text("登录已经恢复，请再按一次提交。")
    hand_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("提案已经提交")
    assert len(urls.received) == 1


def test_a_page_of_another_frame_replaces_the_whole_page(visit: Visit) -> None:
    page = visit("page/home/")
    page.evaluate(
        """() => {
          document.querySelector('#nav a').setAttribute('href', '/ui/login/');
          htmx.process(document.body);
        }"""
    )
    page.locator("#nav a").first.click()
    expect(page.locator("body")).to_have_class("public")
    assert page.locator("#nav").count() == 0


def test_keyboard_alone_reaches_the_text_and_the_main_act(visit: Visit) -> None:
    page = visit("page/home/", DESK)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="去评议")).to_be_focused()


def test_the_check_speaks_while_writing_and_leaves_the_form_alone(visit: Visit) -> None:
    page = visit("page/write/")
    with page.expect_request("**/page/noticed/") as asked:
        page.get_by_label("情况").press_sequentially("秘密★")
    assert "_key" not in str(asked.value.post_data)
    assert "csrfmiddlewaretoken" in str(asked.value.post_data)
    expect(page.locator("#checks")).to_contain_text("必须改：文中出现“秘密★”")
    expect(page.get_by_label("情况")).to_have_value("秘密★")
    assert page.url.endswith("/ui/page/write/")


def test_filters_act_at_once_and_do_not_pile_up(visit: Visit) -> None:
    page = visit("page/list/?q=电梯", DESK)
    page.evaluate("window.sameWindow = true")
    page.get_by_label("状态").select_option("办理中")
    expect(page.locator("#filters-found")).to_have_text("共 3 件。")
    page.get_by_label("案由或编号").fill("学校")
    page.get_by_label("案由或编号").press("Enter")
    page.wait_for_url("**q=%E5%AD%A6%E6%A0%A1**")
    assert page.url.count("q=") == 1
    assert page.url.count("state=") == 1
    assert page.evaluate("window.sameWindow") is True


def test_filters_are_folded_on_a_phone_and_open_when_in_use(visit: Visit) -> None:
    page = visit("page/list/")
    expect(page.get_by_label("案由或编号")).to_be_hidden()
    page.get_by_text("筛选").first.click()
    expect(page.get_by_label("案由或编号")).to_be_visible()
    page = visit("page/list/?q=电梯")
    expect(page.get_by_label("案由或编号")).to_have_value("电梯")
    expect(page.locator("summary")).to_contain_text("已用 1 项")
    expect(visit("page/list/", DESK).get_by_label("案由或编号")).to_be_visible()
