"""Search: one box over everything a person may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import InvalidPage
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.matters import search
from shangliang.matters.search import Hit, Hits
from shangliang.people import directory
from shangliang.people.circles import Inside
from shangliang.ui import dates

from ..searching import SearchForm


@require_safe
def find(request: Inside) -> HttpResponse:
    """The matters, members and units that a word leads to.

    A parameter the page does not know is refused: nobody learns anything from a guess.
    """
    day = timezone.localdate()
    form = SearchForm(request.GET, person=request.user, day=day)
    query, filters = form.asked()
    hits = search.find(request.user, query, day=day, filters=filters)
    try:
        page = hits.page(request.GET.get("page", 1))
    except InvalidPage as problem:
        raise BadRequest("no such page") from problem
    names = query if len(query) > 1 and not filters and page.number == 1 else ""
    context = {
        "q": query, "form": form, "filtered": bool(filters), "page": page,
        "lines": [line(hit, day, form.has_several_homes) for hit in page], "found": how_many(hits),
        "members": directory.members_named(names, request.user, day),
        "units": directory.units_named(names, request.user, day),
    }  # fmt: skip
    return render(request, "desk/search.html", context)


def line(hit: Hit, day: date, named: bool) -> dict[str, Any]:
    """A hit as the page shows it; its committee is named where there is more than one."""
    matter = hit.matter
    moved = dates.written(timezone.localdate(matter.moved_at), day, weekday=False)
    return {
        "title": hit.title, "snippet": hit.snippet, "url": hit.url,
        "facts": [hit.number or _(matter.flow.label), *([matter.organisation] if named else []), moved],
        "word": _(matter.stands.label), "tag": "done" if matter.stands.final else "go",
    }  # fmt: skip


def how_many(hits: Hits) -> str:
    if hits.more:
        return _("超过 %(n)s 件，请再写一两个词，或者筛选。") % {"n": hits.count}
    return _("共 %(n)s 件") % {"n": hits.count}
