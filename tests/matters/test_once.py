"""A form sent twice is done once; a refusal can be mended; a failure leaves nothing behind."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils import timezone

from shangliang.matters import once, sendings
from shangliang.matters.models import Draft, Entry, Receipt
from tests.browsing import NONE, Browser, browser
from tests.world import World, proposal

pytestmark = pytest.mark.urls("tests.matters.once_urls")
KEY = "2f0c3f0e-5d1c-4a52-9a0a-7a8f6c1f2d3b"


@pytest.fixture
def lin(world: World) -> Browser:
    return browser(world.lin)


def written() -> int:
    return Entry.objects.filter(verb="export").count()


# ── twice ─────────────────────────────────────────────────────────────────────────────────


def test_林晓_presses_twice_and_her_paper_is_withdrawn_once(world: World, lin: Browser) -> None:
    paper = proposal(world)
    url = f"/matters/{paper.pk}/withdraw/"
    first = lin.post(url, {"note": "与他人重复。"}, key=KEY)
    second = lin.post(url, {"note": "与他人重复。"}, key=KEY)

    assert (first.status_code, first["Location"]) == (302, paper.get_absolute_url())
    assert (second.status_code, second["Location"]) == (302, paper.get_absolute_url())
    assert paper.entries.filter(verb="withdraw").count() == 1


@pytest.mark.parametrize("answer", ["", "page", "template"])
def test_the_second_time_gives_the_first_answer(lin: Browser, answer: str) -> None:
    first = lin.post("/act/", {"answer": answer}, key=KEY)
    second = lin.post("/act/", {"answer": answer}, key=KEY)

    assert written() == 1
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first.headers.get("Location") == second.headers.get("Location")
    assert first["Content-Type"] == second["Content-Type"]


def test_an_answer_too_large_to_keep_is_not_made_again(lin: Browser) -> None:
    assert b"".join(lin.post("/act/", {"answer": "stream"}, key=KEY)) == "一二".encode()
    second = lin.post("/act/", {"answer": "stream"}, key=KEY)

    assert "已经办好" in second.content.decode()
    assert written() == 1


def test_a_script_may_send_its_key_in_a_header(lin: Browser) -> None:
    for _ in range(2):
        lin.post("/act/", '{"a": 1}', "application/json", headers={"Idempotency-Key": KEY})
    assert written() == 1
    other = lin.post("/act/", '{"a": 2}', "application/json", headers={"Idempotency-Key": KEY})
    assert other.status_code == 409


def test_two_forms_are_two_things(lin: Browser) -> None:
    lin.post("/act/", {"note": "一"})
    lin.post("/act/", {"note": "一"})
    assert written() == 2


# ── the same key, other words or other hands ──────────────────────────────────────────────


def test_other_words_under_the_same_key_are_shown_beside_the_first(
    world: World, lin: Browser
) -> None:
    lin.post("/act/", {"note": "应当同意。第二句。"}, key=KEY)
    page = lin.post("/act/", {"note": "应当不同意。第二句。"}, key=KEY)

    text = page.content.decode()
    assert page.status_code == 409
    assert "这张表单已经提交过" in text
    assert "应当<ins>不</ins>同意。第二句。" in text
    assert written() == 1
    assert Draft.objects.get(person=world.lin).data == {"note": "应当不同意。第二句。"}


def test_words_under_a_used_key_are_shown_as_words(lin: Browser) -> None:
    lin.post("/act/", {"note": "<script>alert(1)</script>"}, key=KEY)
    text = lin.post("/act/", {"note": "<img src=x onerror=alert(2)>"}, key=KEY).content.decode()

    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;" in text


def test_the_same_words_at_another_door_are_other_words(lin: Browser) -> None:
    lin.post("/act/", {"note": "一"}, key=KEY)
    assert lin.post("/open/", {"note": "一"}, key=KEY).status_code == 409


def test_another_persons_key_opens_nothing(world: World, lin: Browser) -> None:
    lin.post("/act/", {"answer": "page", "note": "只给林晓看"}, key=KEY)
    answer = browser(world.zhou).post("/act/", {"answer": "page", "note": "只给林晓看"}, key=KEY)

    assert answer.status_code == 404
    assert "只给林晓看" not in answer.content.decode()
    assert browser().post("/open/", {}, key=KEY).status_code == 404


def test_a_visitor_without_a_log_in_is_taken_once_as_well(world: World) -> None:
    visitor = browser()
    for _ in range(2):
        assert visitor.post("/open/", {"note": "建议"}, key=KEY).status_code == 302
    assert written() == 1
    assert visitor.post("/open/", {"note": "别的"}, key=KEY).status_code == 409
    assert not Draft.objects.exists()


# ── refused, broken, missing ──────────────────────────────────────────────────────────────


def test_a_refused_form_is_mended_and_sent_again_with_its_key(world: World, lin: Browser) -> None:
    paper = proposal(world)
    url = f"/matters/{paper.pk}/withdraw/"
    assert lin.post(url, {"note": ""}, key=KEY).status_code == 409
    assert not Receipt.objects.exists()

    assert lin.post(url, {"note": "与他人重复。"}, key=KEY).status_code == 302
    paper.refresh_from_db()
    assert paper.state == "withdrawn"


def test_what_a_refusing_page_wrote_on_purpose_stays(lin: Browser) -> None:
    assert lin.post("/act/", {"answer": "refused"}, key=KEY).status_code == 422
    assert (written(), Receipt.objects.count()) == (1, 0)


@pytest.mark.parametrize(("answer", "status"), [("raise", 500), ("broken", 500), ("missing", 404)])
def test_a_failure_leaves_nothing_and_the_key_still_works(
    lin: Browser, answer: str, status: int
) -> None:
    assert lin.post("/act/", {"answer": answer}, key=KEY).status_code == status
    assert (written(), Receipt.objects.count()) == (0, 0)

    assert lin.post("/act/", {"answer": ""}, key=KEY).status_code == 302
    assert written() == 1


@pytest.mark.parametrize("key", [NONE, "1", "../../etc", "{}"])
def test_a_form_without_a_key_changes_nothing_and_says_why(lin: Browser, key: str) -> None:
    page = lin.post("/act/", {"note": "一"}, key=key)

    assert page.status_code == 400
    assert "没有带编号" in page.content.decode()
    assert "刷新以后再提交一次" in page.content.decode()
    assert written() == 0


def test_an_answer_lost_in_the_middle_of_a_busy_hour_is_a_sentence(
    lin: Browser, monkeypatch: Any
) -> None:
    from django.db import OperationalError, transaction

    class Full:
        def __enter__(self) -> None:
            raise OperationalError("database is locked")

        def __exit__(self, *_: object) -> None: ...

    with monkeypatch.context() as patch:
        patch.setattr(transaction, "atomic", lambda *a, **k: Full())
        page = lin.post("/act/", {}, key=KEY)
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "送两次也只会办理一次" in page.content.decode()


# ── who goes without a key ────────────────────────────────────────────────────────────────

MAY_GO_WITHOUT = {
    "ui:appearance", "draft", "attach", "replace", "proposals:look_over", "setup_template",
}  # fmt: skip


SAMPLES = {
    "form": "proposals.write:new", "name": "withdraw", "fingerprint": "0", "slug": "a", "kind": "a",
}  # fmt: skip


def doors(patterns: Any, before: str = "", space: str = "") -> Any:
    """Every address of the house with sample words in it, its view and its name."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from doors(pattern.url_patterns, route, inner)
        elif "^" not in route:  # only allauth writes its addresses as expressions
            url = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: SAMPLES.get(found[1], "1"), route)
            yield "/" + url, pattern.callback, f"{space}{pattern.name or ''}"


