"""What an account must do before anything else, and where an administrator may not go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import stay
from .circles import Inside, administers, open_to_administrators
from .models import LoggedOut
from .second_step import must_enrol

# Where somebody may go who has not done yet what she must do first.
WAY_OUT = ("account_logout", "account_change_password", "account_reauthenticate")

ENDED = {
    LoggedOut.IDLE: _("您有一段时间没有操作，已自动退出登录。请重新登录，写过的草稿还在。"),
    LoggedOut.LIMIT: _("到了最长登录时间，已自动退出。请重新登录，写过的草稿还在。"),
}


class AccountStateMiddleware:
    """Ends log-ins that lapsed; sends people to a new password or the second step first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        # Style sheet and switches are the same for everybody; they must not look at the session.
        if view.__module__ == "shangliang.ui.views":
            return None
        if how := stay.carry_on(request, timezone.now()):
            messages.info(request, ENDED[LoggedOut(how)])
            return None
        request.own_device = stay.on_own_device(request)  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return None
        inside = cast(Inside, request)
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        return self._first(inside, name) or self._circle(inside, view, name)

    def _first(self, request: Inside, name: str) -> HttpResponse | None:
        """What comes before everything else: a password of one's own, then the second step."""
        person = request.user
        if person.must_change_password:
            return None if name in WAY_OUT else self._send(request, "account_change_password")
        if not settings.REQUIRE_MFA_FOR_ADMINISTRATORS:
            return None
        if name in WAY_OUT or name.startswith("mfa_"):
            return None
        needed = must_enrol(person, administers(request))
        return self._send(request, "mfa_activate_totp") if needed else None

    def _send(self, request: HttpRequest, name: str) -> HttpResponse:
        back = request.get_full_path() if request.method == "GET" else "/"
        return redirect(f"{reverse(name)}?{urlencode({'next': back})}")

    def _circle(self, request: Inside, view: Any, name: str) -> HttpResponse | None:
        """The three administrators see no business content: their own pages or nothing."""
        if not administers(request):
            return None
        if not open_to_administrators(view, name):
            raise Http404
        return None
