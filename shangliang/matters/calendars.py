"""The working-day calendar of the house: what was shipped, and the notices confirmed since.

Shipped years are data beside this file; later ones are entered on the calendar page, proposed by
one administrator and confirmed by another.  Reading is cheap: each process keeps the calendar and
asks the database once a request whether a notice has been confirmed since.
"""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from django.core.signals import request_started
from django.db.models import Count, Max

from shangliang.analysis.workdays import Calendar, HolidayNotice, SpecialDay, read_days

from .composed import Composed
from .models import CalendarNotice

DATA = Path(__file__).parent / "data"

_kept: tuple[object, Calendar] | None = None
_asked = threading.local()


@cache
def shipped() -> tuple[HolidayNotice, ...]:
    """The notices of 2013 to 2026, one a year, with later changes of that year worked in."""
    lines = (DATA / "calendar_2013_2026.csv").read_text(encoding="utf-8").splitlines()
    of_year: dict[int, list[SpecialDay]] = {}
    for row, day in zip(csv.DictReader(lines), read_days(lines), strict=True):
        of_year.setdefault(int(row["year"]), []).append(day)
    with (DATA / "calendar_notices.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(
            HolidayNotice(
                row["addresses"],
                date.fromisoformat(row["published_on"]),
                tuple(of_year[int(row["year"])]),
                frozenset({int(row["year"])}),
            )
            for row in csv.DictReader(rows)
        )


@cache
def sources() -> dict[int, list[str]]:
    """Where the notices of a shipped year can be read."""
    return {year: notice.key.split() for notice in shipped() for year in notice.settles}


@cache
def statutory() -> tuple[SpecialDay, ...]:
    """The days the regulation of 2024 frees in years whose notice is still to come."""
    lines = (DATA / "statutory_2027_2030.csv").read_text(encoding="utf-8").splitlines()
    return read_days(lines)


@cache
def shipped_calendar() -> Calendar:
    """The calendar before anybody entered a notice."""
    return Calendar.of(shipped(), statutory())


def as_notice(stored: CalendarNotice) -> HolidayNotice:
    """A stored notice as the arithmetic wants it."""
    days = tuple(SpecialDay(day.date, day.name, not day.is_off) for day in stored.days.all())
    settles = frozenset({stored.year} if stored.settles else ())
    return HolidayNotice(f"{stored.title}#{stored.pk}", stored.issued_on, days, settles)


def build(extra: Iterable[HolidayNotice] = ()) -> Calendar:
    """The calendar by everything confirmed so far, and by `extra` notices as if they were."""
    confirmed = CalendarNotice.objects.filter(confirmed_at__isnull=False).prefetch_related("days")
    return Calendar.of([*shipped(), *map(as_notice, confirmed), *extra], statutory())


def calendar(*, fresh: bool = False) -> Calendar:
    """The calendar in force; `fresh` asks the database again within one request."""
    global _kept
    if _kept is None or fresh or not getattr(_asked, "yet", False):
        stamp = _stamp()
        if _kept is None or _kept[0] != stamp:
            _kept = (stamp, build())
        _asked.yet = True
    return _kept[1]


# How many notices are confirmed, the last number and the last moment.
_stamp = Composed(
    lambda: (
        CalendarNotice.objects.filter(confirmed_at__isnull=False)
        .order_by()
        .values("settles")
        .annotate(notices=Count("pk"), newest=Max("pk"), last=Max("confirmed_at"))
        .values_list("settles", "notices", "newest", "last")
    )
)


def forget(**_: object) -> None:
    """Ask the database at the next need: a new request, or a notice just confirmed."""
    _asked.yet = False


request_started.connect(forget, dispatch_uid="calendar-forget")
