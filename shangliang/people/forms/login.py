"""Forms for coming in: name and password, a new password, a code."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ReauthenticateForm as AllauthReauthenticate
from allauth.account.forms import ResetPasswordForm, ResetPasswordKeyForm, UserTokenForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticate
from allauth.mfa.base.forms import ReauthenticateForm as AllauthCodeAgain
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..adapter import count_wrong, locked_out
from ..models import Person
from ..resetting import ask_for_link


def secret(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, help_text=help_text)


RULE = _("至少 12 位。可以用一句自己记得住的话，不要用姓名、手机号或常见的密码。")


class LoginForm(forms.Form):
    username = forms.CharField(
        label=_("手机号或姓名"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = secret(_("密码"), "current-password")
    own_device = forms.BooleanField(
        label=_("这是我自己的设备"),
        required=False,
        help_text=_(
            "勾选后，没写完的内容会在本机留一份；委员 24 小时内不用重新登录。公用电脑请不要勾选。"
        ),
    )


class NewPasswordForm(forms.Form):
    """A new password in place of the present one."""

    present = secret(_("现在的密码"), "current-password")
    password1 = secret(_("新密码"), "new-password", RULE)
    password2 = secret(_("再输入一次新密码"), "new-password")

    def __init__(self, *args: Any, person: Person, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.request = person, request

    def clean_present(self) -> str:
        given = str(self.cleaned_data["present"])
        if locked_out(self.request, self.person):
            raise ValidationError(_("输错的次数太多了。请过十五分钟再试。"))
        if not self.person.check_password(given):
            count_wrong(self.request, self.person)
            raise ValidationError(_("现在的密码不对。请重新输入。"))
        return given

    def clean_password1(self) -> str:
        given = str(self.cleaned_data["password1"])
        validate_password(given, self.person)
        if self.person.check_password(given):
            raise ValidationError(_("新密码和现在的一样。请换一个。"))
        return given

    def clean_password2(self) -> str:
        return _same_twice(self.cleaned_data)


def _same_twice(data: dict[str, Any]) -> str:
    again = str(data["password2"])
    if "password1" in data and data["password1"] != again:
        raise ValidationError(_("两次输入的新密码不一样。请重新输入。"))
    return again


class ForgottenForm(ResetPasswordForm):
    """Asking for a link by mail; the page answers the same for every address."""

    email = forms.EmailField(
        label=_("电子邮箱"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        ask_for_link(self.cleaned_data["email"], request.build_absolute_uri("/"))
        return str(self.cleaned_data["email"])


class LinkForm(UserTokenForm):
    """The link from the mail: of no use to an account that is closed."""

    def _get_user(self, uidb36: str) -> Any:
        found = super()._get_user(uidb36)
        return found if found and found.is_active else None


class ResetForm(ResetPasswordKeyForm):
    password1 = secret(_("新密码"), "new-password", RULE)
    password2 = secret(_("再输入一次新密码"), "new-password")

    def clean_password1(self) -> str:
        given = str(self.cleaned_data["password1"])
        validate_password(given, self.user)
        return given

    def clean_password2(self) -> str:
        return _same_twice(self.cleaned_data)

    def clean(self) -> Any:
        return self.cleaned_data


class PasswordAgainForm(AllauthReauthenticate):
    password = secret(_("密码"), "current-password")


def code_field(label: Any) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attrs))


class CountedCode:
    """Wrong codes are counted like wrong passwords, against the account and the device."""

    user: Person

    def clean_code(self) -> str:
        if locked_out(context.request, self.user):
            raise ValidationError(_("输错的次数太多了。请过十五分钟再试。"))
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError:
            count_wrong(context.request, self.user)
            raise


class CodeForm(CountedCode, AllauthAuthenticate):
    """The second step at the front door."""

    code = code_field(_("验证码或恢复码"))

    def save(self) -> None:
        context.request.session["second_step"] = True
        super().save()


class CodeAgainForm(CountedCode, AllauthCodeAgain):
    code = code_field(_("验证码或恢复码"))


class ActivateForm(ActivateTOTPForm):
    code = code_field(_("手机上显示的 6 位数字"))
