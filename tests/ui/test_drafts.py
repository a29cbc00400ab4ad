"""The draft line says where the words are, and is right: on the server, on this device, nowhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from . import urls

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
URL = "**/drafts/gallery/"
TIME = r" \d\d:\d\d"


class Server:
    """The other side of the contract, in a few lines: one draft with its version."""

    def __init__(self) -> None:
        self.version, self.data, self.calls = 0, {}, 0
        self.hand = ""
        self.answer = "save"

    def __call__(self, route: Route) -> None:
        self.calls += 1
        sent = json.loads(route.request.post_data or "{}")
        if self.answer == "down":
            return route.abort("internetdisconnected")
        if self.answer == "broken":
            return route.fulfill(status=503, body="")
        if self.answer == "too long":
            return route.fulfill(status=413, json={"problem": "草稿太长，没有保存。"})
        if self.answer == "logged out":
            return route.fulfill(status=401, json={})
        if self.answer == "sent to the log-in":
            return route.fulfill(status=302, headers={"Location": "/ui/login/"})
        if sent["version"] != self.version and sent["hand"] != self.hand:
            return route.fulfill(
                status=409, json={"version": self.version, "url": "/ui/page/conflict/"}
            )
        self.version += 1
        self.data, self.hand = sent["data"], sent["hand"]
        if self.answer == "save and lose the answer":
            return route.abort("connectionreset")
        return route.fulfill(
            json={"version": self.version, "saved_at": "2026-12-02T14:32:00+08:00"}
        )


@pytest.fixture
def server() -> Server:
    return Server()


def writing(visit: Visit, server: Server, *, personal: bool = False, version: int = 0) -> Page:
    """林晓 writes; `personal` is her own phone, otherwise a shared computer."""
    page = visit("page/refusal/")
    prepare(page, server, personal=personal, version=version)
    page.goto(page.url.replace("refusal", "write"))
    expect(page.locator("draft-form")).to_be_visible()
    return page


def prepare(page: Page, server: Server, *, personal: bool, version: int) -> None:
    page.route(URL, server)

    def serve(route: Route) -> None:
        answer = route.fetch()
        extra = ' local=""' if personal else ""
        html = answer.text().replace('version="0"', f'version="{version}"{extra}')
        route.fulfill(response=answer, body=html)

    page.route("**/page/write/", serve)


def line(page: Page) -> Any:
    return expect(page.locator("[data-draft-status]"))


def says(page: Page, words: str, more: str = "") -> None:
    line(page).to_have_text(re.compile(rf"^{words}( \d+月\d+日)?{TIME}{more}"), timeout=12_000)


def write(page: Page, words: str) -> None:
    page.get_by_label("情况").press_sequentially(words)


def test_an_untouched_form_claims_nothing(visit: Visit, server: Server) -> None:
    page = writing(visit, server)
    line(page).to_have_text("")
    assert server.calls == 0


def test_words_are_on_the_server_within_five_seconds(visit: Visit, server: Server) -> None:
    page = writing(visit, server)
    write(page, "共 612 栋。")
    says(page, "未保存")
    expect(page.locator("[data-draft-status][data-state=server]")).to_be_visible(timeout=5000)
    says(page, "已保存到服务器")
    assert server.data["situation"] == "共 612 栋。"
    assert server.data["title"] == ""
    assert not [name for name in server.data if name.startswith("_") or "csrf" in name]


@pytest.mark.slow
def test_typing_without_a_pause_is_saved_every_ten_seconds(visit: Visit, server: Server) -> None:
    page = writing(visit, server)
    page.get_by_label("情况").press_sequentially("字" * 24, delay=450)  # 10.8 s, no pause of 1.5 s
    assert server.calls >= 1
    assert len(server.data["situation"]) >= 12


def test_typing_back_to_what_is_saved_is_saved(visit: Visit, server: Server) -> None:
    page = writing(visit, server)
    write(page, "甲")
    says(page, "已保存到服务器")
    write(page, "乙")
    says(page, "未保存")
    page.keyboard.press("Backspace")
    says(page, "已保存到服务器")


@pytest.mark.parametrize("answer", ["down", "broken"])
def test_a_shared_computer_keeps_no_copy_and_says_unsaved(
    visit: Visit, server: Server, answer: str
) -> None:
    server.answer = answer
    page = writing(visit, server)
    write(page, "共 612 栋。")
    says(page, "未保存", "。网络不通，联网以后自动送出。")
    assert copies(page) == 0
    server.answer = "save"
    page.evaluate("window.dispatchEvent(new Event('online'))")
    says(page, "已保存到服务器")


def copies(page: Page) -> int:
    return len(raw_copies(page))


def raw_copies(page: Page) -> list[dict[str, Any]]:
    return page.evaluate(
        """async () => {
          const db = await new Promise((done) => {
            const r = indexedDB.open('shangliang');
            r.onsuccess = () => done(r.result);
          });
          if (!db.objectStoreNames.contains('copies')) {
            db.close(); indexedDB.deleteDatabase('shangliang'); return []; }
          const all = await new Promise((done) => {
            const r = db.transaction('copies').objectStore('copies').getAll();
            r.onsuccess = () => done(r.result);
          });
          db.close();
          return all.map((c) => ({at: c.at, text: new TextDecoder().decode(c.sealed)}));
        }"""
    )


def test_a_personal_phone_keeps_a_sealed_copy_and_sends_it_later(
    visit: Visit, server: Server
) -> None:
    server.answer = "down"
    page = writing(visit, server, personal=True)
    write(page, "共 612 栋。")
    says(page, "仅保存在本机", "。网络不通，联网以后自动送出。")
    (copy,) = raw_copies(page)
    assert "612" not in copy["text"]
    key = page.evaluate(
        """async () => {
          const db = await new Promise((done) => {
            const r = indexedDB.open('shangliang'); r.onsuccess = () => done(r.result); });
          const key = await new Promise((done) => {
            const r = db.transaction('keys').objectStore('keys').get('draft');
            r.onsuccess = () => done(r.result); });
          db.close();
          return [key.extractable, key.algorithm.name, key.algorithm.length];
        }"""
    )
    assert key == [False, "AES-GCM", 256]
    server.answer = "save"
    page.evaluate("window.dispatchEvent(new Event('online'))")
    says(page, "已保存到服务器")
    assert server.data["situation"] == "共 612 栋。"
    expect_no_copy(page)


def expect_no_copy(page: Page) -> None:
    for _ in range(20):
        if copies(page) == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError("a copy stayed on the device")


def test_the_line_never_claims_more_than_was_written_down(visit: Visit, server: Server) -> None:
    server.answer = "down"
    page = writing(visit, server, personal=True)
    write(page, "甲")
    says(page, "仅保存在本机")
    write(page, "乙")
    says(page, "未保存")
    says(page, "仅保存在本机")


def test_words_kept_on_the_phone_come_back_at_the_next_start(visit: Visit, server: Server) -> None:
    server.answer = "down"
    page = writing(visit, server, personal=True)
    write(page, "共 612 栋。")
    page.get_by_label("内容不涉及国家秘密").check()
    for words in ("一", "二", "三", "四"):
        page.get_by_role("button", name="再加一条").click()
        page.keyboard.type(words)
    says(page, "仅保存在本机")
    page.evaluate("window.onbeforeunload = null")
    page.reload()
    expect(page.get_by_label("情况")).to_have_value("共 612 栋。")
    expect(page.get_by_label("内容不涉及国家秘密")).to_be_checked()
    server.answer = "save"
    page.evaluate("window.dispatchEvent(new Event('online'))")
    says(page, "已保存到服务器")
    assert server.data["situation"] == "共 612 栋。"


def test_a_copy_older_than_three_days_is_gone(visit: Visit, server: Server) -> None:
    server.answer = "down"
    page = writing(visit, server, personal=True)
    write(page, "旧稿")
    says(page, "仅保存在本机")
    page.evaluate(
        """async () => {
          const db = await new Promise((done) => {
            const r = indexedDB.open('shangliang'); r.onsuccess = () => done(r.result); });
          const copies = db.transaction('copies', 'readwrite').objectStore('copies');
          const [id] = await new Promise((done) => {
            const r = copies.getAllKeys(); r.onsuccess = () => done(r.result); });
          const copy = await new Promise((done) => {
            const r = copies.get(id); r.onsuccess = () => done(r.result); });
          copy.at -= 73 * 3600 * 1000;
          await new Promise((done) => { copies.put(copy, id).onsuccess = done; });
          db.close();
        }"""
    )
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_label("情况")).to_have_value("")
    expect_no_copy(page)


@pytest.mark.parametrize("answer", ["logged out", "sent to the log-in"])
@pytest.mark.parametrize(("personal", "words"), [(True, "仅保存在本机"), (False, "未保存")])
def test_a_log_in_that_ran_out_is_said_and_the_words_stay(
    visit: Visit, server: Server, answer: str, personal: bool, words: str
) -> None:
    server.answer = answer
    page = writing(visit, server, personal=personal)
    write(page, "共 612 栋。")
    says(page, words, "。您的登录已经过期，所写内容还在这里。")
    expect(page.get_by_role("link", name="请在新窗口登录，再回到这里")).to_be_visible()
    expect(page.get_by_label("情况")).to_have_value("共 612 栋。")
    server.answer = "save"
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    says(page, "已保存到服务器")


def test_a_newer_draft_from_another_device_leads_to_the_choice(
    visit: Visit, server: Server
) -> None:
    server.version, server.hand = 7, "another phone"
    page = writing(visit, server)
    write(page, "我的话")
    says(page, "未保存", "。另一台设备保存了更新的内容，两份都在。")
    link = page.get_by_role("link", name="请看过以后选一份")
    assert link.get_attribute("href") == "/ui/page/conflict/"
    before = server.calls
    write(page, "还在写")
    page.wait_for_timeout(2500)
    assert server.calls == before


def test_an_answer_lost_on_the_way_is_no_conflict_with_oneself(
    visit: Visit, server: Server
) -> None:
    server.answer = "save and lose the answer"
    page = writing(visit, server)
    write(page, "甲")
    says(page, "未保存", "。网络不通")
    server.answer = "save"
    write(page, "乙")
    says(page, "已保存到服务器")
    assert server.data["situation"] == "甲乙"


def test_leaving_the_page_saves_what_was_just_typed(visit: Visit, server: Server) -> None:
    page = writing(visit, server)
    page.get_by_label("情况").fill("刚写的")
    page.get_by_role("link", name="查阅").click()
    expect(page).to_have_title("提案第0123号 · 云岭县政协")
    for _ in range(50):  # it may still be on its way
        if not server.data:
            page.wait_for_timeout(100)
    assert server.data["situation"] == "刚写的"


def test_closing_the_page_saves_what_was_just_typed(visit: Visit, server: Server) -> None:
    # Here a real server listens: the browser sends this after the page is gone.
    urls.drafts.clear()
    page = visit("page/write/")
    page.get_by_label("情况").fill("刚写的")
    page.goto("about:blank")
    for _ in range(100):
        if not urls.drafts:
            page.wait_for_timeout(100)
    assert "刚写的" in [draft["data"]["situation"] for draft in urls.drafts]


def test_handing_in_does_not_save_the_draft_behind_it(visit: Visit, server: Server) -> None:
    page = writing(visit, server)
    page.evaluate(
        """() => { document.querySelector('main form').setAttribute('action', '/ui/receive/');
                  htmx.process(document.body); }"""
    )
    page.get_by_label("情况").fill("刚写的")
    page.get_by_role("button", name="核对并提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("提案已经提交")
    page.wait_for_timeout(2500)
    assert server.calls == 0


def test_a_form_refused_for_errors_goes_on_being_saved(visit: Visit, server: Server) -> None:
    page = writing(visit, server)
    page.get_by_label("情况").fill("还差案由")
    page.get_by_role("button", name="核对并提交").click()
    expect(page.locator("#errors")).to_be_visible()
    says(page, "已保存到服务器")
    assert server.data["situation"] == "还差案由"


@pytest.mark.slow
def test_no_character_is_lost_over_many_flips_of_the_network(visit: Visit, server: Server) -> None:
    page = writing(visit, server, personal=True)
    words = ""
    for n, answer in enumerate(["down", "save", "save and lose the answer", "broken", "save"] * 4):
        server.answer = answer
        words += f"{n}、"
        write(page, f"{n}、")
        page.wait_for_timeout(350)
    server.answer = "save"
    page.evaluate("window.dispatchEvent(new Event('online'))")
    says(page, "已保存到服务器")
    assert server.data["situation"] == words


def test_a_draft_the_server_refuses_says_why(visit: Visit, server: Server) -> None:
    server.answer = "too long"
    page = writing(visit, server)
    write(page, "很长")
    says(page, "未保存", "。草稿太长，没有保存。")
