"""SQLite is told every night how much there is of everything."""

import pytest
from django.db import connection

from shangliang.matters import jobs
from tests.world import World, proposal


@pytest.mark.sqlite_only
def test_the_night_counts_the_tables(world: World) -> None:
    for _ in range(5):
        proposal(world)
    jobs.count_the_tables.call_local()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'matters_newest_seen'")
        (counted,) = cursor.fetchone()
    assert counted.split()[0] == "5"
