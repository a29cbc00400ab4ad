"""The people one committee keeps (名册): whoever has or had a seat there, or waits for one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from .login import plain
from .models import AccountRequest, Organisation, Person, Seat

# The regulation on graded protection wants accounts looked at that nobody uses.
LONG_UNUSED = timedelta(days=90)


def kept_by(committee: Organisation) -> QuerySet[Person]:
    """Everybody whose account the administrators of this committee look after."""
    seats = Seat.objects.filter(person=OuterRef("pk"), organisation__committee=committee)
    asked = AccountRequest.objects.filter(person=OuterRef("pk"), committee=committee)
    return Person.objects.filter(Exists(seats) | Exists(asked))


def found(committee: Organisation, said: dict[str, Any]) -> QuerySet[Person]:
    """The people a search in the register finds."""
    people = kept_by(committee)
    if words := plain(said.get("name") or ""):
        people = people.filter(Q(name__icontains=words) | Q(phone__startswith=words))
    if said.get("body") or said.get("duty"):
        seats = Seat.objects.filter(person=OuterRef("pk"), organisation__committee=committee)
        seats = seats.filter(until=None, refused_at=None)
        if said.get("body"):
            seats = seats.filter(organisation=said["body"])
        if said.get("duty"):
            seats = seats.filter(duty=said["duty"])
        people = people.filter(Exists(seats))
    return _in_state(people, said.get("state") or "").order_by("pinyin", "pk")


def _in_state(people: QuerySet[Person], state: str) -> QuerySet[Person]:
    if state == "active":
        return people.filter(is_active=True)
    if state == "idle":
        return people.filter(is_active=True, last_login__lt=timezone.now() - LONG_UNUSED)
    if state == "never":
        return people.filter(is_active=True, last_login=None)
    waiting = AccountRequest.objects.filter(person=OuterRef("pk"), decided_at=None)
    if state == "waiting":
        seats = Seat.objects.waiting().filter(person=OuterRef("pk"))
        return people.filter(Exists(waiting) | Exists(seats))
    if state == "closed":
        return people.filter(is_active=False).exclude(Exists(waiting.filter(what="open")))
    return people


def without_a_way_in(committee: Organisation) -> QuerySet[Person]:
    """Confirmed and open, but never given a password: they wait for their slip."""
    confirmed = Seat.objects.filter(
        person=OuterRef("pk"), organisation__committee=committee, confirmed_at__isnull=False,
        until=None,
    )  # fmt: skip
    never = kept_by(committee).filter(is_active=True, last_login=None)
    no_password = {"password__startswith": UNUSABLE_PASSWORD_PREFIX}
    return never.filter(Exists(confirmed), **no_password).order_by("pinyin")


def state_of(person: Person, waiting: bool) -> tuple[str, str]:
    """(shape, word) of an account as lists show it."""
    if waiting:
        return "soon", _("等候确认")
    if not person.is_active:
        return "no", _("已停用")
    return ("done", _("可以登录")) if person.last_login else ("idle", _("还没有登录过"))
