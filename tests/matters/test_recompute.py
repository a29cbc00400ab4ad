"""A new notice on days off: later dates hold at once, earlier ones wait, passed ones stay."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from shangliang.analysis.workdays import SpecialDay
from shangliang.matters import calendar_notices, calendars, clocks, jobs, recompute
from shangliang.matters.models import CalendarNotice, Entry, Notice
from shangliang.matters.refusals import NotAllowed, NotReady, Stale
from tests.world import SHANGHAI

from .test_clocks import NOVEMBER, assigned, on, reply

NIGHT = datetime(2026, 12, 8, 3, 10, tzinfo=SHANGHAI)
ENTERED, CONFIRMED = on(2026, 12, 7, 9), on(2026, 12, 7, 15)


@pytest.fixture(autouse=True)
def no_calendar_left_over():
    calendars.forget()
    yield
    calendars.forget()


def free(*days, name="春节"):
    return [SpecialDay(day, name, works=False) for day in days]


def worked(*days, name="春节"):
    return [SpecialDay(day, name, works=True) for day in days]


FEBRUARY = free(*(date(2027, 2, day) for day in (*range(5, 13), 22, 23, 24)))


def proposed(world, days=FEBRUARY, title="关于2027年部分节假日安排的通知（示例）", **fields):
    return calendar_notices.propose(
        **{
            "year": 2027, "title": title, "issued_on": date(2026, 12, 4), "settles": True,
            "days": days, "by": world.sys, "at": ENTERED,
        } | fields
    )  # fmt: skip


def confirmed(world, *args, **fields):
    notice = proposed(world, *args, **fields)
    return calendar_notices.confirm(notice, by=world.sec, at=CONFIRMED)


def test_a_proposed_notice_moves_nothing(world):
    lift = assigned(world, NOVEMBER)
    proposed(world)

    assert reply(lift).due_on == date(2027, 2, 23)
    assert reply(lift).provisional
    assert Entry.objects.filter(verb="calendar_proposed", by=world.sys).count() == 1


def test_a_confirmed_notice_lengthens_at_once(world):
    lift = assigned(world, NOVEMBER)

    assert confirmed(world) == {"later": 1, "earlier": 0, "waiting": 0}

    deadline, entry = reply(lift), Entry.objects.get(verb="deadline_moved")
    assert deadline.due_on == date(2027, 2, 25)
    assert not deadline.provisional
    assert entry.matter_id == lift.pk
    assert entry.by == world.sec
    assert (entry.content.data["was"], entry.content.data["now"]) == ("2027-02-23", "2027-02-25")
    assert "2027年部分节假日安排" in entry.content.data["notice"]
    assert "2027 年 2 月 23 日是春节，顺延至下一个工作日" in clocks.explain(deadline)


def test_the_parties_are_told_once(world):
    assigned(world, NOVEMBER)
    confirmed(world)
    recompute.apply(calendars.build(), at=NIGHT, by=None, cause="放假安排更新")

    moved = Notice.objects.filter(sentence__contains="顺延至")
    assert {notice.person.name for notice in moved} == {"高远", "梁静", "林晓"}
    assert len(moved) == 3
    assert "由 2027 年 2 月 23 日顺延至 2027 年 2 月 25 日" in moved[0].sentence


def test_reckoning_again_changes_nothing(world):
    assigned(world, NOVEMBER)
    confirmed(world)
    before = Entry.objects.count()

    again = recompute.apply(calendars.build(), at=NIGHT, by=None, cause="放假安排更新")

    assert again == {"later": 0, "earlier": 0}
    assert Entry.objects.count() == before


def test_a_run_cut_short_is_completed_by_the_night(world, monkeypatch):
    """The machine fails at the second of three dates; the first holds, the night does the rest."""
    lifts = [assigned(world, NOVEMBER) for _ in range(3)]
    real, done = recompute._lengthen, []

    def once(change, **kwargs):
        if done:
            raise OSError("no power")
        done.append(change)
        real(change, **kwargs)

    monkeypatch.setattr(recompute, "FEW", 1)
    monkeypatch.setattr(recompute, "_lengthen", once)
    with pytest.raises(OSError, match="no power"):
        confirmed(world)
    assert sorted(reply(lift).due_on.day for lift in lifts) == [23, 23, 25]
    assert Entry.objects.filter(verb="deadline_moved").count() == 1

    monkeypatch.undo()
    calendars.forget()
    recompute.apply(calendars.build(), at=NIGHT, by=None, cause="放假安排更新")

    assert {reply(lift).due_on.day for lift in lifts} == {25}
    assert Entry.objects.filter(verb="deadline_moved").count() == 3


def test_very_many_dates_are_left_to_the_worker(
    world, monkeypatch, django_capture_on_commit_callbacks
):
    lift = assigned(world, NOVEMBER)
    monkeypatch.setattr(calendar_notices, "AT_ONCE", 0)
    monkeypatch.setattr(calendar_notices.jobs, "reckon", jobs.reckon.call_local)
    monkeypatch.setattr("django.utils.timezone.now", lambda: CONFIRMED)

    with django_capture_on_commit_callbacks() as sent:
        assert confirmed(world) == {"later": 0, "earlier": 0, "waiting": 1}
    assert reply(lift).due_on == date(2027, 2, 23)

    for callback in sent:
        callback()
    assert reply(lift).due_on == date(2027, 2, 25)
    assert Entry.objects.get(verb="deadline_moved").by == world.sec


def test_a_date_that_only_becomes_certain_is_not_announced(world):
    lift = assigned(world, NOVEMBER)
    confirmed(world, free(date(2027, 1, 1), name="元旦"))

    assert reply(lift).due_on == date(2027, 2, 23)
    assert not reply(lift).provisional
    assert not Notice.objects.filter(sentence__contains="顺延").exists()


def shortened(world):
    """The reply is due on Monday 1 March; then a notice has Sunday 28 February worked."""
    lift = assigned(world, on(2026, 11, 30))
    assert reply(lift).due_on == date(2027, 3, 1)
    confirmed(world, worked(date(2027, 2, 28)))
    return lift


def test_an_earlier_date_waits_for_a_person(world):
    lift = shortened(world)

    deadline = reply(lift)
    assert deadline.due_on == date(2027, 3, 1)
    assert deadline.shorter_on == date(2027, 2, 28)
    assert "按现行放假安排应为 2027 年 2 月 28 日，此前告知的期限较晚" in clocks.explain(deadline)
    asked = Notice.objects.filter(sentence__contains="请确认或者维持原期限")
    assert {notice.person.name for notice in asked} >= {"陈立", "何静"}
    assert "高远" not in {notice.person.name for notice in asked}


def test_who_handles_the_matter_may_take_the_earlier_date_over(world):
    lift = shortened(world)
    recompute.shorten(reply(lift), by=world.chen, at=on(2026, 12, 8))

    deadline = reply(lift)
    assert deadline.due_on == date(2027, 2, 28)
    assert deadline.shorter_on is None
    assert Entry.objects.get(verb="deadline_shortened").by == world.chen
    told = {
        notice.person.name for notice in Notice.objects.filter(sentence__contains="提前至 2027")
    }
    assert {"高远", "梁静", "林晓"} <= told


def test_a_date_that_was_kept_is_not_asked_about_again(world):
    lift = shortened(world)
    recompute.keep(reply(lift), by=world.chen, at=on(2026, 12, 8))

    recompute.apply(calendars.build(), at=NIGHT, by=None, cause="放假安排更新")

    assert reply(lift).due_on == date(2027, 3, 1)
    assert reply(lift).shorter_on is None
    assert Entry.objects.get(verb="deadline_kept").content.data["instead"] == "2027-02-28"


def test_a_later_notice_may_take_the_question_away(world):
    lift = shortened(world)
    calendar_notices.confirm(
        proposed(
            world, free(date(2027, 2, 28), date(2027, 3, 1)), "更正（示例）",
            settles=False, issued_on=date(2026, 12, 10),
        ),
        by=world.sec, at=on(2026, 12, 11),
    )  # fmt: skip

    assert reply(lift).due_on == date(2027, 3, 2)
    assert reply(lift).shorter_on is None


@pytest.mark.parametrize("who", ["gao", "liang", "lin", "tang", "sys", "sec", "far_office"])
def test_nobody_else_brings_a_date_nearer(world, who):
    lift = shortened(world)

    with pytest.raises(NotAllowed, match="可以决定期限是否提前"):
        recompute.shorten(reply(lift), by=world.people[who], at=on(2026, 12, 8))
    assert reply(lift).due_on == date(2027, 3, 1)


def test_of_two_who_decide_the_second_is_told(world):
    lift = shortened(world)
    mine, yours = reply(lift), reply(lift)
    recompute.keep(mine, by=world.chen, at=on(2026, 12, 8))

    with pytest.raises(Stale, match="可能已由他人处理"):
        recompute.shorten(yours, by=world.he, at=on(2026, 12, 8))


def test_a_day_that_is_over_is_not_brought_back(world):
    lift = shortened(world)

    with pytest.raises(Stale, match="已经过去"):
        recompute.shorten(reply(lift), by=world.chen, at=on(2027, 3, 1))


def test_a_passed_or_finished_date_is_never_moved(world):
    late, done = assigned(world, on(2026, 9, 1)), assigned(world, NOVEMBER)
    clocks.drop(done, None, at=on(2026, 12, 1))
    assert reply(late).due_on == date(2026, 12, 1)

    counted = confirmed(world, free(date(2026, 12, 1), date(2026, 12, 2)), settles=False, year=2026)

    assert counted == {"later": 0, "earlier": 0, "waiting": 0}
    assert reply(late).due_on == date(2026, 12, 1)
    assert reply(done).due_on == date(2027, 2, 23)


def test_a_paused_date_is_reckoned_when_it_goes_on(world):
    lift = assigned(world, NOVEMBER)
    clocks.pause(reply(lift), at=on(2026, 12, 1), by=world.chen, reason="补正")
    assert confirmed(world)["later"] == 0

    clocks.resume(reply(lift), at=on(2026, 12, 2), by=world.chen)

    assert reply(lift).due_on == date(2027, 2, 25)  # the 24th, one day on, is free


@pytest.mark.parametrize("order", ["notice first", "extension first"])
def test_the_order_of_notice_and_extension_does_not_matter(world, order):
    lift = assigned(world, NOVEMBER)
    if order == "notice first":
        confirmed(world, free(date(2027, 4, 9)))
    clocks.extend(reply(lift), until=date(2027, 4, 9), at=on(2026, 12, 8), by=world.tang)
    if order == "extension first":
        confirmed(world, free(date(2027, 4, 9)))

    assert reply(lift).due_on == date(2027, 4, 12)


def test_the_preview_counts_and_names_nobody(world):
    assigned(world, NOVEMBER)
    assigned(world, NOVEMBER)
    stored = proposed(world)
    effects = calendar_notices.effects(calendars.as_notice(stored), ENTERED)

    assert [(e.label, e.was, e.now, e.matters, e.is_later) for e in effects] == [
        ("答复", date(2027, 2, 23), date(2027, 2, 25), 2, True)
    ]


@pytest.mark.parametrize("who", ["sec", "aud", "chen", "passer", "wu"])
def test_only_the_system_administrator_enters_a_notice(world, who):
    with pytest.raises(NotAllowed, match="只有系统管理员"):
        proposed(world, by=world.people[who])
    assert not CalendarNotice.objects.exists()


@pytest.mark.parametrize("who", ["sys", "aud", "chen", "he", "passer"])
def test_only_the_security_administrator_confirms_it(world, who):
    notice = proposed(world)

    with pytest.raises(NotAllowed, match="只有安全管理员"):
        calendar_notices.confirm(notice, by=world.people[who], at=CONFIRMED)
    notice.refresh_from_db()
    assert notice.confirmed_at is None


def test_the_same_notice_is_entered_once_and_confirmed_once(world):
    notice = proposed(world)
    with pytest.raises(NotReady, match="已经录入"):
        proposed(world)
    calendar_notices.confirm(notice, by=world.sec, at=CONFIRMED)

    with pytest.raises(Stale, match="已由他人处理"):
        calendar_notices.confirm(notice, by=world.sec, at=CONFIRMED)
    assert Entry.objects.filter(verb="calendar_confirmed").count() == 1


def test_a_notice_without_days_is_refused(world):
    with pytest.raises(NotReady, match="请列出"):
        proposed(world, [])


def test_a_discarded_notice_stays_in_the_journal_only(world):
    notice = proposed(world)
    with pytest.raises(NotReady, match="理由"):
        calendar_notices.discard(notice, by=world.sec, at=CONFIRMED, note=" ")
    with pytest.raises(NotAllowed, match="撤下"):
        calendar_notices.discard(notice, by=world.aud, at=CONFIRMED, note="录错了")

    calendar_notices.discard(notice, by=world.sec, at=CONFIRMED, note="日期录错一天")

    entry = Entry.objects.get(verb="calendar_discarded")
    assert entry.content.note == "日期录错一天"
    assert ["2027-02-05", "春节", "休"] in entry.content.data["days"]
    assert not CalendarNotice.objects.exists()


def test_a_confirmed_notice_cannot_be_discarded(world):
    notice = proposed(world)
    calendar_notices.confirm(notice, by=world.sec, at=CONFIRMED)

    with pytest.raises(Stale, match="已由他人处理"):
        calendar_notices.discard(notice, by=world.sys, at=CONFIRMED, note="不要了")
