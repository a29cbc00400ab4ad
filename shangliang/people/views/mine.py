"""What a person sees and settles about herself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..circles import for_everybody


@for_everybody
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "people/mine.html")


@for_everybody
def log_ins(request: HttpRequest) -> HttpResponse:
    return render(request, "people/mine.html")
