"""The second step of a log-in (两步验证): a code from the phone, or a recovery code."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from .models import Person


def is_on(person: Person) -> bool:
    """Whether logging in asks this person for a code."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def must_enrol(person: Person, administers: str) -> bool:
    """An administrator without a second step sets one up before anything else."""
    return bool(administers) and not is_on(person)
