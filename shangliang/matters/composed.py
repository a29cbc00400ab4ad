"""Questions that every step asks, put into SQL once.

Composing a statement costs Django ten times what the database needs to answer a small one.  For
the few that are always the same but for a number or two, it is composed at the first need and kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# No number of a row comes near these; they only show where the real ones go.
_FIRST_MARK = 2**31 - 64


class Composed:
    """A query over `values_list` whose only values that change are whole numbers.

    The answers are what the database sends: use it for numbers and texts, not for moments.
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, Any]]) -> None:
        self.compose = compose
        self.kept: dict[str, tuple[str, tuple[Any, ...], list[int]]] = {}

    def __call__(self, *numbers: int) -> list[tuple[Any, ...]]:
        kept = self.kept.get(connection.vendor) or self._put_together(len(numbers))
        sql, values, places = kept
        asked = list(values)
        for place, number in zip(places, numbers, strict=True):
            asked[place] = number
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)
            return list(cursor.fetchall())

    def _put_together(self, count: int) -> tuple[str, tuple[Any, ...], list[int]]:
        marks = range(_FIRST_MARK, _FIRST_MARK + count)
        sql, values = self.compose(*marks).query.sql_with_params()
        kept = sql, values, [values.index(mark) for mark in marks]
        self.kept[connection.vendor] = kept
        return kept
