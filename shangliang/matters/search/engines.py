"""The two engines that hold the index: FTS5 on SQLite, a tsvector on PostgreSQL.

Both are given tokens that are already spelled, and asked with the same terms, so both give the
same answers; `tests/matters/test_search.py` holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Protocol

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from ..models import Matter
from .bigrams import Term, spelled

# A tsvector counts positions up to 16,383.  What lies behind is not indexed, on either engine.
MOST_TOKENS = 16_000
# Positions between title and body on PostgreSQL, so that no phrase spans both.
GAP = 10

Text = tuple[int, str, str]  # matter, title, body


class Engine(Protocol):
    def build(self) -> list[str]:
        """The statements that make an empty index."""

    def drop(self) -> list[str]: ...

    def write(self, texts: Iterable[Text]) -> None:
        """Put texts into the index that are not in it."""

    def take_out(self, texts: Iterable[Text]) -> None:
        """Take texts out, exactly as they were written."""

    def empty(self) -> None: ...

    def holding(
        self, found: QuerySet[Matter, Any], terms: Sequence[Term], *, in_title: bool = False
    ) -> QuerySet[Matter, Any]:
        """Those of `found` that hold every term, whether in the title alone or anywhere."""


def columns(title: str, body: str) -> tuple[list[str], list[str]]:
    head = spelled(title)
    return head, spelled(body)[: MOST_TOKENS - len(head) - GAP]


class Fts5:
    """A contentless FTS5 table: the texts lie in `SearchText`, the table holds only the index."""

    # Up to so many papers the way goes from the word to the papers; for a more common word, which
    # SQLite cannot guess, from the newest paper back until there are enough.
    COMMON = 2_000

    # `ascii` splits at our spaces and leaves every other character alone.
    def build(self) -> list[str]:
        return [
            "CREATE VIRTUAL TABLE matters_search USING fts5("
            "title, body, content='', columnsize=0, prefix='1', tokenize='ascii')"
        ]

    def drop(self) -> list[str]:
        return ["DROP TABLE matters_search"]

    def write(self, texts: Iterable[Text]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO matters_search (rowid, title, body) VALUES (%s, %s, %s)",
                [self._line(text) for text in texts],
            )

    def take_out(self, texts: Iterable[Text]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO matters_search (matters_search, rowid, title, body)"
                " VALUES ('delete', %s, %s, %s)",
                [self._line(text) for text in texts],
            )

    def empty(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO matters_search (matters_search) VALUES ('delete-all')")

    def holding(
        self, found: QuerySet[Matter, Any], terms: Sequence[Term], *, in_title: bool = False
    ) -> QuerySet[Matter, Any]:
        asked = " AND ".join(f'"{" ".join(t.tokens)}"{" *" if t.begun else ""}' for t in terms)
        asked = f"title : ({asked})" if in_title else asked
        lines = "SELECT rowid FROM matters_search WHERE matters_search MATCH %s"
        # A plus keeps SQLite from beginning with the list.
        sign = "+" if self._is_common(lines, asked) else ""
        return found.filter(_where(f"{sign}matters_matter.id IN ({lines})", asked))

    def _is_common(self, lines: str, asked: str) -> bool:
        with connection.cursor() as cursor:
            count = f"SELECT count(*) FROM ({lines} LIMIT %s)"  # noqa: S608
            cursor.execute(count, [asked, self.COMMON])
            return bool(cursor.fetchone()[0] == self.COMMON)

    @staticmethod
    def _line(text: Text) -> tuple[int, str, str]:
        number, title, body = text
        head, rest = columns(title, body)
        return number, " ".join(head), " ".join(rest)


class TsVector:
    """Two tsvector columns with GIN indexes: the title's words, and all words."""

    # As above; but to read a paper's words again costs more here.
    COMMON = 10_000

    def build(self) -> list[str]:
        return [
            "ALTER TABLE matters_searchtext ADD COLUMN in_title tsvector, ADD COLUMN anywhere tsvector",
            "CREATE INDEX matters_searchtext_in_title ON matters_searchtext USING gin (in_title)",
            "CREATE INDEX matters_searchtext_anywhere ON matters_searchtext USING gin (anywhere)",
        ]

    def drop(self) -> list[str]:
        return ["ALTER TABLE matters_searchtext DROP COLUMN in_title, DROP COLUMN anywhere"]

    def write(self, texts: Iterable[Text]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE matters_searchtext SET in_title = %s::tsvector, anywhere = %s::tsvector"
                " WHERE matter_id = %s",
                [(*self._vectors(title, body), number) for number, title, body in texts],
            )

    def take_out(self, texts: Iterable[Text]) -> None:
        """Nothing: the vectors go with their row, or are overwritten by the next."""

    def empty(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE matters_searchtext SET in_title = NULL, anywhere = NULL")

    def holding(
        self, found: QuerySet[Matter, Any], terms: Sequence[Term], *, in_title: bool = False
    ) -> QuerySet[Matter, Any]:
        asked = " & ".join(map(self._phrase, terms))
        column = "in_title" if in_title else "anywhere"
        lines = f"SELECT matter_id FROM matters_searchtext WHERE {column} @@ %s::tsquery"  # noqa: S608
        numbers = self._numbers(lines, asked)
        if numbers is None:
            return found.filter(_where(f"matters_matter.id IN ({lines})", asked))
        return found.filter(_where("matters_matter.id = ANY(%s)", numbers))

    def _numbers(self, lines: str, asked: str) -> list[int] | None:
        """The papers with the words, or None when they are too many.

        The planner is asked first: it would read a common word off the whole table.
        """
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {lines}", [asked])
            if cursor.fetchone()[0][0]["Plan"]["Plan Rows"] >= self.COMMON:
                return None
            cursor.execute(f"{lines} LIMIT %s", [asked, self.COMMON])
            numbers = [number for (number,) in cursor.fetchall()]
        return numbers if len(numbers) < self.COMMON else None

    @staticmethod
    def _phrase(term: Term) -> str:
        """The tokens are letters and digits only, so their quotes need no escape."""
        words = " <-> ".join(f"'{token}'" for token in term.tokens)
        return f"({words}{':*' if term.begun else ''})"

    @staticmethod
    def _vectors(title: str, body: str) -> tuple[str, str]:
        head, rest = columns(title, body)
        return _vector(enumerate(head, start=1)), _vector(
            chain(enumerate(head, start=1), enumerate(rest, start=len(head) + GAP))
        )


def _where(condition: str, value: object) -> RawSQL:
    """A condition on matters in the engine's own words; what was typed goes in as `value`."""
    return RawSQL(condition, [value], BooleanField())  # noqa: S611


def _vector(tokens: Iterable[tuple[int, str]]) -> str:
    """'电梯':1,7 '梯':2: each token with its places, as PostgreSQL reads it."""
    places: dict[str, list[str]] = {}
    for place, token in tokens:
        places.setdefault(token, []).append(str(place))
    return " ".join(f"'{token}':{','.join(found)}" for token, found in places.items())


def engine(vendor: str = "") -> Engine:
    """The engine of the database in use."""
    return TsVector() if (vendor or connection.vendor) == "postgresql" else Fts5()
