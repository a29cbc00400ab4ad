"""Triggers that refuse to change what the journal says, whoever asks: the application too.

An entry is never changed or deleted.  The words of an entry are never changed, and deleted only
after a later entry says so (verb "blank").  Every `migrate` puts up the guards that
are missing: SQLite drops a table's triggers when Django rebuilds the table.

Only somebody who owns the tables can lift them; the chain and its checkpoints are there to show
that it was done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

KEPT = "日志只能增加，不能修改或删除。"
NOT_BLANKED = "日志内容只有在登记清除之后才能删除，任何时候都不能修改。"

ENTRY, CONTENT = "matters_entry", "matters_entrycontent"
BLANKED = (
    f"EXISTS (SELECT 1 FROM {ENTRY} b"  # noqa: S608  our own table's name
    " WHERE b.verb = 'blank' AND b.about_id = OLD.entry_id AND b.id > OLD.entry_id)"
)

# INSERT OR REPLACE deletes the old row without asking a delete trigger, so it is asked earlier.
SQLITE = {
    "guard_entry_update": f"BEFORE UPDATE ON {ENTRY} BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    "guard_entry_delete": f"BEFORE DELETE ON {ENTRY} BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    "guard_entry_replace": (
        f"BEFORE INSERT ON {ENTRY} WHEN EXISTS (SELECT 1 FROM {ENTRY} WHERE id = NEW.id)"  # noqa: S608
        f" BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
    ),
    "guard_content_update": (
        f"BEFORE UPDATE ON {CONTENT} BEGIN SELECT RAISE(ABORT, '{NOT_BLANKED}'); END"
    ),
    "guard_content_delete": (
        f"BEFORE DELETE ON {CONTENT} WHEN NOT {BLANKED}"
        f" BEGIN SELECT RAISE(ABORT, '{NOT_BLANKED}'); END"
    ),
    "guard_content_replace": (
        f"BEFORE INSERT ON {CONTENT}"  # noqa: S608
        f" WHEN EXISTS (SELECT 1 FROM {CONTENT} WHERE entry_id = NEW.entry_id)"
        f" BEGIN SELECT RAISE(ABORT, '{NOT_BLANKED}'); END"
    ),
}

REFUSE = "RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = "
FUNCTIONS = {
    "guard_journal_kept": f"BEGIN {REFUSE} '{KEPT}'; END",
    "guard_content_kept": (
        f"BEGIN IF TG_OP = 'DELETE' AND {BLANKED} THEN RETURN OLD; END IF;"
        f" {REFUSE} '{NOT_BLANKED}'; END"
    ),
    "guard_content_emptied": f"BEGIN {REFUSE} '{NOT_BLANKED}'; END",
}
POSTGRESQL = {
    "guard_entry": (ENTRY, "BEFORE UPDATE OR DELETE", "ROW", "guard_journal_kept"),
    "guard_entry_truncate": (ENTRY, "BEFORE TRUNCATE", "STATEMENT", "guard_journal_kept"),
    "guard_content": (CONTENT, "BEFORE UPDATE OR DELETE", "ROW", "guard_content_kept"),
    "guard_content_truncate": (CONTENT, "BEFORE TRUNCATE", "STATEMENT", "guard_content_emptied"),
}


def put_up(connection: Any) -> None:
    """Create every guard that is missing; those that stand are left alone."""
    missing = absent(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in missing:
                cursor.execute(f"CREATE TRIGGER {name} {SQLITE[name]}")
            return
        if missing:
            for name, body in FUNCTIONS.items():
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger"
                    f" LANGUAGE plpgsql AS $guard$ {body}; $guard$"
                )
        for name in missing:
            table, when, each, function = POSTGRESQL[name]
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")  # it may be disabled
            cursor.execute(
                f"CREATE TRIGGER {name} {when} ON {table}"
                f" FOR EACH {each} EXECUTE FUNCTION {function}()"
            )
            # ALWAYS: also for a session that calls itself a replica to get past triggers.
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def lift(connection: Any) -> None:
    """Take every guard away: for migrations on SQLite, and for tests that must empty tables."""
    with connection.cursor() as cursor:
        for name in wanted(connection):
            on = "" if connection.vendor == "sqlite" else f" ON {POSTGRESQL[name][0]}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    lift(connection)
    try:
        yield
    finally:
        put_up(connection)


def wanted(connection: Any) -> tuple[str, ...]:
    return tuple(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)


def absent(connection: Any) -> list[str]:
    """The guards that should stand and do not, by name."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'"
                " AND tgrelid = to_regclass(%s) OR tgenabled = 'A' AND tgrelid = to_regclass(%s)",
                [ENTRY, CONTENT],
            )
        standing = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted(connection) if name not in standing]


def before_migrating(using: str, plan: Any = (), **kwargs: Any) -> None:
    """SQLite cannot rebuild a table that another table's trigger names; they come back after."""
    connection = connections[using]
    if connection.vendor == "sqlite" and plan:
        lift(connection)


def after_migrating(using: str, **kwargs: Any) -> None:
    connection = connections[using]
    if {ENTRY, CONTENT} <= set(connection.introspection.table_names()):
        put_up(connection)