@pytest.mark.urls("shangliang.config.urls")
def test_every_door_wants_a_key_but_those_that_say_why_not(lin: Browser) -> None:
    free = set()
    for url, view, name in doors(get_resolver().url_patterns):
        if once.why_without_a_key(view, name):
            free.add(name)
            continue
        opened = lin if getattr(view, "login_required", True) else browser()
        assert opened.post(url, {}, key=NONE).status_code == 400, url

    assert {name for name in free if not name.startswith(("account_", "mfa_"))} == MAY_GO_WITHOUT


# ── what is kept ──────────────────────────────────────────────────────────────────────────


def sent(**fields: Any) -> Any:
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().post("/somewhere/", fields)
    request.user = AnonymousUser()
    return sendings.read(request)


def test_words_of_a_form_with_a_password_are_not_kept() -> None:
    assert sent(name="林晓", password1="云岭县政协2026春天", _key=KEY).body == {}
    assert sent(name="林晓", _key=KEY, csrfmiddlewaretoken="t").body == {"name": ["林晓"]}


def test_the_hash_of_a_short_form_does_not_give_it_away(settings: Any) -> None:
    mine = sent(password="123456").hash
    settings.SECRET_KEY = "the key of another house"
    assert sent(password="123456").hash != mine


def test_a_file_is_known_by_its_content_and_still_there_to_be_read() -> None:
    def file(content: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile("调研.pdf", content)

    assert sent(file=file(b"1" * 3_000_000)).hash == sent(file=file(b"1" * 3_000_000)).hash
    assert sent(file=file(b"1")).hash != sent(file=file(b"2")).hash

    request = RequestFactory().post("/somewhere/", {"file": file(b"123")})
    request.user = None
    sendings._files(request)
    assert request.FILES["file"].read() == b"123"


def test_receipts_are_kept_for_three_days(lin: Browser) -> None:
    lin.post("/act/", {})
    now = timezone.now()
    assert once.forget(now + timedelta(hours=71)) == 0
    assert once.forget(now + timedelta(hours=73)) == 1


# ── sent after the log-in had ended ───────────────────────────────────────────────────────


def lapsed(world: World) -> tuple[Browser, Any]:
    """林晓's log-in lapses while she writes; then she presses the button."""
    opened, paper = browser(world.lin), proposal(world)
    session = opened.session
    session["stay"] = session["stay"] | {"seen": 0}
    session.save()
    url = f"/matters/{paper.pk}/withdraw/"
    page = f"http://testserver/proposals/{paper.pk}/"
    return opened, opened.post(url, {"note": "与他人重复。"}, headers={"referer": page})


def test_words_sent_after_the_log_in_lapsed_are_found_again(world: World) -> None:
    opened, answer = lapsed(world)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
    assert "withdraw" not in answer["Location"]  # nobody can go back to a button
    assert not Receipt.objects.exists()

    opened.force_login(world.lin, "shangliang.people.login.NameOrPhoneBackend")
    draft = Draft.objects.get(person=world.lin)
    assert draft.data == {"note": "与他人重复。"}
    assert "与他人重复。" in opened.get(f"/drafts/{draft.form}/").content.decode()


def test_they_are_not_given_to_whoever_comes_next(world: World) -> None:
    opened, _ = lapsed(world)
    opened.force_login(world.zhou, "shangliang.people.login.NameOrPhoneBackend")

    assert not Draft.objects.exists()
    assert "unsent" not in opened.session


def test_a_stranger_without_a_session_leaves_nothing(world: World) -> None:
    answer = browser().post("/act/", {"note": "试试"}, key=str(uuid4()))
    assert answer.status_code == 302
    assert not Draft.objects.exists()
