"""The people of the measured county: 300 members, 60 units of very unequal load, the organ."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

import words
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from shangliang.matters import local
from shangliang.people.models import Organisation, Person, Seat, Session, Term
from shangliang.people.pinyin import sort_key

# fmt: off
UNITS = [
    "住房和城乡建设", "交通运输", "教育", "卫生健康", "农业农村", "民政", "人力资源和社会保障",
    "生态环境", "水利", "公安", "城市管理", "财政", "发展和改革", "自然资源和规划", "文化和旅游",
    "市场监督管理", "应急管理", "工业和信息化", "商务", "司法", "科学技术", "退役军人事务",
    "医疗保障", "数据", "林业", "统计", "审计", "信访", "体育", "民族宗教事务", "机关事务管理",
    "气象", "税务", "消防救援", "邮政管理", "供销合作", "残疾人联合", "公积金管理", "地方金融",
    "投资促进", "粮食和物资储备", "乡村振兴", "档案", "广播电视", "地震",
]
# fmt: on
SECTORS = [
    "教育界",
    "医药卫生界",
    "经济界",
    "农业界",
    "工商联界",
    "文化艺术界",
    "科学技术界",
    "民主党派",
]
SESSIONS = 25


@dataclass
class County:
    committee: Organisation
    units: list[Organisation] = field(default_factory=list)
    members: list[Person] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    staff: dict[str, list[Person]] = field(default_factory=dict)
    clerks: dict[int, Person] = field(default_factory=dict)
    leaders: dict[int, Person] = field(default_factory=dict)

    def loads(self) -> list[float]:
        """How much of the work falls to each unit: the first has a third of it."""
        return [30.0, 12.0, 8.0, 6.0, *(50 / n for n in range(5, len(self.units) + 1))]


def found(dice: Random, today: date) -> County:
    """Make the county, its house and its people."""
    committee = Organisation(
        kind="committee", level="city", name="政协澜川市委员会", short_name="市政协"
    )
    committee.save()
    local.furnish(committee)
    county = County(committee)
    for name in UNITS + [f"{place}" for place in words.PLACES[: 60 - len(UNITS)]]:
        full = f"澜川市{name}局" if name in UNITS else f"{name}办事处"
        county.units.append(_body(committee, "unit", full, name))
    office = _body(committee, "office", "澜川市政协提案办", "提案办")
    supervision = _body(committee, "supervision_office", "澜川市人民政府督查室", "督查室")
    sectors = [_body(committee, "sector", name, name) for name in SECTORS]
    _seat_people(county, dice, office, supervision, sectors)
    _hold_sessions(county, today)
    return county


def _body(committee: Organisation, kind: str, name: str, short: str) -> Organisation:
    made = Organisation(
        kind=kind, level="city", name=name, short_name=short, committee=committee, parent=committee
    )
    made.save()
    return made


def _seat_people(
    county: County, dice: Random, office: Organisation, supervision: Organisation,
    sectors: list[Organisation],
) -> None:  # fmt: skip
    duties: list[tuple[str, Organisation]] = [("member", county.committee)] * 300
    duties += [("proposal_office", office)] * 6 + [("proposal_committee", county.committee)] * 4
    duties += [("supervision", supervision)] * 4 + [("organ_leader", county.committee)] * 5
    duties += [(duty, unit) for unit in county.units for duty in ("unit_clerk", "unit_leader")]
    duties += [(f"{name}_admin", county.committee) for name in ("system", "security", "audit")]

    password, now = make_password("bench"), timezone.now()
    people = Person.objects.bulk_create(
        Person(
            name=name, pinyin=sort_key(name), phone=f"139{n:08d}", password=password, created_at=now
        )
        for n, name in enumerate(words.names(dice, len(duties)))
    )
    for person, (duty, body) in zip(people, duties, strict=True):
        if duty == "member":
            county.members.append(person)
        elif duty in ("unit_clerk", "unit_leader"):
            (county.clerks if duty == "unit_clerk" else county.leaders)[body.pk] = person
        county.staff.setdefault(duty, []).append(person)
    since = date(2000, 1, 1)
    seats = [_seat(p, duty, body, since) for p, (duty, body) in zip(people, duties, strict=True)]
    seats += [_seat(p, "convener", body, since) for p, body in zip(people, sectors, strict=False)]
    Seat.objects.bulk_create(seats)


def _seat(person: Person, duty: str, body: Organisation, since: date) -> Seat:
    return Seat(
        person=person, organisation=body, duty=duty, since=since, confirmed_at=timezone.now()
    )


def _hold_sessions(county: County, today: date) -> None:
    """Twenty-five plenary sessions, one a January, five to a term; the last one this year."""
    for n in range(SESSIONS):
        year = today.year - SESSIONS + 1 + n
        if n % 5 == 0:
            since = date(year, 1, 10)
            term = Term.objects.create(
                organisation=county.committee, number=n // 5 + 1, since=since
            )
        opens = date(year, 1, 20)
        cutoff = timezone.make_aware(datetime(year, 1, 22, 18))  # noqa: DTZ001
        county.sessions.append(
            Session.objects.create(
                term=term, number=n % 5 + 1, opens_on=opens, closes_on=opens + timedelta(3),
                cutoff_at=cutoff,
            )
        )  # fmt: skip
