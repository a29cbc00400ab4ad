"""Proposals come in from a table as it is, and go out into one that comes in again."""

from __future__ import annotations

import time
from typing import Any

import pytest

from shangliang.analysis.tabular import Bounds, Table, read_table
from shangliang.analysis.tabular_out import write_csv, write_xlsx
from shangliang.matters import search
from shangliang.matters.flow import move
from shangliang.matters.imports import batches
from shangliang.matters.imports.plan import Plan
from shangliang.matters.models import Code, Entry, ImportBatch
from shangliang.matters.refusals import NotReady
from shangliang.people.models import Organisation, Person
from shangliang.proposals.imports import (
    KEEPERS,
    Choices,
    export_header,
    export_rows,
    plan_proposals,
)
from shangliang.proposals.imports.fields import suggest
from shangliang.proposals.models import Proposal
from tests.analysis.real_proposals import FILE, needs_real_proposals
from tests.world import SPRING, World, proposal, walk

HEAD = "proposal_id,number,title,category,submitter,submitter_type,published,text\n"
OLD = HEAD + (
    "Y-1,1,关于在东门增设公共自行车站点的建议,城乡建设,沈岚,individual,2025-01-12 16:04:48,"
    "调研情况：县城有站点四十六处，东门没有。问题分析： 东门居民无车可借，只好步行。"
    "具体建议： 1.在东门增设站点。 2.延长末班时间。\n"
    "Y-2,3,关于培育茶产业的建议,经济建设,罗天明等3人,joint,2025-01-12 16:24:23,"
    "调研情况：茶园三万亩。问题分析：没有统一的品牌，各卖各的。"
    "具体建议：由农业农村局牵头申报地理标志。\n"
    "Y-3,7,关于培训村医的建议,社会建设,县工商联,organisation,2025-01-13 09:00:00,"
    "调研情况：村医平均年龄五十三岁。问题分析：收入低，后继无人。"
    "具体建议：一是提高补助。二是定向培养。\n"
)


def table(text: str = OLD, name: str = "旧系统.csv") -> Table:
    return read_table(text.encode(), name)


def planned(world: World, found: Table, **choices: Any) -> Plan:
    return plan_proposals(found, suggest(found.header), world.county, Choices(**choices), SPRING)


def carried_out(world: World, found: Table, **choices: Any) -> ImportBatch:
    batch = ImportBatch.objects.create(
        organisation=world.county, kind="proposals", name="旧系统.csv", digest=found.digest,
        brought_at=SPRING,
    )  # fmt: skip
    plan = planned(world, found, **choices)
    return batches.apply(batch, plan, by=world.sys, at=SPRING)


def exported(world: World, kind: str) -> Table:
    header = export_header(world.county)
    rows = [[*row, *[None] * (len(header) - len(row))] for row in export_rows(world.county)]
    data = write_csv(header, rows) if kind == "csv" else write_xlsx(header, rows)
    return read_table(data, f"提案.{kind}")


def test_three_parts_and_asks_come_out_of_one_text(world: World) -> None:
    carried_out(world, table())
    bicycle = Proposal.objects.get(title="关于在东门增设公共自行车站点的建议")

    assert bicycle.situation == "县城有站点四十六处，东门没有。"
    assert bicycle.analysis == "东门居民无车可借，只好步行。"
    assert [ask.text for ask in bicycle.asks.all()] == ["在东门增设站点。", "延长末班时间。"]
    assert (bicycle.state, bicycle.visibility, bicycle.number) == ("filed", "members", "1")
    assert f"{bicycle.begun_at:%Y-%m-%d}" == "2025-01-12"
    assert bicycle.filing.filed_on.isoformat() == "2025-01-12"


def test_a_category_of_ours_is_used_and_a_strange_one_comes_along_unoffered(world: World) -> None:
    carried_out(world, table())
    strange = Code.objects.get(organisation=world.county, table="category", label="城乡建设")

    assert Proposal.objects.get(title__contains="茶产业").category == "economic"
    assert Proposal.objects.get(title__contains="自行车").category == strange.code
    assert not strange.active


