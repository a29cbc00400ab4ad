"""The filter over the history of log-ins."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangliang.ui.forms import Day

from ..models import LogIn


class LogInFilter(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    address = forms.CharField(label=_("网络地址"), max_length=45, required=False)
    since = forms.DateField(label=_("从哪一天"), widget=Day, required=False)
    until = forms.DateField(label=_("到哪一天"), widget=Day, required=False)

    def narrow(self, found: QuerySet[LogIn]) -> QuerySet[LogIn]:
        said = self.cleaned_data
        if said["name"]:
            found = found.filter(person__name__icontains=said["name"])
        if said["address"]:
            found = found.filter(address=said["address"])
        if said["since"]:
            found = found.filter(began_at__gte=midnight(said["since"]))
        if said["until"]:
            found = found.filter(began_at__lt=midnight(said["until"] + timedelta(days=1)))
        return found


def midnight(day: object) -> datetime:
    """The first moment of a day in the organ's own time."""
    return timezone.make_aware(datetime.combine(day, time.min))  # type: ignore[arg-type]
