"""Looking at the house and at the model after a step: whatever they say must be the same."""

from __future__ import annotations

from collections import Counter
from copy import copy
from typing import Any

from django.db.models import F

from shangliang.desk import decisions
from shangliang.matters import audit, clocks, rights
from shangliang.matters.calendars import calendar
from shangliang.matters.flow import moves_for, todo
from shangliang.matters.models import Deadline, Entry, Notice, Part
from shangliang.people.models import Seat
from shangliang.proposals.models import Proposal

from .law import CARRIES, ROWS, TURNS, WIDER
from .model import Paper

ROLES = {"invited": "invited", "cosigner": "cosigners", "declined": "declined"}
EVERY = 12  # the chain is read whole once in so many steps, and at the end


def running(pk: int) -> list[Deadline]:
    return list(Deadline.objects.open().filter(matter=pk))


def compare(machine: Any, step: int) -> None:
    """Everything there is to know, of every paper; some of it of one person in turn."""
    papers = dict(zip(machine.pks, machine.county.papers, strict=True))
    houses = Proposal.objects.prefetch_related("parts").in_bulk(papers)
    assert len(houses) == len(papers), "a paper is gone"
    for pk, paper in papers.items():
        stands_where_it_should(houses[pk], paper)
    the_journal_tells_what_was_done(machine, papers)
    the_cast_is_whole(machine, papers)
    clocks_run_where_they_should(houses, papers, step)
    numbers_have_no_gaps(houses, papers)
    nobody_is_asked_for_what_is_not_hers(machine, papers)
    people = with_their_seats(machine)
    some = in_turn(people, step)
    everybody_has_on_her_desk_what_is_hers(machine, papers, people, some, step)
    the_buttons_are_the_rows(machine, houses, papers, *next(iter(some.items())))
    if step % 2:
        circles_agree(machine, houses, papers, people, step // 2)
    else:
        home_counts_what_waits(machine, papers, *next(iter(some.items())))
    if step % EVERY == 0:
        the_chain_holds()


def with_their_seats(machine: Any) -> dict[str, Any]:
    """Everybody as a request knows her: with her seats, fetched once."""
    seats: dict[int, list[Seat]] = {}
    for seat in Seat.objects.select_related("organisation__committee").order_by("pk"):
        seats.setdefault(seat.person_id, []).append(seat)
    people = {key: copy(person) for key, person in machine.world.people.items()}
    for person in people.values():
        person.kept_seats = seats.get(person.pk, [])
    return people


def in_turn(people: dict[str, Any], step: int, share: int = 5) -> dict[str, Any]:
    """A few of the people, others each time."""
    keys = sorted(people)
    return {key: people[key] for n, key in enumerate(keys) if n % share == step % share}


def stands_where_it_should(house: Proposal, paper: Paper) -> None:
    assert house.state in TURNS or house.state in ("closed", "not_filed", "withdrawn")
    said = (house.state, house.is_open, house.visibility, house.round, house.is_collective)
    collective = paper.author == "body"
    assert said == (paper.state, paper.is_open, paper.shown, paper.round, collective), paper.story
    assert WIDER.index(house.visibility) >= (0 if not paper.number else WIDER.index("members"))


def the_journal_tells_what_was_done(machine: Any, papers: dict[int, Paper]) -> None:
    """Entry for entry, and replayed it leads to the state where the paper stands."""
    keys = {person.pk: key for key, person in machine.world.people.items()}
    told: dict[int, list[Any]] = {pk: [] for pk in papers}
    lines = Entry.objects.filter(matter__in=papers).exclude(verb__startswith="deadline_")
    for entry in lines.order_by("id"):
        by = keys.get(entry.by_id or 0, "")
        told[entry.matter_id or 0].append((entry.verb, entry.was, entry.now, by))
    for pk, paper in papers.items():
        assert told[pk] == paper.story
        state = ""
        for _verb, was, now, _by in told[pk]:
            assert was == state
            state = now
        assert state == paper.state


def the_cast_is_whole(machine: Any, papers: dict[int, Paper]) -> None:
    """Who signed stays; a unit has a paper only once it was assigned."""
    keys = {person.pk: key for key, person in machine.world.people.items()}
    units = {machine.world.housing.pk: "housing", machine.world.finance.pk: "finance"}
    found = Counter(
        (matter, role, keys.get(person) or units.get(unit) or "body")
        for matter, role, person, unit in Part.objects.filter(matter__in=papers).values_list(
            "matter", "role", "person", "unit"
        )
    )
    wanted: Counter[Any] = Counter()
    for pk, paper in papers.items():
        wanted[pk, "author", paper.author] += 1
        alone = {"scribe": paper.scribe, "planned_lead": paper.planned, "lead_unit": paper.unit}
        wanted.update((pk, role, key) for role, key in alone.items() if key)
        for role, name in ROLES.items():
            wanted.update((pk, role, key) for key in getattr(paper, name))
    assert found == wanted


def clocks_run_where_they_should(
    houses: dict[int, Proposal], papers: dict[int, Paper], step: int
) -> None:
    """Each open clock is one that the state carries, once; its date follows from what is stored."""
    open_now: dict[int, list[Deadline]] = {pk: [] for pk in papers}
    ended: dict[int, Counter[str]] = {pk: Counter() for pk in papers}
    known = calendar()
    for deadline in Deadline.objects.filter(matter__in=papers):
        pk = deadline.matter_id
        if deadline.met_at or deadline.dropped_at:
            ended[pk][f"{'!' if deadline.dropped_at else ''}{deadline.name}"] += 1
        else:
            open_now[pk].append(deadline)
    for pk, paper in papers.items():
        said = sorted((deadline.name, deadline.due_on) for deadline in open_now[pk])
        assert said == sorted(paper.clocks.items()), (paper.state, said)
        assert {name for name, _day in said} <= set(CARRIES.get(paper.state, "").split())
        assert ended[pk] == paper.ended, paper.story
    every = [deadline for found in open_now.values() for deadline in found]
    for deadline in every[step % 3 :: 3]:
        assert clocks.clock_of(deadline).due(known).day == deadline.due_on
        assert deadline.due_on >= deadline.started_on


def numbers_have_no_gaps(houses: dict[int, Proposal], papers: dict[int, Paper]) -> None:
    drawn: dict[str, list[int]] = {}
    for pk, paper in papers.items():
        sequence = houses[pk].sequence
        assert sequence == (paper.number[1] if paper.number else None)
        assert bool(houses[pk].number) == bool(paper.number)
        if paper.number:
            assert f"{sequence:04d}号" in houses[pk].number
            assert ("第平" in houses[pk].number) == (paper.number[0] == "between sessions")
            drawn.setdefault(paper.number[0], []).append(sequence or 0)
    for numbers in drawn.values():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), drawn


