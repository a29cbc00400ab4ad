"""What the fields of a stored form are called on paper, and how two such forms differ.

A draft knows its fields by name alone.  The rooms' own models know what the names mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from shangliang.analysis.differences import against, between

from .table import REGISTRY

WORDS = re.compile(r"[㐀-鿿]")
COUNTED = re.compile(r"[-_.:]\d+")


def label(name: str) -> str:
    """A field as its room calls it (situation → 情况, ask-12 → 建议); "" when nobody knows it."""
    return str(_label(COUNTED.sub("", name)))


@cache
def _label(stem: str) -> Any:
    """Found once, said in the language of whoever asks."""
    for room in dict.fromkeys(kind.partition(".")[0] for kind in REGISTRY):
        for model in apps.get_app_config(room).get_models():
            if model._meta.model_name == stem:
                return model._meta.verbose_name
            try:
                return model._meta.get_field(stem).verbose_name  # type: ignore[union-attr]
            except (FieldDoesNotExist, AttributeError):
                continue
    return ""


def text(value: Any) -> str:
    """A stored value as a person typed it; lists line by line."""
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(text, value)))
    return "" if value is None else str(value)


def texts(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was written, without the codes of choices and ticks."""
    own = (name for name in data if not name.startswith("initial-"))
    written = ((name, text(data[name])) for name in own)
    return [{"label": label(name), "text": words} for name, words in written if WORDS.search(words)]


def compared(
    *,
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    base: Mapping[str, Any] | None = None,
    called: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """The fields in which two texts of one form differ, as `ui/conflict.html` reads them.

    Where the text both began from is known (`base`), each side shows what its own author
    changed; else each shows where it differs from the other.
    """
    names = called or dict.fromkeys([*mine, *theirs], "")
    found = []
    for name, said in names.items():
        one, two = text(mine.get(name)), text(theirs.get(name))
        if one == two:
            continue
        start = text((base or {}).get(name))
        pair = (against(start, one), against(start, two)) if start else between(one, two)
        found.append({"label": said or label(name), "mine": pair[0], "theirs": pair[1]})
    return found
