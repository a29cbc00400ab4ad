"""The search form: one box, and what its answers can be narrowed by."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from shangliang.matters import rights
from shangliang.matters.models import Code
from shangliang.matters.search import Filters
from shangliang.matters.table import REGISTRY
from shangliang.people.models import Organisation, Session

LONGEST = 100
ALL = ("", _("全部"))


class SearchForm(forms.Form):
    """What is asked for; nothing can be chosen that the person's own houses do not have."""

    q = forms.CharField(max_length=LONGEST, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("种类"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    session = forms.ModelChoiceField(
        Session.objects.none(), label=_("届次"), required=False, empty_label=ALL[1]
    )
    unit = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("承办单位"), required=False, empty_label=ALL[1]
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("政协委员会"), required=False, empty_label=ALL[1]
    )

    def __init__(self, asked: Any, *, person: Any, day: date) -> None:
        super().__init__(asked)
        if unknown := set(asked) - set(self.fields) - {"page"}:
            raise BadRequest(f"unknown parameters: {sorted(unknown)}")
        homes = {home for _duty, _body, home in rights.seats_of(person, day)}
        states = {
            name: str(_(state.label))
            for flow in REGISTRY.values()
            for name, state in flow.states.items()
        }
        codes = Code.objects.filter(organisation__in=homes, table="category", active=True)
        fields: dict[str, Any] = self.fields
        self._choose("kind", {kind: str(_(flow.label)) for kind, flow in REGISTRY.items()})
        self._choose("state", states)
        self._choose("category", dict(codes.values_list("code", "label")))
        fields["session"].queryset = Session.objects.filter(
            term__organisation__in=homes
        ).select_related("term").order_by("-opens_on")  # fmt: skip
        fields["unit"].queryset = (
            Organisation.objects.units().filter(committee__in=homes).order_by("pinyin")
        )
        fields["organisation"].queryset = Organisation.objects.filter(pk__in=homes)
        self.has_several_homes = len(homes) > 1
        for name, needless in (("kind", len(REGISTRY) < 2), ("organisation", len(homes) < 2)):
            if needless:
                fields[name].widget = forms.HiddenInput()

    def _choose(self, name: str, choices: dict[str, str]) -> None:
        field: Any = self.fields[name]
        field.choices = [ALL, *choices.items()]

    def asked(self) -> tuple[str, Filters]:
        """The query and its filters.

        Raises:
            BadRequest: a value that is not among the choices, whatever it was meant to find.
        """
        if not self.is_valid():
            raise BadRequest(f"unknown values: {sorted(self.errors)}")
        said = dict(self.cleaned_data)
        query = said.pop("q").strip()
        chosen = {name: getattr(value, "pk", value) for name, value in said.items() if value}
        return query, Filters(**chosen)
