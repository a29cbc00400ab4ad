"""Five numbers with a sentence each; every number opens the list behind it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    QuerySet,
    prefetch_related_objects,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.matters import way
from shangliang.matters.flow import holders
from shangliang.matters.models import Matter, Part, nearest_date
from shangliang.people.models import Person
from shangliang.proposals.models import Proposal, Reply
from shangliang.proposals.ranges import promises, settled, units_of, within
from shangliang.ui.dates import written
from shangliang.ui.languages import listed

from .decisions import left

MOST = 1000
LISTED = 6  # of each list, so that three of them and the numbers stand on one sheet


def figures(person: Person, day: date) -> dict[str, Any]:
    """Overdue, due this week, with the units, answered, promised: as far as this person may see."""
    seen = Matter.objects.visible_to(person, day).filter(kind=Proposal.KIND)
    running = {name: within(name, person, day) for name in ("late", "week", "handled", "answered")}
    numbers = seen.open().aggregate(
        **{name: Count("pk", filter=asked) for name, asked in running.items()}
    )
    # Promises of many years add up; nobody needs them counted beyond a thousand.
    made = promises(person, day).filter(proposal=OuterRef("pk"))
    promising = seen.filter(settled(person, day), Exists(made)).order_by()
    numbers["promised"] = promising[: MOST + 1].count()
    late, week = (_nearest(seen.open().filter(running[name])) for name in ("late", "week"))
    promised = _promised(promises(person, day), seen.filter(settled(person, day)))
    _name([*late, *week, *promised])
    sentences = {
        "late": _late(late, day) if numbers["late"] else _("件逾期。"),
        "week": _("件七天内到期。"),
        "handled": _("件正在承办单位办理。"),
        "answered": _("件已经答复，还没有办结。"),
        "promised": _("件答复列入了计划，等着落实。"),
    }
    index = reverse("proposals:index")
    return {
        "figures": [
            {"number": _counted(n), "sentence": sentences[name],
             "late": name == "late" and n > 0, "url": f"{index}?held={name}&order=due"}
            for name, n in numbers.items()
        ],
        "whose": _("本单位") if units_of(person, day) else _("全局"),
        "late": [line(matter, day) for matter in late],
        "week": [line(matter, day) for matter in week],
        "promised": [promise(matter, day) for matter in promised], "day": day,
        "more": {name: _counted(n, LISTED) for name, n in numbers.items() if n > LISTED},
    }  # fmt: skip


def _counted(number: int, without: int = 0) -> int | str:
    """The number less those shown, or how far was counted: 1000+."""
    return number - without if number <= MOST else f"{MOST}+"


def _nearest(found: QuerySet[Matter]) -> list[Any]:
    """The few papers whose date comes first, with that date and what it is for."""
    dated = found.annotate(due=nearest_date(), owed=nearest_date("label"))
    return list(dated.order_by(F("due").asc(nulls_last=True), "pk")[:LISTED])


def _promised(made: QuerySet[Reply], found: QuerySet[Matter]) -> list[Any]:
    """The few papers with the oldest promise, and when it was made."""
    own = found.filter(pk=OuterRef("proposal"))
    letters = made.filter(Exists(own)).order_by("issued_at", "proposal")
    papers: list[Any] = []
    for letter in letters.select_related("proposal")[:LISTED]:
        papers.append(letter.proposal)
        papers[-1].promised_at = letter.issued_at
    return papers


def _name(papers: list[Any]) -> None:
    """Fetch who plays which part in all of them at once."""
    prefetch_related_objects(
        papers, Prefetch("parts", Part.objects.select_related("person", "unit"))
    )


def _late(nearest: list[Any], day: date) -> str:
    """件已经逾期，最久的迟了 12 个工作日。"""
    late = way.in_working_days(-(left(nearest[0].due, day) or 0))
    return _("件已经逾期，最久的迟了 %(span)s。") % {"span": late}


def line(matter: Any, day: date) -> dict[str, Any]:
    """One of a short list: title, who has it, by when."""
    return {
        "proposal": _bare(matter), "holder": holders(matter),
        "tag": _("%(label)s %(day)s") % {"label": _(matter.owed), "day": written(matter.due, day)},
        "left": left(matter.due, day),
    }  # fmt: skip


def promise(matter: Any, day: date) -> dict[str, Any]:
    """Who promised what, and when."""
    when = written(timezone.localdate(matter.promised_at), day, weekday=False)
    return {
        "proposal": _bare(matter), "left": None,
        "holder": listed(matter.cast("lead_unit")),
        "tag": _("%(day)s答复") % {"day": when},
    }  # fmt: skip


def _bare(matter: Matter) -> Proposal:
    """The title and the door of a proposal, without its text."""
    return Proposal(pk=matter.pk, title=matter.title)
