"""A county in which every page has something to show: a paper in each situation, each thing begun."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from shangliang.analysis.workdays import SpecialDay
from shangliang.matters import attaching, calendar_notices
from shangliang.matters.models import Deadline, Draft
from tests.browsing import browser
from tests.people.test_roster import MEMBERS
from tests.people.test_setup import newcomer
from tests.proposals.test_life import (
    CROSS,
    PLEASED,
    TALK,
    draft_reply,
    plan,
    to_handling,
    to_replied,
)
from tests.world import SPRING, World, proposal, walk

NOW = SPRING + timedelta(days=1)
AGREED = {"category": "social", "proposed": "file"}
REFUSED = {"category": "social", "ground": "empty", "disposition": "none", "opinion": "空泛。"}


def furnish(world: World) -> None:
    _under_examination(world)
    _on_the_way_to_a_unit(world)
    _with_a_unit(world)
    in_the_set_up(world)


def _many(world: World, thing: str, count: int) -> list[Any]:
    return [proposal(world, title=f"关于第{n}{thing}的建议") for n in range(count)]


def _under_examination(world: World) -> None:
    draft = proposal(world)
    attaching.file_paper(
        draft, b"%PDF-1.4", kind="attachment", name="照片.pdf", media_type="application/pdf",
        by=world.lin, at=SPRING, visibility="members",
    )  # fmt: skip
    proposal(world, type="joint").parts.create(role="invited", person=world.zhou, since=SPRING)
    joint = proposal(world, type="joint", title="关于联名的建议")
    joint.parts.create(role="invited", person=world.zhou, since=SPRING)
    walk(joint, (world.lin, "invite"))
    fresh, looked, back, refused = _many(world, "座桥", 4)
    for each in (fresh, looked, back, refused):
        walk(each, (world.lin, "submit"))
    for each in (looked, refused):
        walk(each, (world.chen, "review", AGREED))
    walk(back, (world.chen, "return", "请补充数据。"))
    walk(refused, (world.he, "not_file", REFUSED))
    Draft.objects.create(
        person=world.lin, form="proposals.write:new", title="写了一半", url="/proposals/new/",
        data={"title": "写了一半", "situation": "写了一半"}, saved_at=SPRING,
    )  # fmt: skip


def _on_the_way_to_a_unit(world: World) -> None:
    papers = _many(world, "条路", 6)
    for each in papers:
        walk(each, (world.lin, "submit"), (world.chen, "review", AGREED), (world.he, "file"))
    for each in papers[1:]:
        plan(world, each)
        walk(each, (world.chen, "plan"))
    for each in papers[2:]:
        walk(each, (world.tang, "assign"))


def _with_a_unit(world: World) -> None:
    handled, checked, replied, rated, closed = _many(world, "盏灯", 5)
    for each in (handled, checked, replied, rated, closed):
        to_handling(world, each)
    draft_reply(world, checked)
    walk(checked, (world.gao, "log", TALK), (world.gao, "send_up"))
    for each in (replied, rated, closed):
        to_replied(world, each)
    walk(rated, (world.lin, "rate", CROSS))
    walk(closed, (world.lin, "rate", PLEASED), (world.chen, "close"), (world.chen, "publish"))
    running = Deadline.objects.filter(matter=handled, name="reply")
    running.update(shorter_on=running.get().due_on - timedelta(days=1))


def in_the_set_up(world: World) -> None:
    days = (
        SpecialDay(date(2027, 2, 6), "春节", False),
        SpecialDay(date(2027, 2, 20), "春节", True),
    )
    calendar_notices.propose(
        year=2027, title="国务院办公厅关于2027年部分节假日安排的通知", issued_on=date(2026, 11, 4),
        settles=True, days=days, by=world.sys, at=SPRING,
        text="国务院办公厅关于2027年部分节假日安排的通知\n一、春节：2月6日放假。\n2026年11月4日",
    )  # fmt: skip
    sun = browser(world.sys)
    assert sun.post("/setup/people/add/", newcomer(world)).status_code == 302
    for text in (MEMBERS, MEMBERS + "无名,123\n"):
        file = SimpleUploadedFile("名册.csv", text.encode("gb18030"))
        assert sun.post("/setup/roster/", {"file": file}).status_code == 302
