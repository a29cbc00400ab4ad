"""The table lived at random against a law written by hand: at least two thousand steps."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from shangliang.proposals import letters
from tests.world import World, body, seated

from .browsing_machine import Pages
from .law import ROWS
from .machine import Lives
from .planted import PLANTED

pytestmark = pytest.mark.slow
STEPS = 2_000


@pytest.fixture
def county(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The county with a group of members and a second unit that can sign its letters."""
    world.group = body(world.county, "group", "第三小组")
    world.gao_xiang.seats.create(
        organisation=world.group,
        duty="convener",
        since="2022-01-10",
        confirmed_at="2022-01-10T09:00+08:00",
    )
    seated(world, "fan", "范局长", "13800000017", ("unit_leader", world.finance))
    # Setting a letter takes half a second; that it is set is tested with the letters.
    monkeypatch.setattr(letters, "file_reply", lambda reply, **_: None)
    return world


def lives(world: World) -> type[Lives]:
    """A machine of its own, with its own tally."""
    return type("County", (Lives,), {"world": world, "steps": Counter()})


def run(machine: Any, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, derandomize=True, deadline=None,
            database=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
            # Shrinking takes minutes where a step takes milliseconds; the tail of the story is told.
            phases=(Phase.generate,), verbosity=Verbosity.quiet,
        ),
    )  # fmt: skip


def test_two_thousand_steps_and_the_house_does_what_the_law_says(county: World) -> None:
    """In full on SQLite; a third of the same lives on PostgreSQL, where a step takes longer."""
    share = 1 if connection.vendor == "sqlite" else 3
    machine = lives(county)
    run(machine, 42 // share, 50)

    steps = machine.steps
    assert steps["compared"] >= (STEPS if share == 1 else STEPS // 4)
    if share > 1:
        return
    done = {row for row in ROWS if steps[f"done {row}"]}
    assert done == set(ROWS), f"nobody ever took {set(ROWS) - done}"
    kinds = {kind for kind, _blank, _row in (what.partition(" ") for what in steps)}
    assert {"Stale", "NotAllowed", "NotReady"} <= kinds


def test_the_same_lives_are_lived_through_the_pages(
    county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: Pages.now[0])
    machine = type("County", (Pages,), {"world": county, "steps": Counter()})
    run(machine, 6, 40)
    assert machine.steps["compared"] >= 200


@pytest.mark.one_engine
@pytest.mark.parametrize("fault", PLANTED)
def test_a_fault_is_found(county: World, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTED[fault](monkeypatch)
    with pytest.raises(AssertionError):
        run(lives(county), 20, 40)
