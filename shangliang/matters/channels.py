"""The ways a message leaves the house: e-mail now; SMS and 政务微信 by an adapter an organ adds.

An adapter is a function `send(person, subject, text)` that returns when the message was taken and
raises when it was not.  It is named in the setting NOTICE_CHANNELS; what is not named is not used.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from shangliang.people.models import Person

from .models import Delivery

Send = Callable[[Person, str, str], None]


def mail(person: Person, subject: str, text: str) -> None:
    """One plain e-mail; raises what the mail server says."""
    EmailMessage(subject, text, to=[person.email]).send(fail_silently=False)


def address(person: Person, channel: str) -> str:
    """Where a message over `channel` would go; empty when the person has no such address."""
    found = {Delivery.Channel.MAIL: person.email}
    return found.get(Delivery.Channel(channel), person.phone or "")


def configured() -> dict[str, Send]:
    """The channels this installation uses, by name."""
    named: dict[str, str] = settings.NOTICE_CHANNELS
    return {name: import_string(path) for name, path in named.items()}
