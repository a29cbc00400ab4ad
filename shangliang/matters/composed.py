"""Questions that every step asks, put into SQL once.

Composing a statement costs Django ten times what the database needs to answer a small one.  For
the few that are always the same but for a number or a day, it is composed at the first need and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# No number of a row and no day comes near these; they only show where the real ones go.
_NUMBERS, _DAYS = 2**31 - 2000, date(9900, 1, 1)

Value = int | date


class Composed:
    """A query over `values_list` of which only whole numbers and days change.

    The answers are what the database sends: use it for numbers and texts, not for moments.
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, Any]]) -> None:
        self.compose = compose
        self.kept: dict[Any, tuple[str, tuple[Any, ...], list[list[int]]]] = {}

    def __call__(self, *values: Value) -> list[tuple[Any, ...]]:
        shape = (connection.vendor, *(isinstance(value, date) for value in values))
        kept = self.kept.get(shape)
        if kept is None:
            kept = self.kept[shape] = self._put_together(values)
        sql, said, places = kept
        asked = list(said)
        for value, where in zip(values, places, strict=True):
            for place in where:
                asked[place] = _as_sent(value)
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)
            return list(cursor.fetchall())

    def _put_together(self, values: Sequence[Value]) -> Any:
        marks: list[Value] = [
            _DAYS + timedelta(n) if isinstance(value, date) else _NUMBERS + n
            for n, value in enumerate(values)
        ]
        sql, said = self.compose(*marks).query.sql_with_params()
        places = [
            [place for place, one in enumerate(said) if one == _as_sent(mark)] for mark in marks
        ]
        return sql, said, places


def _as_sent(value: Value) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
