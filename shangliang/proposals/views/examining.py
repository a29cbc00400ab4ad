"""The proposal office and the supervision office: first and second review, plan, assignment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.matters import rights
from shangliang.matters.flow import move
from shangliang.matters.refusals import NotReady, Refused
from shangliang.people.circles import Inside
from shangliang.people.models import Organisation

from .. import actions, who
from ..forms import DecideForm, PlanForm, ReviewForm
from ..models import Filing, Proposal
from .reading import picture
from .steps import again, done, find_for, take


def review(request: Inside, pk: int) -> HttpResponse:
    """First review (初审) by the proposal office."""
    proposal = find_for(request, pk, "review")
    return _examine(request, proposal, ReviewForm, lambda data: "review", "submitted")


def decide(request: Inside, pk: int) -> HttpResponse:
    """Second review (复审) by the committee: filed under a number, or refused for a ground."""
    proposal = find_for(request, pk, "file", "not_file")
    return _examine(
        request, proposal, DecideForm,
        lambda data: "not_file" if data["proposed"] == Filing.Result.NOT_FILE else "file",
        "preliminary",
    )  # fmt: skip


def _examine(request: Inside, proposal: Proposal, kind: Any, row: Any, state: str) -> HttpResponse:
    """One paper of a queue: its text, the decision beside it, and the way to the next."""
    if proposal.state != state:
        return redirect(proposal)
    filing, _made = Filing.objects.get_or_create(proposal=proposal)
    initial = {
        "category": proposal.category, "proposed": filing.proposed or Filing.Result.FILE,
        "ground": filing.ground, "disposition": filing.disposition, "opinion": filing.opinion,
    }  # fmt: skip
    form = kind(request.POST or None, initial=initial, organisation=proposal.organisation_id)
    context = picture(request, proposal) | {
        "form": form, "queue": queue(request, proposal), "back": proposal.flow.rows["return"],
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "proposals/examine.html", context)
    if not form.is_valid():
        return again(request, "proposals/examine.html", context)
    name = row(form.cleaned_data)
    if refusal := take(request, proposal, name, form, data=form.cleaned_data):
        return again(request, "proposals/examine.html", context, refusal)
    said = {"review": _("已初审"), "file": _("已立案"), "not_file": _("已作不予立案处理")}[name]
    messages.success(
        request, _("《%(title)s》%(done)s。") % {"title": proposal.title, "done": said}
    )
    queued = context["queue"]
    return redirect(queued["next"] or queued["previous"] or "home")


def queue(request: Inside, proposal: Proposal) -> dict[str, Any]:
    """Where a paper stands among those waiting in the same state, the oldest first."""
    waiting = list(
        Proposal.objects.filter(
            rights.visible(request.user, timezone.localdate()),
            organisation=proposal.organisation_id, state=proposal.state,
        ).order_by("moved_at", "pk").values_list("pk", "title")[:500]
    )  # fmt: skip
    keys = [pk for pk, _title in waiting]
    at = keys.index(proposal.pk) if proposal.pk in keys else 0
    url = {"submitted": "proposals:review", "preliminary": "proposals:decide"}.get(proposal.state)

    def link(position: int) -> str:
        from django.urls import reverse

        inside = url and 0 <= position < len(keys)
        return reverse(url, args=[keys[position]]) if inside else ""

    return {
        "count": len(keys), "position": at + 1, "previous": link(at - 1), "next": link(at + 1),
        "items": [(link(n), title, n == at) for n, (_pk, title) in enumerate(waiting[:30])],
    }  # fmt: skip


def plan(request: Inside, pk: int) -> HttpResponse:
    """The assignment plan of one filed proposal: which unit leads."""
    proposal = find_for(request, pk, "plan")
    if proposal.state != "filed":
        return redirect(proposal)
    wish = proposal.parts.filter(role__in=("planned_lead", "suggested")).order_by("role").first()
    form = PlanForm(
        request.POST or None, organisation=proposal.organisation_id,
        initial={"unit": wish.unit_id if wish else None},
    )  # fmt: skip
    context = picture(request, proposal) | {"form": form}
    if request.method != "POST":
        return render(request, "proposals/plan.html", context)
    if not form.is_valid():
        return again(request, "proposals/plan.html", context)
    if refusal := _plan_one(request, proposal, form.cleaned_data["unit"]):
        form.add_error("unit" if isinstance(refusal, NotReady) else None, str(refusal))
        return again(request, "proposals/plan.html", context, refusal)
    return done(request, proposal, "plan")


def _plan_one(request: Inside, proposal: Proposal, unit: Organisation | None) -> Refused | None:
    try:
        with transaction.atomic():
            if unit is not None:
                actions.plan_lead(proposal, unit, timezone.now())
            move(proposal, "plan", by=request.user, at=timezone.now())
    except Refused as refusal:
        return refusal
    return None


# Who takes the papers of a state on: the office names a unit, the supervision office assigns.
PLANNERS = {"filed": who.office, "planned": who.supervision}


def assignment(request: Inside) -> HttpResponse:
    """The whole plan on one page: name lead units line by line, then plan or assign in bulk."""
    day = timezone.localdate()
    duties = {duty for duty, _body, _home in rights.seats_of(request.user, day)}
    if not duties & {"proposal_office", "supervision"}:
        raise Http404
    state = "planned" if "supervision" in duties else "filed"
    waiting = (
        Proposal.objects.filter(
            rights.visible(request.user, day), state=state,
            pk__in=rights.matters(PLANNERS[state], request.user, day).values("pk"),
        )
        .select_related("session").prefetch_related("parts__unit", "parts__person")
        .order_by("session", "sequence", "pk")
    )  # fmt: skip
    results: list[tuple[Proposal, str]] = []
    if request.method == "POST":
        results = _in_bulk(request, list(waiting), state)
        waiting = waiting.all()
    units = Organisation.objects.filter(
        kind="unit", until=None, committee__in=waiting.values("organisation")
    )
    context = {
        "proposals": waiting, "state": state, "results": results,
        "units": units.order_by("pinyin"),
        "done": sum(not problem for _p, problem in results),
        "failed": [(p, problem) for p, problem in results if problem],
    }  # fmt: skip
    return render(request, "proposals/assignment.html", context)


def _in_bulk(request: Inside, waiting: list[Proposal], state: str) -> list[tuple[Proposal, str]]:
    """Each chosen paper by itself: one that cannot move is named, the others go their way."""
    chosen, results = set(request.POST.getlist("proposal")), []
    units = {
        (unit.committee_id, str(unit.pk)): unit
        for unit in Organisation.objects.filter(kind="unit", until=None)
    }
    for proposal in waiting:
        if str(proposal.pk) not in chosen:
            continue
        if state == "filed":
            said = request.POST.get(f"unit-{proposal.pk}", "")
            unit = units.get((proposal.organisation_id, said))
            refusal: Refused | None = _plan_one(request, proposal, unit)
        else:
            refusal = take(request, proposal, "assign")
        results.append((proposal, str(refusal or "")))
    return results
