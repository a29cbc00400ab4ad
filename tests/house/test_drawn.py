"""What is drawn from the tables is up to date, and every word of theirs is in the glossary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from shangliang.matters import sources
from shangliang.matters.table import REGISTRY, Who, Workflow
from shangliang.people import duties

DOCS = Path(__file__).parents[2] / "docs"
# 中文 in the first cell, identifiers in the second.
LINE = re.compile(r"^\| (?P<chinese>[^|]+) \| (?P<names>`[^|]+`) \|", re.MULTILINE)


@pytest.mark.parametrize("flow", REGISTRY.values(), ids=lambda flow: flow.label)
def test_the_page_of_a_room_is_what_its_table_says(flow: Workflow, tmp_path: Path) -> None:
    call_command("draw", into=tmp_path, stdout=None, verbosity=0)
    name = f"{flow.kind.partition('.')[0]}.md"
    drawn, kept = (folder / name for folder in (tmp_path, DOCS / "rooms"))

    assert kept.read_text(encoding="utf-8") == drawn.read_text(encoding="utf-8"), (
        "python manage.py draw"
    )


@pytest.mark.parametrize("flow", REGISTRY.values(), ids=lambda flow: flow.label)
def test_no_mirror_is_linked_and_no_source_is_kept_for_nothing(flow: Workflow) -> None:
    cited = {letter for row in flow.moves for letter in row.law.split()}
    listed = sources.of(flow)
    assert set(listed) == cited
    for source in listed.values():
        assert not (source.seen and source.address), source
        assert not source.address or re.match(r"https?://[\w.-]+\.gov\.cn/", source.address), source


def glossary() -> set[tuple[str, str]]:
    """Every pair (中文, identifier) the glossary teaches."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    return {
        (chinese.strip(), name)
        for line in LINE.finditer(text)
        for chinese in re.split(r"[、/]", line["chinese"])
        for name in re.findall(r"`([^`]+)`", line["names"])
    }


def circles(flow: Workflow) -> list[Who]:
    found = [flow.handlers]
    for row in flow.moves:
        found += [who for who in (row.who, row.tell, row.seen_by) if who]
    return found + [call.who for state in flow.states.values() for call in state.calls]


def words() -> list[tuple[str, str]]:
    """Every word the code uses for a thing of the domain, with what people call it."""
    found = [(str(label), code) for code, label in duties.LABELS.items()]
    for flow in REGISTRY.values():
        found += [(state.label, name) for name, state in flow.states.items()]
        found += [(row.label, row.name) for row in flow.moves]
        found += [(due.label, due.name) for due in flow.dues().values()]
    return found


@pytest.mark.parametrize(("chinese", "name"), words())
def test_every_word_has_its_line(chinese: str, name: str) -> None:
    assert (chinese, name) in glossary()


def test_every_role_and_duty_a_circle_names_is_known() -> None:
    known = {name for _chinese, name in glossary()}
    for flow in REGISTRY.values():
        for who in circles(flow):
            assert {*who.parts, *(role for role, _ in who.desks)} <= known, who
            assert {*who.duties, *(duty for _, duty in who.desks)} <= set(duties.LABELS), who
        assert flow.sight <= known


def test_one_identifier_stands_for_one_thing_within_its_kind() -> None:
    for flow in REGISTRY.values():
        for labels in (
            [state.label for state in flow.states.values()],
            [row.label for row in flow.moves],
            [due.label for due in flow.dues().values()],
        ):
            assert len(labels) == len(set(labels))
