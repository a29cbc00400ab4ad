"""The policy speaks of every address, of every row of the table, and of nothing else."""

from __future__ import annotations

import pytest

from shangliang.matters.table import REGISTRY
from shangliang.proposals.models import Proposal

from .doors import names, of_paper
from .house import of_house
from .knocking import Knocker
from .policy import Policy, read_secrets, unknown_words
from .situations import WHOLE, named

pytestmark = pytest.mark.django_db


def all_doors(knocker: Knocker) -> set[str]:
    papers = knocker.county.papers.values()
    of_papers = {door.key for paper in papers for door in of_paper(paper)}
    return of_papers | {door.key for door in of_house(knocker.county)}


def test_every_address_of_the_house_has_a_row(knocker: Knocker) -> None:
    """Whoever adds an address says in policy.csv who may open it, and in doors.py or house.py
    how it is knocked at."""
    papers = knocker.county.papers.values()
    doors = [door for paper in papers for door in of_paper(paper)] + [*of_house(knocker.county)]
    assert sorted({door.key for door in doors if not knocker.policy.methods(door.key)}) == []
    asked = {door.name for door in doors}
    assert sorted(set(names()) - asked) == []


def test_every_row_speaks_of_a_door_there_is(knocker: Knocker) -> None:
    spoken_of = {door for row in knocker.policy.rows for door in row.doors}
    assert sorted(spoken_of - all_doors(knocker)) == []


def test_every_word_of_the_policy_is_explained(policy: Policy) -> None:
    assert unknown_words(policy) == []


def test_every_row_of_the_table_is_in_the_policy(policy: Policy) -> None:
    """By its own door or as what a form writes into the journal; no row was forgotten."""
    verbs = {verb for row in policy.rows for verb in row.answer.verbs}
    doors = {door.removeprefix("move:") for row in policy.rows for door in row.doors}
    rows = {row.name for row in REGISTRY[Proposal.KIND].moves}
    assert rows - verbs - doors == {"invite"}  # from a joint draft: see tests/proposals


def test_every_state_of_the_table_has_a_situation(knocker: Knocker) -> None:
    stands = {paper.proposal.state for paper in knocker.county.papers.values()}
    assert stands == set(REGISTRY[Proposal.KIND].states)


def test_every_field_with_a_mark_has_its_readers(knocker: Knocker) -> None:
    secrets = read_secrets()
    ruled = {
        (field, s) for secret in secrets for field in secret.fields for s in named(secret.when)
    }
    for situation in WHOLE:
        for field in knocker.county.papers[situation].marks:
            assert (field, situation) in ruled, (field, situation)
