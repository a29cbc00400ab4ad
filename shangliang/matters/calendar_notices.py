"""A new notice on days off: one administrator proposes it, another confirms it.

Until it is confirmed it moves nothing.  Every step is in the journal of the house.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.analysis.workdays import HolidayNotice, SpecialDay
from shangliang.people import duties
from shangliang.people.models import Person, Seat
from shangliang.ui import languages

from . import jobs, journal, recompute
from .calendars import as_notice, build, forget
from .clocks import local_day
from .models import CalendarDay, CalendarNotice
from .refusals import NotAllowed, NotReady, Stale

AT_ONCE = 200  # dates moved while the person waits; more are moved by the worker
PROPOSES, CONFIRMS = "system_admin", "security_admin"

VERBS = {
    "calendar_proposed": gettext_lazy("提请确认放假安排"),
    "calendar_confirmed": gettext_lazy("确认放假安排"),
    "calendar_discarded": gettext_lazy("撤下放假安排"),
}


@dataclass(frozen=True)
class Effect:
    """How many open dates of one kind a notice moves from one day to another."""

    label: str
    was: date
    now: date
    matters: int

    @property
    def is_later(self) -> bool:
        return self.now > self.was


def holds(person: Any, duty: str, at: datetime) -> bool:
    """Whether `person` carries an administrator's duty at this moment."""
    if not person.is_authenticated or not person.is_active:
        return False
    return Seat.objects.held_on(local_day(at)).filter(person=person, duty=duty).exists()


def administers(person: Any, at: datetime) -> bool:
    """Whether `person` is one of the administrators, who see what waits to be confirmed."""
    return any(holds(person, duty, at) for duty in sorted(duties.ADMINISTRATORS))


def may_confirm(person: Any, notice: CalendarNotice, at: datetime) -> bool:
    return person != notice.proposed_by and holds(person, CONFIRMS, at)


def may_discard(person: Any, at: datetime) -> bool:
    return holds(person, PROPOSES, at) or holds(person, CONFIRMS, at)


def effects(notice: HolidayNotice, at: datetime) -> list[Effect]:
    """What confirming `notice` would do, without a word of what the matters are about."""
    moved = Counter(
        (change.deadline.label, change.was, change.now)
        for change in recompute.changes(build([notice]), local_day(at))
        if change.now != change.was
    )
    return [Effect(*key, moved[key]) for key in sorted(moved, key=lambda key: (key[1], key[0]))]


@transaction.atomic
def propose(
    *, year: int, title: str, issued_on: date, settles: bool, days: Iterable[SpecialDay],
    by: Person, at: datetime, source: str = "", text: str = "",
) -> CalendarNotice:  # fmt: skip
    """Write a notice down for another administrator to confirm.

    Raises:
        NotAllowed: `by` is no system administrator.
        NotReady: the same notice is here already, or it names no day.
    """
    if not holds(by, PROPOSES, at):
        raise NotAllowed(_("只有系统管理员可以录入放假安排。"))
    days = tuple(days)
    if not days:
        raise NotReady(_("请列出放假和上班的日期。"))
    journal.hold()
    try:
        with transaction.atomic():
            notice = CalendarNotice.objects.create(
                year=year, title=title, issued_on=issued_on, settles=settles, source=source,
                text=text, proposed_by=by, proposed_at=at,
            )  # fmt: skip
    except IntegrityError as known:
        raise NotReady(_("这份通知已经录入，不必再录。")) from known
    CalendarDay.objects.bulk_create(
        CalendarDay(notice=notice, date=day.day, name=day.name, is_off=not day.works)
        for day in days
    )
    _write("calendar_proposed", by=by, at=at, facts=_facts(notice))
    return notice


def confirm(notice: CalendarNotice, *, by: Person, at: datetime) -> dict[str, int]:
    """Let a notice take effect: later dates hold at once, earlier ones wait for a person.

    Says how many moved (`later`, `earlier`), or how many the worker is about to move (`waiting`)
    when they are too many for one page.

    Raises:
        NotAllowed: `by` is no security administrator, or proposed it herself.
        Stale: it was confirmed already.
    """
    if not holds(by, CONFIRMS, at):
        raise NotAllowed(_("只有安全管理员可以确认放假安排。"))
    if by == notice.proposed_by:
        raise NotAllowed(_("录入的人不能自己确认，请由另一人确认。"))
    with transaction.atomic():
        journal.hold()
        waiting = CalendarNotice.objects.filter(pk=notice.pk, confirmed_at=None)
        if not waiting.update(confirmed_at=at, confirmed_by=by):
            raise Stale(_("这份放假安排已由他人处理，请刷新后再看。"))
        notice.refresh_from_db()
        _write("calendar_confirmed", by=by, at=at, facts=_facts(notice))
    forget()
    known = build()
    moving = sum(change.now != change.was for change in recompute.changes(known, local_day(at)))
    if moving <= AT_ONCE:
        return {**recompute.apply(known, at=at, by=by, cause=notice.title), "waiting": 0}
    transaction.on_commit(lambda: jobs.reckon(by.pk, notice.title))
    return {"later": 0, "earlier": 0, "waiting": moving}


@transaction.atomic
def discard(notice: CalendarNotice, *, by: Person, at: datetime, note: str) -> None:
    """Take back a notice that is not confirmed; its days stay in the journal.

    Raises:
        NotAllowed: `by` neither proposes nor confirms calendars.
        NotReady: no reason is given.
        Stale: it was confirmed or taken back already.
    """
    if not may_discard(by, at):
        raise NotAllowed(_("只有系统管理员或者安全管理员可以撤下放假安排。"))
    if not note.strip():
        raise NotReady(_("请写明撤下的理由。"))
    journal.hold()
    facts, waiting = _facts(notice), CalendarNotice.objects.filter(pk=notice.pk, confirmed_at=None)
    if not waiting.exists():
        raise Stale(_("这份放假安排已由他人处理，请刷新后再看。"))
    waiting.delete()
    _write("calendar_discarded", by=by, at=at, facts=facts, note=note.strip())


def _write(verb: str, *, by: Person, at: datetime, facts: dict[str, Any], note: str = "") -> None:
    """One line in the journal of the house, with the duty in which the person acted."""
    duty = next((d for d in (PROPOSES, CONFIRMS) if holds(by, d, at)), "")
    with languages.of_record():
        acting_as = str(duties.LABELS.get(duty, ""))
    journal.write(verb, by=by, at=at, note=note, data=facts, acting_as=acting_as)


def _facts(notice: CalendarNotice) -> dict[str, Any]:
    """A notice in full, as the journal keeps it."""
    return {
        "notice": notice.pk, "year": notice.year, "title": notice.title,
        "issued_on": notice.issued_on.isoformat(), "settles": notice.settles,
        "days": [
            [day.day.isoformat(), day.name, "班" if day.works else "休"]
            for day in as_notice(notice).days
        ],
    }  # fmt: skip
