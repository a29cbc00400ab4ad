"""What the database must be told to choose its ways well.

SQLite goes by counts that only ANALYZE takes; without them a list of a hundred thousand papers
takes five times as long.  PostgreSQL counts for itself.
"""

from __future__ import annotations

from django.db import connection


def take_counts() -> bool:
    """Count the tables anew where the engine leaves that to us; about 2 s in a large house."""
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return True
