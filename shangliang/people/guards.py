"""A trigger that keeps the three administrators apart, whoever writes the row.

A unique constraint cannot see that two spans of time overlap, so the database asks itself: at no
time may one person hold two of the three duties, or one of them beside a seat of business.
Every `migrate` puts the trigger up again: SQLite drops it when Django rebuilds the table.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

from . import duties

TABLE = "people_seat"
SAID = "同一人在同一时间只能担任系统、安全、审计管理员中的一项，也不能兼任业务职务。"
THREE = ", ".join(f"'{duty}'" for duty in sorted(duties.ADMINISTRATORS))
TWO_AT_ONCE = f"""NEW.refused_at IS NULL AND EXISTS (
    SELECT 1 FROM {TABLE} s WHERE s.person_id = NEW.person_id AND s.id <> NEW.id
    AND s.refused_at IS NULL AND s.duty <> NEW.duty
    AND (s.duty IN ({THREE}) OR NEW.duty IN ({THREE}))
    AND (NEW.until IS NULL OR s.since <= NEW.until)
    AND (s.until IS NULL OR s.until >= NEW.since))"""  # noqa: S608  our own words

# SQLite gives a new row its number only when it is written: before, NEW.id is -1.
SQLITE = """CREATE TRIGGER IF NOT EXISTS guard_three_apart_{event} AFTER {when} ON {table}
WHEN {two_at_once} BEGIN SELECT RAISE(ABORT, '{said}'); END"""
POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION guard_three_apart() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF {TWO_AT_ONCE} THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{SAID}';
    END IF; RETURN NULL; END $$""",
    f"""CREATE OR REPLACE TRIGGER guard_three_apart AFTER INSERT OR UPDATE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION guard_three_apart()""",
)


def statements(vendor: str) -> tuple[str, ...]:
    if vendor != "sqlite":
        return POSTGRESQL
    words = {"table": TABLE, "two_at_once": TWO_AT_ONCE, "said": SAID}
    return tuple(SQLITE.format(event=w.lower(), when=w, **words) for w in ("INSERT", "UPDATE"))


def put_up(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Run after every `migrate`; does nothing where the guard stands already."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)
