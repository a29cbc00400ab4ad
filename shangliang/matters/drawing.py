"""A room's table as a page: the way a matter goes, who may do what, by when, and why.

Drawn from the table itself, so what it says is what the house does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from . import local, sources
from .table import Due, Move, Workflow

HEAD = """<!-- Drawn by `manage.py draw` from shangliang/{room}/workflow.py.  Do not edit. -->
# {label} · the way of a {kind}

Every step below is a row of `shangliang/{room}/workflow.py`; there is no other way. Days are
named numbers that a committee sets for itself; the shipped value stands in brackets.
"""
NOTE = "Rows that leave a matter where it is are not drawn; they stand in the table below."
SEEN = {"mirror": "read on a mirror site", "": ""}


def page(flow: Workflow) -> str:
    """The whole page of one room, in Markdown."""
    room, _dot, kind = flow.kind.partition(".")
    head = HEAD.format(room=room, label=flow.label, kind=kind)
    parts = [head, "## The way", *_diagram(flow), NOTE, "", "## States", *_states(flow)]
    parts += ["", "## Steps", *_rows(flow), "", "## Dates", *_dues(flow), "", "## Sources"]
    return "\n".join([*parts, *_sources(flow), ""])


def _diagram(flow: Workflow) -> Iterator[str]:
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {flow.first}")
    for name, state in flow.states.items():
        yield f'    state "{state.label}" as {name}'
    for row in flow.moves:
        for was in row.sources:
            if row.leads_to(was) != was:
                yield f"    {was} --> {row.target}: {row.label}"
    for name, state in flow.states.items():
        if state.final:
            yield f"    {name} --> [*]"
    yield "```"


def _states(flow: Workflow) -> Iterator[str]:
    yield from ("| state | in whose hands | what is asked |", "|---|---|---|")
    for name, state in flow.states.items():
        asked = "<br>".join(f"{call.who.name}：{call.asks}" for call in state.calls)
        holder = state.held_by.name if state.held_by else "—"
        yield _line(f"{state.label} `{name}`", holder, asked or "—")


def _rows(flow: Workflow) -> Iterator[str]:
    yield "| step | from → to | who may | what must be true | dates | who hears of it | source |"
    yield "|---|---|---|---|---|---|---|"
    for row in flow.moves:
        yield _line(
            f"{row.label} `{row.name}`", _way(flow, row), row.who.name, _needs(row), _clocks(row),
            f"{row.tell.name}：{row.says}" if row.tell else "—", row.law,
        )  # fmt: skip


def _way(flow: Workflow, row: Move) -> str:
    was = "、".join(flow.states[name].label for name in row.sources)
    return f"{was} → {flow.states[row.target].label}" if row.target else f"{was}（不变）"


def _needs(row: Move) -> str:
    said = [f"a reason: {row.note}"] if row.note else []
    said += [meaning(need) for need in row.needs]
    return "<br>".join(said) or "—"


def meaning(need: Callable[..., Any]) -> str:
    """A condition in its own words: the first sentence of its docstring, else its name."""
    first = (need.__doc__ or "").strip().split("\n\n")[0]
    words = re.sub(r"\s+", " ", first)
    return words.rstrip(".") if words else need.__name__.replace("_", " ")


def _clocks(row: Move) -> str:
    said = [f"opens {due.label}" for due in row.opens]
    said += [f"meets `{name}`" for name in row.meets] + [f"drops `{name}`" for name in row.drops]
    return "<br>".join(said) or "—"


def _dues(flow: Workflow) -> Iterator[str]:
    yield from ("| date | named number | owed by | when it passes |", "|---|---|---|---|")
    for due in flow.dues().values():
        yield _line(f"{due.label} `{due.name}`", _rule(due), due.owed_by.name, _after(flow, due))


def _rule(due: Due) -> str:
    number = local.defaults()[due.rule]
    return f"`{due.rule}` {number.label}（{number.value}）"


def _after(flow: Workflow, due: Due) -> str:
    return f"the calendar takes “{flow.rows[due.lapses].label}”" if due.lapses else "reminders"


def _sources(flow: Workflow) -> Iterator[str]:
    """Only what the table cites, and only official addresses are linked."""
    cited = {letter for row in flow.moves for letter in row.law.split()}
    yield from ("| letters | text | |", "|---|---|---|")
    for letter, source in sources.of(flow).items():
        if letter in cited:
            title = f"[{source.title}]({source.address})" if source.address else source.title
            yield _line(letter, title, SEEN[source.seen])


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
