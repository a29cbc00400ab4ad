"""Dates of a real matter: opened by a row, moved only by what is recorded, explained in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from shangliang.matters import calendars, clocks
from shangliang.matters.models import Entry, NamedNumber
from shangliang.matters.refusals import NotReady
from tests.world import SHANGHAI, proposal, walk

REVIEWED = {"category": "城乡建设", "proposed": "file"}
MARCH = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
NOVEMBER = datetime(2026, 11, 23, 9, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def no_calendar_left_over():
    calendars.forget()
    yield
    calendars.forget()


def on(year, month, day, hour=10):
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def assigned(world, at=MARCH):
    """A proposal that 唐杰 has just assigned to the housing bureau."""
    lift = proposal(world, at=at)
    lift.parts.create(role="planned_lead", unit=world.housing, since=at)
    walk(
        lift, (world.lin, "submit"), (world.chen, "review", REVIEWED), (world.he, "file", REVIEWED),
        (world.chen, "plan"), (world.tang, "assign"), at=at,
    )  # fmt: skip
    return lift


def reply(matter):
    return matter.deadlines.get(name="reply")


def set_number(world, key, value):
    NamedNumber.objects.update_or_create(
        organisation=world.county, term=None, key=key, defaults={"value": value}
    )


def test_a_reply_is_due_three_months_after_assignment(world):
    deadline = reply(assigned(world))

    assert deadline.due_on == date(2026, 6, 2)
    assert clocks.explain(deadline) == (
        "自 2026 年 3 月 2 日交办起 3 个月，应于 2026 年 6 月 2 日前答复。"
    )
    assert clocks.left(deadline, date(2026, 5, 29)) == "6 月 2 日 周二，还有 2 个工作日"


def test_into_a_year_without_a_notice_the_date_is_provisional(world):
    deadline = reply(assigned(world, NOVEMBER))

    assert deadline.due_on == date(2027, 2, 23)
    assert deadline.provisional
    assert clocks.explain(deadline) == (
        "自 2026 年 11 月 23 日交办起 3 个月，应于 2027 年 2 月 23 日前答复；"
        "2027 年放假安排未公布，暂按推算。"
    )
    assert clocks.left(deadline, date(2027, 2, 22)).endswith("还有 1 个工作日（暂按推算）")


def test_signing_is_counted_in_working_days_over_a_holiday(world):
    """Five working days from 30 September leave the National Day out and Saturday the 10th in."""
    lift = assigned(world, on(2026, 9, 30))

    assert lift.deadlines.get(name="sign").due_on == date(2026, 10, 13)


def test_a_moment_after_midnight_in_the_county_belongs_to_that_day(world):
    """Half past midnight in Shanghai is still the day before in London."""
    lift = assigned(world, on(2026, 3, 3, 0))

    assert reply(lift).started_on == date(2026, 3, 3)


def test_a_later_change_of_the_number_leaves_a_running_clock_alone(world):
    lift = assigned(world)
    set_number(world, "reply.due", "2 mo")

    assert reply(lift).due_on == date(2026, 6, 2)
    assert reply(assigned(world)).due_on == date(2026, 5, 6)  # 2 to 5 May are free


def test_a_fixed_day_wins_when_it_is_earlier(world):
    set_number(world, "reply.fixed", "08-31")
    deadline = reply(assigned(world, on(2026, 7, 1)))

    assert deadline.due_on == date(2026, 8, 31)
    assert "按规定最迟 8 月 31 日，以较早者为准" in clocks.explain(deadline)


def test_the_organ_may_count_the_day_itself_and_roll_back(world):
    set_number(world, "clock.counts_start", "1")
    set_number(world, "clock.roll", "previous")
    deadline = reply(assigned(world, on(2026, 3, 2)))

    assert deadline.due_on == date(2026, 6, 1)
    assert reply(assigned(world, on(2026, 7, 4))).due_on == date(2026, 9, 30)  # 3 October is free


def test_an_extension_replaces_the_date_and_is_written_down(world):
    lift = assigned(world)
    clocks.extend(
        reply(lift),
        until=date(2026, 8, 14),
        at=on(2026, 5, 20),
        by=world.tang,
        reason="涉及规划调整",
    )

    deadline = reply(lift)
    entry = Entry.objects.get(verb="deadline_extended")
    assert deadline.due_on == date(2026, 8, 14)
    assert entry.content.data["was"] == "2026-06-02"
    assert entry.content.data["now"] == "2026-08-14"
    assert entry.content.note == "涉及规划调整"
    assert entry.matter_id == lift.pk
    assert "2026 年 5 月 20 日批准延期至 2026 年 8 月 14 日" in clocks.explain(deadline)


@pytest.mark.parametrize(
    ("at", "until", "sentence"),
    [
        (on(2026, 6, 3), date(2026, 8, 14), "已于 2026 年 6 月 2 日届满"),
        (on(2026, 5, 20), date(2026, 9, 3), "延期最迟到 2026 年 9 月 2 日"),
        (on(2026, 5, 20), date(2026, 6, 2), "须晚于现在的期限 2026 年 6 月 2 日"),
    ],
)
def test_an_extension_too_late_too_long_or_too_short_is_refused(world, at, until, sentence):
    lift = assigned(world)

    with pytest.raises(NotReady, match=sentence):
        clocks.extend(reply(lift), until=until, at=at, by=world.tang, reason="研究")
    assert reply(lift).due_on == date(2026, 6, 2)
    assert not Entry.objects.filter(verb="deadline_extended").exists()


def test_a_second_extension_is_refused(world):
    lift = assigned(world)
    clocks.extend(reply(lift), until=date(2026, 7, 1), at=on(2026, 5, 20), by=world.tang)

    with pytest.raises(NotReady, match="已经延期"):
        clocks.extend(reply(lift), until=date(2026, 8, 3), at=on(2026, 6, 3), by=world.tang)


def test_signing_for_it_cannot_be_extended(world):
    sign = assigned(world).deadlines.get(name="sign")

    with pytest.raises(NotReady, match="不能延期"):
        clocks.extend(sign, until=date(2026, 3, 31), at=MARCH, by=world.tang)


def test_a_paused_clock_waits_and_goes_on(world):
    lift = assigned(world)
    clocks.pause(reply(lift), at=on(2026, 4, 1), by=world.chen, reason="等待提案人补正")
    assert clocks.left(reply(lift), date(2026, 4, 7)) == "已于 4 月 1 日 周三暂停"
    assert "2026 年 4 月 1 日起暂停（等待提案人补正），恢复后续算" in clocks.explain(reply(lift))
    assert not lift.deadlines.running().filter(name="reply").exists()

    clocks.resume(reply(lift), at=on(2026, 4, 11), by=world.chen)

    assert reply(lift).due_on == date(2026, 6, 12)
    assert reply(lift).paused_on is None
    assert [entry.verb for entry in lift.entries.filter(verb__startswith="deadline")] == [
        "deadline_paused",
        "deadline_resumed",
    ]


def test_pausing_twice_or_resuming_what_runs_is_refused(world):
    lift = assigned(world)
    with pytest.raises(NotReady, match="没有暂停"):
        clocks.resume(reply(lift), at=on(2026, 4, 1), by=world.chen)
    clocks.pause(reply(lift), at=on(2026, 4, 1), by=world.chen, reason="补正")

    with pytest.raises(NotReady, match="已在暂停中"):
        clocks.pause(reply(lift), at=on(2026, 4, 2), by=world.chen, reason="补正")


def test_a_new_unit_gets_the_whole_time_and_the_first_day_is_kept(world):
    lift = assigned(world)
    clocks.restart(reply(lift), at=on(2026, 4, 1), by=world.tang, reason="改由财政局主办")

    deadline = reply(lift)
    assert deadline.due_on == date(2026, 7, 1)
    assert deadline.first_started_on == date(2026, 3, 2)
    assert "首次交办是 2026 年 3 月 2 日，至今 40 天" in clocks.explain(deadline, date(2026, 4, 11))


def test_where_the_switch_is_off_a_new_unit_inherits_the_clock(world):
    set_number(world, "reply.restart_on_new_unit", "0")
    lift = assigned(world)
    clocks.restart(reply(lift), at=on(2026, 4, 1), by=world.tang)

    assert reply(lift).due_on == date(2026, 6, 2)
    assert not Entry.objects.filter(verb="deadline_restarted").exists()


def test_a_finished_clock_is_not_moved_any_more(world):
    lift = assigned(world)
    clocks.drop(lift, ("reply",), at=on(2026, 4, 1))

    with pytest.raises(NotReady, match="已经了结"):
        clocks.extend(
            lift.deadlines.get(name="reply"),
            until=date(2026, 8, 3),
            at=on(2026, 4, 2),
            by=world.tang,
        )


@pytest.mark.parametrize("first", ["extend", "pause"])
def test_the_order_of_pause_and_extension_does_not_matter(world, first):
    lift = assigned(world)
    acts = {
        "extend": lambda: clocks.extend(
            reply(lift), until=date(2026, 8, 14), at=on(2026, 4, 1), by=world.tang
        ),
        "pause": lambda: (
            clocks.pause(reply(lift), at=on(2026, 4, 1), by=world.chen, reason="补正"),
            clocks.resume(reply(lift), at=on(2026, 4, 8), by=world.chen),
        ),
    }
    for name in sorted(acts, key=lambda name: name != first):
        acts[name]()

    assert reply(lift).due_on == date(2026, 8, 21)


def test_meeting_a_date_keeps_the_moment(world):
    lift = assigned(world)
    later = MARCH + timedelta(days=1)
    clocks.meet(lift, ("sign",), at=later)

    assert lift.deadlines.get(name="sign").met_at == later
    assert lift.deadlines.open().filter(name="reply").exists()


def test_the_first_difference_is_told_to_the_reader_in_working_days(world):
    assert clocks.working_days(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert clocks.days_left(reply(assigned(world)), date(2026, 6, 4)) == -2


def test_a_list_of_dates_costs_one_query_for_the_calendar(world, django_assert_num_queries):
    deadlines = [reply(assigned(world)) for _ in range(3)]
    calendars.forget()

    with django_assert_num_queries(1):
        lines = [clocks.left(deadline, date(2026, 5, 29)) for deadline in deadlines]
    assert lines == ["6 月 2 日 周二，还有 2 个工作日"] * 3
