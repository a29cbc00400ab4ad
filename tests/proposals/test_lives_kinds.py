"""Proposals of bodies, and those a clerk types for a member."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from shangliang.matters import notices, rights
from shangliang.matters.flow import move, todo
from shangliang.matters.models import Notice
from shangliang.matters.refusals import NotAllowed, NotReady
from shangliang.people.models import Organisation, Person, Seat
from shangliang.proposals import actions
from shangliang.proposals.models import Proposal
from tests.browsing import browser
from tests.faults import stages
from tests.proposals.test_life import PLEASED, plan, to_replied
from tests.world import SHANGHAI, SPRING, World, body, seated, walk

REVIEWED = {"category": "social", "proposed": "file"}
SIGNED = {"handler": "高远", "leader_in_charge": "梁静"}
IN_SESSION = datetime(2026, 1, 21, 10, tzinfo=SHANGHAI)
TEXT = {
    "title": "关于乡镇小学开设科学课的建议", "not_secret": True, "may_publish": True,
    "situation": "全县 41 所乡镇小学只有 9 所有专职科学教师。",
    "analysis": "编制按班额核定，小校配不到专职教师，实验器材闲置。",
}  # fmt: skip
BODIES = {
    "sector": "教育界", "group": "第三小组", "liaison_group": "城关镇联络组",
    "party": "民盟云岭县支部", "people_org": "云岭县总工会", "special_committee": "教科卫体委员会",
}  # fmt: skip
TYPES = {
    "sector": "sector", "group": "group", "liaison_group": "group", "party": "party",
    "people_org": "organisation", "special_committee": "special_committee",
}  # fmt: skip


def convened(world: World, kind: str) -> tuple[Organisation, Person]:
    """A body of this kind, and who speaks for it, seated as the set-up page seats people."""
    found = body(world.county, kind, f"{BODIES[kind]}（新）")
    su = seated(world, "su", "苏蕾", "13800000051", ("member", world.county))
    seat = Seat(person=su, organisation=found, duty="convener", since="2022-01-10",
                confirmed_at=SPRING)  # fmt: skip
    seat.full_clean()
    seat.save()
    return found, su


def written(world: World, author: Organisation, by: Person, kind: str, at: Any) -> Proposal:
    return actions.start(
        world.county, author=author, by=by, at=at, fields=TEXT | {"type": TYPES[kind]},
        asks=["按乡镇片区配备走教的科学教师。", "三年内配齐实验器材。"],
    )  # fmt: skip


@pytest.mark.parametrize("kind", BODIES)
def test_a_body_speaks_through_its_convener_from_first_to_last(world: World, kind: str) -> None:
    author, su = convened(world, kind)
    paper = written(world, author, su, kind, IN_SESSION)
    assert list(todo(su, IN_SESSION.date())) == [paper.matter_ptr]
    walk(paper, (su, "submit"), (world.chen, "review", REVIEWED), (world.he, "file"), at=IN_SESSION)
    assert paper.is_collective
    assert str(paper.people("author")[0]) == str(author)

    plan(world, paper)
    walk(paper, (world.chen, "plan"), (world.tang, "assign"), (world.gao, "sign_for", SIGNED))
    to_replied(world, paper)
    walk(paper, (su, "rate", PLEASED), (world.chen, "close"))
    assert paper.state == "closed"
    assert paper.ratings.get().person == su


@pytest.mark.parametrize("kind", BODIES)
def test_the_page_offers_to_write_for_the_body_she_convenes(world: World, kind: str) -> None:
    author, su = convened(world, kind)
    page = browser(su).get("/proposals/new/").content.decode()
    assert f"提案（{author}）" in page
    assert f"提案（{author}）" not in browser(world.lin).get("/proposals/new/").content.decode()


def test_a_member_of_a_sector_does_not_speak_for_it(world: World) -> None:
    author, su = convened(world, "sector")
    paper = written(world, author, su, "sector", SPRING)
    member = seated(world, "bai", "白鹭", "13800000052", ("member", author))
    for row in ("submit", "withdraw"):
        with pytest.raises(NotAllowed, match="只有第一提案人"):
            move(paper, row, by=member, at=SPRING, note="改日再提。")
    assert not Proposal.objects.filter(rights.visible(member, SPRING.date())).exists()


def test_a_group_speaks_during_the_session_only_and_a_sector_at_any_time(world: World) -> None:
    author, su = convened(world, "group")
    paper = written(world, author, su, "group", SPRING)
    with pytest.raises(NotReady, match="小组提案只在全体会议期间受理"):
        move(paper, "submit", by=su, at=SPRING)

    sector = written(world, world.sector, world.gao_xiang, "sector", SPRING)
    walk(sector, (world.gao_xiang, "submit"))
    assert sector.state == "submitted"
    assert not sector.is_session


def test_a_new_convener_takes_over_what_the_old_one_began(world: World) -> None:
    author, su = convened(world, "sector")
    paper = written(world, author, su, "sector", SPRING)
    su.seats.filter(duty="convener").update(until=SPRING.date())
    tomorrow = SPRING.replace(day=3)
    bai = seated(world, "bai", "白鹭", "13800000052", ("convener", author))

    with pytest.raises(NotAllowed):
        move(paper, "submit", by=su, at=tomorrow)
    walk(paper, (bai, "submit"), at=tomorrow)
    assert paper.entries.get(verb="submit").by == bai


# ── typed by a clerk for a member ───────────────────────────────────────────


def typed(world: World) -> Proposal:
    """Lin Xiao has dictated; Chen Li has typed, and asks her to look."""
    paper = actions.start(
        world.county, author=world.lin, by=world.chen, at=SPRING,
        fields=TEXT | {"type": "individual"}, asks=["三年内配齐实验器材。"],
    )  # fmt: skip
    walk(paper, (world.chen, "present"))
    return paper


def test_lin_xiao_confirms_what_was_typed_for_her(world: World) -> None:
    paper = typed(world)
    assert notices.unread(world.lin).get().sentence.startswith("工作人员代您录入了提案")
    assert todo(world.lin, SPRING.date()).filter(pk=paper.pk).exists()
    with pytest.raises(NotAllowed, match="只有第一提案人"):
        move(paper, "confirm", by=world.chen, at=SPRING)

    walk(paper, (world.lin, "confirm"))
    assert (paper.state, paper.visibility) == ("submitted", "handlers")
    assert "林晓已确认提案" in notices.alive(world.chen).latest("pk").sentence
    assert not paper.deadlines.open().filter(name="confirm").exists()


def test_she_mends_it_before_she_confirms(world: World) -> None:
    paper = typed(world)
    paper.refresh_from_db()
    actions.rewrite(paper, version=paper.version, by=world.lin, at=SPRING,
                    fields={"situation": "全县 41 所乡镇小学只有 8 所有专职科学教师。"},
                    asks=["三年内配齐实验器材。"])  # fmt: skip
    walk(paper, (world.lin, "confirm"))
    assert "8 所" in Proposal.objects.get(pk=paper.pk).situation
    assert list(paper.entries.order_by("id").values_list("verb", flat=True)) == [
        "begin", "present", "rewrite_text", "confirm",
    ]  # fmt: skip


def test_it_is_not_hers_and_ends_there(world: World) -> None:
    paper = typed(world)
    walk(paper, (world.lin, "disown", "我没有提过这件事。"))
    assert (paper.state, paper.is_open, paper.visibility) == ("withdrawn", False, "private")
    assert not paper.deadlines.open().exists()
    told = Notice.objects.filter(entry__verb="disown")
    assert [(n.person.name, n.sentence) for n in told] == [
        ("陈立", "林晓没有确认代录的《关于乡镇小学开设科学课的建议》：我没有提过这件事。")
    ]
    others = Proposal.objects.filter(rights.visible(world.he, SPRING.date()))
    assert not others.exists()


def test_a_clerk_does_not_present_what_a_member_wrote_herself(world: World) -> None:
    with pytest.raises(NotAllowed, match="只有代录人"):
        move(stages.proposal(world), "present", by=world.chen, at=SPRING)
