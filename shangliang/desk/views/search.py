"""One box over everything a person may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shangliang.matters import search


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What matches the words, the best and newest first."""
    query = request.GET.get("q", "").strip()[:100]
    found = search.find(request.user, query, day=timezone.localdate()) if query else None
    return render(request, "desk/search.html", {"q": query, "found": found})
