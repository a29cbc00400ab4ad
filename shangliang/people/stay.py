"""How long a log-in lasts, and how it ends.

A screen nobody touches for half an hour logs itself out (administrators: a quarter), and after
ten hours everybody comes in again.  A member who says the device is her own stays for a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from . import device, duties
from .models import LoggedOut, LogIn, Person, Seat
from .record import record, recording

KEY = "stay"
MINUTE = timedelta(minutes=1)
DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Allowance:
    """How long a person may stay: without touching anything, and altogether."""

    idle: timedelta
    whole: timedelta = timedelta(hours=10)


STAFF = Allowance(timedelta(minutes=30))
ADMINISTRATOR = Allowance(timedelta(minutes=15))
OWN_DEVICE = Allowance(DAY, DAY)


def allowance(person: Person, own_device: bool, at: datetime) -> Allowance:
    """What the law of the house grants this person on this device."""
    seats = Seat.objects.held_on(timezone.localdate(at)).filter(person=person)
    held = set(seats.values_list("duty", flat=True))
    if held & duties.ADMINISTRATORS:
        return ADMINISTRATOR
    member = held & duties.MEMBERS and not held & duties.STAFF
    return OWN_DEVICE if own_device and member else STAFF


def begin(sender: Any, request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """A person has come in: write it down and let her session know its limits."""
    at = timezone.now()
    own = bool(request.session.pop("own_device", False))
    granted = allowance(user, own, at)
    request.session.set_expiry(int(granted.whole.total_seconds()) if own else 0)
    if not request.session.session_key:
        request.session.create()
    log_in = LogIn.objects.create(
        person=user, session_key=request.session.session_key or "", device=device.number(request),
        own_device=own, second_step=bool(request.session.pop("second_step", False)),
        address=device.address(request), agent=request.META.get("HTTP_USER_AGENT", "")[:200],
        began_at=at, seen_at=at, good_until=at + granted.idle,
    )  # fmt: skip
    request.session[KEY] = {
        "log_in": log_in.pk,
        "own_device": own,
        "idle": granted.idle.total_seconds(),
        "seen": at.timestamp(),
        "ends": (at + granted.whole).timestamp(),
    }
    record(
        "log_in", by=user, at=at, object="people.login", id=log_in.pk,
        address=log_in.address, personal=["address"],
    )  # fmt: skip


def carry_on(request: HttpRequest, at: datetime) -> str:
    """Let a log-in go on for this request; else end it and say how it ended."""
    stay = request.session.get(KEY)
    if stay is None:
        return ""
    now = at.timestamp()
    if now >= stay["ends"] or now >= stay["seen"] + stay["idle"]:
        how = LoggedOut.LIMIT if now >= stay["ends"] else LoggedOut.IDLE
        leave(request, how, at)
        return how
    if now - stay["seen"] >= MINUTE.total_seconds():
        request.session[KEY] = stay | {"seen": now}
        until = min(now + stay["idle"], stay["ends"])
        good = datetime.fromtimestamp(until, tz=timezone.get_current_timezone())
        LogIn.objects.filter(pk=stay["log_in"]).update(seen_at=at, good_until=good)
    return ""


def leave(request: HttpRequest, how: str, at: datetime) -> None:
    """End the log-in this request came with."""
    stay = request.session.get(KEY) or {}
    person = request.user if request.user.is_authenticated else None
    mine = LogIn.objects.filter(pk=stay.get("log_in", 0), ended_at=None)
    with recording():
        if mine.update(ended_at=at, ended_how=how, session_key=""):
            log_in = {"object": "people.login", "id": stay["log_in"], "how": str(how)}
            record("log_out", by=person, at=at, **log_in)
        logout(request)


def end(log_ins: QuerySet[LogIn], how: str, *, by: Any, at: datetime, acting_as: str = "") -> int:
    """End log-ins from elsewhere, at once: their next request finds no session.  Says how many."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    with recording():
        found = list(log_ins.filter(ended_at=None))
        for log_in in found:
            if log_in.session_key:
                store(log_in.session_key).delete()
            LogIn.objects.filter(pk=log_in.pk).update(ended_at=at, ended_how=how, session_key="")
            record(
                "log_in_ended", by=by, at=at, acting_as=acting_as,
                object="people.login", id=log_in.pk, how=str(how),
            )  # fmt: skip
    return len(found)


def current(request: HttpRequest) -> int:
    """The number of the log-in this request belongs to; 0 for none."""
    return int((request.session.get(KEY) or {}).get("log_in", 0))


def sweep(at: datetime) -> int:
    """Close the rows of log-ins that lapsed without anybody coming back."""
    lapsed = LogIn.objects.filter(ended_at=None, good_until__lte=at)
    return lapsed.update(ended_at=at, ended_how=LoggedOut.IDLE, session_key="")


def on_own_device(request: HttpRequest) -> bool:
    """Whether this person said the device is hers alone, so that drafts may be kept on it."""
    return bool((request.session.get(KEY) or {}).get("own_device"))
