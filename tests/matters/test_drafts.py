"""What 林晓 types is kept: on another device, after a crash, against herself in a second window."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shangliang.matters import drafts
from shangliang.matters.models import Draft
from tests.browsing import Browser, browser
from tests.world import SPRING, World

FORM = "proposals.write:new"
URL = f"/drafts/{FORM}/"


def save(opened: Browser, data: Any, *, version: int = 0, hand: str = "", **more: Any) -> Any:
    said = {"version": version, "hand": hand, "data": data} | more
    return opened.post(
        URL, json.dumps(said), "application/json", headers={"referer": "http://testserver/proposals/new/"}
    )  # fmt: skip


@pytest.fixture
def phone(world: World) -> Browser:
    return browser(world.lin)


@pytest.fixture
def desk(world: World) -> Browser:
    return browser(world.lin)


# ── saved and found again ─────────────────────────────────────────────────────────────────


def test_what_is_typed_on_the_phone_is_found_at_the_desk(
    world: World, phone: Browser, desk: Browser
) -> None:
    answer = save(phone, {"title": "关于加装电梯的建议", "ask": ["一", "二"]}, hand="p")

    kept = drafts.restore(world.lin, FORM)
    assert kept is not None
    assert answer.json() == {"version": 1, "saved_at": kept.saved_at.isoformat()}
    assert (kept.data["ask"], kept.title, kept.url) == (
        ["一", "二"], "关于加装电梯的建议", "/proposals/new/",
    )  # fmt: skip
    page = desk.get("/drafts/").content.decode()
    assert "关于加装电梯的建议" in page
    assert 'href="/proposals/new/"' in page


def test_each_save_counts_on(phone: Browser) -> None:
    versions = [
        save(phone, {"title": "一" * n}, version=n - 1).json()["version"] for n in (1, 2, 3)
    ]
    assert versions == [1, 2, 3]


def test_a_form_that_became_something_leaves_no_draft(world: World, phone: Browser) -> None:
    save(phone, {"title": "一"})
    drafts.clear(world.lin, FORM)
    assert drafts.restore(world.lin, FORM) is None
    assert "没有写到一半的内容。" in phone.get("/drafts/").content.decode()


def test_a_draft_is_read_field_by_field_in_the_rooms_words(phone: Browser) -> None:
    save(phone, {"situation": "多层住宅 612 栋。", "capacity": "individual", "ask": ["并窗。", ""]})
    page = phone.get(URL).content.decode()

    assert "<h2>情况</h2>" in page
    assert "<h2>建议</h2>" in page
    assert "individual" not in page


def test_what_is_typed_is_shown_as_it_was_typed(phone: Browser) -> None:
    save(phone, {"title": "一<script>alert(1)</script>", "situation": "二<img src=x onerror=a>"})
    for url in (URL, "/drafts/"):
        page = phone.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


# ── two hands ─────────────────────────────────────────────────────────────────────────────


def test_two_devices_keep_both_texts_and_she_chooses(
    world: World, phone: Browser, desk: Browser
) -> None:
    save(phone, {"situation": "手机上写的。"}, hand="p")
    save(phone, {"situation": "手机上写的，又添了一句。"}, version=1, hand="p")
    late = save(desk, {"situation": "桌面上写的。"}, version=1, hand="d")

    assert late.status_code == 409
    assert late.json() == {"version": 2, "url": f"/drafts/{FORM}~conflict/"}
    page = desk.get(late.json()["url"]).content.decode()
    assert "手机上写的" in page.replace("<del>", "").replace("</del>", "")
    assert "桌面" in page

    desk.post(f"/drafts/{FORM}~conflict/choose/", {"keep": "mine"})
    texts = {draft.form: draft.data["situation"] for draft in Draft.objects.all()}
    assert texts == {FORM: "桌面上写的。", f"{FORM}~conflict": "手机上写的，又添了一句。"}


def test_a_third_device_does_not_push_the_second_one_out(world: World, phone: Browser) -> None:
    save(phone, {"title": "一"}, hand="p")
    for hand, text in (("d", "二"), ("t", "三"), ("d", "二二")):
        assert save(phone, {"title": text}, hand=hand).status_code == 409

    texts = {draft.form: draft.data["title"] for draft in Draft.objects.all()}
    assert texts == {FORM: "一", f"{FORM}~conflict": "二二", f"{FORM}~conflict2": "三"}


def test_an_answer_that_was_lost_is_no_conflict(phone: Browser) -> None:
    """The server saved, the network broke, and the page goes on typing with the old number."""
    save(phone, {"title": "一"}, hand="p")
    save(phone, {"title": "一二"}, version=1, hand="p")  # its answer never arrives
    assert save(phone, {"title": "一二"}, version=1, hand="p").json()["version"] == 2
    assert save(phone, {"title": "一二三"}, version=1, hand="p").json()["version"] == 3
    assert Draft.objects.count() == 1


def test_the_server_itself_puts_other_words_aside(world: World) -> None:
    drafts.save(world.lin, FORM, {"title": "先写的"}, at=SPRING)
    drafts.save(world.lin, FORM, {"title": "后来的"}, at=SPRING)
    drafts.save(world.lin, FORM, {"title": "后来的"}, at=SPRING)

    texts = {draft.form: draft.data["title"] for draft in Draft.objects.all()}
    assert texts == {FORM: "后来的", f"{FORM}~conflict": "先写的"}


# ── nobody else, nothing harmful ──────────────────────────────────────────────────────────


def test_a_draft_is_its_writers_alone(world: World, phone: Browser) -> None:
    save(phone, {"title": "只给自己看"})
    stranger = browser(world.zhou)

    assert stranger.get(URL).status_code == 404
    assert stranger.post(f"{URL}discard/").status_code == 404
    assert "只给自己看" not in stranger.get("/drafts/").content.decode()
    assert save(stranger, {"title": "周敏的"}).json()["version"] == 1
    assert Draft.objects.get(person=world.lin).data == {"title": "只给自己看"}


def test_a_log_in_that_ended_is_told_in_json(world: World) -> None:
    answer = save(browser(), {"title": "一"})
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/json")
    assert "请重新登录" in answer.json()["problem"]
    assert browser().get(URL).status_code == 302
    assert not Draft.objects.exists()


def test_discarding_is_one_tap_or_one_request(phone: Browser) -> None:
    save(phone, {"title": "一"})
    assert phone.post(f"{URL}discard/").status_code == 302
    assert not Draft.objects.exists()

    save(phone, {"title": "一"})
    assert phone.delete(URL).status_code == 204
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "null", '"a"', "{", '{"data": 1}', '{"data": {"a": 1}}', '{"data": {"a": {"b": "c"}}}',
        '{"data": {}, "version": "1"}', '{"data": {}, "version": -1}', '{"data": {}, "version": true}',
    ],
)  # fmt: skip
def test_what_is_no_draft_is_not_kept(phone: Browser, body: str) -> None:
    answer = phone.post(URL, body, "application/json")
    assert answer.status_code == 400
    assert "没有保存" in answer.json()["problem"]
    assert not Draft.objects.exists()


def test_letters_no_engine_can_keep_do_not_lose_the_rest(phone: Browser) -> None:
    answer = phone.post(
        URL, r'{"data": {"a": "电\u0000梯\ud800", "b": ["\u0000一"]}}', "application/json"
    )
    assert answer.status_code == 200
    assert Draft.objects.get().data == {"a": "电梯?", "b": ["一"]}


def test_too_much_is_refused_in_a_sentence(world: World, phone: Browser) -> None:
    answer = save(phone, {"title": "字" * 100_000})
    assert answer.status_code == 413
    assert "请把长的材料作为附件上传" in answer.json()["problem"]

    for n in range(drafts.MOST):
        Draft.objects.create(person=world.lin, form=f"f:{n}", saved_at=SPRING)
    answer = save(phone, {"title": "一"})
    assert answer.status_code == 413
    assert "请先在草稿箱里清理" in answer.json()["problem"]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/x",
        "//evil.example/x",
        "javascript:alert(1)",
        "/\\evil.example",
        "x" * 300,
    ],
)
def test_a_draft_never_leads_out_of_the_house(phone: Browser, address: str) -> None:
    said = {"version": 0, "data": {"title": "一"}, "url": address}
    assert phone.post(URL, json.dumps(said), "application/json").status_code == 200
    url = Draft.objects.get().url
    assert url == "" or (url.startswith("/") and not url.startswith(("//", "/\\")))


def test_a_draft_can_be_sent_like_a_form(world: World) -> None:
    kept = drafts.save(world.lin, FORM, {"title": "一", "ask": ["甲", "乙"]}, at=SPRING)
    post = drafts.as_post(kept)
    assert (post["title"], post.getlist("ask")) == ("一", ["甲", "乙"])


def test_a_form_becomes_a_draft_without_our_own_marks() -> None:
    fields = {
        "title": ["一"], "ask": ["甲", "乙"], "_key": ["k"], "csrfmiddlewaretoken": ["t"],
        "password1": ["p"],
    }  # fmt: skip
    assert drafts.plain(fields) == {"title": "一", "ask": ["甲", "乙"]}
