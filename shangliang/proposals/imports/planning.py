"""What a table of proposals would do to a committee's files, row by row."""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from shangliang.analysis.tabular import Table
from shangliang.matters.imports.plan import Deed, Plan, RowPlan
from shangliang.matters.models import Code, Entry, ImportLine, Visibility
from shangliang.people.models import Organisation, Person, Session

from ..models import Kind, Proposal
from ..workflow import PROPOSAL as TABLE
from . import keeping
from .fields import ask_columns
from .rows import Wanted, read_row

# Where a paper from elsewhere may begin, and who may know of it there.
STATES = {
    "submitted": Visibility.HANDLERS,
    "filed": Visibility.MEMBERS,
    "closed": Visibility.MEMBERS,
}
_BODY_KINDS = {
    Kind.SECTOR: "sector", Kind.GROUP: "group", Kind.PARTY: "party",
    Kind.SPECIAL_COMMITTEE: "special_committee",
}  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """What the table does not say: where its papers stand, and in which session they were."""

    state: str = "filed"
    session: Session | None = None


def plan_proposals(
    table: Table, mapping: Mapping[str, str], committee: Organisation, choices: Choices,
    at: datetime,
) -> Plan:  # fmt: skip
    """The plan for a whole table; nothing is written."""
    plan, planner = Plan(mapping), _Planner(committee, choices, at)
    if missing := [name for name in ("title", "author") if name not in mapping]:
        names = {"title": _("案由"), "author": _("提案人")}
        plan.rows.append(RowPlan(table.header_row, problems=[
            _("表头里没有找到“%(name)s”这一列，请指明是哪一列。") % {"name": names[name]} for name in missing
        ]))  # fmt: skip
        return plan
    columns, rows = ask_columns(table.header), []
    for number, record in table.records():
        cells = {name: record[column] for name, column in mapping.items() if column in record}
        rows.append((number, read_row(cells, [record[column] for column in columns])))
    planner.look_up([wanted for _number, wanted in rows])
    plan.rows = [planner.row(number, wanted) for number, wanted in rows]
    clean = sum(wanted.clean for _number, wanted in rows)
    if "text" in mapping:
        plan.remarks.append(
            _("%(all)d 行中有 %(clean)d 行的正文拆分清楚，其余 %(rest)d 行请看说明。")
            % {"all": len(rows), "clean": clean, "rest": len(rows) - clean}
        )
    return plan


