"""What other people's code tells us: Django of a log-in, allauth of the second step and resets."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone

from . import stay
from .models import LoggedOut, LogIn, Person
from .record import record, recording


def listen() -> None:
    user_logged_in.connect(stay.begin, dispatch_uid="people.stay")
    password_reset.connect(after_reset, dispatch_uid="people.reset")
    authenticator_added.connect(step_added, dispatch_uid="people.step_added")
    authenticator_removed.connect(step_removed, dispatch_uid="people.step_removed")
    authenticator_reset.connect(codes_drawn, dispatch_uid="people.codes_drawn")


def after_reset(sender: Any, request: Any, user: Person, **kwargs: Any) -> None:
    """A password set by mail ends every log-in, and is nobody's one-time password any more."""
    at = timezone.now()
    with recording():
        user.must_change_password, user.one_time_until = False, None
        user.save(update_fields=["must_change_password", "one_time_until"])
        record("password_reset", by=user, at=at, object="people.person", id=user.pk)
        stay.end(LogIn.objects.filter(person=user), LoggedOut.PASSWORD, by=user, at=at)


def step_added(sender: Any, user: Person, authenticator: Any, **kwargs: Any) -> None:
    verb = "second_step_on" if _is_totp(authenticator) else "recovery_codes"
    record(verb, by=user, at=timezone.now(), object="people.person", id=user.pk)


def step_removed(sender: Any, user: Person, authenticator: Any, **kwargs: Any) -> None:
    if _is_totp(authenticator):
        at = timezone.now()
        record("second_step_off", by=user, at=at, object="people.person", id=user.pk)


def codes_drawn(sender: Any, user: Person, **kwargs: Any) -> None:
    record("recovery_codes", by=user, at=timezone.now(), object="people.person", id=user.pk)


def _is_totp(authenticator: Any) -> bool:
    return bool(authenticator.type == Authenticator.Type.TOTP)
