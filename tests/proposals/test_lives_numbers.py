"""Session or ordinary, series by series, term by term."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from shangliang.people.models import Session, Term
from shangliang.proposals.models import Proposal, Reply
from tests.faults import stages
from tests.faults.stages import REVIEWED
from tests.world import SHANGHAI, SPRING, World, proposal, walk

CUT_OFF = datetime(2026, 1, 22, 18, tzinfo=SHANGHAI)


def filed(world: World, begun: datetime, title: str = "关于第一件事的建议") -> Proposal:
    paper = proposal(world, title=title, at=begun, begun_at=begun)
    later = begun + timedelta(hours=1)
    walk(
        paper, (world.lin, "submit"), (world.chen, "review", REVIEWED), (world.he, "file"), at=later
    )
    return paper


@pytest.mark.parametrize(
    ("begun", "number"),
    [
        (datetime(2025, 10, 20, 0, 0, tzinfo=SHANGHAI), "第五届五次会议第0001号"),
        (CUT_OFF, "第五届五次会议第0001号"),
        (CUT_OFF + timedelta(minutes=1), "第五届五次会议第平0001号"),
        (SPRING, "第五届五次会议第平0001号"),
    ],
    ids=["the first day", "the last minute", "a minute late", "in spring"],
)
def test_what_was_begun_in_the_window_is_a_session_proposal(
    world: World, begun: datetime, number: str
) -> None:
    assert filed(world, begun).number == number


def test_the_day_before_the_window_belongs_to_the_session_before(world: World) -> None:
    Session.objects.create(term=world.term, number=4, opens_on=date(2025, 1, 14),
                           closes_on=date(2025, 1, 17),
                           cutoff_at=datetime(2025, 1, 16, 18, tzinfo=SHANGHAI))  # fmt: skip
    late = datetime(2025, 10, 19, 23, 30, tzinfo=SHANGHAI)
    paper = proposal(world, at=late, begun_at=late)
    walk(paper, (world.lin, "submit"), at=late)
    walk(paper, (world.chen, "review", REVIEWED), (world.he, "file"), at=SPRING)
    assert paper.number == "第五届四次会议第平0001号"


def test_each_series_counts_for_itself_without_gaps(world: World) -> None:
    begun = [CUT_OFF, SPRING, CUT_OFF, SPRING, CUT_OFF]
    numbers = [filed(world, at, f"关于第{n}件事的建议").number for n, at in enumerate(begun)]
    assert [number[-5:-1] for number in numbers] == ["0001", "0001", "0002", "0002", "0003"]
    assert len(set(numbers)) == 5


def test_a_new_term_counts_from_one_and_leaves_the_old_numbers_alone(world: World) -> None:
    old = filed(world, SPRING)
    sixth = Term.objects.create(organisation=world.county, number=6, since=date(2027, 1, 10))
    Session.objects.create(term=sixth, number=1, opens_on=date(2027, 1, 11),
                           closes_on=date(2027, 1, 14),
                           cutoff_at=datetime(2027, 1, 13, 18, tzinfo=SHANGHAI))  # fmt: skip
    new = filed(world, datetime(2027, 1, 12, 10, tzinfo=SHANGHAI))
    ordinary = filed(world, datetime(2027, 3, 1, 10, tzinfo=SHANGHAI))

    assert new.number == "第六届一次会议第0001号"
    assert ordinary.number == "第六届一次会议第平0001号"
    assert (new.term, ordinary.term) == (sixth, sixth)
    old.refresh_from_db()
    assert (old.number, old.term) == ("第五届五次会议第平0001号", world.term)


def test_a_paper_of_the_old_term_is_handled_to_its_end_in_the_new(world: World) -> None:
    lift = stages.handling(world)
    Term.objects.create(organisation=world.county, number=6, since=date(2026, 4, 1))
    Term.objects.filter(pk=world.term.pk).update(until=date(2026, 3, 31))
    world.lin.seats.update(until=date(2026, 3, 31), ended_how="term")
    Reply.objects.create(proposal=lift, unit=world.housing, result="B", publicity="full")
    for ask in lift.asks.all():
        lift.replies.get().answers.create(ask=ask, text="已经列入计划。")
    may = SPRING + timedelta(days=60)
    walk(
        lift,
        (world.gao, "log", stages.TALK),
        (world.gao, "send_up"),
        (world.liang, "issue"),
        at=may,
    )
    walk(lift, (world.lin, "rate", stages.CROSS | {"effect": "basically"}), (world.chen, "close"),
         at=may)  # fmt: skip
    assert (lift.state, lift.term) == ("closed", world.term)
