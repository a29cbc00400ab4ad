"""A new password by mail, for those who have an address with us.

Whether an address is known must not show in the answer or in the time it takes, so looking it up
and sending happen later, in the worker, for known and unknown addresses alike.
"""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from huey.contrib.djhuey import db_task

from shangliang.ui import languages

from .models import Person


def ask_for_link(email: str, house: str) -> None:
    """Have a link sent to `email`, if it belongs to somebody; `house` is our own address."""
    send_link(email, house)


def tell_of_change(person: Person, what: str) -> None:
    """Tell somebody by mail that her account changed, once the change is certain.

    `what` is marked for translation and not yet translated: the letter is in her language.
    """
    if person.email:
        words = person.email, person.name, what, person.language
        transaction.on_commit(lambda: send_word(*words))


@db_task(retries=3, retry_delay=60)
def send_word(address: str, name: str, what: str, language: str) -> None:
    with languages.known(language):
        words = {"name": name, "what": _(what)}
        text = render_to_string("account/email/account_changed_message.txt", words)
        subject = _("您的账号有变动")
    send_mail(subject, text, None, [address])


@db_task(retries=3, retry_delay=60)
def send_link(email: str, house: str) -> None:
    """Send every account with this address its own link."""
    for person in Person.objects.filter(email__iexact=email, is_active=True):
        key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
        path = reverse(
            "account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"}
        ).replace("UID-KEY", key)
        words = {"person": person, "link": house.rstrip("/") + path}
        with languages.of(person):
            text = render_to_string("account/email/password_reset_key_message.txt", words)
            subject = _("重新设置您的密码")
        send_mail(subject, text, None, [person.email])
