"""Tables of proposals, as the commands know them."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError

from shangliang.analysis.tabular import Table
from shangliang.matters.imports.plan import Plan
from shangliang.people.models import Organisation, Session
from shangliang.proposals import imports
from shangliang.proposals.imports.fields import LABELS, ask_number, suggest
from shangliang.proposals.imports.planning import STATES
from shangliang.proposals.workflow import STATES as STANDS

from .tables import Kind


def _add_options(parser: ArgumentParser) -> None:
    words = "、".join(f"{name}（{STANDS[name].label}）" for name in STATES)
    parser.add_argument(
        "--state", choices=list(STATES), default="filed", help=f"导入后处于什么状态：{words}"
    )
    parser.add_argument(
        "--session", default="", metavar="届-次", help="属于哪次会议，如 5-3；案号按该次会议编排"
    )


def _plan(
    table: Table, mapping: Mapping[str, str], committee: Organisation, options: dict[str, Any],
    at: datetime,
) -> Plan:  # fmt: skip
    session = _session(options["session"], committee) if options["session"] else None
    choices = imports.Choices(state=options["state"], session=session)
    return imports.plan_proposals(table, mapping, committee, choices, at)


def _session(said: str, committee: Organisation) -> Session:
    term, _mark, number = said.partition("-")
    found = Session.objects.filter(term__organisation=committee)
    if term.isdecimal() and number.isdecimal():
        session = found.filter(term__number=int(term), number=int(number)).first()
        if session:
            return session
    there = "、".join(f"{s.term.number}-{s.number}" for s in found.select_related("term"))
    raise CommandError(f"没有“{said}”这次会议，现有：{there or '（还没有设置会议届次）'}。")


PROPOSALS = Kind(
    "proposals",
    "提案（整篇正文会拆成情况、分析、建议和逐条建议）",
    LABELS,
    imports.KEEPERS,
    suggest,
    _plan,
    imports.export_header,
    imports.export_rows,
    _add_options,
    ask_number,
)
