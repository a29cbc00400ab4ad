"""A failure at the n-th statement leaves everything before or everything after, never a half.

Every row of the proposals table, and the forms of the house as a browser sends them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from shangliang.matters import audit, drafts, stationery
from shangliang.matters.flow import move
from shangliang.matters.models import Draft, Receipt
from shangliang.proposals.models import Proposal
from shangliang.proposals.workflow import PROPOSAL
from tests.browsing import Browser, browser
from tests.faults import stages
from tests.faults.breaking import Failure, breaking, counts, picture
from tests.faults.stages import REVIEWED, SIGNED, STAGES, TALK, Ready
from tests.world import SPRING, World, proposal

pytestmark = pytest.mark.slow
MOST = 400  # statements; a step that needs more wants a look
AGAIN = 5  # after every fifth failure the form is sent once more, with its key


@pytest.fixture(autouse=True)
def letters_once(monkeypatch: Any, settings: Any, tmp_path: Path) -> None:
    """The same letter is set in type once, not for every statement that fails after it."""
    settings.FILES = tmp_path / "files"
    for name in ("render_docx", "render_pdf"):
        real = getattr(stationery, name)
        kept: dict[str, Any] = {}
        monkeypatch.setattr(stationery, name, _remembered(real, kept))


def _remembered(real: Callable[..., Any], kept: dict[str, Any]) -> Callable[..., Any]:
    def once(kind: str, *args: Any, **options: Any) -> Any:
        if kind not in kept:
            kept[kind] = real(kind, *args, **options)
        return kept[kind]

    return once


# ── the rows of the table ─────────────────────────────────────────────────────────────────


def test_every_row_of_the_table_has_its_stage() -> None:
    assert set(STAGES) == set(PROPOSAL.rows)


def take(ready: Ready, name: str) -> None:
    paper = Proposal.objects.get(pk=ready.paper.pk)
    move(paper, name, by=ready.by, at=ready.at, note=ready.note, data=ready.data)


@pytest.mark.parametrize("name", list(PROPOSAL.rows))
def test_a_step_happens_whole_or_not_at_all(world: World, name: str) -> None:
    ready = STAGES[name](world)
    before = picture()
    after = once_through(lambda: take(ready, name))

    for n in range(1, MOST):
        mark = transaction.savepoint()
        failed = False
        with breaking(n) as breaker:
            try:
                take(ready, name)
            except Failure:
                failed = True
        if failed:
            assert picture() == before, (n, breaker.struck)
        else:
            assert counts() == after, (n, breaker.struck)
        transaction.savepoint_rollback(mark)
        if not breaker.struck:
            break
    else:
        raise AssertionError("too many statements")
    take(ready, name)
    assert counts() == after
    assert audit.verify().fault is None


def once_through(act: Callable[[], Any]) -> dict[str, int]:
    """How many rows there are after the work was done without a failure; then it is undone."""
    mark = transaction.savepoint()
    act()
    found = counts()
    transaction.savepoint_rollback(mark)
    return found


# ── forms through the front door ──────────────────────────────────────────────────────────


def text(paper: Proposal, **more: Any) -> dict[str, Any]:
    return {
        "capacity": "individual", "title": "关于设立社区养老食堂的建议", "situation": "全县有老人 3 万。",
        "analysis": "做饭难。", "ask": ["办食堂。", "给补助。"], "not_secret": "on",
        "version": str(paper.version),
    } | more  # fmt: skip


def answers(paper: Proposal) -> dict[str, str]:
    said = {f"ask-{ask.pk}": f"已列入计划：{ask.text}" for ask in paper.asks.all()}
    return said | {
        "result": "B",
        "publicity": "full",
        "opening": "您好。",
        "closing": "谢谢。",
        "version": "1",
    }


Form = tuple[Any, str, dict[str, Any]]


def _move(stage: Callable[[World], Proposal], row: str, who: str) -> Callable[[World], Form]:
    def form(world: World) -> Form:
        paper = stage(world)
        return getattr(world, who), f"/matters/{paper.pk}/{row}/", {"note": "写明理由。"}

    return form


def _page(
    stage: Callable[[World], Proposal], page: str, who: str, said: Any
) -> Callable[[World], Form]:
    def form(world: World) -> Form:
        paper = stage(world)
        data = said(paper) if callable(said) else said
        return getattr(world, who), f"/proposals/{paper.pk}/{page}/", data

    return form


def new_paper(world: World) -> Form:
    drafts.save(world.lin, "proposals.write:new", {"title": "打到一半的字"}, at=SPRING)
    return world.lin, "/proposals/new/", text(Proposal(version=1), save="1")


def settle(world: World) -> Form:
    drafts.save(world.lin, "f", {"title": "我的"}, at=SPRING, url="/proposals/")
    return world.lin, "/drafts/f/settle/", {"keep": "theirs"}


FORMS: dict[str, Callable[[World], Form]] = {
    "write a new paper": new_paper,
    "save a draft": _page(proposal, "edit", "lin", lambda p: text(p, save="1")),
    "submit": _page(proposal, "check", "lin", {}),
    "withdraw": _move(stages.submitted, "withdraw", "lin"),
    "return": _move(stages.submitted, "return", "chen"),
    "review": _page(stages.submitted, "review", "chen", REVIEWED),
    "sign for": _page(stages.assigned, "sign-for", "gao", SIGNED),
    "log a talk": _page(stages.handling, "log", "gao", TALK),
    "save a reply": _page(stages.handling, "reply", "gao", lambda p: answers(p) | {"save": "1"}),
    "send a reply up": _page(stages.answered, "reply", "gao", answers),
    "issue": _page(stages.reply_check, "issue", "liang", {}),
    "rate": _page(stages.replied, "rate", "lin", stages.CROSS),
    "settle two texts": settle,
}


@pytest.mark.parametrize("name", list(FORMS))
def test_a_form_is_taken_whole_or_not_at_all_and_may_be_sent_again(world: World, name: str) -> None:
    person, url, data = FORMS[name](world)
    opened, key = browser(person), str(uuid4())
    send = _sender(opened, url, data, key)
    mark = transaction.savepoint()
    answer = send()
    assert answer.status_code == 302, (answer.status_code, answer.content.decode()[:2000])
    after = counts()
    transaction.savepoint_rollback(mark)
    before = picture()

    for n in range(1, MOST):
        mark = transaction.savepoint()
        with breaking(n) as breaker:
            answer = send()
        if not breaker.struck:
            break
        if answer.status_code >= 500:
            assert picture() == before, (n, breaker.struck)
        else:  # what failed was not needed
            assert counts() == after, (n, breaker.struck)
        if n % AGAIN == 0:
            assert send().status_code == 302, (n, breaker.struck)
            assert counts() == after, (n, breaker.struck)
            assert Receipt.objects.filter(pk=key).count() == 1
        transaction.savepoint_rollback(mark)
    else:
        raise AssertionError("too many statements")
    assert counts() == after
    assert audit.verify().fault is None


def _sender(opened: Browser, url: str, data: dict[str, Any], key: str) -> Callable[[], Any]:
    return lambda: opened.post(url, data, key=key)


def test_a_draft_survives_every_failure_of_its_next_save(world: World) -> None:
    drafts.save_seen(world.lin, "f", {"t": "写好的字"}, at=SPRING, seen=0)
    for n in range(1, MOST):
        mark = transaction.savepoint()
        with breaking(n) as breaker, contextlib.suppress(Failure):
            drafts.save_seen(world.lin, "f", {"t": "写好的字，又写"}, at=SPRING, seen=1, hand="p")
        assert Draft.objects.get().data["t"].startswith("写好的字"), n
        assert Draft.objects.count() == 1
        transaction.savepoint_rollback(mark)
        if not breaker.struck:
            break


@cache
def settings_of(pragma: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        return cursor.fetchone()[0]


@pytest.mark.sqlite_only
@pytest.mark.django_db
def test_sqlite_keeps_what_it_said_it_kept() -> None:
    """NORMAL would lose the last commits when the power goes; a killed process never shows it."""
    assert settings_of("journal_mode") == "wal"
    assert settings_of("synchronous") == 2  # FULL
    assert settings_of("busy_timeout") >= 10_000
    assert settings_of("foreign_keys") == 1
    assert connection.transaction_mode == "IMMEDIATE"
