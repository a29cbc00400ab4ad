"""Pages that belong to no room: the style sheet, the appearance switches, refusals by the frame."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from . import sewing
from .appearance import THEMES

YEAR = 365 * 24 * 3600


@login_not_required
@require_safe
def stylesheet(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The style sheet; its address names its content, so it may be kept for a year."""
    body, current = sewing.sewn()
    response = HttpResponse(body, content_type="text/css; charset=utf-8")
    # An old page may ask for an old sheet during an upgrade: answer, but do not keep it.
    fresh = fingerprint == current and not settings.DEBUG
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if fresh else "no-cache"
    return response


@login_not_required
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Theme, elder mode and language of this device, kept for a year."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = redirect(back)
    kept = {
        "theme": request.POST.get("theme") if request.POST.get("theme") in THEMES else None,
        "elder": request.POST.get("elder") if request.POST.get("elder") in ("0", "1") else None,
    }
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        kept[settings.LANGUAGE_COOKIE_NAME] = language
    for name, value in kept.items():
        if value is not None:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(name, value, YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its mark of origin: usually a page left open over a log-out."""
    return render(request, "403_csrf.html", status=403)
