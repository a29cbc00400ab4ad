"""allauth, which carries the reset by mail and the second step, in the manners of this house."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.handlers.proxy import AxesProxyHandler
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import device, duties
from .models import Person, Seat

SAID = {
    "mfa/messages/totp_activated.txt": _("两步验证已经开启。请把恢复码抄下来，和手机分开放。"),
    "mfa/messages/totp_deactivated.txt": _("两步验证已经关闭。"),
}


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up, one second stage, and wrong passwords counted in the house's one place."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "enter_current_password": _("现在的密码不对。请重新输入。"),
        "incorrect_code": _("验证码不对。请看看手机上的时间是否准确，再输入最新的一组数字。"),
        "incorrect_password": _("密码不对。请重新输入。"),
        "invalid_password_reset": _("这个链接已经失效。请重新申请一次。"),
        "rate_limited": _("请求太多了。请过几分钟再试。"),
        "too_many_login_attempts": _("输错的次数太多了。请过十五分钟再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *args: Any, **kw: Any
    ) -> None:
        """Of all that allauth has to say, two sentences are worth a person's while."""
        if words := SAID.get(message_template or ""):
            messages.add_message(request, level, str(words))

    def get_client_ip(self, request: HttpRequest) -> str:
        return device.address(request)

    def reauthenticate(self, user: Any, password: str) -> bool:
        """A password asked for again is guessed no more easily than at the front door."""
        return not locked_out(context.request, user) and (
            user.check_password(password) or count_wrong(context.request, user)
        )


def locked_out(request: Any, person: Person) -> bool:
    return not AxesProxyHandler.is_allowed(request, {"account": person.pk})


def count_wrong(request: Any, person: Person) -> bool:
    """Count a wrong password or code against the person's account; always False."""
    user_login_failed.send(sender=__name__, credentials={"account": person.pk}, request=request)
    return False


def _cipher() -> MultiFernet:
    """Keys for what lies in the database but must not be read there: from the signing key."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    drawn = [hashlib.sha256(b"shangliang.second_step" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in drawn])


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("管理员必须使用两步验证，不能关闭。"),
        "cannot_generate_recovery_codes": _("请先开启两步验证，再生成恢复码。"),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Any) -> str:
        return str(user.name)

    def get_totp_issuer(self) -> str:
        return str(_("商量"))

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        if not settings.REQUIRE_MFA_FOR_ADMINISTRATORS:
            return True
        seats = Seat.objects.held_on(timezone.localdate()).filter(person=authenticator.user_id)
        return not seats.filter(duty__in=duties.ADMINISTRATORS).exists()
