"""The two engines that hold the index: FTS5 on SQLite, a tsvector on PostgreSQL.

Both are given tokens that are already spelled, and asked with the same terms, so both give the
same answers; `tests/matters/test_search.py` holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import connection
from django.db.models.expressions import RawSQL

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

    def matching(self, terms: Sequence[Term], *, in_title: bool = False) -> RawSQL:
        """The numbers of the matters that hold every term, as a subquery."""


def columns(title: str, body: str) -> tuple[list[str], list[str]]:
    head = spelled(title)
    return head, spelled(body)[: MOST_TOKENS - len(head) - GAP]


class Fts5:
    """A contentless FTS5 table: the texts lie in `SearchText`, the table holds only the index."""

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

    def matching(self, terms: Sequence[Term], *, in_title: bool = False) -> RawSQL:
        asked = " AND ".join(f'"{" ".join(t.tokens)}"{" *" if t.begun else ""}' for t in terms)
        if in_title:
            asked = f"title : ({asked})"
        return RawSQL("SELECT rowid FROM matters_search WHERE matters_search MATCH %s", [asked])

    @staticmethod
    def _line(text: Text) -> tuple[int, str, str]:
        number, title, body = text
        head, rest = columns(title, body)
        return number, " ".join(head), " ".join(rest)


class TsVector:
    """A tsvector column with a GIN index; the title's tokens carry weight A."""

    def build(self) -> list[str]:
        return [
            "ALTER TABLE matters_searchtext ADD COLUMN vector tsvector",
            "CREATE INDEX matters_searchtext_vector ON matters_searchtext USING gin (vector)",
        ]

    def drop(self) -> list[str]:
        return ["ALTER TABLE matters_searchtext DROP COLUMN vector"]

    def write(self, texts: Iterable[Text]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE matters_searchtext SET vector = %s::tsvector WHERE matter_id = %s",
                [(self._vector(title, body), number) for number, title, body in texts],
            )

    def take_out(self, texts: Iterable[Text]) -> None:
        """Nothing: the vector goes with its row, or is overwritten by the next."""

    def empty(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE matters_searchtext SET vector = NULL")

    def matching(self, terms: Sequence[Term], *, in_title: bool = False) -> RawSQL:
        asked = " & ".join(self._phrase(term, "A" if in_title else "") for term in terms)
        return RawSQL(
            "SELECT matter_id FROM matters_searchtext WHERE vector @@ %s::tsquery", [asked]
        )

    @staticmethod
    def _phrase(term: Term, weight: str) -> str:
        """The tokens are letters and digits only, so their quotes need no escape."""
        words = [f"'{token}':{weight}" for token in term.tokens]
        if term.begun:
            words[-1] += "*"
        return f"({' <-> '.join(word.rstrip(':') for word in words)})"

    @staticmethod
    def _vector(title: str, body: str) -> str:
        head, rest = columns(title, body)
        places: dict[str, list[str]] = {}
        for place, token in enumerate(head, start=1):
            places.setdefault(token, []).append(f"{place}A")
        for place, token in enumerate(rest, start=len(head) + GAP):
            places.setdefault(token, []).append(str(place))
        return " ".join(f"'{token}':{','.join(found)}" for token, found in places.items())


def engine(vendor: str = "") -> Engine:
    """The engine of the database in use."""
    return TsVector() if (vendor or connection.vendor) == "postgresql" else Fts5()
