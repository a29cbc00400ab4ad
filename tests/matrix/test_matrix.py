"""Every door, every account, every situation: status, what can be read, what is written.

The whole product is marked slow; a part of it, through all situations, is asked every time.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from .doors import Door
from .knocking import Knocker
from .situations import WHOLE

pytestmark = pytest.mark.django_db
Cell = tuple[Door, str, str]


def complain(knocker: Knocker, cells: Iterable[Cell]) -> None:
    found = [problem for door, who, method in cells for problem in knocker.knock(who, door, method)]
    assert not found, "\n".join(found[:40]) + f"\n共 {len(found)} 处"


@pytest.mark.slow
@pytest.mark.parametrize("situation", WHOLE)
def test_the_doors_of_a_paper(knocker: Knocker, situation: str) -> None:
    complain(knocker, knocker.cells(situation))


@pytest.mark.slow
def test_the_doors_of_the_house(knocker: Knocker) -> None:
    complain(knocker, knocker.house_cells())


@pytest.mark.xdist_group("matrix")
def test_a_part_of_all_doors(knocker: Knocker) -> None:
    """Numbers that share no factor with that of the accounts, so that each door meets others."""
    cells = [cell for situation in WHOLE for cell in knocker.cells(situation)]
    complain(knocker, [*cells[::17], *[*knocker.house_cells()][::7]])
