"""What time does by itself: it reminds once, lapses what was let lapse, and makes up lost days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from huey.contrib.djhuey import HUEY

from shangliang.matters import calendars, clocks, jobs  # noqa: F401  jobs must be known
from shangliang.matters import tick as ticking
from shangliang.matters.flow import move
from shangliang.matters.models import Deadline, Entry, NamedNumber, Notice
from shangliang.matters.refusals import Stale
from shangliang.matters.reminders import URGENT, _claim, remind, within
from shangliang.matters.tick import lapse, tick
from shangliang.proposals import actions
from tests.faults import stages
from tests.world import SHANGHAI

from .test_clocks import MARCH, assigned, on, reply


@pytest.fixture(autouse=True)
def no_calendar_left_over():
    calendars.forget()
    yield
    calendars.forget()


def reminders_of(label, person=None):
    found = Notice.objects.filter(topic__startswith="deadline:", sentence__contains=f"的{label}：")
    return found.filter(person=person) if person else found


def replied(world, at=MARCH):
    """A reply that 林晓 was given at `at`, as far as the clock of her rating is concerned."""
    lift = assigned(world, at)
    lift.state = "replied"
    lift.save(update_fields=["state"])
    clocks.drop(lift, None, at=at)
    due = lift.flow.dues()["feedback"]
    clocks.open_deadline(lift, due, at=at, entry=None)
    return lift


def test_a_reply_is_reminded_of_fifteen_days_and_five_working_days_before(world):
    assigned(world)  # the reply is due on Tuesday 2 June
    days = {
        date(2026, 5, 17): 0, date(2026, 5, 18): 1, date(2026, 5, 25): 1, date(2026, 5, 26): 2,
        date(2026, 6, 2): 2, date(2026, 6, 3): 3, date(2026, 6, 30): 3,
    }  # fmt: skip
    seen = {}
    for day in days:
        remind(on(day.year, day.month, day.day))
        seen[day] = reminders_of("答复", world.gao).count()

    assert seen == days


def test_the_sentence_says_the_day_and_what_is_left(world):
    assigned(world)
    remind(on(2026, 5, 26))
    remind(on(2026, 6, 4))

    said = [notice.sentence for notice in reminders_of("答复", world.gao).order_by("pk")]
    assert said == [
        "《关于加快老旧小区加装电梯的建议》的答复：6 月 2 日 周二，还有 5 个工作日。",
        "《关于加快老旧小区加装电梯的建议》的答复：6 月 2 日 周二到期，已超过 2 个工作日，请尽快办理。",
    ]


def test_of_two_who_owe_it_only_the_one_who_has_it_is_reminded(world):
    """交办 is owed by 提案办 and 督查室; as long as no unit is planned it lies with 提案办."""
    lift = stages.filed(world)
    due = lift.deadlines.open().get(name="assign").due_on
    remind(on(due.year, due.month, due.day))
    assert {n.person for n in reminders_of("交办")} == {world.chen}
    actions.plan_lead(lift, world.housing, MARCH)
    move(lift, "plan", by=world.chen, at=on(due.year, due.month, due.day))
    late = due + timedelta(days=1)
    remind(on(late.year, late.month, late.day))
    assert {n.person for n in reminders_of("交办").filter(sentence__contains="超过")} == {
        world.tang
    }


def test_both_of_the_unit_are_reminded_and_nobody_else(world):
    assigned(world)
    remind(on(2026, 5, 26))

    assert {notice.person.name for notice in reminders_of("答复")} == {"高远", "梁静"}


def test_days_lost_are_made_up_with_one_notice(world):
    assigned(world)
    remind(on(2026, 6, 10))

    assert reminders_of("答复", world.gao).count() == 1


def test_the_minute_after_adds_nothing(world):
    assigned(world)

    assert remind(on(2026, 5, 26)) == 2  # the reply is near, signing is late
    assert remind(on(2026, 5, 26)) == 0


def test_of_two_servers_that_read_the_same_row_one_reminds(world):
    assigned(world)
    mine = Deadline.objects.select_related("matter").get(name="reply")
    yours = Deadline.objects.select_related("matter").get(name="reply")
    at = on(2026, 5, 26)

    assert _claim(mine, URGENT, at, silent=False)
    assert not _claim(yours, URGENT, at, silent=False)
    assert reminders_of("答复", world.gao).count() == 1


def test_what_is_done_or_paused_is_never_reminded_of(world):
    done, paused = assigned(world), assigned(world)
    clocks.meet(done, ("sign", "reply"), at=on(2026, 5, 1))
    clocks.meet(paused, ("sign",), at=on(2026, 5, 1))
    clocks.pause(reply(paused), at=on(2026, 5, 1), by=world.chen, reason="补正")

    assert remind(on(2026, 6, 10)) == 0


def test_a_short_date_is_not_reminded_of_on_its_first_day(world):
    """Five working days to sign are always within fifteen days: only lateness is worth a word."""
    assigned(world)

    assert remind(on(2026, 3, 3)) == 0
    assert remind(on(2026, 3, 10)) == 1
    assert reminders_of("签收", world.gao).count() == 1


def test_an_extended_date_is_reminded_of_anew(world):
    lift = assigned(world)
    remind(on(2026, 5, 26))
    clocks.extend(reply(lift), until=date(2026, 8, 14), at=on(2026, 5, 27), by=world.tang)

    assert remind(on(2026, 6, 10)) == 0
    assert remind(on(2026, 8, 7)) == 1
    assert "8 月 14 日" in reminders_of("答复", world.gao).latest("pk").sentence


def test_the_organ_sets_how_early(world):
    NamedNumber.objects.create(organisation=world.county, key="remind.soon", value="30 cd")
    assigned(world)

    assert remind(on(2026, 5, 3)) == 2  # the reply, and signing which is late


@pytest.mark.parametrize(
    ("number", "day", "last"),
    [
        ("5 wd", date(2026, 9, 28), date(2026, 10, 11)),  # Saturday the 10th is the fifth
        ("1 wd", date(2026, 11, 27), date(2026, 11, 30)),
        ("15 cd", date(2026, 11, 23), date(2026, 12, 8)),
    ],
)
def test_within_so_many_days(number, day, last):
    assert within(number, day, calendars.shipped_calendar()) == last


def test_a_rating_that_never_comes_lapses_the_day_after(world):
    lift = replied(world)
    due = lift.deadlines.get(name="feedback").due_on
    assert due == date(2026, 3, 23)

    assert lapse(on(2026, 3, 23, 23)) == 0
    assert lapse(on(2026, 3, 24, 0)) == 1

    lift.refresh_from_db()
    assert lift.state == "no_feedback"
    entry = Entry.objects.get(verb="lapse")
    assert entry.by is None
    assert entry.acting_as == "系统"


def test_two_servers_at_once_carry_it_once(world, monkeypatch):
    replied(world)
    seen = list(Deadline.objects.filter(name="feedback").select_related("matter"))
    assert lapse(on(2026, 3, 24)) == 1

    # The second server had read the row before the first one moved it.
    assert ticking._carry(seen[0], "lapse", on(2026, 3, 24)) is False
    assert Entry.objects.filter(verb="lapse").count() == 1


def test_one_that_cannot_go_does_not_hold_up_the_others(world, monkeypatch, caplog):
    stuck, broken, free = replied(world), replied(world), replied(world)
    real = ticking.move

    def move(matter, *args, **kwargs):
        if matter.pk == stuck.pk:
            raise Stale("他人处理")
        if matter.pk == broken.pk:
            raise ZeroDivisionError
        return real(matter, *args, **kwargs)

    monkeypatch.setattr(ticking, "move", move)

    assert lapse(on(2026, 3, 24)) == 1
    free.refresh_from_db()
    assert free.state == "no_feedback"
    assert f"matter {broken.pk} failed" in caplog.text


def test_a_tick_does_all_of_it(world):
    replied(world)
    done = tick(on(2026, 3, 24))

    assert done["lapsed"] == 1
    assert tick(on(2026, 3, 24))["lapsed"] == 0


def test_the_command_replays_any_moment(world):
    lift, out = replied(world), StringIO()
    call_command("tick", "--at", "2026-03-23", stdout=out)
    assert "2026-03-23 23:59：自动流转 0 件" in out.getvalue()

    call_command("tick", "--at", "2026-03-24T08:30", stdout=out)

    lift.refresh_from_db()
    assert lift.state == "no_feedback"
    assert "2026-03-24 08:30：自动流转 1 件" in out.getvalue()


@pytest.mark.parametrize("text", ["明天", "2026-02-30", "2026-03-24T25:00"])
def test_what_is_no_moment_is_refused(db, text):
    with pytest.raises(CommandError, match="不是日期"):
        call_command("tick", "--at", text)


def test_the_night_reckons_by_the_newest_table(world):
    lift, out = assigned(world), StringIO()
    Deadline.objects.filter(pk=reply(lift).pk).update(due_on=date(2026, 6, 1))
    monday = datetime(2026, 5, 18, 3, 10, tzinfo=SHANGHAI)
    from shangliang.matters import recompute

    counted = recompute.apply(calendars.build(), at=monday, by=None, cause="放假安排更新")

    assert counted == {"later": 1, "earlier": 0}
    assert reply(lift).due_on == date(2026, 6, 2)
    call_command("reckon", stdout=out)
    assert "延后 0 项" in out.getvalue()


def test_the_worker_knows_the_minute_and_the_night():
    names = {type(task).__name__ for task in HUEY._registry.periodic_tasks}

    assert {"every_minute", "every_night"} <= names


def test_the_night_is_night_in_the_county():
    """huey reads crontabs in UTC unless told otherwise; 03:10 must not be 11:10."""
    assert HUEY.utc is False
    three = datetime(2026, 11, 24, 3, 10)  # noqa: DTZ001  huey compares naive local time
    due = {type(task).__name__ for task in HUEY.read_periodic(three)}

    assert due == {"every_minute", "every_night"}
