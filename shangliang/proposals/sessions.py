"""Whether a proposal belongs to a plenary session (大会提案) or to the time between (平时提案)."""

from __future__ import annotations

from datetime import datetime

from shangliang.analysis.workdays import months_later
from shangliang.matters import local
from shangliang.matters.clocks import local_day
from shangliang.people.models import Session

from .models import Proposal


def session_for(proposal: Proposal, at: datetime) -> Session | None:
    """The session whose window is open at `at`, counted from when the submitting began.

    The window opens some months before the session does and ends with its cut-off, so a paper
    begun in time still counts when its upload took longer.
    """
    ahead, _unit = local.value(
        proposal.organisation_id, "proposal.session_window_open", proposal.term_id
    ).split()
    sessions = Session.objects.filter(
        term__organisation=proposal.organisation_id, cutoff_at__gte=at
    )
    for session in sessions.order_by("opens_on"):
        if months_later(session.opens_on, -int(ahead)) <= local_day(at):
            return session
    return None


def latest_session(organisation_id: int, at: datetime) -> Session | None:
    """The session whose series an ordinary proposal is numbered in: the last one opened."""
    return (
        Session.objects.filter(term__organisation=organisation_id, opens_on__lte=local_day(at))
        .order_by("-opens_on")
        .first()
    )
