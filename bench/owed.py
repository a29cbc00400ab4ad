"""What lives owe and tell: their deadlines by the house's own clocks, their notices by its table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from lives import Life, Walker

from shangliang.analysis.clock import Clock
from shangliang.matters import clocks
from shangliang.matters.calendars import shipped_calendar
from shangliang.matters.models import Deadline, Entry
from shangliang.matters.table import Due
from shangliang.proposals.models import Proposal
from shangliang.proposals.workflow import PROPOSAL


def deadlines(life: Life, committee: int) -> list[dict[str, Any]]:
    """Every date the life opened, with what became of it."""
    running: dict[str, dict[str, Any]] = {}
    done: list[dict[str, Any]] = []
    for verb, entry, *_ in life.entries:
        if verb == "begin":
            continue
        row = PROPOSAL.rows[verb]
        final = PROPOSAL.states[entry.now].final
        for name in (*row.meets, *row.drops, *(running if final else ())):
            if clock := running.pop(name, None):
                clock["met_at" if name in row.meets else "dropped_at"] = entry.at
                done.append(clock)
        for due in row.opens:
            running[due.name] = _clock(life, due, entry, row.label, committee)
    return [*done, *running.values()]


def _clock(life: Life, due: Due, entry: Entry, event: str, committee: int) -> dict[str, Any]:
    start, term = entry.at.date(), life.session.term_id
    day, provisional = due_day(due.rule, start, term, committee)
    return rule_of(due, term, committee) | {
        "matter_id": life.pk, "name": due.name, "label": due.label, "rule": due.rule,
        "event": event, "started_on": start, "due_on": day, "provisional": provisional,
        "opened_by_id": entry.pk,
    }  # fmt: skip


@cache
def rule_of(due: Due, term: int, committee: int) -> dict[str, Any]:
    """The numbers of a date as the house has them, asked once."""
    return clocks._rule_in_force(
        Proposal(kind=Proposal.KIND, term_id=term, organisation_id=committee), due
    )


@cache
def due_day(name: str, start: date, term: int, committee: int) -> tuple[date, bool]:
    due = next(due for due in PROPOSAL.dues().values() if due.rule == name)
    deadline = Deadline(rule=name, started_on=start, **rule_of(due, term, committee))
    found = Clock(clocks.rule_of(deadline), start).due(shipped_calendar())
    assert found.day is not None
    return found.day, found.is_provisional


def notices(life: Life, walker: Walker, since: datetime) -> Iterator[dict[str, Any]]:
    """Who was told what since `since`; nine of ten were read the same day."""
    for verb, entry, note, _data in life.entries:
        row = PROPOSAL.rows.get(verb)
        if row is None or row.tell is None or entry.at < since:
            continue
        due = entry.at.date()
        sentence = row.says.format(
            title=life.paper.title, by=life.author, number=life.number, lead=life.unit, note=note,
            due=f"{due.month} 月 {due.day} 日", asks=len(life.paper.asks), author=life.author,
        )  # fmt: skip
        held_by = PROPOSAL.states[entry.now].held_by
        asked = {person.pk for person in walker.circle(life, held_by)} if held_by else set()
        for person in walker.circle(life, row.tell):
            if person.pk != entry.by_id:
                yield {
                    "person_id": person.pk, "matter_id": life.pk, "entry_id": entry.pk,
                    "topic": f"entry:{entry.pk}", "sentence": sentence[:300],
                    "url": f"/proposals/{life.pk}/", "asks": person.pk in asked,
                    "while_state": entry.now, "created_at": entry.at,
                    "read_at": entry.at + timedelta(hours=9) if walker.dice.random() < 0.9 else None,
                }  # fmt: skip
