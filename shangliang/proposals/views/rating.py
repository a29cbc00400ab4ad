"""The proposer judges the reply: how she was treated, and what came of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from shangliang.people.circles import Inside

from ..forms import RateForm
from .reading import picture
from .steps import again, find_for, take


def rate(request: Inside, pk: int) -> HttpResponse:
    """Attitude and effect apart, on one quiet page; the unit never reads it."""
    proposal = find_for(request, pk, "rate")
    if proposal.state not in proposal.flow.rows["rate"].sources:
        return redirect(proposal)
    form = RateForm(request.POST or None)
    context = picture(request, proposal) | {"form": form, "reply": proposal.current_reply()}
    if request.method != "POST":
        return render(request, "proposals/rate.html", context)
    if not form.is_valid():
        return again(request, "proposals/rate.html", context)
    if refusal := take(request, proposal, "rate", form, data=form.cleaned_data):
        return again(request, "proposals/rate.html", context, refusal)
    return redirect("proposals:sent", pk)
