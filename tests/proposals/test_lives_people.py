"""People come and go while a paper is on its way; nothing is lost and nobody acts for another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shangliang.matters import audit, rights, tick
from shangliang.matters.flow import holders, move, todo
from shangliang.matters.refusals import NotAllowed, NotReady
from shangliang.people import accounts, affected, seating
from shangliang.people.affected import Ended
from shangliang.people.models import Person, Seat
from shangliang.people.record import Pen
from shangliang.people.seating import Ending
from shangliang.proposals.models import Proposal
from tests.faults import stages
from tests.faults.stages import SIGNED
from tests.proposals.test_life import PLEASED, TALK, draft_reply
from tests.world import SPRING, World, seated, walk

LAST_DAY = SPRING.date()
NEXT = SPRING + timedelta(days=1)


def leaves(world: World, person: Person, *, how: str = "resigned", close: bool = False) -> None:
    """Her seats end with the paper that says so, as the administrator writes it down."""
    ending = Ending(LAST_DAY, how, "云政协〔2026〕7号", "主席会议", close_account=close)
    pen = Pen(world.sys, SPRING, "系统管理员")
    assert seating.end(list(person.seats.all()), ending, world.county, pen)
    person.refresh_from_db()


def desk(person: Person, day: date | None = None) -> list[str]:
    found = todo(person, day or NEXT.date())
    return list(found.order_by("pk").values_list("state", flat=True))


def sees(person: Person, paper: Proposal) -> bool:
    return Proposal.objects.filter(rights.visible(person, NEXT.date()), pk=paper.pk).exists()


def test_the_administrator_hears_what_it_leaves_open_in_numbers_only(world: World) -> None:
    lift = stages.handling(world)
    stages.submitted(world)
    said = affected.what_it_touches(Ended(seats=list(world.lin.seats.all())))
    assert said == ["林晓是 2 件未办结事项的第一提案人。"]
    said = affected.what_it_touches(Ended(seats=list(world.gao.seats.all())))
    assert said == ["县住建局有 1 件未办结事项，离任后没有承办单位经办人。请尽快补上。"]
    assert lift.title not in "".join(said)


def test_a_member_who_resigned_still_judges_the_answer_to_her_proposal(world: World) -> None:
    lift = stages.replied(world)
    leaves(world, world.lin)
    assert sees(world.lin, lift)
    assert desk(world.lin) == ["replied"]
    walk(lift, (world.lin, "rate", PLEASED), (world.chen, "close"), at=NEXT)
    assert lift.ratings.get().person == world.lin


def test_who_resigned_submits_nothing_any_more_but_may_take_it_back(world: World) -> None:
    lift = stages.submitted(world)
    walk(lift, (world.chen, "return", "请补充。"))
    leaves(world, world.lin)
    with pytest.raises(NotReady, match="只有本届在任委员可以提出提案。"):
        move(lift, "submit", by=world.lin, at=NEXT)
    walk(lift, (world.lin, "withdraw", "已不再担任委员。"), at=NEXT)
    assert lift.state == "withdrawn"


def test_on_her_last_day_she_is_still_a_member(world: World) -> None:
    lift = stages.proposal(world)
    leaves(world, world.lin)
    walk(lift, (world.lin, "submit"), at=SPRING)
    assert lift.state == "submitted"


def test_an_account_that_was_closed_answers_nothing_and_the_calendar_goes_on(world: World) -> None:
    lift = stages.replied(world)
    leaves(world, world.lin, how="died", close=True)
    assert not world.lin.is_active
    assert desk(world.lin) == []
    with pytest.raises(NotAllowed):
        move(lift, "rate", by=world.lin, at=NEXT, data=PLEASED)

    tick.lapse(SPRING + timedelta(days=40))
    lift = Proposal.objects.get(pk=lift.pk)
    assert lift.state == "no_feedback"
    assert desk(world.chen) == ["no_feedback"]
    walk(lift, (world.chen, "close"), at=SPRING + timedelta(days=41))
    assert lift.state == "closed"


def test_a_cosigner_who_left_stays_among_the_names(world: World) -> None:
    lift = stages.cosigning(world)
    walk(lift, (world.zhou, "cosign"), (world.lin, "submit"))
    leaves(world, world.zhou)
    assert [str(who) for who in lift.people("author", "cosigner")] == ["林晓", "周敏"]
    assert sees(world.zhou, lift)


def test_an_invited_colleague_who_left_signs_no_more(world: World) -> None:
    lift = stages.cosigning(world)
    leaves(world, world.zhou, how="transferred")
    with pytest.raises(NotReady, match="只有本届在任委员可以联名。"):
        move(lift, "cosign", by=world.zhou, at=NEXT)
    walk(lift, (world.zhou, "decline"), at=NEXT)
    assert lift.parts.get(person=world.zhou).role == "declined"


# ── the unit's clerk is replaced ────────────────────────────────────────────


def successor(world: World) -> Person:
    """Ma Li takes Gao Yuan's desk: proposed by one, confirmed by another."""
    leaves(world, world.gao, how="transferred")
    ma = seated(world, "ma", "马丽", "13800000061")
    seat = Seat(person=ma, organisation=world.housing, duty="unit_clerk", since=NEXT.date())
    seating.propose(seat, Pen(world.sys, SPRING))
    assert desk(ma) == []  # proposed is not confirmed
    seating.confirm(seat, Pen(world.sec, SPRING))
    return ma


def test_the_new_clerk_finds_the_paper_and_the_half_written_letter(world: World) -> None:
    lift = stages.handling(world)
    draft_reply(world, lift, answered=2)
    ma = successor(world)

    assert desk(ma) == ["handling"]
    assert desk(world.gao) == []
    assert not sees(world.gao, lift)
    with pytest.raises(NotAllowed, match="只有主办单位"):
        move(lift, "log", by=world.gao, at=NEXT, data=TALK)

    reply, last = lift.current_reply(), lift.asks.last()
    assert reply is not None
    reply.answers.create(ask=last, text="补助办法年内出台。")
    walk(lift, (ma, "log", TALK), (ma, "send_up"), (world.liang, "issue"), at=NEXT)
    assert lift.state == "replied"
    assert [entry.by.name for entry in lift.entries.filter(verb__in=("sign_for", "log"))] == [
        "高远", "马丽",
    ]  # fmt: skip
    assert audit.verify().fault is None


def test_a_unit_without_a_clerk_is_reached_through_its_leader(world: World) -> None:
    lift = stages.assigned(world)
    leaves(world, world.gao)
    assert desk(world.liang) == ["assigned"]
    assert holders(lift) == "县住建局"
    walk(lift, (world.liang, "sign_for", SIGNED), (world.liang, "log", TALK), at=NEXT)
    with pytest.raises(NotAllowed, match="只有主办单位经办人可以办理“送审”"):
        move(lift, "send_up", by=world.liang, at=NEXT)


def test_the_office_changes_hands_with_everything_that_waits_there(world: World) -> None:
    stages.submitted(world)
    stages.filed(world)
    fang = seated(world, "fang", "方敏", "13800000062", ("proposal_office", world.proposal_office))
    assert desk(fang) == desk(world.chen) == ["submitted", "filed"]
    leaves(world, world.chen)
    assert desk(fang) == ["submitted", "filed"]
    assert desk(world.chen) == []
    assert not sees(world.chen, Proposal.objects.earliest("pk"))


def test_an_administrators_account_is_not_closed_by_one_hand(world: World) -> None:
    pen = Pen(world.sys, SPRING, "系统管理员")
    assert not accounts.close(world.aud, world.county, pen)
    world.aud.refresh_from_db()
    assert world.aud.is_active
