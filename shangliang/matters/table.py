"""The words a table is written in.

A room's `workflow.py` is a table of these: which circle of people may carry a matter from which
state to which, what must be true first, which clocks it opens and meets, and who hears of it.
They are data, so a row can be printed, compared, drawn and asked three ways (see `rights.py`).
This module knows no Django.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Held:
    """What one person holds in one matter: her roles, her bodies' roles, her duties."""

    parts: frozenset[str]
    desks: frozenset[tuple[str, str]]
    duties: frozenset[str]


@dataclass(frozen=True)
class Who:
    """A circle of people: those with a part in the matter, or a duty in its committee.

    `parts` are roles a person holds in the matter herself.  `desks` are roles a body holds,
    each with the duty that acts for it there.  `duties` are duties in the matter's committee.
    `clock` admits the calendar itself: rows that happen when a date has passed.
    """

    name: str
    parts: frozenset[str] = frozenset()
    desks: frozenset[tuple[str, str]] = frozenset()
    duties: frozenset[str] = frozenset()
    clock: bool = False

    def __or__(self, other: Who) -> Who:
        return Who(
            f"{self.name}或{other.name}",
            self.parts | other.parts,
            self.desks | other.desks,
            self.duties | other.duties,
            self.clock or other.clock,
        )

    def admits(self, held: Held) -> bool:
        """Whether somebody who holds `held` in a matter belongs to this circle."""
        return bool(self.parts & held.parts or self.desks & held.desks or self.duties & held.duties)

    def called(self, name: str) -> Who:
        """The same circle under the name the regulation gives it."""
        return Who(name, self.parts, self.desks, self.duties, self.clock)


def part(role: str, name: str) -> Who:
    """Whoever plays `role` in the matter in person."""
    return Who(name, parts=frozenset({role}))


def desk(role: str, duty: str, name: str) -> Who:
    """Whoever carries `duty` in the body that plays `role` in the matter."""
    return Who(name, desks=frozenset({(role, duty)}))


def duty(code: str, name: str) -> Who:
    """Whoever carries `code` in the committee the matter belongs to."""
    return Who(name, duties=frozenset({code}))


CLOCK = Who("日历（到期自动）", clock=True)


@dataclass(frozen=True)
class Due:
    """A date that a row opens: what must have happened, and the named number that says by when."""

    name: str
    label: str
    rule: str
    owed_by: Who
    # A row the clock may carry out when the date has passed, if the table has one.
    lapses: str = ""


@dataclass(frozen=True)
class Call:
    """A decision a state asks of a circle: one sentence on its desk, one word on its button.

    `page` is the form the button opens (the paper itself where there is none), `pile` the page on
    which many such papers are decided together: FIRST for one after the other, "" for a list.
    """

    who: Who
    asks: str
    act: str
    page: str = ""
    pile: str = ""


FIRST = "first"


@dataclass(frozen=True)
class State:
    """Where a matter can stand, in whose hands it is there, and what is asked of them.

    `asks`, `act`, `page` and `pile` are the holder's `Call`; `stage` says how many of the four
    rings are filled; `also` are others who are asked meanwhile.
    """

    label: str
    held_by: Who | None = None
    asks: str = ""
    act: str = ""
    stage: int = 0
    final: bool = False
    also: tuple[Call, ...] = ()
    page: str = ""
    pile: str = ""

    @property
    def calls(self) -> tuple[Call, ...]:
        """Everybody who is asked something here, the holder first."""
        if self.held_by is None:
            return self.also
        return (Call(self.held_by, self.asks, self.act, self.page, self.pile), *self.also)


@dataclass
class Step:
    """One attempt to carry a matter along a row: handed to every condition and consequence."""

    matter: Any
    row: Move
    by: Any
    at: datetime
    note: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    entry: Any = None


@dataclass(frozen=True)
class Move:
    """A row of the table: one thing that may happen.

    `target` "" leaves the matter where it is.  `needs` answer with a sentence when something is
    missing and "" when not; `then` does the row's own work.  `note` names the reason the person
    must write.  `page` names the form that collects what the row needs more than a reason, and
    `door` the words on the link to it where they differ from the act itself.
    `shows` raises the visibility; `seen_by` narrows who may read the entry; `law` cites.
    """

    name: str
    label: str
    source: str | tuple[str, ...]
    target: str
    who: Who
    needs: tuple[Callable[[Step], str], ...] = ()
    opens: tuple[Due, ...] = ()
    meets: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    then: Callable[[Step], None] | None = None
    tell: Who | None = None
    says: str = ""
    note: str = ""
    page: str = ""
    door: str = ""
    shows: str = ""
    seen_by: Who | None = None
    law: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.source,) if isinstance(self.source, str) else self.source

    def leads_to(self, was: str) -> str:
        """The state after the row, for a matter that stood in `was`."""
        return self.target or was


@dataclass(frozen=True)
class Workflow:
    """The whole law of one kind of matter.

    `handlers` are those who see a matter of this kind because handling it is their duty;
    `sight` are the roles whose holders may see the matter they play a role in; `path` is the
    usual way from the first decision to the end, as the page of a matter foretells it.
    """

    kind: str
    label: str
    states: Mapping[str, State]
    moves: tuple[Move, ...]
    handlers: Who
    sight: frozenset[str]
    path: tuple[str, ...] = ()
    first: str = "draft"

    @property
    def rows(self) -> dict[str, Move]:
        return {row.name: row for row in self.moves}

    @property
    def open_states(self) -> tuple[str, ...]:
        return tuple(name for name, state in self.states.items() if not state.final)

    def holders(self) -> dict[Who, tuple[str, ...]]:
        """Each circle that is asked something, with the states in which it is."""
        found: dict[Who, tuple[str, ...]] = {}
        for name, state in self.states.items():
            for call in () if state.final else state.calls:
                found[call.who] = (*found.get(call.who, ()), name)
        return found

    def dues(self) -> dict[str, Due]:
        """Every date this table can open, by name."""
        return {due.name: due for row in self.moves for due in row.opens}


REGISTRY: dict[str, Workflow] = {}


def register(workflow: Workflow) -> Workflow:
    """Make a room's table known to the floor; one table a kind."""
    if workflow.kind in REGISTRY and REGISTRY[workflow.kind] is not workflow:
        raise ValueError(f"{workflow.kind} already has a table")
    REGISTRY[workflow.kind] = workflow
    return workflow
