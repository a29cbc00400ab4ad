"""Breaking things on purpose: the n-th statement fails; and a picture of everything that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection

# Undoing is not work: a failure while undoing is the database's own end, not a statement of ours.
UNDOING = ("ROLLBACK",)
# Who is looking, not what is kept: sessions, and when somebody was last seen.
PASSING = ("django_session", "people_login", "django_migrations", "axes_", "sqlite_")


class Failure(OperationalError):
    """The statement that was chosen did not go through."""


class Breaker:
    """Counts statements and lets one of them fail; n=0 lets all pass."""

    def __init__(self, n: int = 0) -> None:
        self.n, self.seen, self.struck = n, 0, ""

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(UNDOING):
            self.seen += 1
            if self.seen == self.n:
                self.struck = sql
                raise Failure(f"statement {self.n}: {sql[:60]}")
        return execute(sql, params, many, context)


@contextmanager
def breaking(n: int = 0) -> Iterator[Breaker]:
    breaker = Breaker(n)
    with connection.execute_wrapper(breaker):
        yield breaker


def tables() -> list[str]:
    names = connection.introspection.table_names()
    # The index itself cannot be read through on SQLite; the tables it lies in can.
    return sorted(n for n in names if n != "matters_search" and not n.startswith(PASSING))


def picture() -> dict[str, int]:
    """A fingerprint of every table: two pictures are equal when nothing at all has changed."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = hash(frozenset(map(repr, cursor.fetchall())))
    return found


def counts() -> dict[str, int]:
    """How many rows there are: equal for two runs that did the same work at different moments."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found
