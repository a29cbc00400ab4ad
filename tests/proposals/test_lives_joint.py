"""Proposals signed by several: asked, agreed by one tap, declined, rewritten, out of time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from shangliang.matters import notices, rights
from shangliang.matters.flow import move, todo
from shangliang.matters.refusals import NotAllowed, NotReady, Stale
from shangliang.people.models import Person
from shangliang.proposals import actions
from shangliang.proposals.models import Proposal
from tests.browsing import browser, post
from tests.world import SPRING, World, proposal, walk

REVIEWED = {"category": "social", "proposed": "file"}


def invited(world: World, *people: Person) -> Proposal:
    """Lin Xiao's paper on lifts, sent to colleagues to be signed."""
    lift = proposal(world, type="joint", begun_at=SPRING)
    actions.ask_to_cosign(lift, people, by=world.lin, at=SPRING)
    walk(lift, (world.lin, "invite"))
    return lift


def sees(person: Person, lift: Proposal, day: date | None = None) -> bool:
    shown = rights.visible(person, day or SPRING.date())
    return Proposal.objects.filter(shown, pk=lift.pk).exists()


def names(lift: Proposal, role: str) -> list[str]:
    return [str(part) for part in lift.parts.filter(role=role).select_related("person")]


def test_two_colleagues_agree_and_stand_behind_the_first(world: World) -> None:
    lift = invited(world, world.zhou, world.gao_xiang)
    assert lift.cosign_until == date(2026, 3, 16)
    assert not sees(world.chen, lift)
    walk(lift, (world.gao_xiang, "cosign"), (world.zhou, "cosign"), (world.lin, "submit"))

    assert [str(who) for who in lift.people("author", "cosigner")] == ["林晓", "高翔", "周敏"]
    assert not lift.deadlines.open().filter(name="cosign").exists()
    walk(lift, (world.chen, "review", REVIEWED), (world.he, "file"))
    for signer in (world.lin, world.zhou, world.gao_xiang):
        assert "已立案" in notices.alive(signer).latest("pk").sentence


def test_zhou_min_agrees_by_one_tap(world: World) -> None:
    lift = invited(world, world.zhou)
    hers = browser(world.zhou)
    assert "看一看" in hers.get("/").content.decode()
    assert "同意联名" in hers.get(lift.get_absolute_url()).content.decode()

    answer = post(hers, reverse("move", args=[lift.pk, "cosign"]))
    assert answer.status_code == 302
    assert names(lift, "cosigner") == ["周敏"]
    assert "看一看" not in hers.get("/").content.decode()


def test_who_has_answered_is_asked_no_more(world: World) -> None:
    lift = invited(world, world.zhou, world.gao_xiang)
    walk(lift, (world.zhou, "cosign"), (world.gao_xiang, "decline"))
    for person in (world.zhou, world.gao_xiang):
        assert not notices.unread(person).filter(asks=True).exists()
        assert not todo(person, SPRING.date()).filter(pk=lift.pk).exists()
    with pytest.raises(NotAllowed, match="只有受邀联名人"):
        move(lift, "cosign", by=world.zhou, at=SPRING)


def test_gao_xiang_does_not_take_part_and_knows_of_it_no_longer(world: World) -> None:
    lift = invited(world, world.zhou, world.gao_xiang)
    walk(lift, (world.zhou, "cosign"), (world.gao_xiang, "decline"))
    assert names(lift, "cosigner") == ["周敏"]
    assert names(lift, "declined") == ["高翔"]
    assert not sees(world.gao_xiang, lift)
    said = [notice.sentence for notice in notices.alive(world.lin).order_by("pk")]
    assert said == [
        "周敏同意联名《关于加快老旧小区加装电梯的建议》。",
        "高翔未参加联名《关于加快老旧小区加装电梯的建议》。",
    ]
    walk(lift, (world.lin, "submit"))
    assert lift.state == "submitted"


