"""A county built once a process: later tests get its rows and its people back, not its making."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection

from shangliang.people.models import Organisation

T = TypeVar("T")
INSERT = re.compile(r'\s*INSERT (?:OR \w+ )?INTO "(\w+)"', re.I)
KEPT: dict[Any, Kept] = {}


@dataclass
class Kept:
    """What was made, as bytes, and the rows behind it, table by table in the order of writing."""

    made: bytes
    rows: list[tuple[str, list[tuple[Any, ...]]]]


def once(build: Callable[[], T]) -> T:
    """What `build` makes in an empty house, from memory when it was made here before."""
    key = build, tuple(settings.PASSWORD_HASHERS)
    if Organisation.objects.exists():  # somebody was here before; the numbers may be taken
        return build()
    if key not in KEPT:
        tables: dict[str, None] = {}

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if written := INSERT.match(sql):
                tables[written[1]] = None
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            made = build()
        KEPT[key] = Kept(pickle.dumps(made), [rows_of(table) for table in tables])
        return made
    with connection.cursor() as cursor:
        for insert, rows in KEPT[key].rows:
            cursor.executemany(insert, rows)
    return pickle.loads(KEPT[key].made)


def rows_of(table: str) -> tuple[str, list[tuple[Any, ...]]]:
    """The statement that puts the rows of a table back, and the rows."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    places = ", ".join(["%s"] * len(names))
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({columns}) VALUES ({places})', rows
