"""Forms for what a person settles about herself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..adapter import count_wrong, locked_out
from ..models import Person
from .login import secret


class LookForm(forms.ModelForm):
    """How the pages look to this person, on every device."""

    language = forms.ChoiceField(label=_("语言"), choices=settings.LANGUAGES)
    elder = forms.ChoiceField(
        label=_("字的大小"),
        choices=[("0", _("标准版")), ("1", _("大字版"))],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Person
        fields = ("elder", "theme", "language")
        widgets = {"theme": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["elder"] = "1" if self.instance.elder else "0"

    def clean_elder(self) -> bool:
        return str(self.cleaned_data["elder"]) == "1"


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("电子邮箱"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("找回密码和每日提醒用。不想用可以清空。"),
    )  # fmt: skip
    password = secret(
        _("密码"), "current-password", _("能收邮件的人可以重设密码，所以要确认是您本人。")
    )

    def __init__(self, *args: Any, person: Person, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.request = person, request
        self.initial["email"] = person.email

    def clean_password(self) -> str:
        given = str(self.cleaned_data["password"])
        if locked_out(self.request, self.person):
            raise ValidationError(_("输错的次数太多了。请过十五分钟再试。"))
        if not self.person.check_password(given):
            count_wrong(self.request, self.person)
            raise ValidationError(_("密码不对。请重新输入。"))
        return given