def test_submitters_become_people_without_a_log_in_and_bodies(world: World) -> None:
    carried_out(world, table())
    shen = Person.objects.get(name="沈岚")
    chamber = Organisation.objects.get(name="县工商联")
    doctors = Proposal.objects.get(title__contains="村医")

    assert not shen.is_active
    assert not shen.has_usable_password()
    assert (chamber.kind, chamber.committee) == ("people_org", world.county)
    assert doctors.people("author") == [chamber]
    assert doctors.type == "organisation"
    assert Proposal.objects.get(title__contains="茶产业").type == "joint"


def test_a_member_of_the_house_is_not_made_twice(world: World) -> None:
    carried_out(world, table(OLD.replace("沈岚", "林晓")))

    assert Proposal.objects.get(title__contains="自行车").people("author") == [world.lin]


def test_what_came_in_is_found(world: World) -> None:
    carried_out(world, table())
    hits = search.find(world.lin, "公共自行车", day=SPRING.date()).page(1)

    assert [hit.matter.title for hit in hits] == ["关于在东门增设公共自行车站点的建议"]
    assert len(search.find(world.lin, "定向培养", day=SPRING.date()).page(1)) == 1


def test_an_import_is_one_entry_of_the_journal(world: World) -> None:
    before = Entry.objects.count()
    carried_out(world, table())
    entry = Entry.objects.latest("id")

    assert Entry.objects.count() == before + 1
    assert (entry.verb, entry.by) == ("import", world.sys)
    assert entry.content.data["new"] == 3


def test_the_same_table_again_changes_nothing(world: World) -> None:
    carried_out(world, table())

    assert planned(world, table()).counts == {"new": 0, "changed": 0, "same": 3, "refused": 0}


def test_without_a_key_a_row_is_known_again(world: World) -> None:
    keyless = "案由,提案人,情况,分析,建议1\n关于修路的建议,林晓,路坏了三公里。,排水差。,修路。\n"
    carried_out(world, table(keyless))

    assert planned(world, table(keyless)).changes_nothing


def test_a_corrected_row_changes_its_proposal_and_undo_brings_it_back(world: World) -> None:
    carried_out(world, table())
    corrected = table(OLD.replace("2.延长末班时间。", "2.延长末班时间到二十二时。 3.降低押金。"))
    assert planned(world, corrected).counts["changed"] == 1

    batch = carried_out(world, corrected)
    bicycle = Proposal.objects.get(title__contains="自行车")
    assert [ask.text for ask in bicycle.asks.all()][1:] == [
        "延长末班时间到二十二时。",
        "降低押金。",
    ]

    batches.undo(batch, KEEPERS, by=world.sys, at=SPRING)
    bicycle = Proposal.objects.get(pk=bicycle.pk)
    assert [ask.text for ask in bicycle.asks.all()] == ["在东门增设站点。", "延长末班时间。"]


def test_undo_takes_all_of_it_away(world: World) -> None:
    people, bodies, codes = (
        Person.objects.count(),
        Organisation.objects.count(),
        Code.objects.count(),
    )
    batch = carried_out(world, table())
    batches.undo(batch, KEEPERS, by=world.sys, at=SPRING)

    assert not Proposal.objects.exists()
    assert (people, bodies, codes) == (
        Person.objects.count(), Organisation.objects.count(), Code.objects.count(),
    )  # fmt: skip


