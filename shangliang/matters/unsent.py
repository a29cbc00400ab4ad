"""Words sent after a log-in had ended: they wait with the browser's session until the same
person is back, and are then found among her drafts.

They are given back to nobody else: on a shared computer the next person sees none of it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _

from . import drafts, sendings

PLACE = "unsent"
MOST = 3


def whose(request: HttpRequest) -> str:
    """Whose session this request came with, before anybody ended it; "" when that is unknown."""
    return str(request.session.get(SESSION_KEY, ""))


def keep(request: HttpRequest, response: HttpResponse, person: str) -> HttpResponse:
    """If a form of `person` was answered with the log-in page, keep its words.

    The way back leads to the page the form stood on: where it was sent to may be no page at all.
    """
    door = resolve_url(settings.LOGIN_URL)
    if response.status_code != 302 or not response.headers["Location"].startswith(door):
        return response
    sending = sendings.read(request)
    page = sendings.page_of(request)
    if person and sending.body:
        kept = {"person": person, "path": sending.path, "url": page, "body": sending.body}
        request.session[PLACE] = [*request.session.get(PLACE, []), kept][-MOST:]
    return redirect_to_login(page, door)


def give_back(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """She is back: her words become a draft, and she is told where it is."""
    waiting = request.session.pop(PLACE, [])
    mine = [kept for kept in waiting if kept["person"] == str(user.pk)]
    for kept in mine:
        data = drafts.plain(kept["body"])
        drafts.save(
            user, drafts.unsent(kept["path"]), data, at=timezone.now(), url=kept["url"],
            title=str(data.get("title") or _("没有送出的表单")),
        )  # fmt: skip
    if mine:
        said = _("登录结束以后才送出的内容没有丢，已存入草稿箱。")
        messages.info(request, said, fail_silently=True)
