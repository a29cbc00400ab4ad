"""Of several hands at once one wins, the others are told, and nothing is done twice."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from shangliang.matters import audit, drafts, journal, numbers, versions
from shangliang.matters.flow import move
from shangliang.matters.models import Draft, Entry, Receipt
from shangliang.matters.refusals import Stale
from shangliang.proposals.models import Proposal
from tests import world as county
from tests.browsing import Browser, browser
from tests.faults.stages import preliminary
from tests.faults.together import all_at_once
from tests.world import SPRING, World, proposal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: Any) -> World:
    return county.build()


def step(pk: int, name: str, by: Any, note: str = "") -> str:
    move(Proposal.objects.get(pk=pk), name, by=by, at=SPRING, note=note)
    return name


@pytest.mark.parametrize("hands", [2, 6])
def test_of_two_decisions_at_once_one_counts(world: World, hands: int) -> None:
    for _ in range(3):
        paper = preliminary(world)
        filing = partial(step, paper.pk, "file", world.he)
        returning = partial(step, paper.pk, "return", world.he, "请补充数据。")
        results = all_at_once([filing, returning] * (hands // 2))

        won = [result for result in results if isinstance(result, str)]
        lost = [result for result in results if isinstance(result, Stale)]
        assert (len(won), len(lost)) == (1, hands - 1), results
        paper.refresh_from_db()
        assert paper.state == {"file": "filed", "return": "returned"}[won[0]]
        assert paper.entries.filter(verb__in=("file", "return")).count() == 1
    assert audit.verify().fault is None


def test_writers_of_the_journal_queue_up(world: World) -> None:
    def write(n: int) -> None:
        with transaction.atomic():
            journal.write("export", by=None, at=SPRING, data={"n": n})

    results = all_at_once([partial(write, n) for n in range(20)])
    assert results == [None] * 20
    assert list(Entry.objects.values_list("id", flat=True)) == list(range(1, 21))
    assert audit.verify().fault is None


def test_numbers_drawn_at_once_have_no_gap_and_no_twin(world: World) -> None:
    def draw() -> int:
        with transaction.atomic():
            return numbers.draw(world.county, "letters:2026")

    assert sorted(all_at_once([draw] * 12)) == list(range(1, 13))


def test_of_two_editors_one_saves_and_the_other_is_told(world: World) -> None:
    paper = proposal(world)
    results = all_at_once(
        [
            partial(versions.write, Proposal.objects.get(pk=paper.pk), 1, title=f"第{n}份")
            for n in range(4)
        ]
    )
    assert Counter(type(result) for result in results) == {Proposal: 1, Stale: 3}
    winner = next(result for result in results if isinstance(result, Proposal))
    paper.refresh_from_db()
    assert (paper.title, paper.version) == (winner.title, 2)


def test_writing_and_deciding_at_once_wait_for_each_other_in_one_order(world: World) -> None:
    """An edit locks its row, a step the journal; taken in different orders they would lock up."""
    for _ in range(5):
        paper = proposal(world)

        def edit(n: int, pk: int) -> str:
            with transaction.atomic():
                found = Proposal.objects.get(pk=pk)
                versions.write(found, found.version, title=f"第{n}份")
                journal.write("rewrite_text", by=world.lin, at=SPRING, matter=found)
            return "edited"

        acts = [partial(edit, n, paper.pk) for n in range(3)]
        acts += [partial(step, paper.pk, "withdraw", world.lin, "重复。")] * 3
        results = all_at_once(acts)
        assert {type(result) for result in results} <= {str, Stale}, results
        assert results.count("withdraw") == 1
        paper.refresh_from_db()
        assert (paper.state, paper.version) == ("withdrawn", 2 + results.count("edited"))


def test_two_devices_begin_a_draft_in_the_same_moment(world: World) -> None:
    def save(n: int) -> bool:
        said = drafts.save_seen(
            world.lin, "f", {"t": f"第{n}份"}, at=SPRING, seen=0, hand=f"hand{n}"
        )
        return said[1] is None

    results = all_at_once([partial(save, n) for n in range(4)])
    assert Counter(results) == {True: 1, False: 3}
    assert {draft.data["t"] for draft in Draft.objects.all()} == {f"第{n}份" for n in range(4)}


@pytest.mark.slow
def test_fifty_identical_forms_at_once_do_one_thing(world: World) -> None:
    paper, key = proposal(world), "8c9f1f66-1f60-4f0b-9a55-3a1f5f6b7c8d"
    opened = [browser(world.lin) for _ in range(50)]

    def press(one: Browser) -> tuple[int, str]:
        answer = one.post(f"/matters/{paper.pk}/withdraw/", {"note": "重复。"}, key=key)
        return answer.status_code, answer.headers.get("Location", "")

    answers = all_at_once([partial(press, one) for one in opened])

    assert Counter(answers) == {(302, paper.get_absolute_url()): 50}
    assert paper.entries.filter(verb="withdraw").count() == 1
    assert Receipt.objects.count() == 1
    assert audit.verify().fault is None


@pytest.mark.slow
def test_fifty_new_papers_with_one_key_are_one_paper(world: World) -> None:
    key = "8c9f1f66-1f60-4f0b-9a55-3a1f5f6b7c8e"
    text = {
        "capacity": "individual", "title": "关于设立社区养老食堂的建议", "situation": "全县有老人。",
        "analysis": "做饭难。", "ask": ["办食堂。"], "not_secret": "on", "save": "1",
    }  # fmt: skip
    opened = [browser(world.lin) for _ in range(50)]

    def press(one: Browser) -> str:
        return str(one.post("/proposals/new/", text, key=key).headers.get("Location"))

    answers = all_at_once([partial(press, one) for one in opened])
    paper = Proposal.objects.get()
    assert set(answers) == {f"/proposals/{paper.pk}/edit/"}
