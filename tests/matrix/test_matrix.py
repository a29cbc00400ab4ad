"""Every door, every account, every situation: status, what can be read, what is written.

The whole product is asked on SQLite (slow); a part of it, through all situations, in ./test quick
and on PostgreSQL, for the answers are Python's: what SQL says differently is tested beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from .doors import Door
from .knocking import Knocker, faces_known
from .situations import WHOLE

pytestmark = pytest.mark.django_db
Cell = tuple[Door, str, str]


def complain(knocker: Knocker, cells: Iterable[Cell]) -> None:
    with faces_known():
        found = [p for door, who, method in cells for p in knocker.knock(who, door, method)]
    assert not found, "\n".join(found[:40]) + f"\n共 {len(found)} 处"


@pytest.mark.slow
@pytest.mark.one_engine
@pytest.mark.parametrize("situation", WHOLE)
def test_the_doors_of_a_paper(knocker: Knocker, situation: str) -> None:
    complain(knocker, knocker.cells(situation))


@pytest.mark.slow
@pytest.mark.one_engine
def test_the_doors_of_the_house(knocker: Knocker) -> None:
    complain(knocker, knocker.house_cells())


@pytest.mark.part
@pytest.mark.parametrize("half", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_a_part_of_all_doors(knocker: Knocker, half: int) -> None:
    """Numbers that share no factor with that of the accounts, so that each door meets others."""
    cells = [cell for situation in WHOLE for cell in knocker.cells(situation)][::17]
    complain(knocker, [*cells, *[*knocker.house_cells()][::7]][half::2])
