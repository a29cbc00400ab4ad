"""Forms for what a committee decides for itself: named numbers and code tables."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shangliang.people.forms.edited import EditedForm
from shangliang.people.models import Organisation, Term

from . import number_kinds
from .models import Code, NamedNumber


class NumberForm(EditedForm):
    """One named number, for the whole committee or for one term alone."""

    class Meta:
        model = NamedNumber
        fields = ("value", "law")
        labels = {"law": _("依据")}
        help_texts = {"law": _("本地规定的文件名称、文号和条款。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key = self.instance.key
        initial = self.initial.get("value")
        self.fields["value"] = number_kinds.field_for(key)
        self.initial["value"] = initial
        self.fields["law"].required = True
        self.order_fields(["value", "law", "version"])

    def clean_value(self) -> str:
        return str(self.cleaned_data["value"])


class ScopeForm(forms.Form):
    """Which term a number is for; asked by a link, not typed."""

    term = forms.ModelChoiceField(queryset=Term.objects.none(), required=False)

    def __init__(self, *args: Any, committee: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = Term.objects.filter(organisation=committee)  # type: ignore[attr-defined]


class CodeForm(EditedForm):
    """One line of a code table; what is stored in old papers, the code, never changes."""

    class Meta:
        model = Code
        fields = ("code", "label", "meaning", "order", "active")
        help_texts = {
            "code": _("存在办理记录里的代号，定了就不能改，用字母、数字和下划线。"),
            "meaning": _("选的时候显示在名称下面。"),
            "order": _("数字小的排在前面。"),
            "active": _("不用了可以停用；以前用过它的记录照样显示。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if not code.replace("_", "").isalnum() or not code.isascii():
            raise ValidationError(_("代码只能用字母、数字和下划线。"))
        alike = Code.objects.filter(
            organisation=self.instance.organisation_id, table=self.instance.table, code=code
        )
        if alike.exists():
            raise ValidationError(_("这张表里已经有这个代码。"))
        return code

    def clean_active(self) -> bool:
        active = bool(self.cleaned_data["active"])
        rest = Code.objects.filter(
            organisation=self.instance.organisation_id, table=self.instance.table, active=True
        )
        if not active and not rest.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("一张表里至少要有一行在用。"))
        return active


class JournalFilter(forms.Form):
    """The filter over the journal; it knows no words of any entry."""

    verb = forms.ChoiceField(label=_("事由"), required=False)
    name = forms.CharField(label=_("谁"), max_length=40, required=False)
    number = forms.CharField(label=_("事项编号"), max_length=60, required=False)
    since = forms.DateField(
        label=_("从哪一天"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("到哪一天"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, verbs: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("全部")), *verbs]  # type: ignore[attr-defined]
