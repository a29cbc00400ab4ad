"""Set-up pages: the committee's bodies, and what its sectors are called nationally."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import bodies, changes
from ..affected import Ended, what_it_touches
from ..circles import Inside, for_duties
from ..forms.bodies import BodyForm, EndBodyForm
from ..models import Kind, Organisation
from ..refusals import Changed, Refused
from ..sectors import name_of
from .frame import conflict, pen, refuse, show

ADDED = [kind for kind in Kind if kind != Kind.COMMITTEE]


@require_safe
@for_duties("system_admin")
def index(request: Inside) -> HttpResponse:
    """Every body of the house, by kind; those abolished at the end, on request."""
    gone = "gone" in request.GET
    house = Organisation.objects.of(request.committee).exclude(pk=request.committee.pk)
    house = house.filter(until__isnull=not gone).annotate(
        seated=Count("seats", filter=Q(seats__until=None, seats__refused_at=None))
    )
    by_kind: dict[str, list[Organisation]] = {}
    for body in house.select_related("successor", "parent").order_by("pinyin"):
        by_kind.setdefault(body.kind, []).append(body)
    groups = [(kind, by_kind.get(kind, [])) for kind in ADDED if not gone or kind in by_kind]
    others = Organisation.objects.of(request.committee).exclude(until__isnull=not gone)
    return show(request, "bodies", groups=groups, gone=gone, others=others.count())


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def add(request: Inside, kind: str) -> HttpResponse:
    if kind not in ADDED:
        raise Http404
    house = request.committee
    made = Organisation(kind=kind, committee=house, level=house.level)
    form = BodyForm(request.POST or None, instance=made, committee=house)
    if request.method == "POST" and form.is_valid():
        changes.add(form.instance, "body_added", pen(request))
        messages.success(request, _("已新增%(body)s。") % {"body": form.instance})
        return redirect("setup_bodies")
    return show(request, "body", form, body=made, is_new=True)


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def edit(request: Inside, pk: int) -> HttpResponse:
    """One body: its facts in a form, its people and its end below."""
    body = find(request, pk)
    form = BodyForm(request.POST or None, instance=body, committee=request.committee)
    if request.method == "POST" and form.is_valid():
        try:
            changes.save(body, form.changed, form.seen, "body_changed", pen(request))
        except Changed:
            return conflict(request, form, request.path)
        messages.success(request, _("%(body)s已保存。") % {"body": body})
        return redirect("setup_bodies")
    return show(
        request, "body", form, body=body, seats=bodies.open_seats(body),
        national=name_of(body.national_code),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def end(request: Inside, pk: int) -> HttpResponse:
    """Abolish or merge: first what it touches, then the button."""
    body = find(request, pk)
    if body.until or body.pk == request.committee.pk:
        raise Http404
    form = EndBodyForm(request.POST or None, body=body)
    if request.method != "POST" or not form.is_valid() or "again" in request.POST:
        return show(request, "body_end", form, body=body, seats=bodies.open_seats(body))
    said = form.cleaned_data
    if request.POST.get("step") != "confirm":
        ended = Ended(bodies.open_seats(body), body, said["successor"])
        touched = what_it_touches(ended)
        return show(
            request, "body_end_check", form, body=body, said=said, touched=touched,
            seats=ended.seats,
        )  # fmt: skip
    try:
        count = bodies.close(
            body, said["until"], said["document"], said["successor"], said["carry"], pen(request)
        )
    except Refused as refusal:
        return refuse(request, refusal, request.path)
    words = _("%(body)s撤销已登记，%(n)s 个职务同时结束。") % {"body": body, "n": count}
    messages.success(request, words)
    return redirect("setup_bodies")


def find(request: Inside, pk: int) -> Organisation:
    """A body of the administrator's own committee, or 404."""
    return get_object_or_404(Organisation.objects.of(request.committee), pk=pk)
