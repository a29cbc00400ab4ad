"""Second doors to the same words (AT-08, AT-19): search, lists and their counts, mails, error
pages; and what is sealed without being a word of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from shangliang.config import urls
from shangliang.matters import digest
from shangliang.matters.models import Part
from shangliang.proposals.models import Filing, Proposal, Rating

from .cast import ADMINISTRATORS, BUSINESS, EVERYBODY, PUBLIC, person
from .knocking import MARK, Knocker, text_of
from .situations import Paper

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FOUND = ("案由", "情况", "分析", "建议说明", "建议")  # what a search may look in


def see(knocker: Knocker, account: str, address: str, **asked: str) -> str:
    return text_of(knocker.browsers[account].get(address, asked))


def visible(knocker: Knocker, account: str) -> list[Paper]:
    return [p for p in knocker.county.papers.values() if knocker.policy.sees(p, account)]


# ── search ───────────────────────────────────────────────────────────────────

LOOKERS = ("lin", "jiang", "chen", "tang", "gao", "qian", "passer", "far_office")


@pytest.mark.slow
@pytest.mark.parametrize(
    "situation", ["草稿", "征集联名", "待复审", "待交办", "办理中", "摘要公开"]
)
def test_a_search_finds_a_mark_only_where_it_may_be_read(knocker: Knocker, situation: str) -> None:
    paper = knocker.county.papers[situation]
    address = reverse("proposals:detail", args=[paper.proposal.pk])
    for account in LOOKERS:
        sees = knocker.policy.sees(paper, account)
        for name, mark in paper.marks.items():
            hit = f'href="{address}"' in see(knocker, account, reverse("search"), q=mark)
            assert hit == (sees and name in FOUND), (account, name)


@pytest.mark.slow
def test_nobody_is_found_by_a_role_others_may_not_know(knocker: Knocker) -> None:
    """Luo Ning declined, the housing bureau is only planned: neither leads to the paper."""
    for word, situation in (("罗宁", "联名已齐"), ("住建局", "待交办"), ("陈立", "代录草稿")):
        paper = knocker.county.papers[situation]
        address = reverse("proposals:detail", args=[paper.proposal.pk])
        for account in BUSINESS:
            assert f'href="{address}"' not in see(knocker, account, reverse("search"), q=word)


# ── lists and numbers ────────────────────────────────────────────────────────


def listed(page: str) -> set[int]:
    return {int(pk) for pk in re.findall(r'href="/proposals/(\d+)/"', page)}


@pytest.mark.slow
@pytest.mark.parametrize("account", BUSINESS)
def test_a_list_counts_what_its_reader_may_see(knocker: Knocker, account: str) -> None:
    """Every number on the list, whatever it is narrowed by, is the number of papers behind it
    that the policy lets this person see."""
    papers, index = visible(knocker, account), reverse("proposals:index")
    for asked, inside in narrowed(papers):
        page = see(knocker, account, index, **asked)
        told = re.search(r"共 (\d+) 件", page)
        assert (int(told[1]) if told else 0) == len(inside), asked
        if len(inside) <= 20:
            assert listed(page) == {p.proposal.pk for p in inside}, asked


def narrowed(papers: list[Paper]) -> Iterator[tuple[dict[str, str], list[Paper]]]:
    yield {}, papers
    for state in {p.proposal.state for p in papers}:
        yield {"state": state}, [p for p in papers if p.proposal.state == state]
    for kind in ("individual", "joint", "sector"):
        yield {"type": kind}, [p for p in papers if p.proposal.type == kind]


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["state=draft", "held=late", "held=week", "held=promised", "q=1"])
def test_a_range_never_reaches_beyond_sight(knocker: Knocker, asked: str) -> None:
    for account in BUSINESS:
        seen = {p.proposal.pk for p in visible(knocker, account)}
        assert listed(see(knocker, account, f"/proposals/?{asked}")) <= seen, account


def test_the_public_list_shows_what_is_public(knocker: Knocker) -> None:
    public = {p.proposal.pk for s, p in knocker.county.papers.items() if s.endswith("公开")}
    for account in EVERYBODY:
        page = see(knocker, account, reverse("proposals:published"))
        assert {int(pk) for pk in re.findall(r"/proposals/published/(\d+)/", page)} == public


# ── mails and error pages ────────────────────────────────────────────────────


def test_a_mail_carries_no_content_at_all(knocker: Knocker) -> None:
    """Mail leaves the house: it says that something waits, not what it is about."""
    told = 0
    for account in BUSINESS:
        subject, text = digest.compose(person(knocker.county.world, account))
        assert not MARK.search(subject + text), account
        told += "proposals" in text
    assert told > 5


@pytest.mark.parametrize("account", EVERYBODY)
def test_the_real_page_of_what_is_not_there(
    knocker: Knocker, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its frame, which counts what waits for the person: the same for a paper she may not
    know of and for one that never was."""
    monkeypatch.delattr(urls, "handler404")
    hidden = knocker.county.papers["代录草稿" if account != "chen" else "草稿"].proposal.pk
    if account == "lin":
        hidden = knocker.county.papers["界别草稿"].proposal.pk
    pages = {
        pk: knocker.browsers[account].get(f"/proposals/published/{pk}/") for pk in (hidden, 999_999)
    }
    assert {page.status_code for page in pages.values()} == {404}
    there, never = (plain(text_of(page)).replace(f"/{pk}/", "/") for pk, page in pages.items())
    assert there == never
    assert not MARK.search(there)


