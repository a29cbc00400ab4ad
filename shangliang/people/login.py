"""Logging in: by phone number or by name, with a password.

Whether a name is known, borne twice or wrong is never told: the answer and the work behind it
are the same each time.
"""

from __future__ import annotations

import hmac
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from .models import Person, recall


def plain(said: str) -> str:
    """What was typed, without the spaces and signs people put into a phone number."""
    said = said.strip()
    bare = said.translate(str.maketrans("", "", " -－　")).removeprefix("+86")
    return bare if bare.isdigit() else said


def whose(said: str) -> Person | None:
    """The one person who logs in under this phone number or name; None for nobody or several."""
    said = plain(said)
    by_phone = Person.objects.filter(phone=said).first()
    bearers = list(Person.objects.filter(name=said)[:2])
    if by_phone:
        return by_phone
    able = [person for person in bearers if person.is_active] or bearers
    return able[0] if len(able) == 1 else None


def account_key(request: HttpRequest | None, credentials: Any) -> str:
    """What wrong passwords are counted against: the account, however it was named.

    A text that names no account is kept only as a fingerprint: it may be a password typed into
    the wrong field.
    """
    said = str((credentials or {}).get("username") or "")
    if isinstance((credentials or {}).get("account"), int):
        return f"person:{credentials['account']}"
    if person := whose(said):
        return f"person:{person.pk}"
    digest = hmac.digest(settings.SECRET_KEY.encode(), plain(said).encode(), "sha256")
    return f"unknown:{digest.hex()[:32]}"


class NameOrPhoneBackend(BaseBackend):
    """A phone number is always one person; a name is accepted where only one person bears it."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **kwargs: Any
    ) -> Person | None:
        person = whose(username or kwargs.get("login") or kwargs.get("phone") or "")
        if person is None:
            Person().set_password(password)  # the same work, so time gives nothing away
            return None
        if not person.check_password(password):
            return None
        problem = what_bars(person)
        if problem and request is not None:
            # Only somebody who knew the password gets to hear of it.
            request.login_problem = problem  # type: ignore[attr-defined]
        return None if problem else person

    def get_user(self, user_id: int) -> Person | None:
        person = recall(user_id)
        return person if person is not None and person.is_active else None


def what_bars(person: Person) -> str:
    """Why a right password still does not let her in: "closed", "expired" or nothing."""
    if not person.is_active:
        return "closed"
    if person.must_change_password and person.one_time_until:
        return "expired" if person.one_time_until < timezone.now() else ""
    return ""
