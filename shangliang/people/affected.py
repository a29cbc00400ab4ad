"""What an ending would touch: asked before it is confirmed, answered by the floors above.

People knows no matters.  Whoever keeps something that a seat or a body has a part in registers a
function here; it answers in sentences with counts, never with titles, because the administrator
who reads them sees no business content.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .models import Organisation, Seat


@dataclass(frozen=True)
class Ended:
    """What is about to end: some seats, or a whole body with an heir or without."""

    seats: Sequence[Seat] = ()
    body: Organisation | None = None
    successor: Organisation | None = None


Answer = Callable[[Ended], list[str]]
ASKED: list[Answer] = []


def answers(function: Answer) -> Answer:
    """Have `function` asked whenever something is about to end."""
    if function not in ASKED:
        ASKED.append(function)
    return function


def what_it_touches(ended: Ended) -> list[str]:
    return [sentence for ask in ASKED for sentence in ask(ended)]
