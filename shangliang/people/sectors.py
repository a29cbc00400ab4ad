"""The 34 sectors (界别) of the National Committee, to which local sectors are mapped."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "sectors_14th.csv"


@dataclass(frozen=True)
class NationalSector:
    number: int
    name: str
    kind: str


@cache
def national() -> tuple[NationalSector, ...]:
    """The sectors of the 14th National Committee in their official order."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        return tuple(
            NationalSector(int(row["no"]), row["sector"], row["kind"])
            for row in csv.DictReader(lines)
        )


def name_of(number: int | None) -> str:
    return next((each.name for each in national() if each.number == number), "")