# ── what is sealed without a word of its own ─────────────────────────────────


def plain(page: str) -> str:
    """A page without what differs from one answer to the next."""
    page = re.sub(r'name="(csrfmiddlewaretoken|_key)" value="[^"]*"', "", page)
    return re.sub(r"(csrftoken|X-CSRF\w*|\"token\"|Content-Length|ETag)\S*[^\n]*", "", page)


# A secret that is one of few words: changing it must change nothing for whoever may not know it.
Change = Callable[[Paper], object]
SEALED: dict[str, tuple[str, Change, tuple[str, ...]]] = {
    "which unit is planned": (
        "待交办",
        lambda p: Part.objects.filter(matter=p.proposal, role="planned_lead").update(
            unit=Part.objects.filter(role="planned_lead").first().unit.committee  # type: ignore[union-attr]
        ),
        ("lin", "zhou", "jiang", "gao", "liang", "qian", "passer", "far_office"),
    ),
    "who was invited and has not answered": (
        "征集联名",
        lambda p: Part.objects.filter(matter=p.proposal, role="invited").delete(),
        ("jiang", "luo", "chen", "he", "wu", "gao", "far"),
    ),
    "what the first review proposes": (
        "待复审",
        lambda p: Filing.objects.filter(proposal=p.proposal).update(
            proposed="not_file", ground="empty", disposition="none", opinion="空泛。"
        ),
        ("lin", "zhou", "jiang", "tang", "gao", "far_office"),
    ),
    "how the reply was judged": (
        "已评议",
        lambda p: Rating.objects.filter(proposal=p.proposal).update(
            attitude="satisfied", effect="satisfied", comment=""
        ),
        ("zhou", "jiang", "tang", "gao", "liang", "qian", "passer", "far"),
    ),
    "how a published reply was judged": (
        "摘要公开",
        lambda p: Rating.objects.filter(proposal=p.proposal).update(
            attitude="dissatisfied", effect="dissatisfied", comment="不满意。"
        ),
        ("zhou", "jiang", "tang", "gao", "liang", "qian", "passer", "far", PUBLIC),
    ),
    "what the draft of the reply says": (
        "答复待审签",
        lambda p: p.proposal.replies.update(result="D", publicity="not", opening="另写。"),
        ("lin", "zhou", "jiang", "chen", "tang", "wu", "qian", "far"),
    ),
}


def everything(knocker: Knocker, account: str, paper: Paper) -> dict[str, str]:
    """What one account can get out of the house about a paper, and around it."""
    pk = paper.proposal.pk
    addresses = [
        "/", "/notices/", "/proposals/", "/proposals/?order=due", "/proposals/?held=todo",
        "/proposals/?held=promised", "/proposals/published/", "/deadlines/shorter/",
        f"/search/?q={paper.mark('案由')}", "/search/?q=住建局", "/search/?q=沈兰",
        f"/proposals/{pk}/", f"/proposals/published/{pk}/", f"/proposals/{pk}/papers/sheet.docx",
        f"/proposals/{pk}/papers/feedback.docx", f"/proposals/{pk}/papers/filing.docx",
    ]  # fmt: skip
    browser = knocker.browsers[account]
    browser.get(f"/proposals/{pk}/")  # whoever looks has read her notices; that is no leak
    return {address: plain(text_of(browser.get(address))) for address in addresses}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.one_engine
