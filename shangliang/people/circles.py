"""Who may open a page that belongs to no matter: a declared circle of duties, or everybody.

A page without a declared circle is a page of the rooms, and the three administrators are turned
away from it with 404, whether somebody thought of them or not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from shangliang.ui import languages

from . import duties
from .models import HeldSeat, Organisation, Person, seats_on

View = Callable[..., HttpResponseBase]


class Inside(HttpRequest):
    """A request that has passed the door and its page's circle, for the reader and the checker."""

    user: Person
    committee: Organisation
    acting_as: str
    own_device: bool
    waiting: int  # how many matters wait for her, once a view has counted them


def seats_of(request: HttpRequest) -> list[HeldSeat]:
    """The seats the person of this request holds today."""
    return seats_on(request.user, timezone.localdate())


def administers(request: HttpRequest) -> str:
    """The administrator's duty this person holds today, or nothing."""
    return next((s.duty for s in seats_of(request) if s.duty in duties.ADMINISTRATORS), "")


def for_duties(*wanted: str) -> Callable[[View], View]:
    """A page for those who hold one of these duties today; to others it does not exist.

    The view finds the committee the duty is held in as `request.committee` and the duty itself
    as `request.acting_as`.
    """

    def circle(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            seat = next((s for s in seats_of(request) if s.duty in wanted), None)
            if seat is None:
                raise Http404
            request.committee = Organisation.objects.get(pk=seat.committee)  # type: ignore[attr-defined]
            with languages.of_record():  # it is written into the journal
                acting_as = str(duties.LABELS[seat.duty])
            request.acting_as = acting_as  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.duties = frozenset(wanted)  # type: ignore[attr-defined]
        return guarded

    return circle


def for_everybody(view: View) -> View:
    """A page about oneself, open to every person who is logged in."""
    view.duties = frozenset(duties.LABELS)  # type: ignore[attr-defined]
    return view


def open_to_administrators(view: Any, name: str) -> bool:
    """Whether an administrator may come as far as this view at all."""
    if name.startswith(("account_", "mfa_")) or not getattr(view, "login_required", True):
        return True
    return bool(getattr(view, "duties", frozenset()) & duties.ADMINISTRATORS)
