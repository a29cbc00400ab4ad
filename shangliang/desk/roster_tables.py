"""Rosters, as the commands know them."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError

from shangliang.analysis.tabular import Table
from shangliang.analysis.tabular_values import day
from shangliang.matters.clocks import local_day
from shangliang.matters.imports.plan import Plan
from shangliang.matters.roster import out, planning
from shangliang.matters.roster.fields import LABELS, suggest
from shangliang.people import duties
from shangliang.people.models import Organisation, Person, Seat

from .tables import Kind, person_named


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--since", default="", metavar="日期", help="表中没有任职日期时，统一从哪天算起"
    )
    parser.add_argument(
        "--confirmed-by", default="", metavar="手机号", help="哪位安全管理员确认了这些任职"
    )


def _plan(
    table: Table, mapping: Mapping[str, str], committee: Organisation, options: dict[str, Any],
    at: datetime,
) -> Plan:  # fmt: skip
    since = None
    if options["since"]:
        try:
            since = day(options["since"])
        except ValueError:
            raise CommandError("--since 请写成 2026-03-05 这样的日期。") from None
    by = _officer(options["by"], "system_admin", committee, at)
    confirmed_by = _officer(options["confirmed_by"], "security_admin", committee, at)
    if by is not None and by == confirmed_by:
        raise CommandError("提出的人不能自己确认，请另一位安全管理员确认。")
    if options["apply"] and not (by or confirmed_by):
        raise CommandError(
            "请用 --by 写明是哪位系统管理员导入（之后由安全管理员在网页上确认），"
            "或者用 --confirmed-by 写明哪位安全管理员已经确认。"
        )
    choices = planning.Choices(since, confirmed_by, by)
    return planning.plan_roster(table, mapping, committee, choices, at)


def _officer(phone: str, duty: str, committee: Organisation, at: datetime) -> Person | None:
    """The administrator of this telephone number, who must hold `duty` here today."""
    person = person_named(phone)
    seats = Seat.objects.held_on(local_day(at)).filter(
        person=person, duty=duty, organisation__committee=committee
    )
    if person and not seats.exists():
        raise CommandError(f"{person.name}不是本会的{duties.LABELS[duty]}。")
    return person


ROSTER = Kind(
    "roster",
    "名册（人员、任职、界别、专委会和承办单位）",
    LABELS,
    planning.KEEPERS,
    suggest,
    _plan,
    out.export_header,
    out.export_rows,
    _add_options,
)
