"""What every form page of the room shares: find the paper, take the step, or say what is missing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.matters import rights
from shangliang.matters.flow import move
from shangliang.matters.models import Deadline, Notice, Part, Pause
from shangliang.matters.refusals import NotReady, Refused
from shangliang.people.circles import Inside
from shangliang.people.models import Organisation

from ..models import Answer, Proposal, Reply

# The rows by which a text leaves its writer's hands: who may take one may edit the text before.
WRITERS = ("submit", "present", "confirm")


def find(request: Inside, pk: int) -> Proposal:
    """A proposal this person may know of, or 404."""
    seen = Proposal.objects.filter(rights.visible(request.user, timezone.localdate()))
    return get_object_or_404(seen.select_related("session", "term", "organisation"), pk=pk)


def whole(request: Inside, pk: int) -> Any:
    """The proposal with everything its page shows, a look for each kind of thing.

    For reading alone: a step must not act on what was fetched before it.  What few papers have is
    looked for only where it is.
    """
    paused = Deadline.objects.filter(matter=OuterRef("pk"), pauses__isnull=False)
    news = Notice.objects.filter(person=request.user, matter=OuterRef("pk"), read_at=None)
    seen = Proposal.objects.filter(rights.visible(request.user, timezone.localdate()), pk=pk)
    seen = seen.annotate(has_pauses=Exists(paused), has_news=Exists(news))
    seen = seen.select_related("session__term", "term", "organisation", "filing")
    proposal: Any = get_object_or_404(seen)
    pauses = Pause.objects.all() if proposal.has_pauses else Pause.objects.none()
    prefetch_related_objects(
        [proposal],
        Prefetch("parts", Part.objects.select_related("person", "unit")),
        Prefetch("deadlines__pauses", pauses),
        "asks",
        Prefetch("replies", Reply.objects.select_related("unit")),
        Prefetch("replies__answers", Answer.objects.select_related("ask")),
        "consultations",
        "ratings",
    )
    return proposal


def find_for(request: Inside, pk: int, *names: str) -> Proposal:
    """A proposal on which this person may take one of the rows `names`; 404 to everybody else.

    Whoever may take a row in another state still reaches the page and is told where the
    paper stands; whoever is outside the circle does not learn that the page exists.
    """
    proposal = find(request, pk)
    held = rights.held(request.user, proposal, timezone.localdate())
    rows = proposal.flow.rows
    if not any(rows[name].who.admits(held) for name in names):
        raise Http404
    return proposal


def take(
    request: Inside, proposal: Proposal, name: str, form: Any = None, **said: Any
) -> Refused | None:
    """Take the step; a refusal comes back (and is put on the form), None means it is done."""
    try:
        move(proposal, name, by=request.user, at=timezone.now(), **said)
    except NotReady as refusal:
        if form is not None:
            form.add_error(None, str(refusal))
        return refusal
    except Refused as refusal:
        return refusal
    return None


def done(request: Inside, proposal: Proposal, name: str) -> HttpResponse:
    """Back to the paper, which now stands elsewhere, with a word that it worked."""
    act = _(proposal.flow.rows[name].label)
    messages.success(request, _("已办理：%(act)s。") % {"act": act})
    return redirect(proposal)


def refused(request: Inside, proposal: Proposal, refusal: Refused) -> HttpResponse:
    """A page that says why not, and leads back to the paper."""
    context = {"matter": proposal, "proposal": proposal, "refusal": refusal}
    return render(request, "matters/refused.html", context, status=409)


def again(
    request: Inside, template: str, context: dict[str, Any], refusal: Refused | None = None
) -> HttpResponse:
    """The form once more, with what is missing beside it and everything typed kept."""
    if refusal is not None and not isinstance(refusal, NotReady):
        return refused(request, context["proposal"], refusal)
    return render(request, template, context, status=422)


def committee_of(request: Inside) -> Organisation:
    """The committee this person works in; 404 for somebody who works in none."""
    seats = rights.seats_of(request.user, timezone.localdate())
    if not seats:
        raise Http404
    return Organisation.objects.get(pk=seats[0][2])


def now() -> datetime:
    return timezone.now()
