"""What a request writes: each statement as it runs, and every table before and after."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

WRITES = re.compile(r'\s*(INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.I)

# What a look may leave behind: sessions and when they were last used, keys of forms, counters of
# wrong passwords, and which notices a person has read.
TRACES = frozenset({
    "django_session", "people_login", "matters_receipt", "axes_accessattempt",
    "axes_accesslog", "axes_accessfailurelog", "axes_accessattemptexpiration",
})  # fmt: skip
JOURNAL = frozenset({"matters_entry", "matters_entrycontent", "matters_chainhead"})
READ_MARK = re.compile(r'UPDATE "matters_notice" SET "read_at" = ')


class Trace:
    """The tables one request wrote to, by the rows that really changed."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        written = WRITES.match(sql)
        if written and not READ_MARK.match(sql) and context["cursor"].cursor.rowcount != 0:
            self.rows[written[2]] += 1
        return result

    @property
    def business(self) -> set[str]:
        return set(self.rows) - TRACES


@contextmanager
def watched() -> Iterator[Trace]:
    trace = Trace()
    with connection.execute_wrapper(trace):
        yield trace


def fingerprint() -> dict[str, str]:
    """Every table but the traces, hashed; the read marks of notices left out."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in TRACES or not model._meta.managed:
            continue
        names = [f.attname for f in model._meta.local_concrete_fields if f.attname != "read_at"]
        rows = sorted(map(repr, model._base_manager.values_list(*names)))
        found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found
