"""A member's own proposals, each with the ring that shows how far it has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shangliang.matters.flow import holders
from shangliang.matters.models import Part
from shangliang.people.models import Person
from shangliang.proposals.models import Proposal
from shangliang.ui.dates import written

SHOWN = 12


def rows(person: Person, day: date) -> list[dict[str, Any]]:
    """As `ui/_mine.html` reads them, the latest movement first."""
    signed = Part.objects.filter(person=person, role__in=("author", "cosigner"))
    found: Any = Proposal.objects.filter(pk__in=signed.values("matter")).order_by("-moved_at")
    return [
        {
            "title": p.title, "url": p.get_absolute_url(), "note": note(p, day),
            "filled": p.stands.stage, "of": 4,
        }
        for p in found.with_names()[:SHOWN]
    ]  # fmt: skip


def note(proposal: Proposal, day: date) -> str:
    """第0147号 · 县卫健委办理中，1 月 20 日前答复."""
    number = _("第%(n)s号 · ") % {"n": proposal.short_number} if proposal.sequence else ""
    if proposal.stands.final:
        return f"{number}{_(proposal.stands.label)}"
    owed = [d for d in proposal.deadlines.all() if d.is_running]
    first = min(owed, key=lambda d: d.due_on, default=None)
    who = holders(proposal)
    own = proposal.state in ("draft", "cosigning", "returned", "unconfirmed", "replied")
    state = f"{'' if own or not who else who + ' · '}{_(proposal.stands.label)}"
    if first is None:
        return f"{number}{state}"
    return _("%(so_far)s，%(day)s前%(what)s") % {
        "so_far": f"{number}{state}", "day": written(first.due_on, day), "what": _(first.label),
    }  # fmt: skip
