"""The page that shows every part of the house in every state (DEBUG only)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery/index.html", {})


@login_not_required
def page(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, f"ui/gallery/{name}.html", {})
