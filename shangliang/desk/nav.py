"""The words of the rail and of the phone's bottom bar, by what a person's duties let her do."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from shangliang.matters.flow import todo
from shangliang.people import duties
from shangliang.people.circles import Inside, seats_of
from shangliang.people.models import committee_on


def nav(request: HttpRequest) -> dict[str, Any]:
    """Context of every frame: the organ's name, the search, the words; read only when drawn."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"home_url": reverse("home")}
    inside = cast(Inside, request)
    return {
        "organ": SimpleLazyObject(lambda: _organ(inside)),
        "home_url": reverse("home"),
        "search_url": SimpleLazyObject(lambda: _search(request)),
        "nav": SimpleLazyObject(lambda: _words(inside)),
    }


def _organ(request: Inside) -> str:
    return str(committee_on(request.user, timezone.localdate()) or _("商量"))


def _search(request: HttpRequest) -> str:
    """Where to search; the three administrators see no business content and search nothing."""
    held = {duty for duty, _body, _home in seats_of(request)}
    return "" if held & duties.ADMINISTRATORS else reverse("search")


def _words(request: Inside) -> list[dict[str, Any]]:
    held = {duty for duty, _body, _home in seats_of(request)}
    path = request.path

    def word(label: str, name: str, *, bar: bool = False, **more: Any) -> dict[str, Any]:
        url = reverse(name)
        current = path == url or (url != "/" and path.startswith(url))
        return {"label": label, "url": url, "current": current, "bar": bar, **more}

    if held & duties.ADMINISTRATORS:
        return [word(_("待办"), "setup", bar=True), word(_("我的"), "mine", bar=True)]
    waiting = getattr(request, "waiting", None)
    if waiting is None:
        waiting = todo(request.user, timezone.localdate()).count()
    words = [word(_("待办"), "home", bar=True, count=waiting)]
    if held & (duties.MEMBERS | {"convener", "proposal_office"}):
        words.append(word(_("撰写"), "proposals:new", bar=True))
    words.append(word(_("查阅"), "proposals:index", bar=True))
    if held & {"proposal_office", "supervision"}:
        words.append(word(_("交办"), "proposals:assignment"))
    words += [word(_("通知"), "notices"), word(_("我的"), "mine", bar=True)]
    here = max((w for w in words if w["current"]), key=lambda w: len(w["url"]), default=None)
    for each in words:
        each["current"] = each is here
    return words
