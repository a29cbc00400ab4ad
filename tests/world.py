"""One small county and its people: 云岭县, invented, known to every test by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from shangliang.matters import local
from shangliang.matters.flow import begin, move
from shangliang.people.models import Organisation, Person, Seat, Session, Term
from shangliang.proposals.models import Ask, Proposal

SHANGHAI = ZoneInfo("Asia/Shanghai")
SPRING = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
PASSWORD = "云岭县政协2026春天"


@dataclass
class World(SimpleNamespace):
    """The county's bodies and people, reached by short names."""

    people: dict[str, Person] = field(default_factory=dict)


def build() -> World:
    """A county committee with members, an organ, two units, three administrators, a stranger."""
    world = World()
    county = Organisation(
        kind="committee", level="county", name="政协云岭县委员会", short_name="云岭县政协"
    )
    county.save()
    world.county = county
    local.furnish(county)
    world.term = Term.objects.create(organisation=county, number=5, since=date(2022, 1, 10))
    world.session = Session.objects.create(
        term=world.term, number=5, opens_on=date(2026, 1, 20), closes_on=date(2026, 1, 23),
        cutoff_at=datetime(2026, 1, 22, 18, tzinfo=SHANGHAI),
    )  # fmt: skip

    world.sector = body(county, "sector", "教育界")
    world.proposal_office = body(county, "office", "云岭县政协提案办", "提案办")
    world.supervision = body(county, "supervision_office", "云岭县人民政府督查室", "县府督查室")
    world.housing = body(county, "unit", "云岭县住房和城乡建设局", "县住建局")
    world.finance = body(county, "unit", "云岭县财政局", "县财政局")

    seated(world, "lin", "林晓", "13800000001", ("member", county))
    seated(world, "zhou", "周敏", "13800000002", ("member", county))
    seated(
        world, "gao_xiang", "高翔", "13800000003", ("member", county), ("convener", world.sector)
    )
    seated(world, "chen", "陈立", "13800000004", ("proposal_office", world.proposal_office))
    seated(world, "he", "何静", "13800000005", ("proposal_committee", county))
    seated(world, "tang", "唐杰", "13800000006", ("supervision", world.supervision))
    seated(world, "gao", "高远", "13800000007", ("unit_clerk", world.housing))
    seated(world, "liang", "梁静", "13800000008", ("unit_leader", world.housing))
    seated(world, "qian", "钱宁", "13800000009", ("unit_clerk", world.finance))
    seated(world, "wu", "吴主席", "13800000010", ("organ_leader", county))
    seated(world, "sys", "孙系统", "13800000011", ("system_admin", county))
    seated(world, "sec", "安全员", "13800000012", ("security_admin", county))
    seated(world, "aud", "邵审计", "13800000013", ("audit_admin", county))
    seated(world, "passer", "路人", "13800000014")

    other = Organisation(
        kind="committee", level="county", name="政协青川县委员会", short_name="青川县政协"
    )
    other.save()
    world.other = other
    local.furnish(other)
    seated(world, "far", "方远", "13800000015", ("member", other))
    seated(world, "far_office", "邻办", "13800000016", ("proposal_office", other))
    return world


def body(county: Organisation, kind: str, name: str, short: str = "") -> Organisation:
    made = Organisation(kind=kind, name=name, short_name=short, committee=county, parent=county)
    made.save()
    return made


def seated(
    world: World, key: str, name: str, phone: str, *seats: tuple[str, Organisation]
) -> Person:
    person = Person.objects.create_user(name, PASSWORD, phone=phone)
    for duty, organisation in seats:
        Seat.objects.create(
            person=person, organisation=organisation, duty=duty, since=date(2022, 1, 10),
            confirmed_at=datetime(2022, 1, 10, 9, tzinfo=SHANGHAI),
        )  # fmt: skip
    setattr(world, key, person)
    world.people[key] = person
    return person


def proposal(
    world: World, author: Person | None = None, *, at: datetime = SPRING, **fields: Any
) -> Proposal:
    """A complete proposal in draft: lifts for old houses, with three asks."""
    made = Proposal(
        organisation=world.county, term=world.term,
        **{
            "title": "关于加快老旧小区加装电梯的建议",
            "situation": "全县建成于 2000 年以前的多层住宅共 612 栋，近三年加装电梯 37 部。",
            "analysis": "低楼层住户担心采光和噪声，审批要跑五个窗口，平均 94 天。",
            "type": "individual", "not_secret": True, "may_publish": True,
        } | fields,
    )  # fmt: skip
    author = author or world.lin
    begin(made, by=author, at=at)
    made.parts.create(role="author", person=author, since=at)
    for order, text in enumerate(
        ("制定低层住户补偿的参考标准。", "五个窗口并为一窗。", "设立加装电梯专项补助。"), start=1
    ):
        Ask.objects.create(proposal=made, order=order, text=text)
    return made


def walk(matter: Any, *steps: tuple[Any, ...], at: datetime = SPRING) -> None:
    """Carry a matter along several rows: (person, row) or (person, row, data) or with a note."""
    for person, name, *more in steps:
        said = more[0] if more else {}
        note, data = (said, {}) if isinstance(said, str) else ("", said)
        move(matter, name, by=person, at=at, note=note, data=data)
