"""Five numbers with a sentence each; every number opens the list behind it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.matters import rights, way
from shangliang.matters.flow import holders
from shangliang.matters.models import Deadline
from shangliang.people.models import Person
from shangliang.proposals.models import Proposal

from .decisions import left

LISTED = 8


def figures(person: Person, day: date) -> dict[str, Any]:
    """Overdue, due this week, in handling, replied, closed: as far as this person may see."""
    seen = Proposal.objects.filter(rights.visible(person, day))
    owed = Deadline.objects.open().filter(matter=OuterRef("pk"))
    late = seen.filter(Exists(owed.filter(due_on__lt=day)))
    week = seen.filter(Exists(owed.filter(due_on__range=(day, day + timedelta(7)))))
    index = reverse("proposals:index")
    handling = seen.filter(state__in=("assigned", "handling", "reply_check"))
    replied = seen.filter(state__in=("replied", "rated", "no_feedback"))
    numbers = [
        (late.count(), _("件已经逾期。"), f"{index}?held=late&order=due"),
        (week.count(), _("件七天内到期。"), f"{index}?held=week&order=due"),
        (handling.count(), _("件在承办单位手里。"), f"{index}?order=due"),
        (replied.count(), _("件已经答复，还没有办结。"), index),
        (seen.filter(state="closed").count(), _("件已经办结。"), f"{index}?state=closed"),
    ]
    return {
        "figures": [
            {"number": n, "sentence": sentence, "url": url, "late": not place and n > 0}
            for place, (n, sentence, url) in enumerate(numbers)
        ],
        "late": lines(late, day), "week": lines(week, day),
    }  # fmt: skip


def lines(found: Any, day: date) -> list[dict[str, Any]]:
    """The nearest few of a list: title, who has it, by when."""
    first = Deadline.objects.open().filter(matter=OuterRef("pk")).order_by("due_on")
    found = found.annotate(due=first.values("due_on")[:1]).order_by("due", "pk")
    found = found.prefetch_related("parts__person", "parts__unit", "deadlines")
    result = []
    for proposal in found[:LISTED]:
        owed = [d for d in proposal.deadlines.all() if d.is_running]
        deadline = way.nearest(owed)
        result.append(
            {
                "proposal": proposal,
                "holder": holders(proposal),
                "deadline": deadline,
                "left": left(deadline.due_on, day) if deadline else None,
            }
        )
    return result
