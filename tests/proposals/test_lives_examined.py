"""Examination: sent back and sent again, looked at twice, refused with a ground, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from shangliang.matters import notices, rights
from shangliang.matters.flow import move, todo
from shangliang.matters.models import Notice
from shangliang.matters.refusals import NotReady
from shangliang.proposals.models import Proposal
from tests.faults import stages
from tests.faults.stages import REVIEWED
from tests.world import SPRING, World, proposal, walk

REFUSED = {"ground": "empty", "disposition": "to_letter", "opinion": "没有具体建议。"}


def running(paper: Proposal) -> dict[str, date]:
    return dict(paper.deadlines.open().values_list("name", "due_on"))


def test_a_paper_sent_back_is_mended_and_sent_again(world: World) -> None:
    lift = stages.submitted(world)
    assert running(lift) == {"review": date(2026, 3, 16)}
    walk(lift, (world.chen, "return", "请补充近三年的数据。"))
    assert running(lift) == {"resubmit": date(2026, 3, 16)}
    assert notices.unread(world.lin).get().sentence.endswith("需要修改：请补充近三年的数据。")
    assert todo(world.lin, SPRING.date()).filter(pk=lift.pk).exists()

    later = SPRING + timedelta(days=8)
    walk(lift, (world.lin, "submit"), at=later)
    assert lift.state == "submitted"
    assert running(lift) == {"review": date(2026, 3, 24)}
    walk(lift, (world.chen, "review", REVIEWED), (world.he, "return", "与另一件合写。"), at=later)
    assert set(running(lift)) == {"resubmit"}
    walk(
        lift, (world.lin, "submit"), (world.chen, "review", REVIEWED), (world.he, "file"), at=later
    )
    assert lift.number == "第五届五次会议第平0001号"


def test_the_second_review_may_decide_otherwise(world: World) -> None:
    doubted = stages.submitted(world)
    walk(doubted, (world.chen, "review", {"category": "social", "proposed": "not_file"} | REFUSED),
         (world.he, "file"))  # fmt: skip
    assert doubted.state == "filed"

    praised = stages.preliminary(world)
    walk(praised, (world.he, "not_file", REFUSED))
    assert praised.state == "not_filed"


def test_not_filed_has_a_ground_a_way_on_and_no_number(world: World) -> None:
    lift = stages.preliminary(world)
    walk(lift, (world.he, "not_file", REFUSED))

    lift = Proposal.objects.get(pk=lift.pk)
    assert lift.filing.ground_label == "内容空泛、没有具体建议的"
    assert lift.filing.disposition_label == "转为委员来信"
    assert (lift.number, lift.is_open, lift.visibility) == ("", False, "handlers")
    assert running(lift) == {}
    said = notices.unread(world.lin).latest("pk").sentence
    assert said == f"《{lift.title}》未予立案，理由和后续处理请看详情。"
    assert not Proposal.objects.filter(rights.visible(world.zhou, SPRING.date())).exists()


def test_what_was_not_filed_uses_up_no_number(world: World) -> None:
    walk(stages.preliminary(world), (world.he, "not_file", REFUSED))
    lift = stages.preliminary(world)
    Proposal.objects.filter(pk=lift.pk).update(session=None)
    with pytest.raises(NotReady, match="还没有设置会议届次，请先在设置中补充后再立案。"):
        move(Proposal.objects.get(pk=lift.pk), "file", by=world.he, at=SPRING)

    Proposal.objects.filter(pk=lift.pk).update(session=world.session)
    lift = Proposal.objects.get(pk=lift.pk)
    walk(lift, (world.he, "file"))
    assert lift.sequence == 1


# ── withdrawn ───────────────────────────────────────────────────────────────

BEFORE: dict[str, Callable[[World], Proposal]] = {
    "draft": proposal, "cosigning": stages.cosigning, "unconfirmed": stages.unconfirmed,
    "submitted": stages.submitted, "preliminary": stages.preliminary, "filed": stages.filed,
    "planned": stages.planned,
}  # fmt: skip
AFTER = {
    "assigned": stages.assigned, "handling": stages.handling, "reply_check": stages.reply_check,
}  # fmt: skip
HEARS = {"draft": [], "cosigning": ["周敏"]}  # the office hears of what it has received


def returned(world: World) -> Proposal:
    paper = stages.submitted(world)
    walk(paper, (world.chen, "return", "请补充。"))
    return paper


@pytest.mark.parametrize("state", [*BEFORE, "returned"])
def test_she_takes_it_back_before_it_is_assigned(world: World, state: str) -> None:
    paper = BEFORE.get(state, returned)(world)
    assert paper.state == state
    walk(paper, (world.lin, "withdraw", "改由联名提出。"))

    assert (paper.state, paper.is_open) == ("withdrawn", False)
    assert running(paper) == {}
    told = Notice.objects.filter(entry__verb="withdraw", matter=paper)
    assert [n.person.name for n in told] == HEARS.get(state, ["陈立"])
    for person in (world.lin, world.chen, world.zhou, world.tang):
        assert not todo(person, SPRING.date()).exists()


@pytest.mark.parametrize("state", AFTER)
def test_afterwards_only_the_committee_lets_go_of_it(world: World, state: str) -> None:
    paper = AFTER[state](world)
    number = paper.number
    walk(paper, (world.he, "release", "提案人书面撤案：情况已经解决。"))

    assert (paper.state, paper.number) == ("withdrawn", number)
    assert running(paper) == {}
    told = set(Notice.objects.filter(entry__verb="release").values_list("person__name", flat=True))
    assert told == {"林晓", "高远", "梁静"}


def test_a_number_given_is_never_given_again(world: World) -> None:
    first = stages.filed(world)
    walk(first, (world.lin, "withdraw", "另有考虑。"))
    second = stages.filed(world)
    assert [paper.sequence for paper in (first, second)] == [1, 2]
