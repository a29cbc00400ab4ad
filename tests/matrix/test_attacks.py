"""What went wrong in the neighbours' houses, tried on every door of ours (trust.md §1.6)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from shangliang.matters.models import Entry, Part
from shangliang.people.models import Seat

from .cast import BUSINESS, CLOSED, EVERYBODY, PUBLIC, person
from .doors import Door, of_paper
from .house import of_house
from .knocking import BACKEND, Knocker, text_of
from .situations import WHOLE
from .test_outputs import plain
from .watching import JOURNAL, fingerprint, watched

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def doors(knocker: Knocker, situation: str) -> list[Door]:
    return [*of_paper(knocker.county.papers[situation])]


# ── AT-10: a filter that tells, bit by bit, what is hidden ───────────────────

PROBES = (
    "contact_phone", "contact_phone__startswith", "filing__opinion__contains",
    "ratings__effect", "parts__person", "parts__role", "visibility", "sort", "order_by", "ordering",
    "replies__publicity", "entries__content__note__contains", "organisation__seats__person__phone",
)  # fmt: skip


@pytest.mark.parametrize("probe", PROBES)
def test_a_list_learns_no_new_filter(knocker: Knocker, probe: str) -> None:
    """An unknown word is refused, or it is nothing: the page is the same whatever it says."""
    for address in ("/proposals/", "/proposals/published/", "/search/?q=建议"):
        joined = address + ("&" if "?" in address else "?") + probe
        for account in ("jiang", "gao"):
            browser = knocker.browsers[account]
            asked = {value: browser.get(f"{joined}={quote(value)}") for value in ("01", "暗记")}
            assert {answer.status_code for answer in asked.values()} <= {200, 400}, address
            pages = {value: without_echo(text_of(a), probe, value) for value, a in asked.items()}
            assert pages["01"] == pages["暗记"], (address, account)
            if asked["01"].status_code == 200:
                bare = text_of(browser.get(address))
                assert papers_in(pages["01"]) == papers_in(bare) != [], (address, account)


def without_echo(page: str, probe: str, value: str) -> str:
    """A page may lead back to itself, so what was asked stands in its links."""
    for said in (quote(value), value):
        page = page.replace(f"{probe}={said}", "")
    return plain(page)


def papers_in(page: str) -> list[str]:
    """The papers a list leads to in their order, and how many it says there are."""
    return re.findall(r'href="(/proposals/[^"?]*\d+/)"|共 (\d+) 件', page)


@pytest.mark.parametrize(
    "asked", ["state=x", "held=all", "order=contact_phone", "unit=999", "session=0"]
)
def test_a_known_filter_with_an_unknown_word_finds_nothing(knocker: Knocker, asked: str) -> None:
    answer = knocker.browsers["chen"].get(f"/proposals/?{asked}")
    assert answer.status_code in (200, 400)
    assert 'id="proposal-' not in text_of(answer)


# ── AT-12: the address of a file is no key to it ─────────────────────────────


def test_a_file_opens_to_nobody_by_its_address_alone(knocker: Knocker) -> None:
    """Each address a reader was given, tried by everybody else and by nobody."""
    tried = 0
    for situation in ("草稿", "办理中", "摘要公开"):
        for door in doors(knocker, situation):
            if not door.key.startswith(("document:", "paper:")):
                continue
            for account in (PUBLIC, CLOSED, "passer", "gone", "far_office", "qian", "sys"):
                due = knocker.policy.answer(door.key, "GET", door.paper, account)
                answer = knocker.browsers[account].get(door.url)
                assert answer.status_code in due.statuses, (door.key, account)
                tried += due.word != "文件"
    assert tried > 80


def test_a_file_closes_with_the_right_to_it(knocker: Knocker) -> None:
    """The unit is changed, the clerk leaves, the account is closed: the next request is 404."""
    paper = knocker.county.papers["办理中"]
    address = reverse("document", args=[paper.documents["工作材料"].pk])
    gao, lin = knocker.browsers["gao"], knocker.browsers["lin"]
    assert gao.get(address).status_code == 200

    with transaction.atomic():
        Part.objects.filter(matter=paper.proposal, role="lead_unit").update(
            unit=knocker.county.world.finance
        )
        assert gao.get(address).status_code == 404
        assert knocker.browsers["qian"].get(address).status_code == 200
        transaction.set_rollback(True)
    with transaction.atomic():
        Seat.objects.filter(person=knocker.county.world.gao).update(until=date(2026, 3, 2))
        assert gao.get(address).status_code == 404
        transaction.set_rollback(True)
    with transaction.atomic():
        Part.objects.filter(matter=paper.proposal, role="author").delete()
        assert lin.get(address).status_code == 404
        transaction.set_rollback(True)


# ── AT-14 and AT-16: the same thing again ────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize(
    "situation",
    [pytest.param(s, marks=[pytest.mark.one_engine] if n % 4 else []) for n, s in enumerate(WHOLE)],
)
def test_what_is_sent_twice_is_done_once(knocker: Knocker, situation: str) -> None:
    """Every form that may be sent here: with the same key the second time changes nothing and
    answers as the first; with a fresh key, from a page left open, it adds no second line for a
    step that has been taken."""
    repeatable = {"proposals:log", "proposals:reply:保存", "attach"}
    for door in doors(knocker, situation):
        for account in BUSINESS:
            due = knocker.policy.answer(door.key, "POST", door.paper, account)
            if due.word != "办成" or "POST" not in knocker.policy.methods(door.key):
                continue
            with transaction.atomic():
                key = str(uuid4())
                first, _trace = knocker.send(account, door, "POST", _key=key)
                once = fingerprint()
                again, _again = knocker.send(account, door, "POST", _key=key)
                assert fingerprint() == once, (door.key, account)
                assert (again.status_code, again.get("Location")) == (
                    first.status_code, first.get("Location"),
                ), (door.key, account)  # fmt: skip
                if door.key not in repeatable:
                    verbs = Entry.objects.filter(pk__gt=knocker.last).count()
                    knocker.send(account, door, "POST")
                    more = Entry.objects.filter(pk__gt=knocker.last).exclude(verb="refused")
                    assert more.count() == verbs, (door.key, account)
                transaction.set_rollback(True)


def test_anothers_key_opens_nothing(knocker: Knocker) -> None:
    """The key of a form belongs to whoever sent it first: replayed by others it is 404."""
    paper = knocker.county.papers["待初审"]
    door = next(d for d in of_paper(paper) if d.key == "proposals:review")
    with transaction.atomic():
        key = str(uuid4())
        first, _trace = knocker.send("chen", door, "POST", _key=key)
        assert first.status_code == 302
        for account in ("fang", "lin", "far_office", "passer"):
            with watched() as trace:
                answer, _t = knocker.send(account, door, "POST", _key=key)
            assert answer.status_code == 404, account
            assert not trace.business, account
        transaction.set_rollback(True)


# ── AT-15: a form from elsewhere, and a look that writes ─────────────────────


def strict(knocker: Knocker, account: str) -> Client:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    who = person(knocker.county.world, account)
    if who is not None:
        browser.force_login(who, BACKEND)
    return browser


def test_a_form_without_the_mark_of_its_origin_is_refused_everywhere(knocker: Knocker) -> None:
    """Every address that takes a form, for somebody who may send it: 403, and nothing is written."""
    tried = set()
    with transaction.atomic():
        for door in [
            *of_house(knocker.county),
            *doors(knocker, "待初审"),
            *doors(knocker, "办理中"),
        ]:
            if "POST" not in knocker.policy.methods(door.key) or door.name in tried:
                continue
            tried.add(door.name)
            account = next(
                (a for a in EVERYBODY if knocker.policy.answer(door.key, "POST", door.paper, a).word
                 not in ("没有", "登录")), "lin",
            )  # fmt: skip
            browser = strict(knocker, account)
            with watched() as trace:
                answer = browser.post(door.url, knocker.form(door, account))
            assert answer.status_code == 403, (door.key, account)
            assert not trace.business, door.key
        transaction.set_rollback(True)
    assert len(tried) > 50


@pytest.mark.slow
@pytest.mark.one_engine
@pytest.mark.parametrize("account", ["lin", "chen", "tang", "gao", "liang", "sys", PUBLIC])
def test_looking_changes_nothing(knocker: Knocker, account: str) -> None:
    """GET where only forms are taken (where there are pages, the matrix watches it) and HEAD at
    the house's addresses; then the tables are compared."""
    before, browser = fingerprint(), knocker.browsers[account]
    for door in (door for situation in WHOLE for door in doors(knocker, situation)):
        if "GET" not in knocker.policy.methods(door.key):
            browser.get(door.url)
    for door in of_house(knocker.county):
        browser.get(door.url)
        browser.head(door.url)
    assert fingerprint() == before


