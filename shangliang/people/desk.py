"""What stands on an administrator's desk: decisions first, then plain links.

Each floor lays its own things there at start-up; the page only collects them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Decision:
    """One thing that waits: a sentence and one button."""

    sentence: str
    url: str
    act: str


@dataclass(frozen=True)
class Way:
    """A plain link below the decisions, with a line on what is behind it."""

    label: Any
    name: str
    hint: Any = ""


Ask = Callable[[HttpRequest], list[Decision]]
DECISIONS: dict[str, list[Ask]] = {}
WAYS: dict[str, list[Way]] = {}


def lay(duty: str, *asks: Ask, ways: tuple[Way, ...] = ()) -> None:
    """Lay decisions and links on the desk of whoever holds `duty`."""
    for ask in asks:
        if ask not in DECISIONS.setdefault(duty, []):
            DECISIONS[duty].append(ask)
    for way in ways:
        if way not in WAYS.setdefault(duty, []):
            WAYS[duty].append(way)


def decisions(duty: str, request: HttpRequest) -> list[Decision]:
    return [decision for ask in DECISIONS.get(duty, ()) for decision in ask(request)]


def ways(duty: str) -> list[Way]:
    return WAYS.get(duty, [])
