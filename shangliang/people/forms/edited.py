"""A form over something that exists: it carries the version its editor saw."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from ..models import Kind, Organisation


class EditedForm(forms.ModelForm):
    """`version` travels with the form; `made_with` lets the same form be drawn again."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with: dict[str, Any] = {}
        self.fields["version"].initial = self.instance.version

    @property
    def seen(self) -> int:
        """The version the editor saw; 0, which nothing has, when the form does not say."""
        return self.cleaned_data.get("version") or 0

    @property
    def changed(self) -> list[str]:
        return [name for name in self.changed_data if name in (self._meta.fields or ())]


def grouped(bodies: Any, empty: Any = "") -> list[Any]:
    """Bodies as the choices of a list, under their kinds in the order of the house."""
    by_kind: dict[str, list[tuple[int, str]]] = {}
    for body in sorted(bodies, key=lambda body: body.pinyin):
        by_kind.setdefault(body.kind, []).append((body.pk, body.name))
    groups = [(str(kind.label), by_kind[kind.value]) for kind in Kind if kind.value in by_kind]
    return [("", empty), *groups]


class BodyField(forms.ModelChoiceField):
    """One body of the committee, chosen from a list ordered by kind."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Organisation.objects.none())
        super().__init__(**kwargs)


def offer(form: forms.BaseForm, name: str, bodies: QuerySet[Organisation]) -> None:
    """Let the field `name` choose among these bodies."""
    field = cast(BodyField, form.fields[name])
    field.queryset = bodies
    cast(forms.Select, field.widget).choices = grouped(bodies, field.empty_label or "")


def choices(form: forms.BaseForm, name: str, pairs: Any) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = pairs
