"""From the unit's desk to the end: redrafted, given more time, rated late, answered again, published."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from shangliang.matters import clocks, notices, tick
from shangliang.matters.flow import move, todo
from shangliang.matters.models import Notice
from shangliang.matters.refusals import NotReady
from shangliang.proposals.models import Proposal
from tests.faults import stages
from tests.proposals.test_life import CROSS, PLEASED, TALK, draft_reply
from tests.world import SPRING, World, walk

SUMMER = SPRING + timedelta(days=70)


def running(paper: Proposal) -> dict[str, date]:
    return dict(paper.deadlines.open().values_list("name", "due_on"))


def again(paper: Proposal) -> Proposal:
    return Proposal.objects.get(pk=paper.pk)


def test_the_leader_sends_a_letter_back_and_signs_the_next(world: World) -> None:
    lift = stages.reply_check(world)
    assert set(running(lift)) == {"reply", "sign_off"}
    walk(lift, (world.liang, "send_back", "第二条没有答到点子上。"))

    assert set(running(lift)) == {"reply"}
    assert "退回重写：第二条没有答到点子上。" in notices.unread(world.gao).latest("pk").sentence
    assert not Notice.objects.filter(person=world.lin, entry__verb="send_back").exists()
    assert not lift.replies.filter(issued_at__isnull=False).exists()
    walk(lift, (world.gao, "send_up"), (world.liang, "issue"))
    reply = lift.replies.get()
    assert (reply.signer, reply.round) == ("梁静", 1)
    assert set(running(lift)) == {"feedback"}


# ── more time ───────────────────────────────────────────────────────────────


def test_more_time_is_granted_before_the_date_and_explains_itself(world: World) -> None:
    lift = stages.handling(world)
    assert running(lift)["reply"] == date(2026, 6, 2)
    said_why, until = "涉及三个部门。", {"until": "2026-07-15"}
    move(lift, "extend", by=world.tang, at=SUMMER, note=said_why, data=until)
    reply = lift.deadlines.open().get(name="reply")
    assert reply.due_on == date(2026, 7, 15)
    assert "7 月 15 日" in clocks.explain(reply)
    for person in (world.lin, world.gao, world.liang):
        said = notices.alive(person).latest("pk").sentence
        assert "延至 7 月 15 日：涉及三个部门。" in said
    verbs = lift.entries.order_by("id").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["extend", "deadline_extended"]


@pytest.mark.parametrize(
    ("at", "until", "says"),
    [
        (SPRING + timedelta(days=93), "2026-07-15", "延期须在届满之前批准"),
        (SUMMER, "2026-06-02", "延期须晚于现在的期限"),
        (SUMMER, "2026-09-03", "延期最迟到 2026 年 9 月 2 日"),
    ],
)
def test_time_that_has_run_out_is_not_given_back(
    world: World, at: datetime, until: str, says: str
) -> None:
    lift = stages.handling(world)
    stood = lift.version, lift.moved_at
    with pytest.raises(NotReady, match=says):
        move(lift, "extend", by=world.tang, at=at, note="来不及。", data={"until": until})
    assert (lift.version, lift.moved_at) == stood, "nothing happened, and the paper at hand knows"
    assert running(lift)["reply"] == date(2026, 6, 2)
    assert not lift.entries.filter(verb__contains="extend").exists()


def test_on_the_last_day_it_may_still_be_extended_and_only_once(world: World) -> None:
    lift = stages.handling(world)
    last = datetime.combine(date(2026, 6, 2), SPRING.timetz())
    move(lift, "extend", by=world.tang, at=last, note="等会审。", data={"until": "2026-08-03"})
    with pytest.raises(NotReady, match="已经延期，不能再次延期"):
        move(lift, "extend", by=world.tang, at=last, note="再等。", data={"until": "2026-08-31"})


# ── silence, and a late word ────────────────────────────────────────────────


def test_silence_is_counted_apart_and_a_late_word_still_counts(world: World) -> None:
    lift = stages.replied(world)
    due = running(lift)["feedback"]
    assert tick.lapse(datetime.combine(due, SPRING.timetz())) == 0
    assert tick.lapse(datetime.combine(due + timedelta(days=1), SPRING.timetz())) == 1

    lift = again(lift)
    assert lift.state == "no_feedback"
    assert lift.ratings.get().effect == "no_feedback"
    assert list(running(lift)) == ["close"]
    later = SPRING + timedelta(days=40)
    walk(lift, (world.lin, "rate", PLEASED), at=later)
    assert lift.ratings.get().effect == "basically"
    assert list(running(lift)) == ["close"]
    assert lift.deadlines.filter(name="close", dropped_at__isnull=False).count() == 1
    walk(lift, (world.chen, "close"), at=later)
    assert running(lift) == {}


def test_silence_may_be_closed_and_then_the_word_comes_too_late(world: World) -> None:
    lift = stages.replied(world)
    tick.lapse(SPRING + timedelta(days=40))
    lift = again(lift)
    walk(lift, (world.chen, "close"), at=SPRING + timedelta(days=41))
    assert (lift.state, lift.ratings.get().effect) == ("closed", "no_feedback")
    assert not todo(world.lin, SUMMER.date()).exists()


# ── a second round ──────────────────────────────────────────────────────────


def handled_again(world: World) -> Proposal:
    lift = stages.rated(world)
    walk(lift, (world.chen, "rehandle", "没有说明补助标准。"), at=SUMMER)
    return again(lift)


def test_the_second_letter_stands_beside_the_first(world: World) -> None:
    lift = handled_again(world)
    assert (lift.state, lift.round) == ("handling", 2)
    assert running(lift) == {"rehandle": date(2026, 8, 11)}
    with pytest.raises(NotReady, match="请先起草答复"):
        move(lift, "send_up", by=world.gao, at=SUMMER)
    draft_reply(world, lift)
    with pytest.raises(NotReady, match="现有 0 次记录"):
        move(lift, "send_up", by=world.gao, at=SUMMER)

    walk(lift, (world.gao, "log", TALK), (world.gao, "send_up"), (world.liang, "issue"), at=SUMMER)
    walk(lift, (world.lin, "rate", PLEASED), (world.chen, "close"), at=SUMMER)
    assert lift.state == "closed"
    letters = list(lift.replies.order_by("round"))
    assert [reply.round for reply in letters] == [1, 2]
    assert all(reply.issued_at and reply.letter for reply in letters)
    assert [rating.effect for rating in lift.ratings.all()] == ["dissatisfied", "basically"]


def test_dissatisfied_twice_is_for_a_meeting(world: World) -> None:
    lift = handled_again(world)
    draft_reply(world, lift)
    walk(lift, (world.gao, "log", TALK), (world.gao, "send_up"), (world.liang, "issue"), at=SUMMER)
    walk(lift, (world.lin, "rate", CROSS), at=SUMMER)
    with pytest.raises(NotReady, match="请当面协商后办结"):
        move(lift, "rehandle", by=world.chen, at=SUMMER, note="仍未说明。")
    walk(lift, (world.chen, "close"), at=SUMMER)
    assert lift.state == "closed"


# ── published ───────────────────────────────────────────────────────────────


def test_with_consent_everybody_reads_proposal_and_letter(world: World, client: Client) -> None:
    lift = stages.closable(world)
    Proposal.objects.filter(pk=lift.pk).update(contact_phone="0871-66010203")
    url = f"/proposals/published/{lift.pk}/"
    assert client.get(url).status_code == 404
    walk(lift, (world.chen, "publish"))

    page = client.get(url).content.decode()
    for words in (lift.title, "五个窗口并为一窗。", "已经列入计划：五个窗口并为一窗。", "县住建局"):
        assert words in page
    for words in ("0871-66010203", "满意", "赞成。"):
        assert words not in page
    assert lift.title in client.get("/proposals/published/").content.decode()


@pytest.mark.parametrize(
    ("consents", "label", "says"),
    [(False, "full", "提案人没有同意公开"), (True, "not", "承办单位注明答复不予公开")],
)
def test_without_consent_nobody_outside_reads_it(
    world: World, client: Client, consents: bool, label: str, says: str
) -> None:
    lift = stages.closable(world)
    Proposal.objects.filter(pk=lift.pk).update(may_publish=consents)
    lift.replies.update(publicity=label)
    lift = again(lift)
    with pytest.raises(NotReady, match=says):
        move(lift, "publish", by=world.chen, at=SPRING)
    assert client.get(f"/proposals/published/{lift.pk}/").status_code == 404
    assert lift.title not in client.get("/proposals/published/").content.decode()
