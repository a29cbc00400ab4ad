"""Two texts of one thing: neither replaces the other unseen (first cut)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from . import drafts


def conflict(
    request: HttpRequest, *, form: str, title: str, mine: dict[str, Any], theirs: dict[str, Any],
    labels: dict[str, Any], refusal: Any, version: int,
) -> HttpResponse:  # fmt: skip
    """409: both texts side by side; mine is kept as a draft before anything else happens."""
    drafts.save(request.user, form, mine, at=timezone.now(), title=title, url=request.path)
    return render(request, "ui/conflict.html", {"fields": []}, status=409)
