"""What a password must be, in our own words; and the one-time ones that are read from a slip."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _

from .models import Person

# Nothing that can be mistaken for something else when read from paper.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
GOOD_FOR = timedelta(days=7)


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("密码太短，至少要 %(n)s 位。") % {"n": self.min_length}

    def get_help_text(self) -> str:
        return self.get_error_message()


class NotCommon(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("这个密码太常见，别人容易猜到。请换一个。")

    def get_help_text(self) -> str:
        return self.get_error_message()


class NotOnlyDigits(NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("密码不能全是数字。请加上字母或汉字。")

    def get_help_text(self) -> str:
        return self.get_error_message()


class NotAboutYou(UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("密码和您的姓名、手机号或邮箱太像。请换一个。")

    def get_help_text(self) -> str:
        return self.get_error_message()


def one_time_password(drawn: bytes = b"") -> str:
    """Twelve letters and digits in three groups, k7mh-3pqw-x9ta; from `drawn` if it is given.

    Twelve of 31 signs are 59 bits.
    """
    number = int.from_bytes(drawn or secrets.token_bytes(32))
    signs = []
    for _sign in range(12):
        number, at = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[at])
    return "-".join("".join(signs[n : n + 4]) for n in (0, 4, 8))


def set_one_time(person: Person, password: str, at: datetime) -> None:
    """Let `person` in once with a password somebody else has seen; she changes it first thing."""
    person.set_password(password)
    person.must_change_password, person.one_time_until = True, at + GOOD_FOR
    person.save(update_fields=["password", "must_change_password", "one_time_until"])
