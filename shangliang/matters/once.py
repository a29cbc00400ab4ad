"""A form that is sent twice is done once.

Every form carries a key drawn with its page ({% key %}).  The request runs in one transaction
with the receipt for that key, so work and receipt are there together or not at all:

- the same key and the same words again: the first answer, and nothing is done;
- the same key with other words: 409, both shown, the second kept as a draft;
- two at the same moment: the second waits for the first, then gets its answer;
- an answer of 400 or more gives the key back, so a form can be mended and sent again; what the
  page kept on purpose (a draft beside a conflict) stays;
- an exception undoes everything.

A view that may go without a key says so and why (`needs_no_key`, and `WITHOUT_A_KEY` for the
floors below and the log-in pages of allauth).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from . import sendings, unsent
from .models import Receipt
from .sendings import Sending

KEPT = timedelta(hours=72)  # phones may be without a network for days
LARGEST_ANSWER = 512 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

# By name or by the beginning of the name: why sending it twice does no harm.
WITHOUT_A_KEY = {
    "account_": "log-in, log-out, passwords: each is bound to its own token or one-time state",
    "mfa_": "the second step of a log-in: its codes count once by themselves",
    "ui:appearance": "a switch of this device: the same value twice is the same value",
}

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def needs_no_key(reason: str) -> Callable[[View], View]:
    """Mark a view whose POST may be repeated without harm, and say why."""

    def mark(view: View) -> View:
        view.needs_no_key = reason  # type: ignore[attr-defined]
        return view

    return mark


def why_without_a_key(view: Any, name: str) -> str:
    """The reason this view may go without a key; "" when it may not."""
    reasons = (why for known, why in WITHOUT_A_KEY.items() if name.startswith(known))
    return getattr(view, "needs_no_key", "") or next(reasons, "")


class OnceMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE or "_key" not in request.POST:
            return self.get_response(request)
        person = unsent.whose(request)  # asked before a log-in that lapsed is ended
        response = self.get_response(request)
        return response if request.user.is_authenticated else unsent.keep(request, response, person)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Run the view here, inside the transaction of its receipt.

        It stands behind the checks of origin, log-in and account, so a request they turn away
        never takes a key.
        """
        match = request.resolver_match
        name = match.view_name if match else ""
        if request.method in SAFE or why_without_a_key(view, name):
            return None
        if (key := key_of(request)) is None:
            return _without(request)
        sending = sendings.read(request)
        waiting = True
        try:
            with transaction.atomic():
                waiting = False
                receipt, ours = _take(key, sending)
                if not ours:
                    return _again(request, receipt, sending)
                return _do(receipt, view(request, *args, **kwargs))
        except OperationalError:
            if waiting:  # SQLite waits for its turn before the first statement
                return _busy(request)
            raise


def key_of(request: HttpRequest) -> UUID | None:
    """The key of the form, or of a script that sends no form."""
    said = request.POST.get("_key") or request.headers.get("Idempotency-Key", "")
    try:
        return UUID(said)
    except ValueError:
        return None


def _take(key: UUID, sending: Sending) -> tuple[Receipt, bool]:
    """The receipt for this key; while another request holds it, this one waits here."""
    return Receipt.objects.get_or_create(
        key=key,
        defaults={
            "person": sending.person,
            "path": sending.path[:200],
            "body_hash": sending.hash,
            "body": sending.body,
            "taken_at": timezone.now(),
        },
    )


def _do(receipt: Receipt, response: HttpResponse) -> HttpResponse:
    """Note the answer of a view that has run, or give the key back."""
    if hasattr(response, "render") and not getattr(response, "is_rendered", True):
        response = response.render()
    if response.status_code >= 500:
        transaction.set_rollback(True)
    elif response.status_code >= 400:
        receipt.delete()
    else:
        receipt.status = response.status_code
        receipt.location = response.headers.get("Location", "")[:300]
        receipt.content_type = response.headers.get("Content-Type", "")[:100]
        if not response.streaming and len(response.content) <= LARGEST_ANSWER:
            receipt.answer = response.content
        receipt.save(update_fields=["status", "location", "content_type", "answer"])
    return response


def _again(request: HttpRequest, receipt: Receipt, sending: Sending) -> HttpResponse:
    """The key has been used: the first answer, or both texts, or nothing to a stranger."""
    if receipt.person_id != getattr(sending.person, "pk", None):
        raise Http404
    if receipt.body_hash != sending.hash:
        return _both(request, receipt, sending)
    if receipt.location:
        response: HttpResponse = redirect(receipt.location)
        response.status_code = receipt.status
        return response
    if not receipt.answer:
        said = _("这张表单已经办好，不需要再送一次。")
        return render(request, "ui/refusal.html", {"refusal": said, "title": _("已经办好")})
    answer = HttpResponse(bytes(receipt.answer), status=receipt.status)
    answer.headers["Content-Type"] = receipt.content_type
    return answer


def _both(request: HttpRequest, receipt: Receipt, sending: Sending) -> HttpResponse:
    if sending.person is not None and sending.body:
        sendings.keep_as_draft(sending, request)
    context = {
        "receipt": receipt,
        "differing": sendings.differing(receipt.body, sending.body),
        "kept": sending.person is not None,
    }
    return render(request, "matters/sent_twice.html", context, status=409)


def _without(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("这张表单不完整"),
        "refusal": _("送来的表单没有带编号，为免重复办理，没有作任何改动。"),
        "mend": [_("请回到上一页，刷新以后再提交一次。")],
    }
    return render(request, "ui/refusal.html", context, status=400)


def _busy(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("现在办理的人较多"),
        "refusal": _("这次没有轮到，没有作任何改动。"),
        "mend": [_("请稍等片刻，回到上一页再提交一次；送两次也只会办理一次。")],
    }
    response = render(request, "ui/refusal.html", context, status=503)
    response.headers["Retry-After"] = "5"
    return response


def forget(at: datetime) -> int:
    """Throw away receipts nobody will ask for any more."""
    return Receipt.objects.filter(taken_at__lt=at - KEPT).delete()[0]
