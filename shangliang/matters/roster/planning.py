"""What a roster would do to a committee's people and bodies, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from shangliang.analysis.tabular import Table
from shangliang.people import duties
from shangliang.people.models import AccountRequest, Organisation, Person, Seat

from ..imports.plan import Deed, Keeper, Plan, RowPlan, plain_keeper
from .fields import BODY_FACTS, SEAT_FACTS
from .reading import Body, Line, SeatLine, guess_kind, read_line

KIND = "roster"


def _make_person(person: Person, coming: Any) -> None:
    """Somebody new: she logs in once she has been given a one-time password."""
    person.set_unusable_password()
    person.must_change_password = True
    person.save(force_insert=True)


def _present_person(person: Person) -> dict[str, Any]:
    """Her data, and whether she has come in: then the batch that brought her stays."""
    return _person.present(person) | {"last_login": person.last_login}


_person = plain_keeper(Person, "name", "phone", "email", "work_place")
PERSON = Keeper(Person, _present_person, _make_person, _person.restore)
BODY = plain_keeper(Organisation, "name", "kind", *BODY_FACTS, "since", "until")
SEAT = plain_keeper(Seat, "person_id", "organisation_id", "duty", "since", *SEAT_FACTS)
ACCOUNT = replace(plain_keeper(AccountRequest, "person_id", "what"), silent=True)
KEEPERS = (PERSON, ACCOUNT, BODY, SEAT)


@dataclass(frozen=True)
class Choices:
    """What the table does not say: when seats begin, and who confirms them."""

    since: date | None = None
    confirmed_by: Person | None = None
    proposed_by: Person | None = None


def plan_roster(
    table: Table, mapping: Mapping[str, str], committee: Organisation, choices: Choices,
    at: datetime,
) -> Plan:  # fmt: skip
    """The plan for a whole roster; nothing is written."""
    plan = Plan(mapping)
    if not {"name", "body"} & set(mapping):
        problem = _("表头里既没有“姓名”也没有“机构”这一列，请指明是哪一列。")
        plan.rows.append(RowPlan(table.header_row, problems=[problem]))
        return plan
    lines = []
    for number, record in table.records():
        cells = {name: record[column] for name, column in mapping.items() if column in record}
        lines.append((number, read_line(cells, choices.since)))
    planner = _Planner(committee, choices, at, [line for _number, line in lines])
    plan.rows = [planner.row(number, line) for number, line in lines]
    if choices.confirmed_by is None and any(
        deed.keeper is SEAT and deed.before is None for row in plan.rows for deed in row.deeds
    ):
        plan.remarks.append(_("新的账号和任职要经安全管理员确认后才生效。"))
    return plan


class _Planner:
    """What is already in the house, and what earlier rows will bring into it."""

    def __init__(
        self, committee: Organisation, choices: Choices, at: datetime, lines: list[Line]
    ) -> None:
        self.committee, self.choices, self.at = committee, choices, at
        self.bodies: dict[str, list[Organisation]] = {}
        for body in Organisation.objects.of(committee):
            for name in {body.name, body.short_name} - {""}:
                self.bodies.setdefault(name, []).append(body)
        names = [line.name for line in lines if line.name]
        phones = [line.person["phone"] for line in lines if "phone" in line.person]
        here = Q(seats__organisation__committee=committee) | Q(
            parts__matter__organisation=committee
        )
        people = Person.objects.filter(Q(phone__in=phones) | Q(here, name__in=names)).distinct()
        self.by_phone = {person.phone: person for person in people if person.phone}
        self.by_name: dict[str, list[Person]] = {}
        for person in people:
            self.by_name.setdefault(person.name, []).append(person)
        self.seats: dict[Person, list[Seat]] = {}
        standing = Seat.objects.filter(person__in=people, refused_at=None)
        for seat in standing.select_related("organisation"):
            self.seats.setdefault(seat.person, []).append(seat)
        self.new_seats: set[tuple[int, int, str, date]] = set()
        self.changing: dict[tuple[str, int], Deed] = {}

    def row(self, number: int, line: Line) -> RowPlan:
        row = RowPlan(number, title=line.name or (line.bodies[0].name if line.bodies else ""))
        row.problems = list(line.problems)
        if row.problems:
            return row
        found = {body.name: self.body(row, body) for body in line.bodies}
        if line.name and (person := self.person(row, line)):
            for seat in line.seats:
                self.seat(row, person, found.get(seat.body, self.committee), seat)
        return row

    def body(self, row: RowPlan, body: Body) -> Organisation:
        """The committee's body of this name, changed as the row says, or a new one."""
        known = self.bodies.get(body.name, [])
        same_kind = [found for found in known if not body.kind or found.kind == body.kind]
        if len(same_kind) > 1:
            row.problems.append(
                _("有 %(n)d 个机构叫“%(name)s”，请在“机构类别”中注明。")
                % {"n": len(same_kind), "name": body.name}
            )
        if same_kind:
            self.change(row, BODY, same_kind[0], body.facts)
            return same_kind[0]
        made = Organisation(
            name=body.name, kind=body.kind or guess_kind(body.name), level=self.committee.level,
            committee=self.committee, parent=self.committee, **body.facts,
        )  # fmt: skip
        if made.kind == "committee":
            row.problems.append(_("政协委员会不能用名册新建，请在设置中添加。"))
        if not body.kind:
            row.remarks.append(
                _("新机构“%(name)s”按名称判断为%(kind)s。")
                % {"name": made.name, "kind": made.get_kind_display()}
            )
        self.bodies.setdefault(body.name, []).append(made)
        row.deeds.append(Deed(BODY, made))
        return made

    def person(self, row: RowPlan, line: Line) -> Person | None:
        """The person of this telephone number, else of this name here, else somebody new."""
        phone = line.person.get("phone")
        found = self.by_phone.get(phone) if phone else None
        if found and found.name != line.name:
            row.problems.append(
                _("手机号 %(phone)s 已由“%(name)s”使用，请核对。")
                % {"phone": phone, "name": found.name}
            )
            return None
        if found is None:
            alike = self.by_name.get(line.name, [])
            free = [person for person in alike if not (phone and person.phone)]
            if len(free) > 1:
                row.problems.append(
                    _("有 %(n)d 位“%(name)s”，请填手机号以便区分。")
                    % {"n": len(free), "name": line.name}
                )
                return None
            if alike and not free:
                row.remarks.append(_("已有同名人员，手机号不同，按另一人新建。"))
            found = free[0] if free else None
        if found is None:
            found = self._new_person(row, line)
            self.by_name.setdefault(line.name, []).append(found)
        else:
            self.change(row, PERSON, found, line.person)
        if phone:
            self.by_phone[phone] = found
        return found

    def _new_person(self, row: RowPlan, line: Line) -> Person:
        """Somebody new; her account waits for the security administrator, unless one confirms."""
        choices = self.choices
        person = Person(name=line.name, is_active=choices.confirmed_by is not None, **line.person)
        row.deeds.append(Deed(PERSON, person))
        if choices.confirmed_by is None and choices.proposed_by is not None:
            request = AccountRequest(
                committee=self.committee, what=AccountRequest.What.OPEN, person=person,
                asked_by=choices.proposed_by, asked_at=self.at,
            )  # fmt: skip
            row.deeds.append(Deed(ACCOUNT, request))
        return person

    def seat(self, row: RowPlan, person: Person, body: Organisation, line: SeatLine) -> None:
        since = line.since
        if since is None:
            return
        mine = self.seats.get(person, []) if person.pk else []
        if any(seat.duty in duties.ADMINISTRATORS and not seat.until for seat in mine):
            row.problems.append(_("“%(name)s”是管理员，不能兼任业务职务。") % {"name": person.name})
            return
        held = [seat for seat in mine if seat.organisation == body and seat.duty == line.duty]
        same = next((seat for seat in held if seat.since == since), None)
        still = next((seat for seat in held if seat.until is None), None)
        if (until := line.facts.get("until")) and until < since:
            row.problems.append(_("离任日期早于任职日期，请核对。"))
            return
        if same:
            self.change(row, SEAT, same, line.facts)
        elif body.kind not in duties.PLACES[line.duty]:
            row.problems.append(
                _("%(body)s没有“%(duty)s”这个职务，请核对机构类别和职务。")
                % {"body": body, "duty": duties.LABELS[line.duty]}
            )
        elif still:
            row.problems.append(
                _("“%(name)s”在%(body)s的同一职务自 %(day)s 起在任，与表中的任职日期不同，请核对。")
                % {"name": person.name, "body": body, "day": still.since}
            )
        elif (key := (id(person), id(body), line.duty, since)) not in self.new_seats:
            self.new_seats.add(key)
            row.deeds.append(Deed(SEAT, self._new_seat(person, body, line, since)))

    def _new_seat(self, person: Person, body: Organisation, line: SeatLine, since: date) -> Seat:
        by = self.choices.confirmed_by
        return Seat(
            person=person, organisation=body, duty=line.duty, since=since,
            proposed_by=self.choices.proposed_by, confirmed_by=by,
            confirmed_at=self.at if by else None, **line.facts,
        )  # fmt: skip

    def change(self, row: RowPlan, keeper: Keeper, thing: Any, facts: Mapping[str, Any]) -> None:
        """Plan what differs; what the row leaves empty stays as it is."""
        if not thing.pk:  # an earlier row brings it; this one adds to it
            for name, value in facts.items():
                setattr(thing, name, value)
            return
        key = (keeper.label, thing.pk)
        deed = self.changing.get(key)
        stands = (deed.after if deed else None) or keeper.present(thing)
        differing = {name: value for name, value in facts.items() if stands[name] != value}
        if not differing:
            return
        if deed is None:
            deed = self.changing[key] = Deed(keeper, thing, dict(stands))
            row.deeds.append(deed)
        deed.after = {**stands, **differing}
