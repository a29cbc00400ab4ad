"""Drafts: what a person typed into a form, kept on the server until it has become something."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shangliang.people.models import Person

from .models import Draft


def restore(person: Person, form: str) -> Draft | None:
    """What was typed into `form` and not yet sent."""
    return Draft.objects.filter(person=person, form=form).first()


def save(
    person: Person, form: str, data: dict[str, Any], *, at: datetime, title: str = "", url: str = ""
) -> Draft:
    """Keep what is typed now in place of what was kept before."""
    kept, _made = Draft.objects.update_or_create(
        person=person, form=form,
        defaults={"data": data, "saved_at": at, "title": title, "url": url},
    )  # fmt: skip
    return kept


def clear(person: Person, form: str) -> None:
    """The form became something; its draft is done."""
    Draft.objects.filter(person=person, form=form).delete()


def many(value: Any) -> list[str]:
    """A field that may be repeated, as a list, however the browser sent it."""
    return [value] if isinstance(value, str) else [str(each) for each in value or []]
