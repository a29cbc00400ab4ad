"""A roster comes in from Excel and CSV: dry run, report, all or nothing, and a way back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from shangliang.analysis.tabular import Table, read_table
from shangliang.analysis.tabular_out import write_csv, write_xlsx
from shangliang.matters.imports import batches
from shangliang.matters.imports.plan import Plan
from shangliang.matters.models import Entry, ImportBatch, Part
from shangliang.matters.refusals import NotReady, Stale
from shangliang.matters.roster import out
from shangliang.matters.roster.fields import suggest
from shangliang.matters.roster.planning import KEEPERS, Choices, plan_roster
from shangliang.people.models import AccountRequest, Organisation, Person, Seat
from tests.world import SPRING, World, proposal

MEMBERS = """清溪县政协委员名册,,,,,
姓 名,手机号码,工作单位及职务,所属界别,所属专委会,任职时间
沈　岚,１３９ 0000 0001,县实验小学校长,教育界,提案委员会,2026.3.5
罗天明,13900000002,云岭茶业公司经理,工商联界,经济委员会,2026年3月5日
"""
UNITS = """单位名称,简称,法定职责,姓名,手机,职务,任职日期
云岭县交通运输局,县交通局,公路、客运和公共自行车,,,,
云岭县交通运输局,,,程路,13900000003,经办人,2026-03-05
云岭县交通运输局,,,彭远,13900000004,承办单位负责人,46086
"""


def table(text: str, encoding: str = "utf-8") -> Table:
    return read_table(text.encode(encoding), "名册.csv")


def planned(world: World, found: Table, **choices: Any) -> Plan:
    chosen = Choices(proposed_by=world.sys, **choices)
    return plan_roster(found, suggest(found.header), world.county, chosen, SPRING)


def carried_out(world: World, found: Table, **choices: Any) -> ImportBatch:
    batch = ImportBatch.objects.create(
        organisation=world.county, kind="roster", name="名册.csv", digest=found.digest,
        brought_at=SPRING,
    )  # fmt: skip
    return batches.apply(batch, planned(world, found, **choices), by=world.sys, at=SPRING)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_wide_roster_makes_people_bodies_and_seats(world: World, encoding: str) -> None:
    carried_out(world, table(MEMBERS, encoding))

    shen = Person.objects.get(phone="13900000001")
    seats = {(seat.organisation.name, seat.duty) for seat in shen.seats.all()}
    assert (shen.name, shen.work_place) == ("沈岚", "县实验小学校长")
    assert seats == {
        ("政协云岭县委员会", "member"),
        ("教育界", "member"),
        ("提案委员会", "committee_member"),
    }
    assert {seat.since for seat in shen.seats.all()} == {date(2026, 3, 5)}
    assert Organisation.objects.get(name="经济委员会").kind == "special_committee"
    assert Organisation.objects.filter(name="教育界").count() == 1


def test_what_comes_in_waits_for_the_security_administrator(world: World) -> None:
    carried_out(world, table(MEMBERS))
    shen = Person.objects.get(name="沈岚")

    assert not shen.is_active
    assert not shen.has_usable_password()
    assert AccountRequest.objects.get(person=shen).asked_by == world.sys
    assert not Seat.objects.held_on(date(2026, 4, 1)).filter(person=shen).exists()


def test_one_who_confirms_at_once_is_named(world: World) -> None:
    carried_out(world, table(MEMBERS), confirmed_by=world.sec)
    shen = Person.objects.get(name="沈岚")

    assert shen.is_active
    assert Seat.objects.held_on(date(2026, 4, 1)).filter(person=shen).count() == 3
    assert not AccountRequest.objects.exists()


def test_units_come_with_their_duties_clerks_and_leaders(world: World) -> None:
    carried_out(world, table(UNITS))
    unit = Organisation.objects.get(name="云岭县交通运输局")

    assert (unit.kind, unit.short_name, unit.committee) == ("unit", "县交通局", world.county)
    assert unit.duties_text == "公路、客运和公共自行车"
    assert {(seat.person.name, seat.duty) for seat in unit.seats.all()} == {
        ("程路", "unit_clerk"),
        ("彭远", "unit_leader"),
    }


def test_a_dry_run_writes_nothing(world: World) -> None:
    before = (Person.objects.count(), Organisation.objects.count(), Entry.objects.count())
    plan = planned(world, table(MEMBERS))

    assert plan.counts == {"new": 2, "changed": 0, "same": 0, "refused": 0}
    assert before == (Person.objects.count(), Organisation.objects.count(), Entry.objects.count())


def test_the_same_file_twice_changes_nothing_and_is_recognised(world: World) -> None:
    found = table(MEMBERS)
    batch = carried_out(world, found)

    assert planned(world, found).counts == {"new": 0, "changed": 0, "same": 2, "refused": 0}
    assert batches.brought_before(world.county, "roster", found.digest) == batch


def test_who_is_here_already_is_known_by_phone_and_by_name(world: World) -> None:
    plan = planned(
        world,
        table(
            "姓名,手机号,界别,工作单位及职务,任职日期\n林晓,13800000001,教育界,县一中,2022-01-10\n周敏,,教育界,,2022-01-10\n"
        ),
    )
    kinds = [[deed.keeper.label for deed in row.deeds] for row in plan.rows]

    assert kinds == [["people.person", "people.seat"], ["people.seat"]]
    assert plan.rows[0].deeds[0].thing == world.lin


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("林晓,139123,教育界,,2026-03-05", "手机号“139123”不对"),
        ("王五,13800000001,教育界,,2026-03-05", "已由“林晓”使用"),
        ("王五,,教育界,,昨天", "“昨天”不是日期"),
        ("王五,,教育界,,", "没有任职日期"),
        ("王五,,教育界,大总管,2026-03-05", "不认识职务“大总管”"),
        ("王五,,教育界,系统管理员,2026-03-05", "管理员不能批量导入"),
        ("孙系统,13800000011,教育界,,2026-03-05", "是管理员，不能兼任"),
        ("林晓,13800000001,,委员,2026-03-05", "任职日期不同"),
        (",13900000009,教育界,,2026-03-05", "没有姓名"),
    ],
)
def test_each_refusal_says_what_to_mend(world: World, row: str, said: str) -> None:
    plan = planned(world, table(f"姓名,手机号,界别,职务,任职日期\n{row}\n"))

    assert any(said in problem for problem in plan.rows[0].problems), plan.rows[0].problems
    assert not plan.may_apply


def test_a_duty_stands_in_its_place(world: World) -> None:
    plan = planned(world, table("姓名,机构,职务,任职日期\n王五,云岭县财政局,主席,2026-03-05\n"))

    assert "没有“主席”这个职务" in plan.rows[0].problems[0]


def test_one_bad_row_keeps_all_others_out(world: World) -> None:
    found = table(MEMBERS + "坏行,1,教育界,,,2026-03-05\n")
    with pytest.raises(NotReady, match="有不能导入的行"):
        carried_out(world, found)

    assert not Person.objects.filter(name="沈岚").exists()


def test_a_failure_in_the_middle_leaves_nothing(world: World, monkeypatch: Any) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Seat, "save", fail)
    with pytest.raises(RuntimeError):
        carried_out(world, table(MEMBERS))

    assert not Person.objects.filter(name="沈岚").exists()
    assert ImportBatch.objects.get().applied_at is None


def test_a_batch_is_carried_out_once(world: World) -> None:
    found = table(MEMBERS)
    batch = carried_out(world, found)
    with pytest.raises(Stale):
        batches.apply(batch, Plan({}), by=world.sys, at=SPRING)


def test_a_batch_is_taken_back_as_a_whole(world: World) -> None:
    before = (Person.objects.count(), Organisation.objects.count(), Seat.objects.count())
    batch = carried_out(world, table(MEMBERS))
    batches.undo(batch, KEEPERS, by=world.sys, at=SPRING + timedelta(hours=23))

    assert before == (Person.objects.count(), Organisation.objects.count(), Seat.objects.count())
    assert [e.verb for e in Entry.objects.order_by("id")][-2:] == ["import", "import_undone"]


def test_a_change_is_taken_back_to_what_it_was(world: World) -> None:
    batch = carried_out(world, table("单位名称,简称\n云岭县财政局,财政\n"))
    world.finance.refresh_from_db()
    assert world.finance.short_name == "财政"

    batches.undo(batch, KEEPERS, by=world.sys, at=SPRING)
    world.finance.refresh_from_db()
    assert world.finance.short_name == "县财政局"


def test_undo_is_refused_late_or_when_somebody_worked_on_it(world: World) -> None:
    batch = carried_out(world, table(MEMBERS), confirmed_by=world.sec)
    with pytest.raises(NotReady, match="超过 24 小时"):
        batches.undo(batch, KEEPERS, by=world.sys, at=SPRING + timedelta(hours=25))

    shen = Person.objects.get(name="沈岚")
    Person.objects.filter(pk=shen.pk).update(work_place="县一中校长")
    with pytest.raises(NotReady, match="第 3 行导入后又有变动"):
        batches.undo(batch, KEEPERS, by=world.sys, at=SPRING)

    Person.objects.filter(pk=shen.pk).update(work_place="县实验小学校长")
    Part.objects.create(matter=proposal(world), role="cosigner", person=shen, since=SPRING)
    with pytest.raises(NotReady, match="已经在使用"):
        batches.undo(batch, KEEPERS, by=world.sys, at=SPRING)
    assert Person.objects.filter(name="罗天明").exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_in_with_no_change(world: World, kind: str) -> None:
    carried_out(world, table(MEMBERS))
    carried_out(world, table(UNITS))
    write = write_csv if kind == "csv" else write_xlsx
    data = write(out.export_header(world.county), list(out.export_rows(world.county)))
    plan = planned(world, read_table(data, f"名册.{kind}"))

    assert [row.problems for row in plan.rows if row.problems] == []
    assert plan.changes_nothing
    assert len(plan.rows) > 15


def test_administrators_do_not_leave_in_the_roster(world: World) -> None:
    said = [row[0] for row in out.export_rows(world.county)]

    assert "孙系统" not in said
    assert "林晓" in said


def test_another_committee_is_left_alone(world: World) -> None:
    plan = planned(world, table("姓名,界别,任职日期\n方远,教育界,2026-03-05\n"))

    assert plan.rows[0].deeds[0].before is None  # somebody of that name, but not theirs
