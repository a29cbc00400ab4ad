"""The pages of drafts, and the address open forms save themselves to."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangliang.people.circles import Inside, for_everybody

from . import drafts, labels, versions
from .models import Draft
from .once import needs_no_key
from .refusals import Refused


@require_safe
@for_everybody
def index(request: Inside) -> HttpResponse:
    """Everything this person has typed and not sent, with the way back to it."""
    found = [(draft, drafts.nature(draft)) for draft in drafts.mine(request.user)]
    return render(request, "matters/drafts.html", {"drafts": found})


# Open to nobody in particular so that a script learns of an ended log-in by 401, not by a page.
@login_not_required
@needs_no_key("saving the same words again leaves the same draft")
@require_http_methods(["GET", "POST", "DELETE"])
@for_everybody
def draft(request: Inside, form: str) -> HttpResponse:
    """One draft: read by a person, saved or thrown away by the script of its form."""
    if not request.user.is_authenticated:
        if request.method == "GET":
            return redirect_to_login(request.get_full_path())
        return _problem(_("登录已经结束，请重新登录。写的内容还在这个页面上。"), 401)
    if request.method == "GET":
        return _read(request, form)
    if request.method == "DELETE":
        drafts.clear(request.user, form)
        return HttpResponse(status=204)
    return _save(request, form)


def _save(request: Inside, form: str) -> HttpResponse:
    said = _said(request)
    if said is None:
        return _problem(_("草稿的格式不对，没有保存。"), 400)
    page = str(said.get("url") or request.headers.get("Referer", ""))
    data = said["data"]
    title = said.get("title") or data.get("title") or ""
    try:
        kept, aside = drafts.save_seen(
            request.user, form, data, at=timezone.now(), seen=said["version"],
            hand=str(said.get("hand") or ""), title=title if isinstance(title, str) else "",
            url=drafts.own_path(page, request),
        )  # fmt: skip
    except Refused as refusal:
        return _problem(str(refusal), 413)
    if aside is not None:
        url = reverse("draft", args=[aside.form])
        return JsonResponse({"version": kept.version, "url": url}, status=409)
    return JsonResponse({"version": kept.version, "saved_at": kept.saved_at.isoformat()})


def _said(request: HttpRequest) -> dict[str, Any] | None:
    """The request as {"version", "data", …}, or None when it is anything else."""
    try:
        said = json.loads(request.body)
    except (ValueError, RawPostDataException):  # a form, which the middleware has read as one
        return None
    if not isinstance(said, dict) or not isinstance(said.get("data"), dict):
        return None
    if type(said.setdefault("version", 0)) is not int or said["version"] < 0:
        return None
    data = {str(name): _text(value) for name, value in said["data"].items()}
    return None if None in data.values() else said | {"data": data}


def _text(value: Any) -> Any:
    """A text or a list of texts without what no engine can keep; None for anything else."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return [_text(each) for each in value]
    return None


def _problem(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"problem": sentence}, status=status)


def _read(request: Inside, form: str) -> HttpResponse:
    """The words of a draft; beside the other text where two hands wrote."""
    found = get_object_or_404(Draft, person=request.user, form=form)
    home = drafts.home(found)
    if home is None:
        context = {
            "draft": found,
            "fields": labels.texts(found.data),
            "nature": drafts.nature(found),
        }
        return render(request, "matters/draft.html", context)
    context = {
        "fields": labels.compared(mine=found.data, theirs=home.data),
        "mine_at": found.saved_at, "theirs_at": home.saved_at, "theirs_by": _("另一台设备"),
        "version": home.version, "action": reverse("draft_choose", args=[form]),
    }  # fmt: skip
    return render(request, "ui/conflict.html", context)


@require_POST
@for_everybody
def choose(request: Inside, form: str) -> HttpResponse:
    """Take one of two texts back into the form; the other stays among the drafts."""
    found = get_object_or_404(Draft, person=request.user, form=form)
    home = drafts.home(found) or found
    if request.POST.get("keep") == "mine" and home != found:
        home = drafts.choose(found)
    messages.info(request, _("没有选的那一份还在草稿箱里。"))
    return redirect(home.url or "drafts")


@require_POST
@for_everybody
def settle(request: Inside, form: str) -> HttpResponse:
    """The answer to a conflict page: my text goes back into the form, or theirs stands."""
    get_object_or_404(Draft, person=request.user, form=form)
    keep = request.POST.get("keep", "")
    if keep not in ("mine", "theirs"):
        raise Http404
    url = versions.settle(request.user, form, keep)
    said = {
        "mine": _("您的一份已放回表单，请看过以后保存。对方的那一份在草稿箱里。"),
        "theirs": _("没有改动对方保存的内容。您的那一份在草稿箱里。"),
    }
    messages.info(request, said[keep])
    return redirect(url or "drafts")


@require_POST
@for_everybody
def discard(request: Inside, form: str) -> HttpResponse:
    """Throw a draft away, because its owner says so."""
    get_object_or_404(Draft, person=request.user, form=form).delete()
    messages.success(request, _("草稿已经丢弃。"))
    return redirect("drafts")
