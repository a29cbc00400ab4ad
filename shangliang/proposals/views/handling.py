"""The handling unit: receive a paper, or many at once; talk with the proposer; more time."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.matters import rights
from shangliang.matters.flow import todo
from shangliang.people import duties
from shangliang.people.circles import Inside

from ..forms import ExtendForm, SignForForm, TalkForm
from ..models import Proposal
from .reading import picture
from .steps import again, done, find_for, take


def sign_for(request: Inside, pk: int) -> HttpResponse:
    """Receive the paper: who works on it, who answers for it."""
    proposal = find_for(request, pk, "sign_for")
    form = SignForForm(request.POST or None, initial={"handler": request.user.name})
    return _one_step(request, proposal, "sign_for", form, lambda: form.cleaned_data)


def sign_many(request: Inside) -> HttpResponse:
    """Receive all that came on one day in one form: the ticked papers, one handler for them."""
    day = timezone.localdate()
    if not {duty for duty, _body, _home in rights.seats_of(request.user, day)} & duties.UNITS:
        raise Http404
    waiting = Proposal.objects.filter(pk__in=todo(request.user, day).values("pk"), state="assigned")
    waiting = waiting.select_related("session").prefetch_related("parts__person", "parts__unit")
    form = SignForForm(request.POST or None, initial={"handler": request.user.name})
    context: dict[str, Any] = {
        "form": form, "proposals": waiting.order_by("moved_at", "pk"),
        "chosen": request.POST.getlist("proposal") if request.method == "POST" else None,
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "proposals/sign_many.html", context)
    if form.is_valid() and not context["chosen"]:
        form.add_error(None, _("请勾选要签收的提案。"))
    if not form.is_valid():
        return render(request, "proposals/sign_many.html", context, status=422)
    results = [
        (proposal, str(take(request, proposal, "sign_for", data=form.cleaned_data) or ""))
        for proposal in list(context["proposals"]) if str(proposal.pk) in context["chosen"]
    ]  # fmt: skip
    context |= {
        "proposals": waiting.order_by("moved_at", "pk"),
        "done": sum(not problem for _p, problem in results),
        "failed": [(p, problem) for p, problem in results if problem],
    }
    return render(request, "proposals/sign_many.html", context)


def log(request: Inside, pk: int) -> HttpResponse:
    """Record a talk with the proposer; she is told and can object."""
    proposal = find_for(request, pk, "log")
    people = "、".join(str(person) for person in proposal.people("author"))
    initial = {"held_on": timezone.localdate(), "participants": f"{request.user.name}、{people}"}
    form = TalkForm(request.POST or None, organisation=proposal.organisation_id, initial=initial)
    return _one_step(request, proposal, "log", form, form.data_for_move)


def extend(request: Inside, pk: int) -> HttpResponse:
    """Grant a later date, before the present one has passed."""
    proposal = find_for(request, pk, "extend")
    form = ExtendForm(request.POST or None)
    return _one_step(request, proposal, "extend", form, form.data_for_move, note="note")


def _one_step(
    request: Inside, proposal: Proposal, name: str, form: Any, data: Any, note: str = ""
) -> HttpResponse:
    """A page with one form that takes one row of the table."""
    row = proposal.flow.rows[name]
    if proposal.state not in row.sources:
        return redirect(proposal)
    context = picture(request, proposal) | {"form": form, "row": row}
    if request.method != "POST":
        return render(request, "proposals/step.html", context)
    if not form.is_valid():
        return again(request, "proposals/step.html", context)
    said = form.cleaned_data.get(note, "") if note else ""
    if refusal := take(request, proposal, name, form, data=data(), note=said):
        return again(request, "proposals/step.html", context, refusal)
    return done(request, proposal, name)
