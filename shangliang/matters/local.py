"""What a committee has decided for itself, with the shipped default where it has not.

The defaults are data (`data/named_numbers.csv`, `data/codes.csv`): an organ replaces them on
its set-up pages with the numbers of its own regulation, per committee and per term.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shangliang.people.models import Organisation, Term

from .composed import Composed
from .models import Code, NamedNumber

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Default:
    """A named number as shipped: what it means and where its value was seen."""

    key: str
    value: str
    label: str
    meaning: str
    source: str


@cache
def defaults() -> dict[str, Default]:
    with (DATA / "named_numbers.csv").open(encoding="utf-8", newline="") as lines:
        return {row["key"]: Default(**row) for row in csv.DictReader(lines)}


@cache
def default_codes() -> tuple[tuple[str, str, str, str], ...]:
    with (DATA / "codes.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            (row["table"], row["code"], row["label"], row["meaning"])
            for row in csv.DictReader(lines)
        )


def numbers(organisation: Organisation | int, term: Term | int | None = None) -> dict[str, str]:
    """Every number in force: as shipped, over it the committee's, over that the term's."""
    found = {key: default.value for key, default in defaults().items()}
    decided = _decided(organisation if isinstance(organisation, int) else organisation.pk)
    for asked in (None, getattr(term, "pk", term)):
        found |= {key: chosen for for_term, key, chosen in decided if for_term == asked}
    return found


_decided = Composed(
    lambda organisation: (
        NamedNumber.objects.filter(organisation=organisation)
        .order_by()
        .values_list("term_id", "key", "value")
    )
)


def value(organisation: Organisation | int, key: str, term: Term | int | None = None) -> str:
    """The number in force under this name.

    Raises:
        KeyError: nobody ever defined a number of this name.
    """
    return numbers(organisation, term)[key]


def count(organisation: Organisation | int, key: str, term: Any = None) -> int:
    """A named number that is a plain count."""
    return int(value(organisation, key, term))


def furnish(organisation: Organisation) -> None:
    """Give a new committee the shipped code tables, to change as it likes."""
    rows = [
        Code(organisation=organisation, table=table, code=code, label=label, meaning=meaning, order=n)
        for n, (table, code, label, meaning) in enumerate(default_codes(), start=1)
    ]  # fmt: skip
    Code.objects.bulk_create(rows, ignore_conflicts=True)


def codes(organisation: Organisation | int, table: str) -> list[Code]:
    """The lines of a code table that are in use, in order."""
    return list(Code.objects.filter(organisation=organisation, table=table, active=True))


def lines(organisation: Organisation | int) -> dict[tuple[str, str], Code]:
    """Every line of every code table, by table and code, in one look."""
    return {
        (line.table, line.code): line for line in Code.objects.filter(organisation=organisation)
    }


def label(organisation: Organisation | int, table: str, code: str) -> str:
    """What a stored code is called here; the code itself when the line is gone."""
    found = Code.objects.filter(organisation=organisation, table=table, code=code).first()
    return found.label if found else code
