"""How long the audit takes: python bench/audit.py [--entries 100000] [--database URL].

Entries are written and read inside one transaction that is rolled back, so any database will do.
"""

from __future__ import annotations

import resource
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ground import arguments, set_up

BEGAN = datetime(2026, 3, 2, 1, tzinfo=UTC)


def main() -> None:
    words = arguments(__doc__)
    words.add_argument("--entries", type=int, default=100_000)
    said = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="shangliang-bench-") as place:
        fresh = said.database == words.get_default("database")
        set_up(f"sqlite:///{Path(place) / 'audit.sqlite3'}" if fresh else said.database)
        measure(said.entries)


def measure(entries: int) -> None:
    from django.core.management import call_command
    from django.db import connection, transaction

    from shangliang.matters import audit, checkpoints

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        began = time.perf_counter()
        fill(entries)
        written = time.perf_counter() - began
        point, before = checkpoints.take(BEGAN), peak()
        began = time.perf_counter()
        verdict = audit.verify([point])
        spent = time.perf_counter() - began
        transaction.set_rollback(True)
    assert verdict.fault is None, verdict.fault
    print(
        f"{connection.vendor}: {verdict.entries:,} entries written in {written:.1f} s,"
        f" audited in {spent:.1f} s ({1e6 * spent / verdict.entries:.0f} µs each),"
        f" memory +{peak() - before:.0f} MB"
    )


def fill(entries: int) -> None:
    """A journal of moves that stay where they are, with a note and some data each."""
    from shangliang.matters import journal
    from shangliang.matters.flow import begin
    from shangliang.matters.models import Entry
    from shangliang.people.models import Organisation, Person
    from shangliang.proposals.models import Proposal

    county = Organisation(kind="committee", name="政协云岭县委员会（测速）")
    county.save()
    person = Person.objects.create(name="林晓")
    paper = Proposal(organisation=county, title="关于加装电梯的建议")
    begin(paper, by=person, at=BEGAN)
    step = 5_000
    for first in range(0, entries, step):
        journal.write_many(
            line(Entry, paper, person, n) for n in range(first, min(first + step, entries))
        )


def line(entry: Any, paper: Any, person: Any, n: int) -> Any:
    made = entry(
        matter_id=paper.pk, verb="log", was="draft", now="draft", by=person,
        acting_as="主办单位经办人", at=BEGAN + timedelta(seconds=n),
    )  # fmt: skip
    return (
        made,
        "当面听取了提案人的意见，赞成先易后难。",
        {"held_on": "2026-03-02", "form": "visit"},
    )


def peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