def test_a_page_that_takes_no_form_writes_nothing_when_sent_one(knocker: Knocker) -> None:
    for door in [*of_house(knocker.county), *doors(knocker, "办理中")]:
        if "POST" in knocker.policy.methods(door.key) or door.name.startswith(("account_", "mfa_")):
            continue
        for account in ("lin", "chen", "gao", "sys"):
            with transaction.atomic():
                browser = knocker.browsers[account]
                with watched() as trace:
                    answer = browser.post(door.url, {"_key": str(uuid4()), "note": "试一试。"})
                assert answer.status_code in (200, 302, 400, 404, 405), (door.key, account)
                assert not trace.business - JOURNAL, (door.key, account)
                transaction.set_rollback(True)


# ── ids of one thing where another is asked for ──────────────────────────────


def test_numbers_of_things_are_no_keys(knocker: Knocker) -> None:
    """The number of a draft, a document or a date of Lin Xiao's, put into every address that
    takes a number, by people who know nothing of them: never anything but 404."""
    paper = knocker.county.papers["草稿"]
    numbers = {paper.proposal.pk, *(d.pk for d in paper.documents.values())}
    own = {d.name for d in doors(knocker, "草稿")} - {"document", "document_version", "move"}
    for name in sorted(own):
        for account in ("jiang", "tang", "gao", "passer", "far_office"):
            if name in ("replace", "detach", "shorter_decide", "proposals:paper"):
                continue
            answer = knocker.browsers[account].get(reverse(name, args=[paper.proposal.pk]))
            assert answer.status_code in (404, 405), (name, account)
    for number in numbers:
        for account in ("jiang", "tang", "qian", "passer", "far_office"):
            shown: Any = knocker.browsers[account].get(reverse("document", args=[number]))
            if shown.status_code == 200:
                assert "草稿" not in text_of(shown)
