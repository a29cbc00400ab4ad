"""Dates that a new calendar would bring nearer: somebody who handles the matter decides."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shangliang.people.models import Person

from . import clocks, recompute, rights
from .models import Deadline, Matter
from .refusals import Refused
from .table import REGISTRY


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every date that waits for this person's decision, with the reason it would move."""
    day = timezone.localdate()
    reach = Q(pk__in=())
    for kind, flow in REGISTRY.items():
        handled = rights.matters(flow.handlers, cast(Person, request.user), day)
        reach |= Q(matter__kind=kind, matter__in=handled)
    reach &= Q(matter__in=Matter.objects.visible_to(request.user, day))
    waiting = Deadline.objects.open().filter(reach, shorter_on__isnull=False)
    rows = waiting.select_related("matter").prefetch_related("pauses").order_by("shorter_on", "pk")
    lines = [(deadline, clocks.explain(deadline, day)) for deadline in rows[:200]]
    return render(request, "matters/calendar/shorter.html", {"lines": lines})


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    deadline = get_object_or_404(Deadline.objects.select_related("matter"), pk=pk)
    at, person = timezone.now(), cast(Person, request.user)
    if not recompute.may_decide(person, deadline, at):
        raise Http404
    try:
        if request.POST.get("decision") == "shorten":
            recompute.shorten(deadline, by=person, at=at)
            messages.success(request, _("期限已提前，有关各方会收到通知。"))
        else:
            recompute.keep(deadline, by=person, at=at)
            messages.success(request, _("已维持原来的期限。"))
    except Refused as refusal:
        context = {"matter": deadline.matter, "refusal": refusal}
        return render(request, "matters/refused.html", context, status=409)
    return redirect("shorter")
