"""A mistake in a table is named by `manage.py check`, whichever row it is in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from shangliang.matters import checks
from shangliang.matters.table import REGISTRY, Due, Move, State, Workflow
from shangliang.proposals.who import author, office
from shangliang.proposals.workflow import PROPOSAL

ROW = Move(
    "try", "试一试", "draft", "", author, tell=office, says="《{title}》。", law="P28",
)  # fmt: skip


def found(flow: Workflow, monkeypatch: Any) -> set[str]:
    monkeypatch.setitem(REGISTRY, flow.kind, flow)
    return {str(error.id).removeprefix("matters.") for error in checks.tables_are_sound()}


def changed(name: str, **changes: Any) -> Workflow:
    """The proposals table with one row written differently."""
    rows = tuple(replace(row, **changes) if row.name == name else row for row in PROPOSAL.moves)
    return replace(PROPOSAL, moves=rows)


def without(*names: str) -> Workflow:
    return replace(PROPOSAL, moves=tuple(r for r in PROPOSAL.moves if r.name not in names))


def more(*rows: Move) -> Workflow:
    return replace(PROPOSAL, moves=(*PROPOSAL.moves, *rows))


def stating(name: str, state: State) -> Workflow:
    return replace(PROPOSAL, states={**PROPOSAL.states, name: state})


def test_the_tables_of_the_house_are_sound(monkeypatch: Any) -> None:
    assert found(PROPOSAL, monkeypatch) == set()


def test_an_extra_row_that_is_right_is_right(monkeypatch: Any) -> None:
    assert found(more(ROW), monkeypatch) == set()


MISTAKES: dict[str, tuple[str, Callable[[], Workflow]]] = {
    "a target that is no state": ("E001", lambda: changed("file", target="field")),
    "a source that is no state": ("E001", lambda: changed("file", source="prelim")),
    "a first state that is none": ("E001", lambda: replace(PROPOSAL, first="begin")),
    "a way over a state that is none": ("E001", lambda: replace(PROPOSAL, path=("submitted", "x"))),
    "a state nothing leads to": ("E002", lambda: without("return")),
    "a state without an end": (
        "E003", lambda: without("close", "rehandle"),
    ),
    "a state without a label": (
        "E004", lambda: stating("filed", replace(PROPOSAL.states["filed"], label="")),
    ),
    "an end that is left again": ("E005", lambda: more(replace(ROW, source="closed", target="filed"))),
    "an end in somebody's hands": (
        "E005", lambda: stating("closed", State("已办结", office, "办。", "办", final=True)),
    ),
    "a state in nobody's hands": ("E006", lambda: stating("filed", State("已立案"))),
    "a holder who is asked nothing": ("E006", lambda: stating("filed", State("已立案", office))),
    "two rows of one name": ("E007", lambda: more(replace(PROPOSAL.rows["close"]))),
    "a row without a button": ("E008", lambda: changed("close", label="")),
    "a row nobody hears of": ("E009", lambda: changed("close", tell=None)),
    "a row that tells nothing": ("E009", lambda: changed("close", says="")),
    "a row without a source": ("E010", lambda: changed("close", law="")),
    "a source that is not listed": ("E010", lambda: changed("close", law="P16 P99")),
    "a visibility that is none": ("E011", lambda: changed("file", shows="everybody")),
    "one word for two ways on": (
        "E012", lambda: more(replace(ROW, label="撤案", source="draft", target="submitted")),
    ),
    "a bracket that is no tuple": (
        "E013", lambda: changed("present", needs=PROPOSAL.rows["present"].needs[0]),
    ),
    "a consequence that is none": ("E013", lambda: changed("close", then="close it")),
    "two dates of one name": (
        "E014", lambda: more(replace(ROW, opens=(Due("reply", "答复", "reply.due", office),))),
    ),
    "a rule that is no named number": (
        "E015", lambda: more(replace(ROW, opens=(Due("x", "期限", "x.within", office),))),
    ),
    "a date that lapses into nothing": (
        "E016", lambda: more(replace(ROW, opens=(Due("x", "期限", "reply.due", office, "gone"),))),
    ),
    "a date that lapses into a person's row": (
        "E016", lambda: more(replace(ROW, opens=(Due("x", "期限", "reply.due", office, "close"),))),
    ),
    "the end of a date nobody opens": ("E017", lambda: changed("close", meets=("clos",))),
    "a dropped date nobody opens": ("E017", lambda: changed("rewrite", drops=("co",))),
    "a word nobody can fill in": ("E018", lambda: changed("close", says="《{titel}》已办结。")),
    "a state's word nobody can fill in": (
        "E018", lambda: stating("filed", State("已立案", office, "请看《{by}》。", "看")),
    ),
    "a page that is not there": ("E019", lambda: changed("file", page="proposals:nowhere")),
}  # fmt: skip


@pytest.mark.parametrize("mistake", list(MISTAKES))
def test_a_mistake_is_named(mistake: str, monkeypatch: Any) -> None:
    code, make = MISTAKES[mistake]
    assert code in found(make(), monkeypatch)


def test_every_rule_has_a_mistake_that_breaks_it() -> None:
    assert {code for code, _ in MISTAKES.values()} == {f"E{n:03}" for n in range(1, 20)}
