"""The matrix is worth what it catches: each hole planted in the house must be found by it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import zip_longest

import pytest
from django.db import transaction

from shangliang.matters import rights

from .doors import Door
from .knocking import Knocker
from .planted import HOLES
from .situations import WHOLE
from .test_matrix import Cell

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.one_engine]


@pytest.fixture(scope="module")
def cells(knocker: Knocker) -> list[Cell]:
    """All cells, every second one a page or file that opens: most holes show there, and there
    are fewest of them.  The order is the same every time."""
    every = [cell for situation in WHOLE for cell in knocker.cells(situation)]
    every += knocker.house_cells()
    random.Random("商量").shuffle(every)
    open_ones, shut = [], []
    for door, who, method in every:
        due = knocker.policy.answer(door.key, method, door.paper, who)
        (open_ones if due.word in ("页面", "文件") else shut).append((door, who, method))
    pairs = zip_longest(open_ones, shut)
    return [cell for pair in pairs for cell in pair if cell is not None]


def first(problems: Iterator[str]) -> str:
    return next(problems, "")


@pytest.mark.parametrize("hole", HOLES)
def test_a_planted_hole_is_found(
    knocker: Knocker, cells: list[Cell], hole: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant, doors = HOLES[hole]
    plant(monkeypatch)
    likely = sorted(cells, key=lambda cell: not cell[0].key.startswith(doors))
    found = next((c for c in likely if first(knocker.knock(c[1], c[0], c[2]))), None)
    assert found, hole
    monkeypatch.undo()
    door, who, method = found
    assert not first(knocker.knock(who, door, method)), hole  # it was the hole that showed


def test_a_notice_to_somebody_who_may_not_know_is_found(
    knocker: Knocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This hole opens when the notice is written, so the paper is written anew with it."""
    monkeypatch.setattr(rights, "aware", lambda people, *rest: people)
    with transaction.atomic():
        knocker.county.write(["撤回草稿"])
        inbox = Door("notices", "notices")
        assert first(knocker.knock("chen", inbox, "GET"))
        transaction.set_rollback(True)
