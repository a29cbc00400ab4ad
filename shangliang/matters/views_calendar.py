"""The working-day calendar: everybody reads it, two administrators change it between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from shangliang.analysis.holiday_notice import Reading, read_notice
from shangliang.analysis.workdays import HolidayNotice, SpecialDay, stretches
from shangliang.people.circles import for_duties, for_everybody
from shangliang.people.models import Person
from shangliang.ui.dates import written

from . import calendar_notices, calendars
from .forms_calendar import NoticeForm, PasteForm, as_table
from .models import CalendarNotice
from .refusals import Refused

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")


@dataclass
class Festival:
    """A festival as a page tells it: when nobody works, and which weekends are worked instead."""

    name: str
    free: list[str] = field(default_factory=list)
    worked: list[str] = field(default_factory=list)


def by_festival(days: Iterable[SpecialDay]) -> list[Festival]:
    """The days of a notice, one line a festival, by the first day off."""
    found: dict[str, Festival] = {}
    for first, last in sorted(stretches(days), key=lambda pair: (pair[0].works, pair[0].day)):
        festival = found.setdefault(first.name, Festival(first.name))
        said = written(first.day, first.day)
        if last != first:
            said = _("%(first)s至 %(last)s") % {"first": said, "last": written(last.day, first.day)}
        (festival.worked if first.works else festival.free).append(said)
    return list(found.values())


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)


@require_safe
@for_everybody
def show(request: HttpRequest) -> HttpResponse:
    """One year's days off, and whether its notice is out."""
    known, this_year = calendars.calendar(), timezone.localdate().year
    years = sorted(known.published | {this_year, this_year + 1}, reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else this_year
    days = [special for special in known.special.values() if special.day.year == year]
    now = timezone.now()
    context = {
        "year": year, "years": years, "festivals": by_festival(days),
        "is_published": year in known.published,
        "notices": CalendarNotice.objects.filter(year=year, confirmed_at__isnull=False),
        "sources": calendars.sources().get(year, ()),
        "waiting": CalendarNotice.objects.filter(confirmed_at=None)
        if calendar_notices.administers(request.user, now) else (),
        "may_propose": calendar_notices.holds(request.user, calendar_notices.PROPOSES, now),
    }  # fmt: skip
    return render(request, "matters/calendar/show.html", context)


@for_duties(calendar_notices.PROPOSES)
def enter(request: HttpRequest) -> HttpResponse:
    """Paste a notice, look at what was read, and put it before the other administrator."""
    step = request.POST.get("step", "")
    if step == "propose":
        return _propose(request)
    paste = PasteForm(request.POST if step == "read" else None)
    if paste.is_valid():
        return _look(request, paste.cleaned_data["text"])
    if "table" in request.GET:
        return render(request, "matters/calendar/look.html", {"form": NoticeForm()})
    status = 422 if paste.errors else 200
    return render(request, "matters/calendar/paste.html", {"form": paste}, status=status)


def _look(request: HttpRequest, text: str) -> HttpResponse:
    reading = read_notice(text, calendars.calendar())
    form = NoticeForm(
        initial={
            "title": reading.title, "issued_on": reading.issued_on, "year": reading.year,
            "settles": reading.settles, "table": as_table(reading.days), "text": text,
        }
    )  # fmt: skip
    noticed = [{"words": doubt.sentence(_), "stop": True} for doubt in reading.doubts]
    context = {
        "form": form, "noticed": noticed, "festivals": by_festival(reading.days),
        "effects": _effects(reading), "was_read": True,
    }  # fmt: skip
    return render(request, "matters/calendar/look.html", context)


def _effects(reading: Reading) -> list[calendar_notices.Effect]:
    settles = frozenset({reading.year} if reading.settles and reading.year else ())
    issued_on = reading.issued_on or timezone.localdate()
    notice = HolidayNotice(reading.title, issued_on, reading.days, settles)
    return calendar_notices.effects(notice, timezone.now())


def _propose(request: HttpRequest) -> HttpResponse:
    form = NoticeForm(request.POST)
    if form.is_valid():
        fields: dict[str, Any] = dict(form.cleaned_data)
        days = fields.pop("table")
        try:
            notice = calendar_notices.propose(
                **fields, days=days, by=_person(request), at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已提请安全管理员确认。确认之前不影响任何期限。"))
            return redirect("calendar_notice", pk=notice.pk)
    return render(request, "matters/calendar/look.html", {"form": form}, status=422)


@require_safe
@for_duties(*ADMINISTRATORS)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice with its days, and what confirming it would do."""
    return _notice(request, get_object_or_404(CalendarNotice, pk=pk))


def _notice(
    request: HttpRequest, stored: CalendarNotice, refusal: str = "", note: str = ""
) -> HttpResponse:
    now, days = timezone.now(), calendars.as_notice(stored)
    is_open = stored.confirmed_at is None
    noticed = _noticed(stored, days.days) if is_open and stored.text else ()
    context = {
        "notice": stored, "festivals": by_festival(days.days), "refusal": refusal, "note": note,
        "noticed": noticed,
        "effects": calendar_notices.effects(days, now) if is_open else (),
        "may_confirm": is_open and calendar_notices.may_confirm(request.user, stored, now),
        "may_discard": is_open and calendar_notices.may_discard(request.user, now),
    }  # fmt: skip
    return render(request, "matters/calendar/notice.html", context, status=409 if refusal else 200)


def _noticed(stored: CalendarNotice, days: Iterable[SpecialDay]) -> list[dict[str, Any]]:
    """What the second pair of eyes should look at: doubts, and lines that are not in the text."""
    reading = read_notice(stored.text, calendars.calendar(), stored.year)
    found = [doubt.sentence(_) for doubt in reading.doubts]
    typed, read = set(days), set(reading.days)
    for special in sorted(typed ^ read, key=lambda special: special.day):
        kind = _("班") if special.works else _("休")
        said = f"{special.day.isoformat()} {special.name} {kind}"
        message = (
            _("录入的“%(day)s”原文里没有读到。")
            if special in typed
            else _("原文里的“%(day)s”没有录入。")
        )
        found.append(message % {"day": said})
    return [{"words": words, "stop": True} for words in found]


@require_POST
@for_duties(calendar_notices.CONFIRMS)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    stored = get_object_or_404(CalendarNotice, pk=pk)
    try:
        counted = calendar_notices.confirm(stored, by=_person(request), at=timezone.now())
    except Refused as refusal:
        return _notice(request, stored, str(refusal))
    messages.success(request, _confirmed(counted))
    return redirect("calendar_notice", pk=pk)


def _confirmed(counted: dict[str, int]) -> str:
    if counted["waiting"]:
        return _("放假安排已生效，%(n)s 项期限正在重新计算，请过几分钟再看。") % {
            "n": counted["waiting"]
        }
    later = ngettext("%(n)s 项期限顺延", "%(n)s 项期限顺延", counted["later"]) % {
        "n": counted["later"]
    }
    earlier = ngettext(
        "%(n)s 项拟提前，等经办人员确认", "%(n)s 项拟提前，等经办人员确认", counted["earlier"]
    ) % {"n": counted["earlier"]}
    return _("放假安排已生效：%(later)s，%(earlier)s。") % {"later": later, "earlier": earlier}


@require_POST
@for_duties(calendar_notices.PROPOSES, calendar_notices.CONFIRMS)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    stored, note = get_object_or_404(CalendarNotice, pk=pk), request.POST.get("note", "")
    try:
        calendar_notices.discard(stored, by=_person(request), at=timezone.now(), note=note)
    except Refused as refusal:
        return _notice(request, stored, str(refusal), note)
    messages.success(request, _("已撤下《%(title)s》。") % {"title": stored.title})
    return redirect("calendar")
