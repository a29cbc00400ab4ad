"""Set-up pages of the security administrator: what was proposed is confirmed or sent back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from .. import deciding
from ..circles import Inside, for_duties
from ..deciding import Bundle
from ..forms.persons import WhyForm
from ..record import recording
from ..refusals import Refused
from .frame import pen, refuse, show


@require_http_methods(["GET", "POST"])
@for_duties("security_admin")
def index(request: Inside) -> HttpResponse:
    """Everything that waits, one line a person; many can be confirmed at once."""
    waiting = deciding.waiting(request.committee)
    if request.method == "POST":
        chosen = set(request.POST.getlist("person"))
        everybody = "all" in request.POST
        picked = [
            bundle for bundle in waiting
            if str(bundle.person.pk) in chosen
            or (everybody and bundle.is_plain and not bundle.mine(request.user))
        ]  # fmt: skip
        if picked:
            return _confirm(request, picked)
        messages.warning(request, _("请先勾选要确认的人员。"))
    for bundle in waiting:
        bundle.is_mine = bundle.mine(request.user)  # type: ignore[attr-defined]
    plain = sum(bundle.is_plain and not bundle.mine(request.user) for bundle in waiting)
    return show(request, "decisions", waiting=waiting, plain=plain)


def _confirm(request: Inside, picked: list[Bundle]) -> HttpResponse:
    try:
        with recording():
            for bundle in picked:
                deciding.grant_all(bundle, pen(request))
    except Refused as refusal:
        return refuse(request, refusal, "/setup/decisions/")
    count = sum(bundle.count for bundle in picked)
    words = ngettext("已确认 %(n)s 项。", "已确认 %(n)s 项。", count) % {"n": count}
    messages.success(request, words)
    return redirect("setup_decisions")


@require_http_methods(["GET", "POST"])
@for_duties("security_admin")
def person(request: Inside, pk: int) -> HttpResponse:
    """Everything that waits about one person, with its papers."""
    bundle = next(
        (each for each in deciding.waiting(request.committee) if each.person.pk == pk), None
    )
    if bundle is None:
        raise Http404
    form = WhyForm(request.POST if request.POST.get("act") == "refuse" else None)
    if request.POST.get("act") == "confirm":
        return _confirm(request, [bundle])
    if form.is_bound and form.is_valid():
        try:
            deciding.refuse_all(bundle, form.cleaned_data["why"], pen(request))
        except Refused as refusal:
            return refuse(request, refusal, request.path)
        messages.success(request, _("已退回，提出的人会看到理由。"))
        return redirect("setup_decisions")
    mine = bundle.mine(request.user)
    return show(request, "decision", form, bundle=bundle, mine=mine)
