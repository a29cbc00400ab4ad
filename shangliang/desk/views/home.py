"""Home: what waits for this person, as decisions; never a menu."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from shangliang.matters import notices, rights
from shangliang.matters.models import Draft
from shangliang.people import duties
from shangliang.people.circles import Inside
from shangliang.ui.numerals import spoken

from .. import cockpit, decisions, leader, mine

CARDS = 5


@login_not_required
@require_safe
def home(request: Inside) -> HttpResponse:
    """The public page for a stranger; for everybody else her decisions of the day."""
    if not request.user.is_authenticated:
        return redirect("proposals:published")
    day = timezone.localdate()
    held = {duty for duty, _body, _home in rights.seats_of(request.user, day)}
    if held & duties.ADMINISTRATORS:
        return redirect("setup")
    waiting = decisions.counted(request.user, day)
    count = sum(group["n"] for group in waiting)
    request.waiting = count
    of_unit = bool(held & duties.UNITS)
    at_desk = of_unit and count > CARDS
    cards = [] if at_desk else decisions.cards(request.user, waiting, day)
    context: dict[str, Any] = {
        "greeting": greeting(request.user, held), "lede": lede(count),
        "cards": cards[:CARDS], "beyond": beyond(cards[CARDS:]),
        "drafts": Draft.objects.filter(person=request.user)[:CARDS],
        "notices": news(request.user),
        "mine": mine.rows(request.user, day) if held & duties.MEMBERS else [],
    }  # fmt: skip
    if at_desk:
        lines = cockpit.rows(request.user, day)
        to_sign = sum(line["proposal"].state == "assigned" for line in lines)
        context |= {"cockpit": lines, "waiting": count, "to_sign": to_sign}
    if of_unit or held & {"organ_leader", "supervision"}:
        context |= leader.figures(request.user, day)
    return render(request, "desk/home.html", context)


def beyond(cards: list[dict[str, Any]]) -> str:
    """How many papers are left when five decisions are shown; a pile is as many as lie in it."""
    n = sum(card["n"] for card in cards)
    return ngettext("还有 %(n)s 件", "还有 %(n)s 件", n) % {"n": n} if n else ""


def news(person: Any) -> Any:
    """What happened lately and asks for nothing."""
    unread = notices.unread(person).filter(asks=False)
    return unread.order_by("-created_at", "-pk")[:CARDS]


def greeting(person: Any, held: set[str]) -> str:
    """林晓委员，上午好。"""
    hour = timezone.localtime().hour
    part = _("上午好") if 5 <= hour < 12 else _("下午好") if 12 <= hour < 18 else _("晚上好")
    called = _("%(name)s委员") % {"name": person} if held & duties.MEMBERS else str(person)
    return _("%(who)s，%(hello)s。") % {"who": called, "hello": part}


def lede(count: int) -> str:
    """今天有三件事等您；今天有 14 件事等您。"""
    if not count:
        return ""
    said = spoken(count) if count < 11 else f" {count} "
    said = "两" if said == "二" else said
    words = ngettext("今天有%(n)s件事等您。", "今天有%(n)s件事等您。", count) % {"n": said}
    return " ".join(words.split())
