"""The questions a right is asked agree, for every circle, matter and person; and what one sees."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from shangliang.matters import rights
from shangliang.matters.flow import moves_for, todo
from shangliang.matters.models import Matter
from shangliang.matters.table import REGISTRY, Who
from shangliang.people.models import Person, Seat
from shangliang.proposals.models import Proposal
from tests.world import SPRING, World, body, seated

DAY = SPRING.date()
LATER = DAY + timedelta(days=200)
AGAIN = [pytest.mark.slow, pytest.mark.one_engine]  # the same questions on another day


def circles() -> set[Who]:
    """Every circle any table names: who may, who is told, who reads, who holds, who owes."""
    found: set[Who] = set()
    for flow in REGISTRY.values():
        found |= {flow.handlers, *flow.holders(), *(due.owed_by for due in flow.dues().values())}
        found |= {who for row in flow.moves for who in (row.who, row.tell, row.seen_by) if who}
    return found


def paper(world: World, *parts: tuple[str, Any], state: str = "draft", **fields: Any) -> Proposal:
    """A proposal that stands in `state`, with these parts; how it came there does not matter."""
    made = Proposal(
        kind=Proposal.KIND, title="关于加装电梯的建议", state=state,
        is_open=not REGISTRY[Proposal.KIND].states[state].final, created_at=SPRING, moved_at=SPRING,
        **{"organisation": world.county, "term": world.term} | fields,
    )  # fmt: skip
    made.save()
    for role, who in parts:
        holder = {"person": who} if isinstance(who, Person) else {"unit": who}
        made.parts.create(role=role, since=SPRING, **holder)
    return made


@pytest.fixture
def crowd(world: World) -> World:
    """The county with the hard cases: seats ended, unconfirmed or to come, twice held, closed."""
    seated(world, "twice", "双任", "13800000101", ("unit_clerk", world.housing))
    Seat.objects.create(
        person=world.twice, organisation=world.finance, duty="unit_leader", since=date(2025, 1, 1),
        confirmed_at=SPRING,
    )  # fmt: skip
    seated(world, "gone", "已离任", "13800000102", ("unit_clerk", world.housing))
    world.gone.seats.update(until=date(2025, 12, 31))
    seated(world, "coming", "将到任", "13800000103", ("proposal_office", world.proposal_office))
    world.coming.seats.update(since=DAY + timedelta(days=100))
    seated(world, "unconfirmed", "未确认", "13800000104", ("supervision", world.supervision))
    world.unconfirmed.seats.update(confirmed_at=None)
    seated(world, "locked", "已停用", "13800000105", ("proposal_office", world.proposal_office))
    Person.objects.filter(pk=world.locked.pk).update(is_active=False)
    world.locked.refresh_from_db()
    return world


@pytest.fixture
def papers(crowd: World) -> list[Proposal]:
    """One of every composition a proposal may have."""
    w = crowd
    strange = body(w.other, "unit", "青川县住房和城乡建设局")
    return [
        paper(w, ("author", w.lin)),
        paper(w, ("author", w.lin), ("invited", w.zhou), ("cosigner", w.gao_xiang)),
        paper(w, ("author", w.lin), ("declined", w.zhou), ("planned_lead", w.housing)),
        paper(w, ("author", w.zhou), ("lead_unit", w.housing)),
        paper(w, ("author", w.zhou), ("lead_unit", w.finance), ("cosigner", w.gao)),
        paper(w, ("author", w.sector), ("scribe", w.chen)),
        paper(w, ("author", w.locked), ("author", w.gone), ("lead_unit", w.housing)),
        paper(w, ("author", w.far), ("lead_unit", strange), organisation=w.other, term=None),
        paper(w, ("author", w.far), ("lead_unit", w.housing), organisation=w.other, term=None),
        paper(w),
    ]


@pytest.mark.parametrize("day", [DAY, pytest.param(LATER, marks=AGAIN)], ids=["now", "later"])
def test_the_three_questions_agree_for_every_circle_matter_and_person(
    crowd: World, papers: list[Proposal], day: date
) -> None:
    asked = 0
    for who in circles():
        inside = {matter.pk: set(rights.people(who, matter, day)) for matter in papers}
        for person in crowd.people.values():
            reached = set(rights.matters(who, person, day).values_list("pk", flat=True))
            for matter in papers:
                answers = (
                    rights.may(person, who, matter, day),
                    matter.pk in reached,
                    person in inside[matter.pk],
                )
                assert len(set(answers)) == 1, (who.name, person.name, matter.pk, answers)
                asked += answers[0]
    assert asked > 100


def test_the_buttons_are_the_rows_a_person_may_take(crowd: World) -> None:
    flow, offered = REGISTRY[Proposal.KIND], 0
    for state in flow.states:
        lift = paper(
            crowd, ("author", crowd.lin), ("invited", crowd.zhou), ("lead_unit", crowd.housing),
            ("scribe", crowd.wu), state=state,
        )  # fmt: skip
        for person in crowd.people.values():
            may = [
                row.name
                for row in flow.moves
                if state in row.sources and rights.may(person, row.who, lift, DAY)
            ]
            offers = [offer.move.name for offer in moves_for(person, lift, SPRING)]
            assert offers == may, (state, person.name)
            offered += len(offers)
    assert offered > 50


@pytest.mark.slow
def test_the_desk_holds_exactly_what_is_in_a_persons_hands(
    crowd: World, papers: list[Proposal]
) -> None:
    flow, held = REGISTRY[Proposal.KIND], 0
    for n, state in enumerate(flow.states):
        Matter.objects.filter(pk=papers[n % len(papers)].pk).update(
            state=state, is_open=not flow.states[state].final
        )
        standing = list(Proposal.objects.all())
        for person in crowd.people.values():
            mine = {
                matter.pk
                for matter in standing
                for who, states in flow.holders().items()
                if matter.state in states and rights.may(person, who, matter, DAY)
            }
            assert set(todo(person, DAY).values_list("pk", flat=True)) == mine, person.name
            held += len(mine)
    assert held > 50


def test_a_desk_holds_a_matter_once(crowd: World) -> None:
    """A clerk of two units that share a part in a paper sees it once, not twice."""
    paper(
        crowd, ("lead_unit", crowd.housing), ("lead_unit", crowd.finance), ("author", crowd.twice),
        state="handling",
    )  # fmt: skip
    assert todo(crowd.twice, DAY).count() == 1
    assert Matter.objects.visible_to(crowd.twice, DAY).count() == 1


# ── what one may know of ────────────────────────────────────────────────────

EVERYBODY = "lin zhou gao_xiang chen he tang gao liang qian wu sys sec aud passer far far_office"
SEES_WITHOUT_A_PART = {
    "private": "",
    "handlers": "chen he wu",
    "members": "chen he wu lin zhou gao_xiang tang",
    "organ": "chen he wu lin zhou gao_xiang tang gao liang qian",
    "public": "chen he wu lin zhou gao_xiang tang gao liang qian passer far far_office",
}


def seers(world: World, matter: Matter, day: date = DAY) -> set[str]:
    visible = {
        key: Matter.objects.visible_to(world.people[key], day).filter(pk=matter.pk).exists()
        for key in EVERYBODY.split()
    }
    return {key for key, sees in visible.items() if sees}


@pytest.mark.parametrize("visibility", SEES_WITHOUT_A_PART)
def test_who_sees_a_matter_she_has_no_part_in(world: World, visibility: str) -> None:
    lift = paper(world, visibility=visibility)
    assert seers(world, lift) == set(SEES_WITHOUT_A_PART[visibility].split())
    stranger = Matter.objects.visible_to(AnonymousUser(), DAY).filter(pk=lift.pk)
    assert stranger.exists() == (visibility == "public")


@pytest.mark.parametrize(
    ("role", "holder", "sees"),
    [
        ("author", "lin", "lin"),
        ("cosigner", "zhou", "zhou"),
        ("invited", "zhou", "zhou"),
        ("scribe", "chen", "chen"),
        ("declined", "zhou", ""),
        ("planned_lead", "housing", ""),
        ("lead_unit", "housing", "gao liang"),
        ("author", "sector", "gao_xiang"),
    ],
)
def test_a_part_shows_a_private_matter_to_its_holder_only(
    world: World, role: str, holder: str, sees: str
) -> None:
    assert seers(world, paper(world, (role, getattr(world, holder)))) == set(sees.split())


def test_an_administrator_sees_nothing_whatever_else_she_holds(world: World) -> None:
    """Even her own paper, even a published one: she sets the rules and does not play."""
    lift = paper(world, ("author", world.sec), ("cosigner", world.sys), visibility="public")
    assert not seers(world, lift) & {"sys", "sec", "aud"}


def test_sight_begins_and_ends_with_the_seat(crowd: World) -> None:
    lift = paper(crowd, ("lead_unit", crowd.housing), visibility="handlers")

    def sees(key: str, day: date) -> bool:
        person = crowd.people[key]
        return Matter.objects.visible_to(person, day).filter(pk=lift.pk).exists()

    assert not sees("gone", DAY)
    assert sees("gone", date(2025, 12, 31))
    assert not sees("coming", DAY)
    assert sees("coming", LATER)
    assert not sees("unconfirmed", LATER)


def test_a_neighbouring_committee_sees_what_is_public_only(world: World) -> None:
    theirs = paper(world, organisation=world.other, term=None, visibility="members")
    assert seers(world, theirs) == {"far", "far_office"}


@pytest.mark.parametrize("day", [DAY, pytest.param(LATER, marks=AGAIN)], ids=["now", "later"])
def test_who_is_aware_of_a_matter_is_who_may_open_it(
    crowd: World, papers: list[Proposal], day: date
) -> None:
    """The same question from the other side, for notices: at every width of visibility."""
    everybody, found = {person.pk for person in Person.objects.all()}, 0
    for n, matter in enumerate(papers * 5):
        level = list(SEES_WITHOUT_A_PART)[n % 5]
        Matter.objects.filter(pk=matter.pk).update(visibility=level)
        matter.refresh_from_db()
        opens = {
            person.pk
            for person in Person.objects.filter(is_active=True)
            if Matter.objects.visible_to(person, day).filter(pk=matter.pk).exists()
        }
        aware = rights.aware(everybody, matter, day, rights.cast(matter))
        assert aware - {crowd.locked.pk} == opens, (level, matter.pk)
        found += len(opens)
    assert found > 200


def test_who_only_belongs_to_a_sector_does_not_see_its_draft(world: World) -> None:
    """The convener acts for it; a member of the sector reads it when every member may."""
    member = seated(world, "su", "苏蕾", "13800000021", ("member", world.sector))
    lift = paper(world, ("author", world.sector))
    seen = Matter.objects.visible_to(member, DAY).filter(pk=lift.pk)
    assert not seen.exists()
    Matter.objects.filter(pk=lift.pk).update(visibility="members")
    assert seen.exists()
