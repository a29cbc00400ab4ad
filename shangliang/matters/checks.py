"""What `manage.py check` says of the tables: a mistake in a row is found before anybody presses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from string import Formatter
from typing import Any

from django.core.checks import Error, register
from django.urls import NoReverseMatch, reverse

from . import local, sources
from .models import Visibility
from .table import FIRST, REGISTRY, Move, Workflow

Finding = tuple[str, str]  # the code of the rule, and what breaks it


@register()
def tables_are_sound(app_configs: Any = None, **kwargs: Any) -> list[Error]:
    """Every rule on every table."""
    return [
        Error(f"{flow.kind}: {said}", id=f"matters.{code}")
        for flow in REGISTRY.values()
        for rule in RULES
        for code, said in rule(flow)
    ]


def every_state_is_reached(flow: Workflow) -> Iterator[Finding]:
    """From the first state every other can be reached, and from each an end."""
    known = flow.states.keys()
    for name in [flow.first, *flow.path]:
        if name not in known:
            yield "E001", f"there is no state “{name}”"
    for row in flow.moves:
        for name in (*row.sources, row.target):
            if name and name not in known:
                yield "E001", f"row “{row.name}” names “{name}”, which is no state"
    steps = {(a, row.leads_to(a)) for row in flow.moves for a in row.sources}
    for name in known - _reached({flow.first}, steps):
        yield "E002", f"nothing leads to “{name}”"
    ends = {name for name, state in flow.states.items() if state.final}
    for name in known - _reached(ends, {(b, a) for a, b in steps}):
        yield "E003", f"from “{name}” no end can be reached"


def _reached(start: set[str], steps: set[tuple[str, str]]) -> set[str]:
    found, edge = set(start), set(start)
    while edge:
        edge = {b for a, b in steps if a in edge} - found
        found |= edge
    return found


def every_state_is_in_somebodys_hands(flow: Workflow) -> Iterator[Finding]:
    """Work that is nobody's is forgotten; what has ended is in nobody's hands and stays ended."""
    for name, state in flow.states.items():
        if not state.label:
            yield "E004", f"state “{name}” has no label"
        if state.final:
            leaving = [r.name for r in flow.moves if name in r.sources and r.leads_to(name) != name]
            if state.held_by or leaving:
                yield "E005", f"“{name}” is an end, and yet held or left"
            continue
        for call in state.calls:
            if not (call.asks and call.act):
                yield "E006", f"state “{name}” asks {call.who.name} nothing, or names no act"
        if not state.held_by:
            yield "E006", f"state “{name}” is in nobody's hands"


def every_row_is_labelled_cited_and_told(flow: Workflow) -> Iterator[Finding]:
    """A row says what its button is called, which source it rests on, and who hears of it."""
    twice = [name for name, n in Counter(row.name for row in flow.moves).items() if n > 1]
    for name in twice:
        yield "E007", f"there are two rows “{name}”"
    cited = sources.of(flow)
    for row in flow.moves:
        if not row.label:
            yield "E008", f"row “{row.name}” has no label"
        if not (row.tell and row.says):
            yield "E009", f"row “{row.name}” tells nobody, or nothing"
        if not row.law:
            yield "E010", f"row “{row.name}” cites no source"
        for letter in row.law.split():
            if letter not in cited:
                yield "E010", f"row “{row.name}” cites {letter}, which data/sources.csv lacks"
        if row.shows and row.shows not in Visibility.values:
            yield "E011", f"row “{row.name}” shows “{row.shows}”, which is no visibility"


def no_button_means_two_things(flow: Workflow) -> Iterator[Finding]:
    """Nobody is shown the same word twice for two different ways on."""
    rows = flow.moves
    for n, one in enumerate(rows):
        for two in rows[n + 1 :]:
            shared = set(one.sources) & set(two.sources)
            same = one.label == two.label and _meet(one, two)
            if shared and same and one.target != two.target:
                yield "E012", f"“{one.label}” means both “{one.name}” and “{two.name}”"


def _meet(one: Move, two: Move) -> bool:
    a, b = one.who, two.who
    return bool(a.parts & b.parts or a.desks & b.desks or a.duties & b.duties)


def every_work_can_be_called(flow: Workflow) -> Iterator[Finding]:
    """Conditions and consequences are functions; (x) is not a tuple, (x,) is."""
    for row in flow.moves:
        if not isinstance(row.needs, tuple) or not all(map(callable, row.needs)):
            yield "E013", f"the needs of row “{row.name}” are no tuple of functions"
        if row.then is not None and not callable(row.then):
            yield "E013", f"what follows row “{row.name}” is no function"


def every_clock_is_real(flow: Workflow) -> Iterator[Finding]:
    """A row opens dates whose rule is a named number, and ends only dates some row opens."""
    known, numbers = flow.dues(), local.defaults()
    for row in flow.moves:
        for due in row.opens:
            if due != known[due.name]:
                yield "E014", f"there are two dates “{due.name}”"
            if due.rule not in numbers:
                yield "E015", f"“{due.name}” goes by “{due.rule}”, which is no named number"
            if due.lapses and not (due.lapses in flow.rows and flow.rows[due.lapses].who.clock):
                yield (
                    "E016",
                    f"“{due.name}” lapses into “{due.lapses}”, which is no row of the clock",
                )
        for name in (*row.meets, *row.drops):
            if name not in known:
                yield "E017", f"row “{row.name}” ends “{name}”, which no row opens"


def every_sentence_can_be_filled(flow: Workflow) -> Iterator[Finding]:
    """A sentence names only what a matter of this kind can say of itself."""
    matter = _model(flow)(kind=flow.kind)
    words = set(matter.words())
    sentences = [
        (f"state “{name}”", c.asks, words) for name, s in flow.states.items() for c in s.calls
    ]
    sentences += [(f"row “{row.name}”", row.says, words | {"by", "note"}) for row in flow.moves]
    for place, sentence, allowed in sentences:
        for _text, name, _spec, _conversion in Formatter().parse(sentence):
            if name is not None and name not in allowed:
                yield "E018", f"{place} says {{{name}}}, which nobody can fill in"


def _model(flow: Workflow) -> Any:
    from django.apps import apps

    return apps.get_model(flow.kind)


def every_page_exists(flow: Workflow) -> Iterator[Finding]:
    """A row or a state that has a form of its own names an address of the room."""
    calls = [(f"state “{name}”", c) for name, state in flow.states.items() for c in state.calls]
    of_one = [(f"row “{row.name}”", row.page) for row in flow.moves]
    of_one += [(place, call.page) for place, call in calls]
    of_many = [(place, call.pile) for place, call in calls if call.pile != FIRST]
    doors = [(*each, [1]) for each in of_one] + [(*each, []) for each in of_many]
    for place, page, args in doors:
        if page:
            try:
                reverse(page, args=args)
            except NoReverseMatch:
                yield "E019", f"{place} leads to “{page}”, which is no address"


RULES: tuple[Callable[[Workflow], Iterator[Finding]], ...] = (
    every_state_is_reached,
    every_state_is_in_somebodys_hands,
    every_row_is_labelled_cited_and_told,
    no_button_means_two_things,
    every_work_can_be_called,
    every_clock_is_real,
    every_sentence_can_be_filled,
    every_page_exists,
)
