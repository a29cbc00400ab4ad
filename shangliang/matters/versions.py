"""Two texts of one thing: neither replaces the other unseen.

Everything that can be edited counts its versions.  A form carries the version it was drawn from;
writing succeeds only while that is still the one in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.db import models, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.people.models import Person

from . import drafts, journal, labels
from .models import Entry, Matter
from .refusals import Stale

Thing = TypeVar("Thing", bound=models.Model)


@transaction.atomic
def write(thing: Thing, seen: int | None, **changes: Any) -> Thing:
    """Write `changes` to a thing whose version is still `seen`, and count the next one.

    Raises:
        Stale: somebody wrote it meanwhile; nothing was changed.
    """
    claim(thing, seen)
    for name, value in changes.items():
        setattr(thing, name, value)
    if changes:
        thing.save(update_fields=list(changes))
    return thing


def claim(thing: models.Model, seen: int | None) -> None:
    """Take the next version of `thing`; until the transaction ends nobody else can.

    The condition is in the UPDATE of the very table that holds the version: of a matter's two
    tables that is the spine's, and a condition across both would be asked before it counts.
    """
    journal.hold()  # before any other row, as every writer does
    home = thing._meta.get_field("version").model
    mine = home._default_manager.filter(pk=thing.pk, version=seen or 0)
    if not mine.update(version=F("version") + 1):
        raise Stale(_("您打开之后，这里又有人保存过。两份文字都在，请选用。"))
    thing.version = (seen or 0) + 1  # type: ignore[attr-defined]


BASE = "initial-"


def carry_base(form: forms.BaseForm, *names: str) -> None:
    """Let the page carry the texts it began from, unseen, so that a conflict shows who changed
    what; their initial values come from `base_of`."""
    for name in names:
        form.fields[BASE + name] = forms.CharField(
            widget=forms.HiddenInput, required=False, strip=False
        )


def base_of(saved: Mapping[str, Any], *names: str) -> dict[str, str]:
    """The texts a page begins from, as its form carries them."""
    return {BASE + name: labels.text(saved[name]) for name in names}


def conflict(
    request: Any,
    *,
    form: str,
    title: str,
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    labels: Mapping[str, Any],
    version: int,
    matter: Matter | None = None,
) -> HttpResponse:
    """409: both texts side by side.

    Mine is kept as a draft of the same form, on top of the version now in force, so that going
    back to the form finds it; theirs beside it, in case I replace it by mine.
    """
    at = timezone.now()
    by, when = _last_hand(matter, request.user)
    base = base_of(theirs, *(name for name in theirs if BASE + name in request.POST))
    mine_again = drafts.typed(request.POST) | dict(mine) | base | {"version": str(version)}
    for name, data in ((form, mine_again), (form + drafts.THEIRS, labelled(theirs))):
        drafts.save(request.user, name, data, at=at, title=title, url=request.path)
    context = {
        "fields": compare(request, mine=mine, theirs=theirs, called=labels),
        "theirs_by": by or _("另一处"), "theirs_at": when or at, "mine_at": at,
        "version": version, "action": reverse("draft_settle", args=[form]),
    }  # fmt: skip
    return render(request, "ui/conflict.html", context, status=409)


def labelled(theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody else's text as a draft keeps it: words only."""
    words = {name: value for name, value in theirs.items() if not name.startswith(BASE)}
    return {
        name: drafts.many(value) if isinstance(value, list) else labels.text(value)
        for name, value in words.items()
    }


def settle(person: Person, form: str, keep: str) -> str:
    """Carry out a choice between two texts, and say where to go on.

    Mine waits in the form, to be looked over and saved; theirs needs nothing.  The one that was
    not chosen stays among the person's drafts.
    """
    kept = drafts.restore(person, form)
    url = kept.url if kept else ""
    if keep == "theirs":
        drafts.put_aside(person, form)
        drafts.clear(person, form + drafts.THEIRS)
    return url


def compare(
    request: HttpRequest, *, mine: Mapping[str, Any], theirs: Mapping[str, Any], called: Any
) -> list[dict[str, Any]]:
    begun = (name for name in request.POST if name.startswith(BASE))
    base = {name.removeprefix(BASE): request.POST[name] for name in begun}
    return labels.compared(mine=mine, theirs=theirs, base=base, called=called)


def _last_hand(matter: Matter | None, me: Person) -> tuple[str, datetime | None]:
    """Who wrote in this matter last, and when."""
    entry = Entry.objects.filter(matter=matter).select_related("by").last() if matter else None
    if entry is None:
        return "", None
    return (str(_("您自己")) if entry.by == me else str(entry.by or "")), entry.at
