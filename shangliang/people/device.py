"""The device somebody sits at: a number in a long-lived signed cookie, and words for it.

The cookie says only “the same browser as before”.  It lets a member in on her own phone while a
stranger is being kept out of her account.
"""

from __future__ import annotations

import secrets
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shangliang.ui.languages import clauses

SALT = "shangliang.device"
LONG = 400 * 24 * 3600  # the longest a browser keeps a cookie


def cookie_name() -> str:
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def number(request: HttpRequest) -> str:
    """The device's number, or nothing when it brought no cookie of ours."""
    return request.get_signed_cookie(cookie_name(), default="", salt=SALT) or ""


def mark(request: HttpRequest) -> str:
    """What wrong passwords are counted by: the device, or its address when it has no cookie."""
    return f"device:{known}" if (known := number(request)) else f"address:{address(request)}"


def give(request: HttpRequest, response: HttpResponse) -> None:
    """Let a device that has no number carry one from now on."""
    if not number(request):
        response.set_signed_cookie(
            cookie_name(),
            secrets.token_urlsafe(16),
            salt=SALT,
            max_age=LONG,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def address(request: HttpRequest | None) -> str:
    """Where the request came from; a proxy is believed only when the settings name it."""
    if request is None:
        return ""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    if settings.TRUSTED_PROXIES:
        told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        told = [part for part in told if part][-settings.TRUSTED_PROXIES :]
        seen = told[0] if told else seen
    return seen[:45]


def address_of_attempt(request: HttpRequest) -> str | None:
    """The address as the counting of wrong passwords stores it: a real one or none."""
    try:
        return str(ip_address(address(request)))
    except ValueError:
        return None


SYSTEMS = (
    ("HarmonyOS", _("鸿蒙设备")),
    ("iPhone", _("iPhone 手机")),
    ("iPad", _("iPad 平板")),
    ("Android", _("安卓手机")),
    ("Windows", _("Windows 电脑")),
    ("Mac OS X", _("Mac 电脑")),
    ("Linux", _("Linux 电脑")),
)
BROWSERS = (
    ("wxwork", _("企业微信")),  # says MicroMessenger as well
    ("MicroMessenger", _("微信")),
    ("DingTalk", _("钉钉")),
    ("QQBrowser", _("QQ 浏览器")),
    ("360", _("360 浏览器")),
    ("Edg/", _("Edge 浏览器")),
    ("Firefox/", _("Firefox 浏览器")),
    ("Chrome/", _("Chrome 浏览器")),
    ("Safari/", _("Safari 浏览器")),
)


def words(agent: str) -> str:
    """A user agent as a person would name it: Windows 电脑，Edge 浏览器."""
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    known = [part for part in (system, browser) if part]
    return clauses(*known) or gettext("没有说明的设备")
