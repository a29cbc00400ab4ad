"""Writing many rows of a model at once, past the ORM's per-row work: COPY or executemany.

A child of `Matter` cannot be made by `bulk_create`; parent and child are poured side by side.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max


class Pour:
    """Rows of one model's own table, numbered on from those that are there."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model, self.rows = model, []  # type: ignore[var-annotated]
        fields = model._meta.local_concrete_fields
        self.columns = [field.column for field in fields]
        self.names = [field.attname for field in fields]
        self.written = [_written(field) for field in fields]
        self.empty = [None if field.primary_key else field.get_default() for field in fields]
        last = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        self.numbers = count(last + 1)

    def add(self, **values: Any) -> int:
        """Take one row; its number is drawn unless it names one."""
        if self.model._meta.pk.attname not in values:
            values[self.model._meta.pk.attname] = next(self.numbers)
        given = [
            values.pop(n) if n in values else d for n, d in zip(self.names, self.empty, strict=True)
        ]
        if values:
            raise ValueError(f"{self.model.__name__} has no {sorted(values)}")
        self.rows.append(tuple(w(v) for w, v in zip(self.written, given, strict=True)))
        return given[self.names.index(self.model._meta.pk.attname)]

    def flush(self) -> None:
        rows, self.rows = self.rows, []
        table, columns = self.model._meta.db_table, ", ".join(f'"{c}"' for c in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                    for row in rows:
                        copy.write_row(row)
            elif rows:
                marks = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)


def _written(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a value of this field goes into the engine."""
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value, ensure_ascii=False)
    if connection.vendor == "sqlite":
        if isinstance(field, models.DateTimeField):
            return lambda value: value and _utc(value)
        if isinstance(field, models.DateField):
            return lambda value: value and date.isoformat(value)
    return lambda value: value


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def count_on(*tables: type[models.Model]) -> None:
    """Let the engine number on from what was poured."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
