"""Proposals as rows of a table, in the shape in which they can come in again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Max

from shangliang.matters.models import Code, ImportLine
from shangliang.people.models import Organisation
from shangliang.ui.languages import of_record

from ..models import Proposal
from ..workflow import PROPOSAL as TABLE
from . import keeping
from .fields import LABELS
from .planning import own_key

COLUMNS = (
    "key", "number", "title", "category", "type", "author", "cosigners", "together", "at",
    "situation", "analysis", "suggestion",
)  # fmt: skip
BATCH = 500


def exported(committee: Organisation) -> Any:
    """The proposals that leave the house in a table: all but drafts nobody has sent."""
    return Proposal.objects.filter(organisation=committee).exclude(visibility="private")


def export_header(committee: Organisation) -> list[str]:
    most = exported(committee).annotate(n=Count("asks")).aggregate(Max("n"))["n__max"] or 0
    return [LABELS[name] for name in COLUMNS] + ["状态"] + [f"建议{n}" for n in range(1, most + 1)]


def export_rows(committee: Organisation) -> Iterator[list[Any]]:
    """One row a proposal, by primary key; as many asks as it has."""
    lines = ImportLine.objects.standing(committee, keeping.KIND)
    brought = lines.filter(model=keeping.PROPOSAL.label).order_by("pk")
    kept = {line.target: line for line in brought.iterator()}
    labels = dict(
        Code.objects.filter(organisation=committee, table="category").values_list("code", "label")
    )
    proposals = (
        exported(committee).order_by("pk").prefetch_related("asks", "parts__person", "parts__unit")
    )
    for proposal in proposals.iterator(chunk_size=BATCH):
        yield _row(proposal, committee, kept.get(proposal.pk), labels)


def _row(
    proposal: Proposal, committee: Organisation, line: ImportLine | None, labels: dict[str, str]
) -> list[Any]:
    facts = keeping.present(proposal)
    together = (line.kept.get("together") if line else 0) or len(facts["cosigners"]) + 1
    with of_record():
        kind = str(proposal.get_type_display())
    said = {
        "key": line.key if line and line.key else own_key(proposal, committee),
        "number": proposal.number,
        "title": proposal.title,
        "category": labels.get(proposal.category, proposal.category),
        "type": kind,
        "author": facts["author"],
        "cosigners": "、".join(facts["cosigners"]),
        "together": together if together > 1 else None,
        "at": facts["at"],
        **{name: facts[name] for name in ("situation", "analysis", "suggestion")},
    }
    state = str(TABLE.states[proposal.state].label)
    return [said[name] for name in COLUMNS] + [state] + facts["asks"]
