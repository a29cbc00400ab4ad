"""Set-up pages: the people of the house and their accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import accounts, changes, deciding, register, seating
from ..circles import Inside, for_duties
from ..forms.persons import FindForm, PersonForm, SeatForm
from ..models import AccountRequest, LogIn, Person, Seat
from ..record import Pen, recording
from ..refusals import Changed, Refused
from ..second_step import is_on
from .frame import conflict, pen, refuse, show

A_PAGE = 50


@require_safe
@for_duties("system_admin")
def index(request: Inside) -> HttpResponse:
    """The register: everybody with a seat in this committee, found by name, body or duty."""
    form = FindForm(request.GET or None, committee=request.committee)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = Paginator(register.found(request.committee, said), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "rows": _rows(request, list(page)), "bodies": form}
    return show(request, "people", form, **context)


def _rows(request: Inside, people: list[Person]) -> list[dict[str, Any]]:
    day = timezone.localdate()
    seats: dict[int, list[Seat]] = {}
    mine = Seat.objects.standing(day).filter(
        person__in=people, organisation__committee=request.committee
    )
    for seat in mine.select_related("organisation").order_by("pk"):
        seats.setdefault(seat.person_id, []).append(seat)
    asked = AccountRequest.objects.filter(person__in=people, decided_at=None)
    waiting = set(asked.values_list("person_id", flat=True))
    return [
        {
            "person": person,
            "seats": seats.get(person.pk, []),
            "state": register.state_of(
                person,
                person.pk in waiting
                or any(seat.confirmed_at is None for seat in seats.get(person.pk, [])),
            ),
        }
        for person in people
    ]


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def add(request: Inside) -> HttpResponse:
    """Somebody new, with the seat she comes for; both wait for the security administrator."""
    day = timezone.localdate()
    form = PersonForm(request.POST or None)
    seat = SeatForm(request.POST or None, prefix="seat", committee=request.committee, day=day)
    if request.method == "POST" and form.is_valid() and seat.is_valid():
        try:
            with recording():
                accounts.propose(form.instance, request.committee, pen(request))
                seat.instance.person = form.instance
                seating.propose(seat.instance, pen(request))
        except Refused as refusal:
            seat.add_error(None, str(refusal))
            form.instance.pk = None
        else:
            words = _("%(name)s已登记，账号和任职等安全管理员确认后生效。")
            messages.success(request, words % {"name": form.instance})
            return redirect("setup_person", form.instance.pk)
    return show(request, "person_new", form, seat, seat_form=seat)


@require_safe
@for_duties("system_admin")
def person(request: Inside, pk: int) -> HttpResponse:
    """One person: her seats, her account, and what can be done about either."""
    found, at = find(request, pk), pen(request)
    seats = Seat.objects.filter(person=found, organisation__committee=request.committee)
    bundle = next(iter(deciding.waiting(request.committee, found)), None)
    is_administrator = accounts.is_administrator(found, at)
    context = {
        "person": found, "is_administrator": is_administrator, "is_me": found == request.user,
        "seats": seats.select_related("organisation").order_by("-since", "-pk"),
        "waiting": bundle, "second_step": is_on(found),
        "last": LogIn.objects.filter(person=found).first(),
        "why_no_slip": accounts.why_no_slip(found, at), "day": timezone.localdate(),
        "state": register.state_of(found, bool(bundle)),
    }  # fmt: skip
    return show(request, "person", **context)


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def edit(request: Inside, pk: int) -> HttpResponse:
    found = find(request, pk)
    form = PersonForm(request.POST or None, instance=found)
    back = f"/setup/people/{pk}/"
    try:
        accounts.leave_administrators_alone(found, pen(request))
        if request.method == "POST" and form.is_valid():
            changes.save(found, form.changed, form.seen, "person_changed", pen(request))
            messages.success(request, _("%(name)s的资料已保存。") % {"name": found})
            return redirect("setup_person", pk)
    except Changed:
        return conflict(request, form, request.path)
    except Refused as refusal:
        return refuse(request, refusal, back)
    return show(request, "person_edit", form, person=found)


def _close(found: Person, request: Inside, by: Pen) -> str:
    done = accounts.close(found, request.committee, by)
    if done:
        return _("%(name)s的账号已停用，所有登录已结束。")
    return _("停用%(name)s的申请已提交，等安全管理员确认。")


def _open(found: Person, request: Inside, by: Pen) -> str:
    accounts.ask(AccountRequest.What.OPEN, found, request.committee, by)
    return _("重新开通%(name)s账号的申请已提交，等安全管理员确认。")


def _step(found: Person, request: Inside, by: Pen) -> str:
    accounts.ask(AccountRequest.What.STEP, found, request.committee, by)
    return _("关闭%(name)s两步验证的申请已提交，等安全管理员确认。")


def _lift(found: Person, request: Inside, by: Pen) -> str:
    accounts.lift_lock(found, by)
    return _("%(name)s的登录锁定已解除。")


ACTS: dict[str, Callable[[Person, Inside, Pen], str]] = {
    "close": _close, "open": _open, "step": _step, "lift": _lift,
}  # fmt: skip


@require_POST
@for_duties("system_admin")
def act(request: Inside, pk: int, what: str) -> HttpResponse:
    """One of the plain acts on an account."""
    found = find(request, pk)
    if what not in ACTS:
        raise Http404
    try:
        words = ACTS[what](found, request, pen(request))
    except Refused as refusal:
        return refuse(request, refusal, f"/setup/people/{pk}/")
    messages.success(request, words % {"name": found})
    return redirect("setup_person", pk)


def find(request: Inside, pk: int) -> Person:
    """A person this committee keeps, or 404."""
    return get_object_or_404(register.kept_by(request.committee), pk=pk)
