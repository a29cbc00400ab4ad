"""The pages every room shares: a matter by its number, and the one view that moves it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.people.circles import Inside

from .flow import move
from .models import Matter
from .refusals import Refused


def find(request: Inside, pk: int) -> Matter:
    """A matter this person may know of, or 404."""
    day = timezone.localdate()
    return get_object_or_404(Matter.objects.visible_to(request.user, day), pk=pk)


def detail(request: Inside, pk: int) -> HttpResponse:
    """A matter by its bare number: its room's own page."""
    return redirect(find(request, pk).own)


@require_POST
def make_move(request: Inside, pk: int, name: str) -> HttpResponse:
    """Every workflow button in the house ends here, except those with a form of their own."""
    matter = find(request, pk).own
    row = matter.flow.rows.get(name)
    if row is None or row.page:
        raise Http404
    try:
        move(matter, name, by=request.user, at=timezone.now(), note=request.POST.get("note", ""))
    except Refused as refusal:
        context = {
            "matter": matter,
            "refusal": refusal,
            "row": row,
            "note": request.POST.get("note"),
        }
        return render(request, "matters/refused.html", context, status=409)
    messages.success(request, _("已办理：%(act)s。") % {"act": _(row.label)})
    # Whoever has just stepped aside may not see the paper any more.
    seen = Matter.objects.visible_to(request.user, timezone.localdate()).filter(pk=pk).exists()
    return redirect(matter) if seen else redirect("home")
