"""Drafts: what a person typed into a form, kept on the server until it has become something.

A form is known by a name of its room's choosing ("proposals.write:12").  Each open page is a
hand; the hand that wrote last may write again, another one must have seen the latest version.
When it has not, both texts stay: the newcomer's is put aside under the form's name and
"~conflict", and the person chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from shangliang.people.models import Person

from .models import Draft
from .refusals import Refused

FORM = r"[\w.:~-]{1,80}"
ASIDE = "~conflict"
THEIRS = "~theirs"
UNSENT = "unsent:"
LARGEST = 256 * 1024
MOST = 200


def restore(person: Person, form: str) -> Draft | None:
    """What was typed into `form` and not yet sent."""
    return Draft.objects.filter(person=person, form=form).first()


def clear(person: Person, form: str) -> None:
    """The form became something; its draft is done.  What was put aside waits for the person."""
    Draft.objects.filter(person=person, form=form).delete()


def save(
    person: Person, form: str, data: Mapping[str, Any], *, at: datetime, title: str = "", url: str = ""
) -> Draft:  # fmt: skip
    """Keep what came with a form the server itself holds in its hands; other words that stood
    there are put aside."""
    kept = restore(person, form)
    if kept and kept.data != data:
        _put_aside(person, form, kept.data, _facts(kept.saved_at, kept.title, kept.url, kept.hand))
    return _write(kept, person, form, data, _facts(at, title, url, ""))


def save_seen(
    person: Person,
    form: str,
    data: Mapping[str, Any],
    *,
    at: datetime,
    seen: int,
    hand: str = "",
    title: str = "",
    url: str = "",
) -> tuple[Draft, Draft | None]:
    """Keep what is typed now, by a hand that has seen version `seen` (0: none yet).

    Returns the draft of the form, and what was put aside because another hand had saved since.

    Raises:
        Refused: the words are too many, or the drafts.
    """
    _check(person, form, data)
    facts = _facts(at, title, url, hand)
    try:
        with transaction.atomic():
            kept = Draft.objects.select_for_update().filter(person=person, form=form).first()
            if kept is not None and kept.data == data:
                return kept, None  # sent again, because the answer to the first was lost
            if kept is None or kept.version == seen or (hand and kept.hand == hand):
                return _write(kept, person, form, data, facts, seen), None
            return kept, _put_aside(person, form, data, facts)
    except IntegrityError:  # two hands began the same form in the same moment; now one is there
        return save_seen(
            person, form, data, at=at, seen=seen, hand=hand, title=title, url=url
        )  # fmt: skip


def _facts(at: datetime, title: str, url: str, hand: str) -> dict[str, Any]:
    said = {"saved_at": at, "title": title[:200], "url": url[:200], "hand": hand[:40]}
    return {name: value for name, value in said.items() if value or name == "hand"}


def _write(
    kept: Draft | None, person: Person, form: str, data: Mapping[str, Any], facts: dict[str, Any],
    seen: int = 0,
) -> Draft:  # fmt: skip
    if kept is None:
        return Draft.objects.create(
            person=person, form=form, data=dict(data), version=seen + 1, **facts
        )
    for name, value in facts.items():
        setattr(kept, name, value)
    kept.data, kept.version = dict(data), kept.version + 1
    kept.save(update_fields=["data", "version", *facts])
    return kept


def _put_aside(
    person: Person, form: str, data: Mapping[str, Any], facts: dict[str, Any]
) -> Draft:  # fmt: skip
    """Under the first name beside `form` that is free, or that this hand already uses."""
    for n in count(1):
        name = f"{form[:66]}{ASIDE}{n if n > 1 else ''}"
        there = restore(person, name)
        if there is None or there.data == data or (facts["hand"] and there.hand == facts["hand"]):
            return _write(there, person, name, data, facts)
    raise AssertionError


def _check(person: Person, form: str, data: Mapping[str, Any]) -> None:
    if sum(len(text.encode()) for value in data.values() for text in many(value)) > LARGEST:
        raise Refused(_("内容太长，草稿存不下。请把长的材料作为附件上传。"))
    drafts = Draft.objects.filter(person=person)
    if not drafts.filter(form=form).exists() and drafts.count() >= MOST:
        raise Refused(_("您的草稿已有 %(n)s 份，请先在草稿箱里清理一些。") % {"n": MOST})


@transaction.atomic
def put_aside(person: Person, form: str) -> None:
    """Take a draft out of its form without throwing it away."""
    if kept := restore(person, form):
        facts = _facts(kept.saved_at, kept.title, kept.url, kept.hand)
        _put_aside(person, form, kept.data, facts)
        kept.delete()


@transaction.atomic
def choose(aside: Draft) -> Draft:
    """Let what was put aside change places with what stands in the form; neither is lost."""
    home, _mark, _n = aside.form.rpartition(ASIDE)
    kept, _made = Draft.objects.select_for_update().get_or_create(
        person=aside.person, form=home,
        defaults={"data": aside.data, "saved_at": aside.saved_at, "title": aside.title, "url": aside.url},
    )  # fmt: skip
    if kept.data != aside.data:
        kept.data, aside.data = aside.data, kept.data
        kept.saved_at, aside.saved_at = aside.saved_at, kept.saved_at
        kept.version, kept.hand, aside.hand = kept.version + 1, "", ""
        kept.save(update_fields=["data", "saved_at", "version", "hand"])
        aside.save(update_fields=["data", "saved_at", "hand"])
    return kept


def home(draft: Draft) -> Draft | None:
    """The draft in whose place this one was put aside; None when it was not, or that is gone."""
    name, mark, _n = draft.form.rpartition(ASIDE)
    return restore(draft.person, name) if mark else None


def nature(draft: Draft) -> str:
    """Why a draft does not stand in its form; "" for one that does."""
    if draft.form.endswith(THEIRS):
        return str(_("对方保存的一份"))
    if ASIDE in draft.form:
        return str(_("没有选用的一份"))
    return str(_("没有送出的表单")) if draft.form.startswith(UNSENT) else ""


def unsent(path: str) -> str:
    """The name under which words are kept that were sent to `path` and could not be taken."""
    return UNSENT + re.sub(r"[^\w.-]", "", path.strip("/").replace("/", "."))[:50]


def as_post(draft: Draft) -> QueryDict:
    """A draft as a browser would have sent it, for a form to be bound to."""
    post = QueryDict(mutable=True)
    for name, value in draft.data.items():
        post.setlist(name, many(value))
    return post


def plain(fields: Mapping[str, list[str]]) -> dict[str, Any]:
    """What a form brought, as a draft keeps it: without our own marks and without passwords."""
    ours = ("_", "csrfmiddlewaretoken")
    names = (name for name in fields if not name.startswith(ours) and "password" not in name)
    return {name: fields[name][0] if len(fields[name]) == 1 else fields[name] for name in names}


def typed(post: QueryDict) -> dict[str, Any]:
    """The same for a request that has just come in."""
    return plain({name: post.getlist(name) for name in post})


def many(value: Any) -> list[str]:
    """A field that may be repeated, as a list, however the browser sent it."""
    return [value] if isinstance(value, str) else [str(each) for each in value or []]


def own_path(address: str, request: HttpRequest) -> str:
    """The path of an address of this house; "" for any other, so that a draft never leads away."""
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(address, here, require_https=request.is_secure()):
        return ""
    parts = urlsplit(address)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return path if path.startswith("/") and len(path) <= 200 else ""


def mine(person: Person) -> Iterable[Draft]:
    """A person's drafts, the newest first."""
    return Draft.objects.filter(person=person).order_by("-saved_at")
