"""What other people's code tells us: Django of a log-in, allauth of the second step and resets."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.utils import timezone

from . import stay
from .models import LoggedOut, LogIn, Person
from .record import record, recording


def listen() -> None:
    user_logged_in.connect(stay.begin, dispatch_uid="people.stay")
    password_reset.connect(after_reset, dispatch_uid="people.reset")
    # allauth reports these after the commit; the entry must be made with the change or not at all.
    post_save.connect(step_added, sender=Authenticator, dispatch_uid="people.step_added")
    authenticator_removed.connect(step_removed, dispatch_uid="people.step_removed")


def after_reset(sender: Any, request: Any, user: Person, **kwargs: Any) -> None:
    """A password set by mail ends every log-in, and is nobody's one-time password any more."""
    at = timezone.now()
    with recording():
        user.must_change_password, user.one_time_until = False, None
        user.save(update_fields=["must_change_password", "one_time_until"])
        record("password_reset", by=user, at=at, object="people.person", id=user.pk)
        stay.end(LogIn.objects.filter(person=user), LoggedOut.PASSWORD, by=user, at=at)


def step_added(sender: Any, instance: Authenticator, created: bool, **kwargs: Any) -> None:
    if created:
        verb, user = "second_step_on" if _is_totp(instance) else "recovery_codes", instance.user
        record(verb, by=user, at=timezone.now(), object="people.person", id=user.pk)


def step_removed(sender: Any, user: Person, authenticator: Any, **kwargs: Any) -> None:
    if _is_totp(authenticator):
        at = timezone.now()
        record("second_step_off", by=user, at=at, object="people.person", id=user.pk)


def _is_totp(authenticator: Any) -> bool:
    return bool(authenticator.type == Authenticator.Type.TOTP)
