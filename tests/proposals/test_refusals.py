"""Every row refused: to the wrong person, at the wrong time, for each thing it may lack."""

from __future__ import annotations

import re
from typing import Any

import pytest

from shangliang.matters.flow import move
from shangliang.matters.models import Entry
from shangliang.matters.refusals import NotAllowed, NotReady, Stale
from shangliang.proposals.workflow import PROPOSAL
from tests.faults import stages
from tests.faults.breaking import picture
from tests.faults.stages import STAGES
from tests.world import World

from .refused import LACKS, WRONG_NOTE, WRONG_PERSON, WRONG_STATE, Story, Try, again

ROWS = PROPOSAL.rows
JOURNAL = {"matters_entry", "matters_entrycontent", "matters_chainhead"}
NEEDS = {(row.name, need.__name__) for row in PROPOSAL.moves for need in row.needs}
STORIES = [
    pytest.param(row, story, id=f"{row}-{story.__name__}")
    for (row, _need), stories in LACKS.items()
    for story in stories
]


def test_every_row_and_every_need_has_its_story() -> None:
    assert set(WRONG_PERSON) == set(WRONG_STATE) == set(ROWS)
    assert set(WRONG_NOTE) == {row.name for row in PROPOSAL.moves if row.note}
    assert set(LACKS) == NEEDS


def refused(row: str, kind: type[Exception], attempt: Try) -> str:
    """The sentence, after which nothing has changed but, for a stranger, one line of the journal."""
    before = picture()
    with pytest.raises(kind) as caught:
        move(attempt.paper, row, by=attempt.by, at=attempt.at, note=attempt.note, data=attempt.data)
    after = picture()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == (JOURNAL if kind is NotAllowed else set())
    sentence = str(caught.value)
    assert re.fullmatch(r"[^！!]+。", sentence), sentence
    assert sentence.isascii() is False
    return sentence


@pytest.mark.parametrize("row", ROWS)
def test_somebody_else_is_turned_away(world: World, row: str) -> None:
    ready = STAGES[row](world)
    key, alone = WRONG_PERSON[row]
    attempt = Try(ready.paper, world.people[key], "", ready.note or "说明。", ready.data, ready.at)

    assert refused(row, NotAllowed, attempt) == f"只有{alone}可以办理“{ROWS[row].label}”。"
    line = Entry.objects.latest("id")
    assert (line.verb, line.by, line.matter) == ("refused", world.people[key], None)


@pytest.mark.parametrize("row", ROWS)
def test_it_is_too_early_or_too_late(world: World, row: str) -> None:
    ready = STAGES[row](world)
    state, stands = WRONG_STATE[row]
    paper = getattr(stages, state)(world)
    attempt = Try(paper, ready.by, "", ready.note or "说明。", ready.data, ready.at)

    said = refused(row, Stale, attempt)
    assert said == f"《{paper.title}》现为“{stands}”，不能办理“{ROWS[row].label}”。"


@pytest.mark.parametrize("row", WRONG_NOTE)
@pytest.mark.parametrize("note", ["", " \n"])
def test_a_reason_is_missing(world: World, row: str, note: str) -> None:
    ready = STAGES[row](world)
    attempt = Try(ready.paper, ready.by, "", note, ready.data, ready.at)
    assert refused(row, NotReady, attempt) == WRONG_NOTE[row]


@pytest.mark.parametrize(("row", "story"), STORIES)
def test_something_is_missing(world: World, row: str, story: Story) -> None:
    attempt = story(world)
    assert refused(row, NotReady, attempt) == attempt.says
    assert again(attempt.paper).state in ROWS[row].sources


@pytest.mark.parametrize("row", [row for row in ROWS if row != "lapse"])
def test_the_calendar_takes_nothing_but_its_own_row(world: World, row: str) -> None:
    ready = STAGES[row](world)
    attempt = Try(ready.paper, None, "", ready.note or "说明。", ready.data, ready.at)
    assert refused(row, NotAllowed, attempt).startswith("只有")


@pytest.mark.parametrize("row", ROWS)
def test_the_same_step_by_the_right_person_is_taken(world: World, row: str) -> None:
    """So that a refusal above is for the reason it names and for no other."""
    ready = STAGES[row](world)
    entry: Any = move(ready.paper, row, by=ready.by, at=ready.at, note=ready.note, data=ready.data)
    assert entry.verb == row
