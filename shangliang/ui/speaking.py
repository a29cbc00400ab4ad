"""Which language a page is in: this device's choice, else the person's own, else Chinese.

What a browser says of itself is not asked: an English Windows in a Chinese office means nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

LANGUAGES = dict(settings.LANGUAGES)


class LanguageMiddleware:
    """Speaks one language for the length of a request, and leaves nothing of it behind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(_of_device(request) or settings.LANGUAGE_CODE):
            response = self.get_response(request)
            if response.headers.get("Content-Type", "").startswith("text/html"):
                response.headers.setdefault("Content-Language", translation.get_language() or "")
                patch_vary_headers(response, ("Cookie",))
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        # Style sheet and switches are the same for everybody; they must not look at the session.
        if _of_device(request) or view.__module__ == "shangliang.ui.views":
            return
        own = getattr(getattr(request, "user", None), "language", "")
        if own in LANGUAGES:
            translation.activate(own)


def _of_device(request: HttpRequest) -> str:
    """What was chosen with the switch on this device, or nothing."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in LANGUAGES else ""
