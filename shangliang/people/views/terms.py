"""Set-up pages: terms (届) and sessions (次)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import changes
from ..circles import Inside, for_duties
from ..forms.bodies import SessionForm, TermForm
from ..forms.edited import EditedForm
from ..models import Session, Term
from ..refusals import Changed
from .frame import conflict, pen, show


@require_safe
@for_duties("system_admin")
def index(request: Inside) -> HttpResponse:
    terms = Term.objects.filter(organisation=request.committee).prefetch_related("sessions")
    return show(request, "terms", terms=terms.order_by("-number"))


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def term(request: Inside, pk: int = 0) -> HttpResponse:
    """A new term, or one that exists."""
    ours = Term.objects.filter(organisation=request.committee)
    made = get_object_or_404(ours, pk=pk) if pk else Term(organisation=request.committee)
    form = TermForm(request.POST or None, instance=made)
    return _save(request, form, "term")


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def session(request: Inside, pk: int = 0, term: int = 0) -> HttpResponse:
    """A new session of a term, or one that exists."""
    if pk:
        ours = Session.objects.filter(term__organisation=request.committee)
        made = get_object_or_404(ours, pk=pk)
    else:
        terms = Term.objects.filter(organisation=request.committee)
        made = Session(term=get_object_or_404(terms, pk=term))
    form = SessionForm(request.POST or None, instance=made)
    return _save(request, form, "session")


def _save(request: Inside, form: EditedForm, what: str) -> HttpResponse:
    thing: Any = form.instance
    if request.method != "POST" or not form.is_valid():
        return show(request, "term", form, thing=thing, what=what)
    try:
        if thing.pk:
            changes.save(thing, form.changed, form.seen, f"{what}_changed", pen(request))
        else:
            changes.add(thing, f"{what}_added", pen(request))
    except Changed:
        return conflict(request, form, request.path)
    messages.success(request, _("%(thing)s已保存。") % {"thing": thing})
    return redirect("setup_terms")
