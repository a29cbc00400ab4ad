"""The four words of the house, and how many things wait behind the first (first cut)."""

from django.http import HttpRequest


def nav(request: HttpRequest) -> dict[str, object]:
    return {"nav": []}
