"""Whole lives of proposals, with the dates and the sentences people see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shangliang.matters.flow import move
from shangliang.matters.models import Notice, Part
from shangliang.matters.refusals import NotAllowed, NotReady, Stale
from shangliang.proposals.models import Answer, Proposal, Reply
from tests.world import SPRING, World, proposal, walk

TALK = {
    "held_on": "2026-03-02",
    "form": "visit",
    "participants": "高远、林晓",
    "proposer_view": "赞成。",
}
PLEASED = {"attitude": "satisfied", "effect": "basically"}
CROSS = {"attitude": "satisfied", "effect": "dissatisfied"}


def plan(world: World, lift: Proposal) -> None:
    Part.objects.create(matter=lift, role="planned_lead", unit=world.housing, since=SPRING)


def draft_reply(world: World, lift: Proposal, *, answered: int = 3) -> Reply:
    reply = Reply.objects.create(
        proposal=lift, unit=world.housing, round=lift.round, result="B", publicity="full"
    )
    for ask in lift.asks.all()[:answered]:
        Answer.objects.create(reply=reply, ask=ask, text=f"已经列入计划：{ask.text}")
    return reply


def to_handling(world: World, lift: Proposal) -> None:
    walk(
        lift,
        (world.lin, "submit"),
        (world.chen, "review", {"category": "social", "proposed": "file"}),
        (world.he, "file"),
    )
    plan(world, lift)
    walk(
        lift,
        (world.chen, "plan"),
        (world.tang, "assign"),
        (world.gao, "sign_for", {"handler": "高远", "leader_in_charge": "梁静"}),
    )


def to_replied(world: World, lift: Proposal) -> None:
    draft_reply(world, lift)
    walk(lift, (world.gao, "log", TALK), (world.gao, "send_up"), (world.liang, "issue"))


def test_a_proposal_travels_from_a_blank_page_to_a_closed_case(world: World) -> None:
    lift = proposal(world)
    to_handling(world, lift)
    to_replied(world, lift)
    walk(lift, (world.lin, "rate", PLEASED), (world.chen, "close"))

    lift.refresh_from_db()
    assert lift.state == "closed"
    assert not lift.is_open
    assert lift.number == "第五届五次会议第平0001号"
    assert not lift.deadlines.open().exists()


def test_only_the_committee_files(world: World) -> None:
    lift = proposal(world)
    walk(
        lift,
        (world.lin, "submit"),
        (world.chen, "review", {"category": "social", "proposed": "file"}),
    )

    with pytest.raises(NotAllowed, match="只有提案委可以办理“立案”"):
        move(lift, "file", by=world.chen, at=SPRING)


def test_the_slower_of_two_reviewers_is_told(world: World) -> None:
    lift = proposal(world)
    walk(
        lift,
        (world.lin, "submit"),
        (world.chen, "review", {"category": "social", "proposed": "file"}),
    )
    mine, yours = Proposal.objects.get(), Proposal.objects.get()

    move(mine, "file", by=world.he, at=SPRING)
    with pytest.raises(Stale, match="刚刚已由他人处理"):
        move(yours, "return", by=world.he, at=SPRING, note="请补充数据。")


def test_a_reply_that_leaves_an_ask_open_is_not_sent_up(world: World) -> None:
    lift = proposal(world)
    to_handling(world, lift)
    draft_reply(world, lift, answered=1)
    walk(lift, (world.gao, "log", TALK))

    with pytest.raises(NotReady, match="第二、三项建议还没有回应"):
        move(lift, "send_up", by=world.gao, at=SPRING)


def test_a_dissatisfied_proposer_is_answered_again_before_the_case_closes(world: World) -> None:
    lift = proposal(world)
    to_handling(world, lift)
    to_replied(world, lift)
    walk(lift, (world.lin, "rate", CROSS))
    with pytest.raises(NotReady, match="请先要求重新办理"):
        move(lift, "close", by=world.chen, at=SPRING)

    later = SPRING + timedelta(days=30)
    walk(lift, (world.chen, "rehandle", "没有说明补助标准。"), at=later)
    assert lift.state == "handling"
    assert lift.round == 2
    assert lift.deadlines.open().get(name="rehandle").due_on.month == 7


def test_the_office_hears_nothing_of_a_draft_withdrawn_before_it_came(world: World) -> None:
    lift = proposal(world)
    walk(lift, (world.lin, "withdraw", "改由联名提出。"))
    assert not Notice.objects.filter(matter=lift).exists()

    sent = proposal(world)
    walk(sent, (world.lin, "submit"), (world.lin, "withdraw", "改由联名提出。"))
    told = Notice.objects.filter(matter=sent, sentence__contains="撤回").values_list("person__name")
    assert list(told) == [("陈立",)]
