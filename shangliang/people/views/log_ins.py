"""Set-up page of the audit administrator: who logged in, when and from where."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from .. import device, register
from ..circles import Inside, for_duties
from ..forms.log_ins import LogInFilter
from ..models import LogIn
from .frame import show

A_PAGE = 50


@require_safe
@for_duties("audit_admin")
def index(request: Inside) -> HttpResponse:
    kept = register.kept_by(request.committee)
    found: QuerySet[LogIn] = LogIn.objects.filter(person__in=kept).select_related("person")
    form = LogInFilter(request.GET or None)
    if form.is_bound and form.is_valid():
        found = form.narrow(found)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(log_in, device.words(log_in.agent)) for log_in in page]
    return show(request, "log_ins", form, page=page, rows=rows)
