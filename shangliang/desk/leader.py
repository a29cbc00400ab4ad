"""Five numbers with a sentence each; every number opens the list behind it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.matters import rights, way
from shangliang.matters.flow import holders
from shangliang.matters.models import Deadline
from shangliang.people.models import Person
from shangliang.proposals.models import Proposal
from shangliang.proposals.ranges import PROMISED, units_of, within
from shangliang.ui.dates import written
from shangliang.ui.languages import listed

from .decisions import left

LISTED = 6  # of each list, so that three of them and the numbers stand on one sheet


def figures(person: Person, day: date) -> dict[str, Any]:
    """Overdue, due this week, with the units, answered, promised: as far as this person may see."""
    seen = Proposal.objects.filter(rights.visible(person, day))
    found = {
        name: within(seen, name, person, day)
        for name in ("late", "week", "handled", "answered", "promised")
    }
    numbers = {name: proposals.count() for name, proposals in found.items()}
    sentences = {
        "late": _late(found["late"], day) if numbers["late"] else _("件逾期。"),
        "week": _("件七天内到期。"),
        "handled": _("件正在承办单位办理。"),
        "answered": _("件已经答复，还没有办结。"),
        "promised": _("件答复列入了计划，等着落实。"),
    }
    index = reverse("proposals:index")
    return {
        "figures": [
            {"number": n, "sentence": sentences[name], "late": name == "late" and n > 0,
             "url": f"{index}?held={name}&order=due"}
            for name, n in numbers.items()
        ],
        "whose": _("本单位") if units_of(person, day) else _("全局"),
        "late": lines(found["late"], day), "week": lines(found["week"], day),
        "promised": promises(found["promised"], day), "day": day,
        "more": {name: n - LISTED for name, n in numbers.items() if n > LISTED},
    }  # fmt: skip


def _late(found: Any, day: date) -> str:
    """件已经逾期，最久的迟了 12 个工作日。"""
    oldest = (
        Deadline.objects.open().filter(matter__in=found.values("pk")).aggregate(d=Min("due_on"))
    )
    late = way.in_working_days(-(left(oldest["d"], day) or 0))
    return _("件已经逾期，最久的迟了 %(span)s。") % {"span": late}


def lines(found: Any, day: date) -> list[dict[str, Any]]:
    """The nearest few of a list: title, who has it, by when."""
    first = Deadline.objects.open().filter(matter=OuterRef("pk")).order_by("due_on")
    found = found.annotate(due=first.values("due_on")[:1]).order_by("due", "pk")
    found = found.prefetch_related("parts__person", "parts__unit", "deadlines")
    result = []
    for proposal in found[:LISTED]:
        owed = [d for d in proposal.deadlines.all() if d.is_running]
        deadline = way.nearest(owed)
        assert deadline is not None  # the range asked for one
        result.append({
            "proposal": proposal, "holder": holders(proposal),
            "tag": f"{_(deadline.label)} {written(deadline.due_on, day)}",
            "left": left(deadline.due_on, day),
        })  # fmt: skip
    return result


def promises(found: Any, day: date) -> list[dict[str, Any]]:
    """Who promised what, and when; the oldest promise first."""
    issued = Max("replies__issued_at", filter=Q(replies__result=PROMISED))
    found = found.annotate(promised_at=issued).order_by("promised_at", "pk")
    found = found.prefetch_related("parts__unit")
    return [
        {
            "proposal": proposal, "left": None,
            "holder": listed(p for p in proposal.parts.all() if p.role == "lead_unit"),
            "tag": _("%(day)s答复") % {"day": _answered_on(proposal, day)},
        }
        for proposal in found[:LISTED]
    ]  # fmt: skip


def _answered_on(proposal: Any, day: date) -> str:
    return written(timezone.localdate(proposal.promised_at), day, weekday=False)
