"""Keeping guessers out of accounts without keeping their owners out.

Three counts, none of them by network address, because at a plenary five hundred members sit
behind one:

* 5 wrong passwords for one account on one device within 15 minutes;
* 20 wrong passwords on one device, whatever the accounts, within 15 minutes;
* 20 wrong passwords for one account within an hour from devices it was never used on.

The last one locks out strangers only.  A device on which the person has logged in before keeps
its own count, so nobody can lock her out of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessFailureLog
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from . import device
from .login import account_key
from .models import LogIn
from .record import record

SHORT, HOUR = timedelta(minutes=15), timedelta(hours=1)
TRIES, DEVICE_TRIES, STRANGER_TRIES = 5, 20, 20


@dataclass(frozen=True)
class Lock:
    """Who is kept out, until when, and after how many tries."""

    until: datetime
    tries: int


def lock_on(account: str, mark: str, at: datetime) -> Lock | None:
    """The lock that keeps device `mark` from trying `account` at `at`, if there is one."""
    recent = AccessAttempt.objects.filter(user_agent=mark, attempt_time__gt=at - SHORT)
    count = {"n": Sum("failures_since_start"), "last": Max("attempt_time")}
    here = recent.filter(username=account).aggregate(**count)
    everywhere = recent.aggregate(**count)
    for found, limit in ((here, TRIES), (everywhere, DEVICE_TRIES)):
        if (found["n"] or 0) >= limit:
            return Lock(found["last"] + SHORT, limit)
    return _lock_on_strangers(account, mark, at)


def _lock_on_strangers(account: str, mark: str, at: datetime) -> Lock | None:
    known = known_marks(account)
    if mark in known:
        return None
    wrong = AccessFailureLog.objects.filter(username=account, attempt_time__gt=at - HOUR)
    times = wrong.exclude(user_agent__in=known).order_by("-attempt_time")
    latest = list(times.values_list("attempt_time", flat=True)[:STRANGER_TRIES])
    if len(latest) < STRANGER_TRIES:
        return None
    return Lock(latest[-1] + HOUR, STRANGER_TRIES)


def known_marks(account: str) -> set[str]:
    """The devices on which the owner of this account has logged in before."""
    kind, _, pk = account.partition(":")
    if kind != "person":
        return set()
    used = LogIn.objects.filter(person_id=pk).exclude(device="")
    return {f"device:{number}" for number in used.values_list("device", flat=True).distinct()}


def lift(person_id: int) -> None:
    """Forget the wrong passwords of an account, so that its owner can try again at once."""
    account = f"person:{person_id}"
    AccessAttempt.objects.filter(username=account).delete()
    AccessFailureLog.objects.filter(username=account).delete()


class Handler(AxesDatabaseHandler):
    """axes with the three counts above; it stores the device's mark where a user agent goes."""

    def is_locked(self, request: HttpRequest, credentials: Any = None) -> bool:
        return self._lock(request, credentials) is not None

    def get_failures(self, request: HttpRequest, credentials: Any = None) -> int:
        return TRIES if self._lock(request, credentials) else 0

    def _lock(self, request: Any, credentials: Any) -> Lock | None:
        request.axes_user_agent = device.mark(request)
        return lock_on(account_key(request, credentials), request.axes_user_agent, timezone.now())

    def user_login_failed(
        self, sender: Any, credentials: Any, request: Any = None, **kwargs: Any
    ) -> None:
        if request is None:
            return
        was_locked = request.axes_locked_out
        request.axes_user_agent = device.mark(request)
        super().user_login_failed(sender, credentials, request, **kwargs)
        if not was_locked:
            self._report(request, account_key(request, credentials))

    def _report(self, request: Any, account: str) -> None:
        """One entry a wrong password, and one when it is followed by a lock."""
        kind, _, pk = account.partition(":")
        whose: dict[str, Any] = (
            {"object": "people.person", "id": int(pk)} if kind == "person" else {}
        )
        for verb in ("log_in_failed", *(["log_in_locked"] if request.axes_locked_out else [])):
            record(
                verb, by=None, at=timezone.now(),
                address=device.address(request), personal=["address"], **whose,
            )  # fmt: skip

    def user_logged_in(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """A right password forgives the wrong ones before it, on this device alone."""
        wrong = AccessAttempt.objects.filter(username=f"person:{user.pk}")
        wrong.filter(user_agent=device.mark(request)).delete()

    def user_logged_out(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is counted when somebody leaves."""


def refuse(request: HttpRequest, original: Any = None, credentials: Any = None) -> HttpResponse:
    """The page for a locked device: how long to wait, in words."""
    at = timezone.now()
    lock = lock_on(account_key(request, credentials), device.mark(request), at)
    left = lock.until - at if lock else timedelta()
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    context = {"minutes": minutes, "tries": lock.tries if lock else TRIES}
    response = render(request, "account/locked.html", context, status=429)
    response["Retry-After"] = str(minutes * 60)
    device.give(request, response)
    return response
