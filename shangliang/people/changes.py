"""Saving what an administrator edited: only over the text she saw, and written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

from .models import Person
from .pinyin import sort_key
from .record import Pen, recording
from .refusals import Changed


def add(thing: models.Model, verb: str, pen: Pen) -> None:
    """Save something new."""
    with recording():
        thing.save(force_insert=True)
        pen.note(verb, thing)


def save(thing: Any, names: Iterable[str], seen: int, verb: str, pen: Pen) -> None:
    """Save the fields `names` of `thing`, if it is still the version its editor saw.

    Raises:
        Changed: somebody saved another text meanwhile; nothing is written.
    """
    names = sorted(set(names))
    if not names:
        return
    model = type(thing)
    values = {name: getattr(thing, name) for name in names}
    if "name" in values:
        values["pinyin"] = thing.pinyin = sort_key(thing.name)
    with recording():
        before = model.objects.get(pk=thing.pk)
        mine = model.objects.filter(pk=thing.pk, version=seen)
        if not mine.update(**values, version=F("version") + 1):
            raise Changed(_("您编辑的时候，别人已经改过这一条。"))
        pen.note(verb, thing, **_told(before, thing, names))


def _told(before: Any, after: Any, names: list[str]) -> dict[str, Any]:
    """What the journal keeps of a change; of a person only which fields, not what they hold."""
    if isinstance(after, Person):
        return {"fields": names}
    was = {name: _plain(getattr(before, name)) for name in names}
    return {"was": was, "now": {name: _plain(getattr(after, name)) for name in names}}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return value if isinstance(value, str | int | bool | None) else str(value)
