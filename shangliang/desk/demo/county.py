"""The bodies and people of the demo county, each with a seat that counts."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from shangliang.matters import local
from shangliang.people.models import Organisation, Person, Seat, Session, Term
from shangliang.people.pinyin import sort_key

from .names import COMMITTEES, SECTORS, TOWNS, Names

DATA = Path(__file__).parent / "data"
MEMBERS = 262
PASSWORD = "商量着办demo2026"  # noqa: S105  printed for everybody to see

# One log-in a role, in the order the door prints them.
ROLES = [
    ("member", "林晓", "13900000001", "委员"),
    ("proposal_office", "陈立", "13900000002", "提案办"),
    ("proposal_committee", "何静", "13900000003", "提案委（复审）"),
    ("supervision", "唐杰", "13900000004", "县府督查室"),
    ("unit_clerk", "高远", "13900000005", "县住建局经办人"),
    ("unit_leader", "梁静", "13900000006", "县住建局负责人"),
    ("organ_leader", "吴岚", "13900000007", "政协领导"),
    ("system_admin", "孙禾", "13900000008", "系统管理员"),
    ("security_admin", "安恬", "13900000009", "安全管理员"),
    ("audit_admin", "邵榆", "13900000010", "审计管理员"),
]


@dataclass
class County:
    """What the lives of proposals are drawn from."""

    home: Organisation
    since: date
    sessions: list[Session] = field(default_factory=list)
    members: list[Person] = field(default_factory=list)
    units: dict[str, Organisation] = field(default_factory=dict)
    clerks: dict[str, Person] = field(default_factory=dict)
    leaders: dict[str, Person] = field(default_factory=dict)
    conveners: dict[str, tuple[Organisation, Person]] = field(default_factory=dict)
    staff: dict[str, Person] = field(default_factory=dict)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class Builder:
    """Builds the county; one password hash serves all, so that opening it is quick."""

    def __init__(self, today: date, dice: random.Random) -> None:
        self.dice, self.names = dice, Names(dice)
        self.people, self.seats = list[Person](), list[Seat]()
        self.hash = make_password(PASSWORD)
        since = date(today.year - 3, 1, 12)
        self.county = County(self._committee(), since)
        self.at = timezone.make_aware(datetime.combine(since, time(9)))
        for _duty, name, _phone, _label in ROLES:
            self.names.keep(name)

    def build(self, today: date) -> County:
        county = self.county
        local.furnish(county.home)
        term = Term.objects.create(organisation=county.home, number=5, since=county.since)
        for number, year in ((3, today.year - 1), (4, today.year)):
            opens = date(year, 1, 20)
            cutoff = timezone.make_aware(datetime.combine(opens + timedelta(2), time(18)))
            county.sessions.append(
                Session.objects.create(
                    term=term,
                    number=number,
                    opens_on=opens,
                    closes_on=opens + timedelta(3),
                    cutoff_at=cutoff,
                )
            )
        for name in COMMITTEES:
            self.body("special_committee", name)
        for name in TOWNS:
            self.body("liaison_group", f"{name}联络组")
        self._units()
        self._staff()
        self._members()
        self._seat_them()
        return county

    def _seat_them(self) -> None:
        """Everybody at once; whoever acts carries her seats, as somebody in a request does."""
        Person.objects.bulk_create(self.people)
        Seat.objects.bulk_create(self.seats)
        for person in self.people:
            person.kept_seats = []
        for seat in self.seats:
            assert seat.person.kept_seats is not None
            seat.person.kept_seats.append(seat)

    def _committee(self) -> Organisation:
        home = Organisation(
            kind="committee", level="county", name="政协云岭县委员会", short_name="云岭县政协"
        )
        home.save()
        return home

    def body(self, kind: str, name: str, short: str = "", **more: Any) -> Organisation:
        home = self.county.home
        made = Organisation(
            kind=kind, name=name, short_name=short, parent=home, committee=home, **more
        )
        made.save()
        return made

    def person(
        self, name: str, phone: str, *seats: tuple[str, Organisation], **more: Any
    ) -> Person:
        made = Person(name=name, phone=phone, password=self.hash, pinyin=sort_key(name), **more)
        self.people.append(made)
        self.seats += [
            Seat(person=made, duty=duty, organisation=body, since=self.county.since,
                 start_document="县政协五届一次会议", confirmed_at=self.at)
            for duty, body in seats
        ]  # fmt: skip
        return made

    def _units(self) -> None:
        for n, row in enumerate(rows("units.csv")):
            unit = self.body("unit", row["name"], row["short"], side=row["side"],
                             duties_text=row["duties"], contact=f"0000-66{n:04d}")  # fmt: skip
            self.county.units[row["short"]] = unit
            if row["short"] != "县住建局":
                self._desk(row["short"], unit, self.names.draw(), self.names.draw(), n)

    def _desk(self, short: str, unit: Organisation, clerk: str, leader: str, n: int) -> None:
        self.county.clerks[short] = self.person(clerk, f"1391000{n:04d}", ("unit_clerk", unit))
        self.county.leaders[short] = self.person(leader, f"1392000{n:04d}", ("unit_leader", unit))

    def _staff(self) -> None:
        home, housing = self.county.home, self.county.units["县住建局"]
        seats = {
            "proposal_office": self.body("office", "县政协提案办公室", "提案办", contact="0000-6600001"),
            "supervision": self.body("supervision_office", "云岭县人民政府督查室", "县府督查室"),
            "unit_clerk": housing, "unit_leader": housing,
        }  # fmt: skip
        self.body("supervision_office", "中共云岭县委督查室", "县委督查室")
        for duty, name, phone, _label in ROLES:
            if duty != "member":
                self.county.staff[duty] = self.person(name, phone, (duty, seats.get(duty, home)))
        self.county.clerks["县住建局"] = self.county.staff["unit_clerk"]
        self.county.leaders["县住建局"] = self.county.staff["unit_leader"]

    def _members(self) -> None:
        home = self.county.home
        committees = list(home.bodies.filter(kind="special_committee"))
        sectors = [self.body("sector", name) for name in SECTORS]
        for n in range(MEMBERS):
            sector = sectors[n % len(sectors)]
            seats = [("member", home), ("committee_member", committees[n % len(committees)])]
            convenes = n // len(sectors) == 1
            seats.append(("convener" if convenes else "member", sector))
            first = n == 0
            name = "林晓" if first else self.names.draw()
            phone = "13900000001" if first else f"1390001{n:04d}"
            made = self.person(name, phone, *seats, work_place=f"{self.dice.choice(TOWNS)}工作")
            self.county.members.append(made)
            if convenes:
                self.county.conveners[sector.name] = (sector, made)