@pytest.mark.parametrize("secret", SEALED)
def test_a_sealed_fact_changes_nothing_for_whoever_may_not_know_it(
    knocker: Knocker, secret: str
) -> None:
    situation, change, outsiders = SEALED[secret]
    paper = knocker.county.papers[situation]
    with undone():
        before = {account: everything(knocker, account, paper) for account in outsiders}
        assert change(paper)
        for account in outsiders:
            after = everything(knocker, account, paper)
            assert [a for a in after if after[a] != before[account][a]] == [], account


@pytest.mark.slow
@pytest.mark.one_engine
def test_the_seals_would_show_what_they_hold(knocker: Knocker) -> None:
    """The same comparison, for those who may know: it does notice."""
    insiders = {
        "which unit is planned": "tang", "who was invited and has not answered": "shen",
        "what the first review proposes": "he", "how the reply was judged": "chen",
        "how a published reply was judged": "lin",
    }  # fmt: skip
    for secret, account in insiders.items():
        situation, change, _outsiders = SEALED[secret]
        paper = knocker.county.papers[situation]
        with undone():
            before = everything(knocker, account, paper)
            before["bulk"] = plain(see(knocker, account, "/proposals/assignment/"))
            change(paper)
            after = everything(knocker, account, paper)
            after["bulk"] = plain(see(knocker, account, "/proposals/assignment/"))
            assert after != before, secret


@pytest.mark.slow
@pytest.mark.one_engine
def test_a_unit_reads_nothing_of_a_rating_anywhere(knocker: Knocker) -> None:
    """Every page, file, list and search of the units, over all papers: no comment, no grade."""
    papers = [p for p in knocker.county.papers.values() if "评议意见" in p.marks]
    assert len(papers) >= 4
    grades = {"不满意"}
    for account in ("gao", "liang", "qian"):
        for paper in papers:
            for address, page in everything(knocker, account, paper).items():
                assert paper.mark("评议意见") not in page, (account, address)
                assert not [g for g in grades if g in page], (account, address)


# ── caches (AT-20) ───────────────────────────────────────────────────────────


def test_what_is_shown_to_one_person_is_kept_for_nobody(knocker: Knocker) -> None:
    """A member looks, then her neighbour at the same machine, then nobody: no page may be
    kept by a cache in between, and none is."""
    paper = knocker.county.papers["办理中"]
    address = reverse("proposals:detail", args=[paper.proposal.pk])
    for account in [*BUSINESS, *ADMINISTRATORS]:
        for each in (address, "/", "/notices/", "/proposals/", "/proposals/published/"):
            answer = knocker.browsers[account].get(each)
            kept = answer.headers.get("Cache-Control", "")
            assert "no-store" in kept, (account, each)
            assert "private" in kept or "no-cache" in kept, (account, each)
    stranger = Client()
    assert stranger.get(address).status_code == 302
    assert not MARK.search(text_of(stranger.get("/proposals/")))


def test_nothing_private_is_put_into_the_shared_cache(
    knocker: Knocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.cache import cache

    cache.clear()
    for account in ("lin", "chen", "gao"):
        for paper in knocker.county.papers.values():
            knocker.browsers[account].get(reverse("proposals:detail", args=[paper.proposal.pk]))
    kept = repr(getattr(cache, "_cache", {}))
    assert settings.CACHES["default"]["BACKEND"].endswith("LocMemCache")
    assert not MARK.search(kept)


def test_no_proposal_is_marked_twice(knocker: Knocker) -> None:
    """The oracle itself: every mark belongs to one field of one paper."""
    marks = [m for p in knocker.county.papers.values() for m in p.marks.values()]
    assert len({MARK.search(m)[0] for m in marks}) == len(marks)  # type: ignore[index]
    assert Proposal.objects.count() == len(knocker.county.papers)
