"""What a person sees and settles about herself: her seats, her look, her log-ins."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import device, stay
from ..circles import Inside, for_everybody
from ..forms.mine import AddressForm, LookForm
from ..models import LoggedOut, LogIn, Seat
from ..record import record, recording
from ..second_step import is_on

YEAR = 365 * 24 * 3600


@require_safe
@for_everybody
def show(request: Inside) -> HttpResponse:
    """“我的”: who I am here, how it looks, and what keeps my account safe."""
    person, at = request.user, timezone.now()
    seats = Seat.objects.filter(person=person, refused_at=None).select_related("organisation")
    context = {
        "person": person, "day": timezone.localdate(at),
        "seats": seats.order_by("until", "-since", "pk"),
        "form": LookForm(instance=person), "second_step": is_on(person),
        "live": LogIn.objects.live(at).filter(person=person).count(),
    }  # fmt: skip
    return render(request, "people/mine.html", context)


@require_POST
@for_everybody
def look(request: Inside) -> HttpResponse:
    """Language, theme and elder mode, kept with the person and taken to every device."""
    form = LookForm(request.POST, instance=request.user)
    if not form.is_valid():
        return redirect("mine")
    person = form.save(commit=False)
    person.save(update_fields=["language", "theme", "elder"])
    response = redirect("mine")
    secure = settings.SESSION_COOKIE_SECURE
    for name, value in {
        settings.LANGUAGE_COOKIE_NAME: person.language,
        "theme": "system" if person.theme == "auto" else person.theme,
        "elder": "1" if person.elder else "0",
    }.items():
        response.set_cookie(name, value, YEAR, secure=secure, httponly=True, samesite="Lax")
    messages.success(request, _("显示方式已保存。"))
    return response


@require_http_methods(["GET", "POST"])
@for_everybody
def address(request: Inside) -> HttpResponse:
    """One's own e-mail address; the password again, because a new one can be had through it."""
    form = AddressForm(request.POST or None, person=request.user, request=request)
    if request.method == "POST" and form.is_valid():
        with recording():
            request.user.email = form.cleaned_data["email"]
            request.user.save(update_fields=["email"])
            record(
                "person_changed", by=request.user, at=timezone.now(),
                object="people.person", id=request.user.pk, fields=["email"],
            )  # fmt: skip
        messages.success(request, _("电子邮箱已保存。"))
        return redirect("mine")
    status = 422 if form.is_bound else 200
    return render(request, "people/address.html", {"form": form}, status=status)


@require_safe
@for_everybody
def log_ins(request: Inside) -> HttpResponse:
    """Where I am logged in now, and where I was."""
    at = timezone.now()
    hers = LogIn.objects.filter(person=request.user)
    here = stay.current(request)
    live = [(each, device.words(each.agent), each.pk == here) for each in hers.live(at)]
    past = hers.exclude(pk__in=[each.pk for each, _words, _here in live])[:20]
    context = {
        "live": sorted(live, key=lambda row: not row[2]),
        "past": [(each, device.words(each.agent)) for each in past],
    }  # fmt: skip
    return render(request, "people/log_ins.html", context)


@require_POST
@for_everybody
def end_log_in(request: Inside, pk: int) -> HttpResponse:
    """End one of my log-ins elsewhere."""
    others = LogIn.objects.filter(person=request.user).exclude(pk=stay.current(request))
    log_in = get_object_or_404(others, pk=pk)
    return _ended(request, others.filter(pk=log_in.pk))


@require_POST
@for_everybody
def end_others(request: Inside) -> HttpResponse:
    """End every log-in of mine but this one."""
    others = LogIn.objects.filter(person=request.user).exclude(pk=stay.current(request))
    return _ended(request, others)


def _ended(request: Inside, log_ins: object) -> HttpResponse:
    count = stay.end(
        log_ins,  # type: ignore[arg-type]
        LoggedOut.ELSEWHERE, by=request.user, at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("已结束 %(n)s 处登录。") % {"n": count})
    return redirect("my_log_ins")
