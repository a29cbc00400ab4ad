"""The sources a room's table cites by letters, from the room's own list (data/sources.csv)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps

from .table import Workflow


@dataclass(frozen=True)
class Source:
    """A text a row rests on: its letter, its title, how it was read, and where it officially is."""

    letter: str
    title: str
    seen: str
    address: str


def of(flow: Workflow) -> dict[str, Source]:
    """The sources of one room by letter; none when the room keeps no list."""
    place = Path(apps.get_app_config(flow.kind.partition(".")[0]).path, "data", "sources.csv")
    if not place.exists():
        return {}
    with place.open(encoding="utf-8", newline="") as lines:
        return {row["letter"]: Source(**row) for row in csv.DictReader(lines)}
