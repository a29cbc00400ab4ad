"""Copying a database while people work in it, and putting the copy in place of an empty one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils.translation import gettext as _

from shangliang.people.models import Person

from ..models import Entry
from ..refusals import Refused
from .manifest import Ask


class Engine(Protocol):
    name: str
    member: str  # what the copy is called in the archive

    def copied(self, place: Path) -> Any:
        """A context in which `place` holds a copy of one moment, and can be asked about it."""

    def put_back(self, copy: Path) -> None: ...


class Sqlite:
    """SQLite's own online copy: readers and writers go on meanwhile."""

    name, member = "sqlite", "database.sqlite3"

    @property
    def home(self) -> Path:
        return Path(str(connection.settings_dict["NAME"]))

    @contextmanager
    def copied(self, place: Path) -> Iterator[Ask]:
        connection.ensure_connection()
        with closing(sqlite3.connect(place)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            yield lambda sql: copy.execute(sql)

    def put_back(self, copy: Path) -> None:
        connection.close()
        for leftover in ("", "-wal", "-shm"):
            Path(f"{self.home}{leftover}").unlink(missing_ok=True)
        shutil.copyfile(copy, self.home)


class Postgres:
    """pg_dump and pg_restore, from the same snapshot as the counts."""

    name, member = "postgresql", "database.dump"

    @contextmanager
    def copied(self, place: Path) -> Iterator[Ask]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            self._run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={place}")

            def ask(sql: str) -> list[tuple[Any, ...]]:
                cursor.execute(sql)
                return list(cursor.fetchall())

            yield ask

    def put_back(self, copy: Path) -> None:
        name = str(connection.settings_dict["NAME"])
        words = ("--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction")
        self._run("pg_restore", *words, f"--dbname={name}", str(copy))

    def _run(self, program: str, *words: str) -> None:
        if shutil.which(program) is None:
            raise Refused(
                _("没有找到 %(program)s，请安装 postgresql-client 后再试。") % {"program": program}
            )
        done = subprocess.run(
            [program, *words], env=os.environ | self._door(), capture_output=True, text=True
        )
        if done.returncode:
            raise Refused(
                _("%(program)s 没有成功：%(why)s")
                % {"program": program, "why": done.stderr.strip()[-500:]}
            )

    @staticmethod
    def _door() -> dict[str, str]:
        """Where and as whom, in the words of PostgreSQL's own programs; no password on a line
        that others can list."""
        known = connection.get_connection_params()
        names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER",
                 "password": "PGPASSWORD", "dbname": "PGDATABASE"}  # fmt: skip
        return {names[key]: str(value) for key, value in known.items() if names.get(key) and value}


def engine() -> Engine:
    """The one of the database in use."""
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


def is_empty() -> bool:
    """Whether nobody lives here yet: no tables, or nothing in them but their structure."""
    if "people_person" not in connection.introspection.table_names():
        return True
    return not (Person.objects.exists() or Entry.objects.exists())


def tables() -> list[str]:
    """The tables of the house; the inner tables of the search index are SQLite's own."""
    return [
        name
        for name in connection.introspection.table_names()
        if not name.startswith(("sqlite_", "matters_search_")) and name != "matters_search"
    ]
