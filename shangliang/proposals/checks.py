"""What a proposal still lacks, by the numbers of its committee: one answer for page and table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shangliang.analysis.proposal_checks import MUST, Draft, Finding, Limits, check_proposal
from shangliang.matters import local, secrecy

from .models import Proposal

# Beyond what always refuses, our committees refuse what is longer than they allow.
BINDING = frozenset({"title_long", "text_long"})


def limits(organisation: Any, term: Any = None) -> Limits:
    return Limits(
        title_max=local.count(organisation, "proposal.title_max", term),
        max_chars=local.count(organisation, "proposal.max_chars", term),
        binding=BINDING,
    )


def check(
    organisation: Any, term: Any, texts: dict[str, str], asks: Sequence[str]
) -> list[Finding]:
    """Findings on texts not saved yet; keys title, situation, analysis, suggestion."""
    draft = Draft(
        texts["title"], texts["situation"], texts["analysis"], texts["suggestion"],
        [ask for ask in asks if ask.strip()],
    )  # fmt: skip
    return check_proposal(draft, limits(organisation, term), secrecy.find_mark)


def check_saved(proposal: Proposal) -> list[Finding]:
    texts = {n: getattr(proposal, n) for n in ("title", "situation", "analysis", "suggestion")}
    asks = [ask.text for ask in proposal.asks.all()]
    return check(proposal.organisation_id, proposal.term_id, texts, asks)


def refusing(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == MUST]