class _Planner:
    """What is already in the house, and what earlier rows will bring into it."""

    def __init__(self, committee: Organisation, choices: Choices, at: datetime) -> None:
        self.committee, self.choices, self.at = committee, choices, at
        self.people: dict[str, list[Person]] = {}
        self.bodies: dict[str, Organisation] = {}
        self.codes = {
            c.label: c for c in Code.objects.filter(organisation=committee, table="category")
        }
        self.seen: set[str] = set()

    def look_up(self, rows: list[Wanted]) -> None:
        """Fetch what the rows name, in a few queries for the whole table."""
        names = {name for row in rows for name in (row.author, *row.cosigners)}
        here = Q(seats__organisation__committee=self.committee) | Q(
            parts__matter__organisation=self.committee
        )
        for person in Person.objects.filter(here, name__in=names).distinct():
            self.people.setdefault(person.name, []).append(person)
        for body in Organisation.objects.of(self.committee):
            self.bodies.setdefault(body.short_name or body.name, body)
            self.bodies[body.name] = body
        lines = ImportLine.objects.standing(self.committee, keeping.KIND).filter(
            model=keeping.PROPOSAL.label, key__in=[row.key for row in rows if row.key]
        )
        self.lines = {line.key: line for line in lines}
        own = {row.key: _own_number(row.key, self.committee) for row in rows}
        wanted = {line.target for line in self.lines.values()} | {n for n in own.values() if n}
        numbers = [row.number for row in rows if row.number]
        found = Proposal.objects.filter(organisation=self.committee).filter(
            Q(pk__in=wanted) | Q(number__in=numbers)
        )
        self.present = {
            p.pk: p for p in found.prefetch_related("asks", "parts__person", "parts__unit")
        }
        self.numbered = {p.number: p for p in self.present.values() if p.number}
        self.worked_on = set(
            Entry.objects.filter(matter__in=self.present).values_list("matter", flat=True)
        )
        self.titles = Tally(
            Proposal.objects.filter(
                organisation=self.committee, title__in={row.title for row in rows}
            ).values_list("title", flat=True)
        )

    def row(self, number: int, wanted: Wanted) -> RowPlan:
        row = RowPlan(number, wanted.key, wanted.title)
        row.problems, row.remarks = list(wanted.problems), list(wanted.remarks)
        if wanted.key in self.seen:
            row.problems.append(_("这一行与前面一行是同一件提案，请删去一行。"))
        self.seen.add(wanted.key)
        if row.problems:
            return row
        found = self.find(wanted)
        if found is None:
            self.bring(row, wanted)
        else:
            self.compare(row, wanted, found)
        return row

    def find(self, wanted: Wanted) -> Proposal | None:
        """The same proposal in the house: by the table's key, by our own, by its full number."""
        if line := self.lines.get(wanted.key):
            return self.present.get(line.target)
        if own := _own_number(wanted.key, self.committee):
            return self.present.get(own)
        full = wanted.number if wanted.number.startswith("第") else self._full_number(wanted)
        return self.numbered.get(full) if full else None

    def bring(self, row: RowPlan, wanted: Wanted) -> None:
        """Plan a new proposal, with the people, bodies and categories it needs."""
        if self.titles[wanted.title]:
            row.remarks.append(_("库中已有同名提案，请确认不是同一件。"))
        author = (
            self.body(row, wanted) if wanted.author_is_body else self.person(row, wanted.author)
        )
        cosigners = [self.person(row, name) for name in wanted.cosigners]
        category = self.category(row, wanted.category)
        if row.problems or author is None:
            return
        began, state = wanted.at or self.at, self.choices.state
        proposal = Proposal(
            organisation=self.committee, kind=Proposal.KIND, state=state, title=wanted.title,
            is_open=not TABLE.states[state].final, visibility=STATES[state],
            created_at=began, moved_at=began, begun_at=began, type=wanted.type,
            category=category, situation=wanted.situation, analysis=wanted.analysis,
            suggestion=wanted.suggestion, number=self._full_number(wanted) or wanted.number,
            **self._session(wanted),
        )  # fmt: skip
        coming = keeping.Coming(
            author, [p for p in cosigners if p], wanted.asks, filed=state != "submitted"
        )
        kept = {"number": wanted.number, "together": wanted.together}
        row.deeds.append(Deed(keeping.PROPOSAL, proposal, coming=coming, kept=kept))

    def compare(self, row: RowPlan, wanted: Wanted, proposal: Proposal) -> None:
        """Plan what differs, as long as the proposal came in by a table and was left alone."""
        before = keeping.present(proposal)
        after = before | {
            "title": wanted.title, "category": self.category(row, wanted.category),
            "type": str(wanted.type), "situation": wanted.situation, "analysis": wanted.analysis,
            "suggestion": wanted.suggestion, "asks": wanted.asks,
        }  # fmt: skip
        if {wanted.author} != {before["author"]} or wanted.cosigners != before["cosigners"]:
            row.problems.append(
                _("提案人与库中的“%(name)s”不同，请核对编号。") % {"name": before["author"]}
            )
        if after == before:
            return
        if proposal.pk in self.worked_on:
            row.problems.append(_("这件提案已在本系统办理，不能用导入来修改，请在提案页面上修改。"))
        row.deeds.append(Deed(keeping.PROPOSAL, proposal, before, after))

    def person(self, row: RowPlan, name: str) -> Person | None:
        """The one person of this name here, or a new one without a log-in."""
        found = self.people.get(name, [])
        if len(found) > 1:
            row.problems.append(
                _("有 %(n)d 位“%(name)s”，无法判断是哪一位，请在姓名后加以区分。")
                % {"n": len(found), "name": name}
            )
            return None
        if not found:
            person = Person(name=name)
            self.people[name] = [person]
            row.deeds.append(Deed(keeping.PERSON, person))
        return self.people[name][0]

    def body(self, row: RowPlan, wanted: Wanted) -> Organisation:
        if wanted.author not in self.bodies:
            kind = _BODY_KINDS.get(Kind(wanted.type), "people_org")
            body = Organisation(
                name=wanted.author, kind=kind, level=self.committee.level,
                committee=self.committee, parent=self.committee,
            )  # fmt: skip
            self.bodies[wanted.author] = body
            row.deeds.append(Deed(keeping.BODY, body))
        return self.bodies[wanted.author]

    def category(self, row: RowPlan, label: str) -> str:
        """The code of a category; one the committee does not know comes in, but is not offered."""
        if not label:
            return ""
        if label not in self.codes:
            code = Code(
                organisation=self.committee, table="category", code=label[:30], label=label[:120],
                active=False, order=900,
            )  # fmt: skip
            self.codes[label] = code
            row.deeds.append(Deed(keeping.CATEGORY, code))
        return self.codes[label].code

    def _session(self, wanted: Wanted) -> dict[str, Any]:
        session = self.choices.session
        if session is None:
            return {}
        return {
            "session": session, "term": session.term,
            "is_session": not wanted.number.startswith("平"), "sequence": _count(wanted.number),
        }  # fmt: skip

    def _full_number(self, wanted: Wanted) -> str:
        """「第五届三次会议第0123号」, when the session is known and the row has a plain number."""
        session, count = self.choices.session, _count(wanted.number)
        if session is None or count is None:
            return ""
        return f"{session}第{'平' if wanted.number.startswith('平') else ''}{count:04d}号"


def _count(number: str) -> int | None:
    found = re.fullmatch(r"平?第?0*(\d{1,6})号?", number)
    return int(found[1]) if found else None


def own_key(proposal: Proposal, committee: Organisation) -> str:
    """The key under which our own export names a proposal that did not come from a table."""
    return f"{committee.name}#{proposal.pk}"


def _own_number(key: str, committee: Organisation) -> int | None:
    home, mark, number = key.rpartition("#")
    return int(number) if mark and home == committee.name and number.isdecimal() else None