def everybody_has_on_her_desk_what_is_hers(
    machine: Any, papers: dict[int, Paper], people: dict[str, Any], some: dict[str, Any], step: int
) -> None:
    """todo() holds exactly what waits for her, nothing for the others; and she may open it."""
    day = machine.at.date()
    turns = {pk: machine.county.turn(paper) for pk, paper in papers.items()}
    for key in set().union(*turns.values()) if step % 2 else some:
        mine = {pk for pk, turn in turns.items() if key in turn}
        desk = set(todo(people[key], day).values_list("pk", flat=True))
        assert desk == mine, f"{key} has {desk} on her desk, and {mine} is hers"
        if key in some and step % 4 == 0:
            seen = Proposal.objects.filter(rights.visible(people[key], day), pk__in=mine)
            assert seen.count() == len(mine), f"{key} may not open what waits for her"


def nobody_is_asked_for_what_is_not_hers(machine: Any, papers: dict[int, Paper]) -> None:
    """A notice that asks is alive only while the paper, or a date of it, is that person's."""
    asking = Notice.objects.filter(asks=True, matter__in=papers, read_at=None)
    keys = {person.pk: key for key, person in machine.world.people.items()}
    for pk, person, sentence in asking.filter(matter__state=F("while_state")).values_list(
        "matter", "person", "sentence"
    ):
        turn = machine.county.turn(papers[pk]) | machine.county.owing(papers[pk])
        # Whoever has left her seat keeps what she was told then; she is asked nothing new.
        left = not machine.county.seats[keys[person]]
        assert keys[person] in turn or left, (keys[person], sentence, papers[pk].story[-3:])


def circles_agree(
    machine: Any, houses: dict[int, Proposal], papers: dict[int, Paper], people: dict[str, Any],
    step: int,
) -> None:  # fmt: skip
    """May she, which matters, who else: three answers, and a fourth by hand; one row a step."""
    day, law = machine.at.date(), list(ROWS.values())[step % len(ROWS)]
    who = next(iter(houses.values())).flow.rows[law.row].who
    inside = {
        pk: set(rights.people(who, house, day).values_list("pk", flat=True))
        for pk, house in houses.items()
    }
    by_hand = {pk: machine.county.circle(paper, law.who) for pk, paper in papers.items()}
    others = in_turn(people, step // len(ROWS))
    for key in set(others).union(*by_hand.values()):
        person = people[key]
        reached = set(rights.matters(who, person, day).values_list("pk", flat=True))
        for pk, house in houses.items():
            answers = (key in by_hand[pk], rights.may(person, who, house, day), pk in reached,
                       person.pk in inside[pk])  # fmt: skip
            assert len(set(answers)) == 1, (law.row, key, answers)


def the_buttons_are_the_rows(
    machine: Any, houses: dict[int, Proposal], papers: dict[int, Paper], key: str, person: Any
) -> None:
    """Her page of a paper offers what the law lets her do there."""
    for pk, paper in papers.items():
        offers = [offer.move.name for offer in moves_for(person, houses[pk], machine.at)]
        lawful = [
            row.row for row in ROWS.values()
            if paper.state in row.sources.split() and key in machine.county.circle(paper, row.who)
        ]  # fmt: skip
        assert offers == lawful, (key, paper.state)


def home_counts_what_waits(machine: Any, papers: dict[int, Paper], key: str, person: Any) -> None:
    cards, count = decisions.of(person, machine.at.date())
    assert count == sum(key in machine.county.turn(paper) for paper in papers.values())
    assert bool(cards) == bool(count)


def who_was_told(machine: Any, paper: Paper, row: str, by: str) -> None:
    keys = {person.pk: key for key, person in machine.world.people.items()}
    matter = machine.pks[machine.county.papers.index(paper)]
    entry = Entry.objects.filter(matter=matter, verb=row).latest("id")
    told = {keys[pk] for pk in Notice.objects.filter(entry=entry).values_list("person", flat=True)}
    assert told == machine.county.told(paper, row, by), (row, told)


def the_chain_holds() -> None:
    fault = audit.verify().fault
    assert fault is None, str(fault)
