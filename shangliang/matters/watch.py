"""Writing down what the floor below reports: log-ins, log-outs, changes of the set-up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from . import journal


def take_the_queue(**kwargs: Any) -> None:
    """A change is about to be made: its entry's place in the chain comes before its own rows."""
    journal.hold()


def write_down(
    *, verb: str, by: Any, at: datetime, acting_as: str = "", data: Any = None, **kwargs: Any
) -> None:
    journal.write(verb, by=by, at=at, acting_as=acting_as, data=data)
