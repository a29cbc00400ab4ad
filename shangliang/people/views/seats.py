"""Set-up pages: a seat is proposed, and a seat ends."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import seating
from ..affected import Ended, what_it_touches
from ..circles import Inside, for_duties
from ..forms.persons import EndSeatForm, SeatForm
from ..models import Seat
from ..refusals import Refused
from . import persons
from .frame import pen, refuse, show


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def add(request: Inside, pk: int) -> HttpResponse:
    """A new seat for somebody known: 增补, or one more duty."""
    found, day = persons.find(request, pk), timezone.localdate()
    form = SeatForm(request.POST or None, committee=request.committee, day=day)
    if request.method == "POST" and form.is_valid():
        form.instance.person = found
        try:
            seating.propose(form.instance, pen(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("%(seat)s已提出，等安全管理员确认后生效。")
            messages.success(request, words % {"seat": form.instance.name})
            return redirect("setup_person", pk)
    return show(request, "seat_new", form, person=found)


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def end(request: Inside, pk: int) -> HttpResponse:
    """辞去, 撤销, 调整, 届满, 去世: what it touches is said before it is confirmed."""
    ours = Seat.objects.filter(organisation__committee=request.committee, ended_how="")
    seat = get_object_or_404(ours.select_related("person", "organisation__committee"), pk=pk)
    day = timezone.localdate()
    form = EndSeatForm(request.POST or None, seat=seat, day=day)
    if request.method != "POST" or not form.is_valid() or "again" in request.POST:
        return show(request, "seat_end", form, seat=seat, others=seating.others_of(seat, day))
    said = form.cleaned_data
    others = seating.others_of(seat, said["until"]) if said["everything"] else []
    seats = [seat, *(other for other in others if other.since <= said["until"])]
    if request.POST.get("step") != "confirm":
        return show(
            request, "seat_end_check", form, seat=seat, said=said, seats=seats,
            how=dict(form.fields["how"].choices)[said["how"]],  # type: ignore[attr-defined]
            touched=what_it_touches(Ended(seats)),
        )  # fmt: skip
    ending = seating.Ending(
        said["until"], said["how"], said["document"], said["decided_by"],
        said["close_account"], said["moves_to"],
    )  # fmt: skip
    back = f"/setup/people/{seat.person_id}/"
    try:
        done = seating.end(seats, ending, request.committee, pen(request))
    except Refused as refusal:
        return refuse(request, refusal, back)
    words = _("离任已登记。") if done else _("离任申请已提交，等安全管理员确认。")
    messages.success(request, words)
    return redirect(back)