def test_a_proposal_that_goes_on_its_way_keeps_its_batch(world: World) -> None:
    batch = carried_out(world, table())
    bicycle = Proposal.objects.get(title__contains="自行车")
    bicycle.parts.create(role="planned_lead", unit=world.housing, since=SPRING)
    move(bicycle, "plan", by=world.chen, at=SPRING)

    with pytest.raises(NotReady, match="第 2 行"):
        batches.undo(batch, KEEPERS, by=world.sys, at=SPRING)
    changed = planned(world, table(OLD.replace("延长末班时间", "提早首班时间")))
    assert "不能用导入来修改" in changed.rows[0].problems[0]
    assert Proposal.objects.count() == 3


def test_in_a_session_the_numbers_are_the_houses_and_the_next_follows(world: World) -> None:
    carried_out(world, table(), session=world.session)
    numbers = set(Proposal.objects.values_list("number", flat=True))
    assert f"{world.session}第0007号" in numbers

    ours = proposal(world)
    walk(ours, (world.lin, "submit"))
    walk(ours, (world.chen, "review", {"category": "social", "proposed": "file"}))
    walk(ours, (world.he, "file"))
    ours.refresh_from_db()
    assert ours.sequence == (8 if ours.is_session else 1)
    assert ours.number not in numbers


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Y-9,1,,社会建设,沈岚,individual,2025-01-12,正文", "没有案由"),
        ("Y-9,1,关于路的建议,社会建设,,individual,2025-01-12,正文", "没有提案人"),
        ("Y-9,1,关于路的建议,社会建设,沈岚,individual,某日,正文", "提交时间“某日”"),
        ("Y-9,1,关于路的建议,社会建设,沈岚,individual,2025-01-12,", "没有正文"),
        ("Y-9,1,关于路的建议,社会建设,沈岚,individual,2025-01-12,机密★一年", "密级标志"),
        ("Y-1,1,关于路的建议,社会建设,沈岚,individual,2025-01-12,正文", "同一件提案"),
    ],
)
def test_each_refusal_says_what_to_mend(world: World, row: str, said: str) -> None:
    plan = planned(world, table(OLD + row + "\n"))

    assert any(said in problem for problem in plan.rows[-1].problems), plan.rows[-1].problems
    assert not plan.may_apply


def test_a_table_without_a_title_column_is_refused_as_a_whole(world: World) -> None:
    plan = planned(world, table("甲,乙\n1,2\n"))

    assert len(plan.rows[0].problems) == 2
    assert "案由" in plan.rows[0].problems[0]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_in_with_no_change(world: World, kind: str) -> None:
    carried_out(world, table())
    ours = proposal(world, title="关于“=1+1”的建议", situation="=SUM(A1)\n第二段")
    walk(ours, (world.lin, "submit"))
    plan = planned(world, exported(world, kind))

    assert [row.problems for row in plan.rows if row.problems] == []
    assert plan.counts == {"new": 0, "changed": 0, "same": 4, "refused": 0}


def test_a_draft_does_not_leave_the_house(world: World) -> None:
    proposal(world)

    assert list(export_rows(world.county)) == []


def test_what_goes_out_comes_into_another_house(world: World) -> None:
    carried_out(world, table())
    found = exported(world, "csv")
    plan = plan_proposals(found, suggest(found.header), world.other, Choices(), SPRING)

    assert plan.counts == {"new": 3, "changed": 0, "same": 0, "refused": 0}


@pytest.mark.slow
@needs_real_proposals
def test_303_real_proposals_go_in_and_out_and_in(world: World) -> None:
    found = read_table(FILE.read_bytes(), FILE.name, Bounds())
    began = time.monotonic()
    batch = carried_out(world, found)
    took = time.monotonic() - began

    assert batch.counts == {"new": 303, "changed": 0, "same": 0, "refused": 0}
    assert Proposal.objects.count() == 303
    assert Proposal.objects.filter(asks=None).count() == 0
    assert Proposal.objects.exclude(situation="").exclude(analysis="").count() >= 295
    assert planned(world, found).changes_nothing
    assert planned(world, exported(world, "csv")).changes_nothing
    assert planned(world, exported(world, "xlsx")).changes_nothing
    assert took < 60
