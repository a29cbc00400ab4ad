"""Deadlines of matters: opened and met by the rows of a table (first cut)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from shangliang.analysis.workdays import months_later

from . import local
from .models import Deadline, Entry, Matter
from .table import Due


def local_day(at: datetime) -> date:
    """The civil day of a moment, where the committee sits."""
    return timezone.localdate(at)


def open_deadline(matter: Matter, due: Due, *, at: datetime, entry: Entry | None) -> Deadline:
    amount, unit = local.value(matter.organisation_id, due.rule, matter.term_id).split()
    start = local_day(at)
    end = months_later(start, int(amount)) if unit == "mo" else start + timedelta(int(amount))
    return matter.deadlines.create(
        name=due.name, label=due.label, rule=due.rule, amount=int(amount), unit=unit,
        event=matter.flow.rows[entry.verb].label if entry else "", started_on=start,
        due_on=end, opened_by=entry,
    )  # fmt: skip


def meet(matter: Matter, names: Iterable[str], *, at: datetime) -> None:
    if names := tuple(names):
        matter.deadlines.open().filter(name__in=names).update(met_at=at)


def drop(matter: Matter, names: Iterable[str] | None, *, at: datetime) -> None:
    """End clocks that no longer matter; all of them when `names` is None."""
    found = matter.deadlines.open()
    if names is not None:
        found = found.filter(name__in=tuple(names))
    found.update(dropped_at=at)
