"""Narrowing the list of proposals: a fixed set of words, nothing a stranger could probe with."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from shangliang.matters import local, rights
from shangliang.matters.models import Matter, Part, nearest_date
from shangliang.people.models import Organisation, Session
from shangliang.ui.forms import offer, offer_rows

from .models import Kind
from .ranges import RANGES, within
from .workflow import STATES

HELD = [("", _("全部")), *((name, label) for name, (label, _find) in RANGES.items())]
ORDERS = [("", _("最近变动在前")), ("due", _("期限近的在前")), ("number", _("按编号"))]


class FilterForm(forms.Form):
    expected = "*"
    held = forms.ChoiceField(label=_("范围"), choices=HELD, required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    type = forms.ChoiceField(label=_("形式"), required=False)
    session = forms.ModelChoiceField(
        Session.objects.none(), label=_("届次"), required=False, empty_label=_("全部")
    )
    unit = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("主办单位"), required=False, empty_label=_("全部")
    )
    order = forms.ChoiceField(label=_("排序"), choices=ORDERS, required=False)

    def __init__(self, *args: Any, person: Any, day: date, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.person, self.day = person, day
        homes = [home for _duty, _body, home in rights.seats_of(person, day)]
        everything = [("", _("全部"))]
        codes = [(c.code, c.label) for c in local.codes(homes[0], "category")] if homes else []
        sessions = Session.objects.filter(term__organisation__in=homes).select_related("term")
        units = Organisation.objects.filter(committee__in=homes, kind="unit")
        offer(self, "state", [*everything, *((key, _(s.label)) for key, s in STATES.items())])
        offer(self, "type", [*everything, *Kind.choices])
        offer(self, "category", [*everything, *codes])
        offer_rows(self, "session", sessions.order_by("-opens_on"))
        offer_rows(self, "unit", units.order_by("pinyin"))

    def narrow(self, found: QuerySet[Matter]) -> QuerySet[Matter]:
        """The proposals the form asks for; a word it does not know asks for nothing.

        They are asked for as matters, so that what is only a proposal's is looked at only then.
        """
        if not self.is_valid():
            return found.none()
        asked = self.cleaned_data
        for name in ("state", "session", "proposal__category", "proposal__type"):
            if said := asked[name.rpartition("__")[2]]:
                found = found.filter(**{name: said})
        if asked["unit"]:
            lead = Part.objects.filter(role="lead_unit", unit=asked["unit"])
            found = found.filter(pk__in=lead.values("matter"))
        return self._ordered(
            found.filter(within(asked["held"], self.person, self.day)), asked["order"]
        )

    def _ordered(self, found: QuerySet[Matter], order: str) -> QuerySet[Matter]:
        if order == "number":
            return found.order_by("-session", "proposal__sequence", "pk")
        if order == "due":
            dated = found.annotate(due=nearest_date())
            return dated.order_by(F("due").asc(nulls_last=True), "-moved_at", "-pk")
        return found.order_by("-moved_at", "-pk")
