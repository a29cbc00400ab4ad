"""The set-up home of the three administrators: the decisions that wait, then plain links."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import desk
from ..circles import Inside, administers, for_duties
from .frame import show


@require_safe
@for_duties("system_admin", "security_admin", "audit_admin")
def home(request: Inside) -> HttpResponse:
    duty = administers(request)
    return show(
        request, "home", decisions=desk.decisions(duty, request), ways=desk.ways(duty),
        duty=_(request.acting_as), hour=timezone.localtime().hour,
    )  # fmt: skip
