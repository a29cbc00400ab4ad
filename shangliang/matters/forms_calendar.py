"""Entering a notice on days off: paste it, look at what was read, mend it line by line."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.analysis.workdays import SpecialDay
from shangliang.ui.forms import Day

WORDS = {"休": False, "放假": False, "1": False, "班": True, "上班": True, "0": True}


class PasteForm(forms.Form):
    """The notice as it was printed."""

    text = forms.CharField(
        label=gettext_lazy("通知原文"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("请把国务院办公厅的通知从标题到落款整篇粘贴在这里。"),
    )


class NoticeForm(forms.Form):
    """What a notice comes to: the paper, and one line for every day that is not as usual."""

    title = forms.CharField(label=gettext_lazy("文件"), max_length=200)
    issued_on = forms.DateField(label=gettext_lazy("发布日期"), widget=Day)
    year = forms.IntegerField(label=gettext_lazy("年份"), min_value=2013, max_value=2100)
    settles = forms.BooleanField(
        label=gettext_lazy("这是全年的安排"),
        required=False,
        help_text=gettext_lazy("年中对个别日子的调整不要勾选。"),
    )
    source = forms.CharField(label=gettext_lazy("网址或者文件出处"), max_length=300, required=False)
    table = forms.CharField(
        label=gettext_lazy("放假和上班的日子"),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "每行一天，依次写日期、名称、休或者班，用逗号分开，如“2027-02-06,春节,休”。"
        ),
    )
    text = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_table(self) -> tuple[SpecialDay, ...]:
        days, wrong = read_table(self.cleaned_data["table"])
        if wrong:
            raise forms.ValidationError(wrong)
        if not days:
            raise forms.ValidationError(_("请列出放假和上班的日期。"))
        return days

    def clean(self) -> dict[str, Any]:
        """A notice speaks of its own year, and of the last days of the year before."""
        found = super().clean() or {}
        year, days = found.get("year"), found.get("table", ())
        if year is None:
            return found
        for special in days:
            if not date(year - 1, 12, 25) <= special.day <= date(year, 12, 31):
                message = _("%(day)s 不在 %(year)s 年的安排之内，请核对。")
                self.add_error("table", message % {"day": special.day.isoformat(), "year": year})
        return found


def read_table(text: str) -> tuple[tuple[SpecialDay, ...], list[str]]:
    """The days of a typed or pasted table, and a sentence for every line that is not one."""
    days: dict[date, SpecialDay] = {}
    wrong = []
    lines = text.replace("，", ",").replace("\t", ",").splitlines()
    for number, cells in enumerate(csv.reader(lines), start=1):
        cells = [cell.strip() for cell in cells]
        if not any(cells) or cells[0] in ("日期", "date", "year"):
            continue
        if len(cells) == 4:  # year,date,name,is_off_day
            cells = cells[1:]
        special = _day(cells)
        if special is None:
            message = _("第 %(n)s 行“%(line)s”不成一天，请写成“2027-02-06,春节,休”。")
            wrong.append(message % {"n": number, "line": ",".join(cells)[:40]})
        elif special.day in days:
            wrong.append(_("第 %(n)s 行的日期写了两次。") % {"n": number})
        else:
            days[special.day] = special
    return tuple(sorted(days.values(), key=lambda special: special.day)), wrong


def _day(cells: list[str]) -> SpecialDay | None:
    if len(cells) != 3 or cells[2] not in WORDS:
        return None
    try:
        return SpecialDay(date.fromisoformat(cells[0]), cells[1][:40], WORDS[cells[2]])
    except ValueError:
        return None


def as_table(days: tuple[SpecialDay, ...]) -> str:
    """The same days as text that `read_table` reads back."""
    return "\n".join(
        f"{special.day.isoformat()},{special.name},{'班' if special.works else '休'}"
        for special in days
    )
