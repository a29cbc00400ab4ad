"""Uploading a roster, and saying which of its columns means what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.ui.forms import Day

from .fields import LABELS

LARGEST = 5 * 2**20


class RosterForm(forms.Form):
    """A file with people, units or both, and the day their seats begin."""

    file = forms.FileField(
        label=gettext_lazy("名册文件"),
        help_text=gettext_lazy("Excel（.xlsx）或 CSV，不超过 5 MB、5000 行。第一行是表头。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    since = forms.DateField(
        label=gettext_lazy("任职日期"),
        required=False,
        widget=Day,
        help_text=gettext_lazy("表中没有任职日期时，统一从这一天算起。"),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 5 MB，请分成几份上传。"))
        return file


class ColumnsForm(forms.Form):
    """Which column is meant by which field; a field may have none."""

    def __init__(self, *args: Any, header: Sequence[str], mapping: Mapping[str, str], **kw: Any):
        super().__init__(*args, **kw)
        choices = [("", _("没有这一列")), *((name, name) for name in header)]
        for name, label in LABELS.items():
            self.fields[name] = forms.ChoiceField(
                label=_(label), choices=choices, required=False, initial=mapping.get(name, "")
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        taken: dict[str, str] = {}
        for name, column in list(found.items()):
            if column and column in taken:
                self.add_error(
                    name,
                    _("“%(column)s”这一列已经用作%(other)s，请另选一列。")
                    % {"column": column, "other": _(LABELS[taken[column]])},
                )
            elif column:
                taken[column] = name
        return found

    @property
    def mapping(self) -> dict[str, str]:
        return {name: column for name, column in self.cleaned_data.items() if column}
