"""Pages of the proposals room (first cut)."""

from django.http import HttpRequest, HttpResponse


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(str(pk))
