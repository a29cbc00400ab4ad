"""The set-up home of the three administrators: the decisions that wait for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..circles import for_duties


@for_duties("system_admin", "security_admin", "audit_admin")
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "people/setup.html")