def test_a_changed_text_is_signed_anew(world: World) -> None:
    lift = invited(world, world.zhou)
    walk(lift, (world.zhou, "cosign"), (world.lin, "rewrite"))
    assert (lift.state, names(lift, "cosigner"), names(lift, "invited")) == ("draft", [], ["周敏"])
    assert lift.deadlines.get(name="cosign").dropped_at

    later = SPRING + timedelta(days=7)
    lift.refresh_from_db()
    actions.rewrite(
        lift, version=lift.version, by=world.lin, at=later,
        fields={"title": "关于简化老旧小区加装电梯审批的建议"}, asks=["五个窗口并为一窗。"],
    )  # fmt: skip
    walk(lift, (world.lin, "invite"), at=later)
    assert lift.cosign_until == date(2026, 3, 23)
    with pytest.raises(NotReady, match="现有 0 位"):
        move(lift, "submit", by=world.lin, at=later)
    walk(lift, (world.zhou, "cosign"), (world.lin, "submit"), at=later)
    assert names(lift, "cosigner") == ["周敏"]


def test_while_signatures_are_collected_the_text_stays_as_it_is(world: World) -> None:
    lift = invited(world, world.zhou)
    with pytest.raises(NotAllowed, match="现为“征集联名”，不能修改内容"):
        actions.rewrite(lift, version=lift.version, by=world.lin, at=SPRING,
                        fields={"title": "关于别的事的建议"}, asks=["别的。"])  # fmt: skip


def test_who_is_silent_is_waited_for_until_the_date_and_not_beyond(world: World) -> None:
    lift = invited(world, world.zhou, world.gao_xiang)
    walk(lift, (world.zhou, "cosign"))
    last = SPRING.replace(day=16, hour=18)
    with pytest.raises(NotReady, match="高翔还没有答复，请等到 3 月 16 日"):
        move(lift, "submit", by=world.lin, at=last)

    walk(lift, (world.lin, "submit"), at=last + timedelta(days=1))
    assert names(lift, "declined") == ["高翔"]
    assert not sees(world.gao_xiang, lift, date(2026, 3, 17))
    with pytest.raises(Stale, match="现为“待初审”"):
        move(lift, "cosign", by=world.gao_xiang, at=last + timedelta(days=1))


def test_nobody_signed_before_the_date_and_she_goes_alone(world: World) -> None:
    lift = invited(world, world.zhou)
    later = SPRING + timedelta(days=30)
    with pytest.raises(NotReady, match="至少要有 1 位委员同意联名"):
        move(lift, "submit", by=world.lin, at=later)

    walk(lift, (world.lin, "rewrite"), at=later)
    lift.refresh_from_db()
    actions.rewrite(lift, version=lift.version, by=world.lin, at=later,
                    fields={"type": "individual"}, asks=["五个窗口并为一窗。"])  # fmt: skip
    walk(lift, (world.lin, "submit"), at=later)
    assert lift.state == "submitted"
    assert not sees(world.zhou, lift, later.date())


def test_an_invitation_taken_back_is_waited_for_by_nobody(world: World) -> None:
    lift = invited(world, world.zhou, world.gao_xiang)
    walk(lift, (world.zhou, "cosign"))
    actions.ask_to_cosign(lift, [world.zhou], by=world.lin, at=SPRING)

    assert not sees(world.gao_xiang, lift)
    assert not notices.unread(world.gao_xiang).exists()
    walk(lift, (world.lin, "submit"))
    assert names(lift, "cosigner") == ["周敏"]


def test_who_declined_may_be_asked_again(world: World) -> None:
    lift = invited(world, world.zhou, world.gao_xiang)
    walk(lift, (world.gao_xiang, "decline"))
    actions.ask_to_cosign(lift, [world.zhou], by=world.lin, at=SPRING)
    actions.ask_to_cosign(lift, [world.zhou, world.gao_xiang], by=world.lin, at=SPRING)
    walk(lift, (world.gao_xiang, "cosign"), (world.zhou, "cosign"), (world.lin, "submit"))
    assert names(lift, "cosigner") == ["高翔", "周敏"]
