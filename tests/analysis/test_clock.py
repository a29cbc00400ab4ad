"""A clock runs out on the day the rules say, however its facts were collected."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from shangliang.analysis.clock import Clock, Extension, Pause, Roll, Rule, Unit
from shangliang.analysis.clock_acts import ClockRefused, extend, pause, restart, resume
from shangliang.analysis.workdays import Calendar

from .years import CHINA, FIRST_2020, INVENTED_2027, LONGER_2020, NOTICES, guesses

REPLY = Rule(3, Unit.MONTH, longest=6)
OBJECTION = Rule(10, Unit.WORKING_DAY)
ASSIGNED = date(2026, 11, 23)
CHINA_2027 = Calendar.of([*NOTICES, INVENTED_2027], guesses())


def due(rule, start, calendar=CHINA):
    return Clock(rule, start).due(calendar)


@pytest.mark.parametrize(
    ("start", "rule", "calendar", "day"),
    [
        (date(2026, 2, 10), Rule(5, Unit.WORKING_DAY), CHINA, date(2026, 2, 24)),
        (date(2026, 9, 18), Rule(3, Unit.WORKING_DAY), CHINA, date(2026, 9, 22)),
        (date(2026, 9, 21), Rule(10, Unit.WORKING_DAY), CHINA, date(2026, 10, 12)),
        (
            date(2020, 1, 17),
            Rule(15, Unit.WORKING_DAY),
            Calendar.of([FIRST_2020]),
            date(2020, 2, 12),
        ),
        (
            date(2020, 1, 17),
            Rule(15, Unit.WORKING_DAY),
            Calendar.of([FIRST_2020, LONGER_2020]),
            date(2020, 2, 14),
        ),
    ],
)
def test_the_vectors(start, rule, calendar, day):
    answer = due(rule, start, calendar)

    assert answer.day == day
    assert not answer.is_provisional


def test_three_months_into_a_year_without_a_notice_are_provisional():
    answer = due(REPLY, ASSIGNED)

    assert answer.day == date(2027, 2, 23)
    assert answer.unpublished == (2027,)
    assert due(REPLY, date(2026, 7, 1)).unpublished == ()


def test_every_year_on_the_way_counts():
    answer = due(Rule(300, Unit.WORKING_DAY), date(2026, 12, 1))

    assert answer.day.year == 2028
    assert answer.unpublished == (2027, 2028)


def test_a_date_that_no_notice_can_move_is_certain():
    """With no rolling, three months are three months whatever is announced."""
    assert not due(replace(REPLY, roll=Roll.NONE), ASSIGNED).is_provisional


@pytest.mark.parametrize(
    ("rule", "start", "day"),
    [
        (Rule(3, Unit.MONTH), date(2026, 11, 30), date(2027, 3, 1)),  # 28 February is a Sunday
        (Rule(3, Unit.MONTH, Roll.PREVIOUS), date(2026, 11, 30), date(2027, 2, 26)),
        (Rule(3, Unit.MONTH, Roll.NONE), date(2026, 11, 30), date(2027, 2, 28)),
        (Rule(1, Unit.MONTH), date(2026, 9, 1), date(2026, 10, 8)),  # over the National Day
        (Rule(1, Unit.MONTH, Roll.PREVIOUS), date(2026, 9, 1), date(2026, 9, 30)),
        (Rule(30, Unit.DAY), date(2026, 11, 23), date(2026, 12, 23)),
        (Rule(7, Unit.DAY), date(2026, 9, 13), date(2026, 9, 20)),  # a Sunday that is worked
        (
            Rule(1, Unit.DAY, Roll.PREVIOUS),
            date(2026, 10, 1),
            date(2026, 10, 8),
        ),  # not before it began
        (Rule(1, Unit.DAY), date(2024, 2, 28), date(2024, 2, 29)),
        (Rule(1, Unit.DAY), date(2026, 12, 31), date(2027, 1, 4)),  # the year's end
        (Rule(12, Unit.MONTH), date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_days_and_months_run_and_are_moved_off_a_day_off(rule, start, day):
    assert due(rule, start).day == day


@pytest.mark.parametrize(
    ("rule", "start", "day"),
    [
        (Rule(5, Unit.WORKING_DAY, counts_start=True), date(2026, 11, 23), date(2026, 11, 27)),
        (Rule(5, Unit.WORKING_DAY, counts_start=True), date(2026, 11, 21), date(2026, 11, 27)),
        (Rule(7, Unit.DAY, Roll.NONE, counts_start=True), date(2026, 11, 23), date(2026, 11, 29)),
        (Rule(3, Unit.MONTH, Roll.NONE, counts_start=True), ASSIGNED, date(2027, 2, 22)),
        (Rule(1, Unit.MONTH, Roll.NONE, counts_start=True), date(2026, 3, 1), date(2026, 3, 31)),
        (Rule(1, Unit.MONTH, Roll.NONE, counts_start=True), date(2026, 1, 31), date(2026, 2, 28)),
    ],
)
def test_the_day_itself_counts_where_the_rule_says_so(rule, start, day):
    assert due(rule, start).day == day


def test_a_pause_takes_its_days_out():
    clock = pause(Clock(OBJECTION, date(2026, 11, 23)), date(2026, 11, 25), "补正")
    assert clock.due(CHINA).day is None
    assert clock.left_when_paused(CHINA) == 8

    clock = resume(clock, date(2026, 12, 2))

    # 24 and 25 November count, then 3 December is the third day.
    assert clock.due(CHINA).day == date(2026, 12, 14)


def test_pausing_and_resuming_on_one_day_changes_nothing():
    clock = Clock(OBJECTION, date(2026, 11, 23))

    assert resume(pause(clock, date(2026, 11, 25)), date(2026, 11, 25)).due(CHINA) == clock.due(
        CHINA
    )


def test_a_pause_moves_months_by_its_days():
    clock = resume(pause(Clock(REPLY, date(2026, 3, 2)), date(2026, 4, 1)), date(2026, 4, 11))

    assert clock.due(CHINA).day == date(2026, 6, 12)  # 2 June and ten days more
    paused = pause(Clock(REPLY, date(2026, 3, 2)), date(2026, 4, 1))
    assert paused.left_when_paused(CHINA) == 62


def test_a_pause_after_the_end_saves_nothing():
    clock = Clock(OBJECTION, date(2026, 11, 2))
    late = pause(clock, date(2026, 11, 20))

    assert late.due(CHINA) == clock.due(CHINA)
    assert late.left_when_paused(CHINA) == 0


def test_overlapping_pauses_count_once():
    twice = (
        Pause(date(2026, 11, 24), date(2026, 11, 27)),
        Pause(date(2026, 11, 25), date(2026, 11, 28)),
    )
    once = (Pause(date(2026, 11, 24), date(2026, 11, 28)),)
    start = date(2026, 11, 23)

    assert Clock(OBJECTION, start, twice).due(CHINA) == Clock(OBJECTION, start, once).due(CHINA)


def test_an_extension_replaces_the_date_and_is_not_added_to_it():
    granted = Extension(date(2027, 2, 1), amount=6)
    clock = extend(Clock(REPLY, ASSIGNED), granted, CHINA)

    assert clock.due(CHINA).day == date(
        2027, 5, 24
    )  # six months from the start; 23 May is a Sunday
    assert clock.due(CHINA).settled_by == "extension"


def test_an_extension_to_a_named_day_is_moved_off_a_day_off():
    granted = Extension(date(2027, 2, 1), until=date(2027, 3, 27))

    assert extend(Clock(REPLY, ASSIGNED), granted, CHINA).due(CHINA).day == date(2027, 3, 29)


def test_a_pause_after_the_grant_moves_the_named_day_too():
    """A pause may outlast the named day; the unit still has what it had when it began."""
    granted = Extension(date(2026, 4, 1), until=date(2026, 7, 10))
    clock = extend(Clock(REPLY, date(2026, 3, 2)), granted, CHINA)
    paused = pause(clock, date(2026, 7, 8))

    assert paused.due(CHINA).day is None
    assert paused.left_when_paused(CHINA) == 2
    assert resume(paused, date(2026, 7, 20)).due(CHINA).day == date(2026, 7, 22)


def test_a_pause_before_the_grant_is_not_counted_twice():
    paused = resume(pause(Clock(REPLY, date(2026, 3, 2)), date(2026, 3, 5)), date(2026, 3, 16))
    granted = Extension(date(2026, 4, 1), until=date(2026, 7, 10))

    assert extend(paused, granted, CHINA).due(CHINA).day == date(2026, 7, 10)


@pytest.mark.parametrize(
    ("rule", "extension", "sentence"),
    [
        (replace(REPLY, longest=None), Extension(ASSIGNED, amount=4), "不能延期"),
        (
            REPLY,
            Extension(date(2027, 2, 24), amount=6),
            "已于 2027 年 2 月 23 日届满，延期须在届满之前批准",
        ),
        (REPLY, Extension(date(2027, 2, 1), amount=7), "连同延期最长 6 个月"),
        (REPLY, Extension(date(2027, 2, 1), until=date(2027, 6, 1)), "最迟到 2027 年 5 月 24 日"),
        (REPLY, Extension(date(2027, 2, 1), amount=2), "须晚于现在的期限 2027 年 2 月 23 日"),
        (REPLY, Extension(date(2027, 2, 1), until=date(2027, 2, 23)), "须晚于现在的期限"),
    ],
)
def test_an_extension_is_refused_with_its_reason(rule, extension, sentence):
    with pytest.raises(ClockRefused, match=sentence):
        extend(Clock(rule, ASSIGNED), extension, CHINA)


def test_an_extension_may_still_be_granted_on_the_last_day():
    granted = Extension(date(2027, 2, 23), amount=4)

    assert extend(Clock(REPLY, ASSIGNED), granted, CHINA).due(CHINA).day == date(2027, 3, 23)


def test_an_extension_may_reach_the_latest_day_itself():
    latest = Clock(REPLY, ASSIGNED).latest(CHINA).day
    granted = Extension(date(2027, 2, 1), until=latest)

    assert latest == date(2027, 5, 24)
    assert extend(Clock(REPLY, ASSIGNED), granted, CHINA).due(CHINA).day == latest


def test_one_extension_is_enough():
    once = extend(Clock(REPLY, ASSIGNED), Extension(date(2027, 2, 1), amount=4), CHINA)

    with pytest.raises(ClockRefused, match="已经延期"):
        extend(once, Extension(date(2027, 3, 1), amount=6), CHINA)


def test_an_extension_to_a_day_waits_for_the_end_of_a_pause():
    clock = pause(Clock(REPLY, ASSIGNED), date(2026, 12, 1))

    with pytest.raises(ClockRefused, match="请在恢复之后"):
        extend(clock, Extension(date(2026, 12, 2), until=date(2027, 4, 1)), CHINA)


def test_a_new_unit_gets_the_whole_time_again():
    clock = extend(Clock(REPLY, ASSIGNED), Extension(date(2026, 12, 1), amount=6), CHINA)
    handed_on = restart(clock, date(2026, 12, 7))

    assert handed_on.due(CHINA).day == date(2027, 3, 8)  # 7 March is a Sunday
    assert handed_on.first_start == ASSIGNED
    assert restart(handed_on, date(2026, 12, 14)).first_start == ASSIGNED


def test_where_the_switch_is_off_the_clock_goes_on():
    clock = Clock(replace(REPLY, restarts=False), ASSIGNED)

    assert restart(clock, date(2026, 12, 7)) == clock


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda clock: pause(clock, date(2026, 11, 22)), "自 2026 年 11 月 23 日起算"),
        (lambda clock: pause(pause(clock, ASSIGNED), ASSIGNED), "已在暂停中"),
        (lambda clock: resume(clock, ASSIGNED), "没有暂停"),
        (lambda clock: resume(pause(clock, date(2026, 12, 1)), ASSIGNED), "不能在此之前恢复"),
        (lambda clock: restart(clock, date(2026, 11, 22)), "不能在此之前重新起算"),
    ],
)
def test_what_cannot_have_happened_is_refused(act, sentence):
    with pytest.raises(ClockRefused, match=sentence):
        act(Clock(REPLY, ASSIGNED))


def test_a_fixed_day_wins_when_it_is_earlier():
    by_august = replace(REPLY, fixed=(8, 31))

    assert due(by_august, date(2026, 7, 1)).day == date(2026, 8, 31)
    assert due(by_august, date(2026, 7, 1)).settled_by == "fixed"
    assert due(by_august, date(2026, 4, 1)).day == date(2026, 7, 1)
    assert due(by_august, date(2026, 5, 31)).settled_by == "rule"  # the same day either way
    assert due(by_august, date(2026, 8, 31)).day == date(2026, 11, 30)


def test_a_pause_does_not_move_a_fixed_day_but_an_extension_replaces_it():
    clock = Clock(replace(REPLY, fixed=(8, 31)), date(2026, 7, 1))
    paused = resume(pause(clock, date(2026, 7, 6)), date(2026, 7, 20))
    extended = extend(paused, Extension(date(2026, 8, 3), amount=6), CHINA)

    assert paused.due(CHINA).day == date(2026, 8, 31)
    assert extended.due(CHINA).day == date(2027, 1, 15)  # six months and fourteen days


def test_a_date_people_were_told_never_comes_nearer_by_itself():
    clock = Clock(OBJECTION, ASSIGNED, told=date(2026, 12, 9))

    assert clock.reckoned(CHINA).day == date(2026, 12, 7)
    assert clock.due(CHINA).day == date(2026, 12, 9)
    assert replace(clock, told=date(2026, 12, 3)).due(CHINA).day == date(2026, 12, 7)
    assert restart(clock, date(2026, 11, 24)).due(CHINA).day == date(2026, 12, 8)
    assert replace(clock, told=date(2026, 12, 7)).due(CHINA).settled_by == "rule"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Rule(0, Unit.DAY),
        lambda: Rule(-3, Unit.MONTH),
        lambda: Rule(3, Unit.MONTH, longest=2),
        lambda: Rule(3, Unit.MONTH, fixed=(2, 29)),
        lambda: Extension(ASSIGNED),
        lambda: Extension(ASSIGNED, amount=4, until=date(2027, 3, 1)),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"at least|shorter|day is out|either"):
        wrong()


RULES = some.builds(
    Rule,
    some.integers(1, 40),
    some.sampled_from([Unit.WORKING_DAY, Unit.DAY]),
    some.sampled_from(Roll),
    some.booleans(),
    some.just(120),
    some.just(1),
    some.booleans(),
    some.sampled_from([None, (8, 31), (12, 10)]),
) | some.builds(
    Rule, some.integers(1, 9), some.just(Unit.MONTH), some.sampled_from(Roll), longest=some.just(12)
)
STARTS = some.dates(date(2025, 1, 1), date(2026, 12, 31))


@given(RULES, STARTS)
def test_more_time_is_never_due_earlier(rule, start):
    shorter, longer = Clock(rule, start), Clock(replace(rule, amount=rule.amount + 1), start)

    assert shorter.due(CHINA).day <= longer.due(CHINA).day


@given(RULES, STARTS, some.integers(0, 30), some.integers(0, 30))
def test_a_pause_never_makes_it_earlier(rule, start, after, days):
    since = start + timedelta(days=after)
    paused = Clock(rule, start, (Pause(since, since + timedelta(days=days)),))

    assert paused.due(CHINA).day >= Clock(rule, start).due(CHINA).day


@given(RULES, STARTS, some.integers(1, 30))
def test_an_extension_never_makes_it_earlier(rule, start, more):
    clock = Clock(rule, start)
    longer = replace(clock, extensions=(Extension(start, amount=rule.amount + more),))

    assert longer.due(CHINA).day >= clock.due(CHINA).day


@given(RULES, STARTS, some.integers(0, 60), some.integers(0, 40))
def test_what_a_pause_leaves_is_what_there_is_when_it_ends(rule, start, after, days):
    since = start + timedelta(days=after)
    clock = pause(Clock(rule, start), since)
    until = since + timedelta(days=days)
    left, ended = clock.left_when_paused(CHINA), resume(clock, until).due(CHINA)

    if left and ended.settled_by == "rule" and rule.unit is Unit.WORKING_DAY:
        assert CHINA.count(until, ended.reckoned) == left
    elif left and ended.settled_by == "rule":
        assert (ended.reckoned - until).days == left
    elif not left and rule.fixed is None:
        assert ended == Clock(rule, start).due(CHINA)


@given(
    rule=RULES,
    start=STARTS,
    waits=some.integers(0, 10),
    lasts=some.integers(0, 20),
    more=some.integers(15, 40),
    by_day=some.booleans(),
)
@settings(max_examples=300)
def test_the_order_of_notice_pause_and_extension_does_not_matter(
    rule, start, waits, lasts, more, by_day
):
    """Every order in which the facts may be entered, each seen through every calendar."""
    rule = replace(rule, longest=rule.amount + 40, fixed=None)
    since = start + timedelta(days=waits)
    # Far enough to be later than the plain date, near enough to be allowed, in every order.
    enough = {Unit.WORKING_DAY: 140, Unit.DAY: 95, Unit.MONTH: 330}[rule.unit]
    if by_day:
        rule = replace(rule, longest=rule.amount + (12 if rule.unit is Unit.MONTH else 150))
        granted = Extension(start, until=start + timedelta(days=enough))
    else:
        granted = Extension(start, amount=rule.amount + more)

    def entered(order):
        clock, calendar = Clock(rule, start), CHINA
        for fact in order:
            if fact == "notice":
                calendar = CHINA_2027
            elif fact == "pause":
                clock = resume(pause(clock, since), since + timedelta(days=lasts))
            else:
                clock = extend(clock, granted, calendar)
        return clock.due(calendar)

    answers = {entered(order) for order in permutations(("notice", "pause", "extension"))}
    assert len(answers) == 1
