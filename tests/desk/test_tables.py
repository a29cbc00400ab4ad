"""`shangliang import` and `export`, as the person who looks after the machine types them."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from shangliang.analysis.tabular import read_table
from shangliang.matters.models import Entry, ImportBatch
from shangliang.people.models import Person, Seat
from shangliang.proposals.models import Proposal
from tests.analysis.real_proposals import FILE, needs_real_proposals
from tests.people.test_roster import MEMBERS
from tests.proposals.test_import import OLD
from tests.world import World

COUNTY = "--committee=云岭县政协"


def run(*words: Any) -> str:
    out, err = StringIO(), StringIO()
    call_command(*map(str, words), stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "旧系统.csv"
    path.write_text(OLD, encoding="gb18030")
    return path


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "名册.csv"
    path.write_text(MEMBERS, encoding="utf-8")
    return path


def test_without_apply_nothing_is_written_and_every_row_is_told(world: World, old: Path) -> None:
    said = run("import", "proposals", old, COUNTY, "--all")

    assert "新增 3 行" in said
    assert "第 3 行 新增 关于培育茶产业的建议" in said
    assert "建议部分没有编号，整段作为一条建议。" in said
    assert "没有写入" in said
    assert not Proposal.objects.exists()
    assert not ImportBatch.objects.exists()


def test_apply_writes_and_undo_takes_it_back(world: World, old: Path) -> None:
    said = run("import", "proposals", old, COUNTY, "--apply", f"--by={world.sys.phone}")
    batch = ImportBatch.objects.get()
    assert f"批次号 {batch.pk}" in said
    assert "导入 3/3" in said
    assert Proposal.objects.count() == 3
    assert "新增 3 行" in run("import", "batches")
    assert "导入过" in run("import", "proposals", old, COUNTY)

    assert "已全部撤销" in run("import", "undo", batch.pk)
    assert not Proposal.objects.exists()
    assert "已撤销" in run("import", "batches")


def test_the_state_and_the_session_are_the_operators_choice(world: World, old: Path) -> None:
    run("import", "proposals", old, COUNTY, "--apply", "--state=closed", "--session=5-5")
    tea = Proposal.objects.get(title__contains="茶产业")

    assert (tea.state, tea.is_open, tea.session) == ("closed", False, world.session)
    assert tea.number == f"{world.session}第0003号"


def test_a_mapping_said_once_is_kept(world: World, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("事由,何人,内容\n关于修路的建议,林晓,路坏了，请修。\n", encoding="utf-8")
    assert "不能导入 1 行" in run("import", "proposals", path, COUNTY)

    run("import", "proposals", path, COUNTY, "--map", "案由=事由", "--map=author=何人", "--apply")
    assert Proposal.objects.get().people("author") == [world.lin]
    assert "不变 1 行" in run("import", "proposals", path, COUNTY)


def test_the_report_can_be_taken_along(world: World, old: Path, tmp_path: Path) -> None:
    report = tmp_path / "报告.csv"
    run("import", "proposals", old, COUNTY, f"--report={report}")
    rows = dict(read_table(report.read_bytes(), report.name).records())

    assert rows[2]["结果"] == "新增"
    assert "新增人员“沈岚”" in rows[2]["写入的内容"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "proposals", "没有.csv", COUNTY), "找不到文件"),
        (("import", "proposals", "OLD"), "请用 --committee 指明"),
        (("import", "proposals", "OLD", "--committee=青山县政协"), "请用 --committee 指明"),
        (("import", "proposals", "OLD", COUNTY, "--by=13000000000"), "没有手机号为"),
        (("import", "proposals", "OLD", COUNTY, "--map=甲=乙"), "没有“甲”这个字段"),
        (("import", "proposals", "OLD", COUNTY, "--map=案由=乙"), "没有“乙”这一列"),
        (("import", "proposals", "OLD", COUNTY, "--session=9-9"), "没有“9-9”这次会议"),
        (("import", "undo", 99), "没有第 99 批导入"),
        (("export", "proposals", "提案.doc", COUNTY), "以 .csv 或 .xlsx 结尾"),
        (("export", "proposals", "OLD", COUNTY), "已经存在"),
    ],
)
def test_each_refusal_is_one_sentence(
    world: World, old: Path, words: tuple[Any, ...], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        run(*(old if word == "OLD" else word for word in words))


def test_a_refused_row_keeps_the_whole_file_out(world: World, old: Path) -> None:
    old.write_text(f"{OLD}Y-9,9,,,沈岚,,,没有案由的正文\n", encoding="utf-8")
    with pytest.raises(CommandError, match="整份没有写入"):
        run("import", "proposals", old, COUNTY, "--apply")

    assert not Proposal.objects.exists()
    assert not ImportBatch.objects.exists()


def test_a_roster_needs_a_name_behind_it(world: World, roster: Path) -> None:
    for extra, said in (
        ((), "请用 --by 写明"),
        ((f"--by={world.lin.phone}",), "林晓不是本会的系统管理员"),
        ((f"--confirmed-by={world.sys.phone}",), "孙系统不是本会的安全管理员"),
    ):
        with pytest.raises(CommandError, match=said):
            run("import", "roster", roster, COUNTY, "--apply", *extra)
    assert not Person.objects.filter(name="沈岚").exists()


def test_a_roster_confirmed_by_the_security_administrator_counts_at_once(
    world: World, roster: Path
) -> None:
    officers = (f"--by={world.sys.phone}", f"--confirmed-by={world.sec.phone}")
    run("import", "roster", roster, COUNTY, "--apply", *officers)
    seats = Seat.objects.filter(person__name="沈岚")

    assert {(s.proposed_by, s.confirmed_by) for s in seats} == {(world.sys, world.sec)}
    assert Person.objects.get(name="沈岚").is_active


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("what", ["proposals", "roster"])
def test_what_is_exported_comes_in_with_no_change(
    world: World, old: Path, tmp_path: Path, what: str, ending: str
) -> None:
    run("import", "proposals", old, COUNTY, "--apply")
    path = tmp_path / f"{what}.{ending}"
    assert "已导出" in run("export", what, path, COUNTY)
    said = run("import", what, path, COUNTY)

    assert "新增 0 行，修改 0 行" in said
    assert "不能导入 0 行" in said


@pytest.mark.slow
@needs_real_proposals
def test_the_real_file_as_it_is(world: World) -> None:
    said = run("import", "proposals", FILE, COUNTY, "--apply")

    assert "303 行中有 270 行的正文拆分清楚" in said
    assert "新增 303 行" in said
    assert "导入 303/303" in said
    assert Entry.objects.filter(verb="import").count() == 1
