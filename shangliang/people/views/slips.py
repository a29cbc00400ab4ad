"""Set-up pages: one-time passwords on a slip that is shown once.

The password is never stored: the session keeps only a number that was drawn, and the password
follows from it and the signing key.  The page forgets the number when it has shown the slip.
"""

from __future__ import annotations

import hmac
import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import accounts, passwords, register, resetting
from ..circles import Inside, for_duties
from ..models import Person
from ..refusals import Refused
from . import persons
from .frame import pen, refuse, show

KEY = "slips"
AT_ONCE = 30  # hashing takes its time, and the next writer waits


def drawn_password(number: str, person: Person) -> str:
    """The one-time password that belongs to a drawn number and a person."""
    words = f"shangliang.slip/{number}/{person.pk}".encode()
    return passwords.one_time_password(hmac.digest(settings.SECRET_KEY.encode(), words, "sha256"))


@require_POST
@for_duties("system_admin")
def draw(request: Inside, pk: int) -> HttpResponse:
    """A slip for one person."""
    return _draw(request, [persons.find(request, pk)], f"/setup/people/{pk}/")


@require_POST
@for_duties("system_admin")
def draw_many(request: Inside) -> HttpResponse:
    """Slips for those who are confirmed and have never been given a password."""
    waiting = list(register.without_a_way_in(request.committee)[:AT_ONCE])
    return _draw(request, waiting, "/setup/people/")


def _draw(request: Inside, people: list[Person], back: str) -> HttpResponse:
    number = secrets.token_urlsafe(16)
    try:
        for person in people:
            accounts.draw_slip(person, drawn_password(number, person), pen(request))
    except Refused as refusal:
        return refuse(request, refusal, back)
    request.session[KEY] = {"number": number, "people": [person.pk for person in people]}
    return redirect("setup_slips")


@require_safe
@never_cache
@for_duties("system_admin")
def slips(request: Inside) -> HttpResponse:
    """The slips just drawn, ready to be printed; asked for again, they are gone."""
    kept = request.session.pop(KEY, None) or {"number": "", "people": []}
    found = register.kept_by(request.committee).filter(pk__in=kept["people"])
    waiting = register.without_a_way_in(request.committee).count()
    context = {
        "slips": [
            {"person": person, "password": drawn_password(kept["number"], person)}
            for person in found.order_by("pinyin")
        ],
        "until": timezone.localdate() + passwords.GOOD_FOR,
        "address": request.build_absolute_uri("/"),
        "waiting": waiting,
        "next": min(waiting, AT_ONCE),
    }
    return show(request, "slips", **context)


@require_POST
@for_duties("system_admin")
def mail(request: Inside, pk: int) -> HttpResponse:
    """Instead of a slip: a link to the person's own address."""
    person = persons.find(request, pk)
    if not person.email:
        return refuse(request, Refused(_("还没有登记电子邮箱。")), f"/setup/people/{pk}/")
    pen(request).note("reset_link", person)
    resetting.ask_for_link(person.email, request.build_absolute_uri("/"))
    messages.success(request, _("链接已寄出，一小时内有效。"))
    return redirect("setup_person", pk)
