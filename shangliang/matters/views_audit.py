"""The audit administrator's pages: the journal without its words, and whether it is whole."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shangliang.people import register
from shangliang.people.circles import Inside, for_duties
from shangliang.people.forms.log_ins import midnight
from shangliang.people.models import Organisation
from shangliang.people.views.frame import pen

from . import jobs
from .entry_words import thing_of, verb_of, verbs
from .forms_setup import JournalFilter
from .journal import write
from .models import Entry, EntryContent

A_PAGE = 50


def of_committee(committee: Organisation) -> QuerySet[Entry]:
    """What happened in this committee's matters, and what its people did to the house.

    An entry by nobody, such as a wrong password, is told without saying whose account it was.
    """
    kept = register.kept_by(committee).values("pk")
    return Entry.objects.filter(
        Q(matter__organisation=committee) | Q(matter=None, by__in=kept) | Q(matter=None, by=None)
    )


@require_safe
@for_duties("audit_admin")
def journal(request: Inside) -> HttpResponse:
    """When, who, what, about which number; never a title or a note."""
    labels = verbs()
    form = JournalFilter(request.GET or None, verbs=sorted(labels.items(), key=lambda v: str(v[1])))
    found = of_committee(request.committee)
    if form.is_bound and form.is_valid():
        found = narrow(found, form.cleaned_data)
    ordered = found.select_related("by", "matter", "content").order_by("-id")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"entry": entry, "verb": verb_of(entry), "thing": thing_of(entry) if entry.by else ""}
        for entry in page
    ]
    context = {"form": form, "page": page, "rows": rows, **last_verified()}
    return render(request, "matters/setup/journal.html", context)


def narrow(found: QuerySet[Entry], said: dict[str, Any]) -> QuerySet[Entry]:
    if said["verb"]:
        found = found.filter(verb=said["verb"])
    if said["name"]:
        found = found.filter(by__name__icontains=said["name"])
    if said["number"]:
        found = found.filter(matter__number__icontains=said["number"])
    if said["since"]:
        found = found.filter(at__gte=midnight(said["since"]))
    if said["until"]:
        found = found.filter(at__lt=midnight(said["until"] + timedelta(days=1)))
    return found


def last_verified() -> dict[str, Any]:
    """The last time the journal was read through, what came out, and whether it is being read."""
    last = Entry.objects.filter(verb="audit_verified").order_by("-id").first()
    asked = Entry.objects.filter(verb="audit_asked").order_by("-id").first()
    content = EntryContent.objects.filter(entry=last).first() if last else None
    reading = asked is not None and (last is None or last.id < asked.id)
    return {"verified": last, "found": content.data if content else {}, "reading": reading}


@require_POST
@for_duties("audit_admin")
def verify(request: Inside) -> HttpResponse:
    """Have the whole journal read through; the worker does it and writes down what it found."""
    if last_verified()["reading"]:
        messages.info(request, _("日志正在核验，请过一会儿再来看。"))
        return redirect("setup_journal")
    hand = pen(request)
    with transaction.atomic():
        write("audit_asked", by=hand.by, at=hand.at, acting_as=hand.acting_as)
        transaction.on_commit(lambda: jobs.verify_journal(hand.by.pk, hand.acting_as))
    messages.info(request, _("已开始核验，日志长的要等几分钟。结果会显示在这里，也记入日志。"))
    return redirect("setup_journal")
