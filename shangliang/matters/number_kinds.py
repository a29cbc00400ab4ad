"""The kinds a named number can have: a span of time, a count, a switch, a day of the year.

What a number may say follows from what was shipped; a few say it by their key.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.analysis.clock_words import day_of_year, in_units
from shangliang.ui.languages import listed

from . import clocks, local
from .table import REGISTRY

UNITS = [
    ("wd", gettext_lazy("个工作日")),
    ("cd", gettext_lazy("天")),
    ("mo", gettext_lazy("个月")),
]
ROLLS = [
    ("next", gettext_lazy("顺延到下一个工作日")),
    ("previous", gettext_lazy("提前到上一个工作日")),
    ("none", gettext_lazy("不作调整")),
]
TYPES = "proposal.only_in_session"
SWITCHES = {"reply.restart_on_new_unit", "clock.counts_start"}
SPAN = re.compile(r"(\d{1,3}) (wd|cd|mo)")
DAY = re.compile(r"\d\d-\d\d")
GROUPS = (
    (gettext_lazy("提案提出与审查"), ("proposal.",)),
    (gettext_lazy("交办"), ("assign.",)),
    (gettext_lazy("办理与答复"), ("handle.", "contact.", "reply.", "rehandle.")),
    (gettext_lazy("评议、办结与公开"), ("feedback.", "close.", "publish.")),
    (gettext_lazy("提醒与计时"), ("remind.", "clock.")),
    (gettext_lazy("其他"), ("",)),
)


def kind_of(key: str) -> str:
    """span, count, switch, roll, day, types or words."""
    shipped = local.defaults()[key].value
    if key in SWITCHES:
        return "switch"
    if key == "clock.roll":
        return "roll"
    if key == TYPES:
        return "types"
    if key == "reply.fixed":
        return "day"
    if SPAN.fullmatch(shipped) or key.endswith(".max"):
        return "span"
    return "count" if shipped.isdigit() else "words"


def may_be_empty(key: str) -> bool:
    return local.defaults()[key].value == ""


def types() -> dict[str, str]:
    """The forms a matter can take (个人提案, 联名提案 …), as its room calls them."""
    found: dict[str, str] = {}
    for kind in REGISTRY:
        for field in apps.get_model(kind)._meta.get_fields():
            if field.name == "type" and getattr(field, "choices", None):
                found |= {str(code): str(label) for code, label in field.choices}
    return found


def said(key: str, value: str) -> str:
    """A value as a clerk says it: 15 个工作日, 8 月 31 日, 顺延到下一个工作日."""
    kind = kind_of(key)
    if not value:
        return _("不设")
    if kind == "span" and (found := SPAN.fullmatch(value)):
        return in_units(int(found[1]), clocks.UNITS[found[2]], _)
    if kind == "switch":
        return _("是") if value == "1" else _("否")
    if kind == "roll":
        return str(dict(ROLLS).get(value, value))
    if kind == "types":
        return listed(types().get(code, code) for code in value.split())
    if kind == "day":
        month, day = value.split("-")
        return day_of_year(int(month), int(day), _)
    return value


def field_for(key: str) -> forms.Field:
    """What a page asks for to change this number."""
    kind, empty = kind_of(key), may_be_empty(key)
    label, required = gettext_lazy("新的数值"), not empty
    if kind == "span":
        return SpanField(label=label, required=required)
    if kind == "count":
        return forms.IntegerField(label=label, min_value=0, max_value=100_000)
    if kind == "switch":
        pairs = [("1", gettext_lazy("是")), ("0", gettext_lazy("否"))]
        return forms.ChoiceField(label=label, choices=pairs, widget=forms.RadioSelect)
    if kind == "roll":
        return forms.ChoiceField(label=label, choices=ROLLS, widget=forms.RadioSelect)
    if kind == "day":
        hint = gettext_lazy("写成 08-31 这样。不填则不用固定截止日。")
        return DayField(label=label, required=False, help_text=hint)
    if kind == "types":
        return TypesField(label=label, choices=types().items(), required=False)
    return forms.CharField(label=label, required=required, max_length=40)


class TypesField(forms.MultipleChoiceField):
    """Several forms of a matter, kept as their codes with a blank between."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value))


class DayField(forms.CharField):
    """A day of every year: 08-31."""

    def clean(self, value: Any) -> str:
        said = str(super().clean(value))
        try:
            month, day = (int(part) for part in said.split("-")) if said else (1, 1)
            if said and not DAY.fullmatch(said):
                raise ValueError
            date(2001, month, day)  # no 29 February: it would be missing three years in four
        except ValueError as problem:
            raise ValidationError(_("请写成 08-31 这样的日子。")) from problem
        return said


class SpanWidget(forms.MultiWidget):
    """A count and its unit, side by side."""

    template_name = "matters/setup/span.html"
    use_fieldset = True

    def __init__(self) -> None:
        amount = forms.NumberInput({"min": 0, "max": 999, "aria-label": gettext_lazy("数目")})
        super().__init__(
            {"amount": amount, "unit": forms.Select({"aria-label": gettext_lazy("单位")}, UNITS)}
        )

    def decompress(self, value: str | None) -> list[str | None]:
        found = SPAN.fullmatch(value or "")
        return [found[1], found[2]] if found else [None, "wd"]


class SpanField(forms.MultiValueField):
    """A span of time in working days, days or months: 15 wd."""

    widget = SpanWidget

    def __init__(self, **kwargs: Any) -> None:
        parts = (forms.IntegerField(min_value=0, max_value=999), forms.ChoiceField(choices=UNITS))
        super().__init__(parts, require_all_fields=False, **kwargs)
        for part in self.fields:
            part.required = False

    def clean(self, value: Any) -> str:
        amount, unit = [*(value or ()), None, None][:2]
        if amount in (None, ""):
            if self.required:
                raise ValidationError(_("请填写数目。"))
            return ""
        if not str(amount).isdigit() or not 0 < int(amount) < 1000 or unit not in dict(UNITS):
            raise ValidationError(_("请填 1 到 999 之间的整数，并选好单位。"))
        return f"{int(amount)} {unit}"
