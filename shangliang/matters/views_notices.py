"""The inbox (通知): what wants an act first, then what happened."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from shangliang.people.circles import Inside

from . import notices


@require_safe
def inbox(request: Inside) -> HttpResponse:
    found = notices.alive(request.user).select_related("matter")
    asks = found.filter(asks=True, read_at=None).order_by("due_on", "-pk")[:50]
    news = found.exclude(asks=True, read_at=None).order_by("-created_at", "-pk")
    page = Paginator(news, 30).get_page(request.GET.get("page"))
    unread = notices.unread(request.user).exists()
    context = {"asks": asks, "page": page, "unread": unread}
    return render(request, "matters/notices.html", context)


@require_POST
def read_all(request: Inside) -> HttpResponse:
    notices.mark_read(request.user, timezone.now())
    return redirect("notices")
