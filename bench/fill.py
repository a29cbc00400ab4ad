"""Fill an empty database with a county's twenty-five years of proposals, valid to the last entry.

python bench/fill.py --proposals 100000 --entries 1000000 [--database URL]
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from ground import Progress, arguments, set_up

SEED = 20261123
BATCH = 2000
# This year's session has an eighth of all papers, so that desks are full.
THIS_YEAR = 0.12


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--proposals", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=1_000_000)
    asked = parser.parse_args()
    set_up(asked.database)

    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    began = time.monotonic()
    made = fill(asked.proposals, asked.entries)
    build_index()
    take_counts()
    print(f"{made} entries, {asked.proposals} proposals in {time.monotonic() - began:.0f} s")


def fill(proposals: int, entries: int) -> int:
    """Everything but the search index; how many entries were written."""
    import rows
    from county import found
    from django.db import connection, transaction
    from django.utils import timezone

    from shangliang.matters.models import Matter
    from shangliang.proposals.models import Proposal

    if Matter.objects.exists():
        raise SystemExit("This database already holds matters; give an empty one.")
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
    dice, now = Random(SEED), timezone.now().replace(microsecond=0)
    with transaction.atomic():
        county = found(dice, now.date())
    writer = rows.Writer(county, dice, now, notices_since=now - timedelta(days=500))
    plan, progress = Plan(dice, county, now, proposals), Progress(proposals, "proposals")
    written = 0
    for start in range(0, proposals, BATCH):
        numbers = range(start, min(start + BATCH, proposals))
        with transaction.atomic():
            batch = []
            for n in numbers:
                # A talk more or less brings the journal to the length that was asked for.
                due = round((n + 1) * entries / proposals) - written
                batch.append(life := plan.life(n, logs=max(1, min(5, due - 12))))
                written += writer.live(life)
            writer.write(batch)
        progress.at(numbers[-1] + 1)
    writer.finish()
    plan.keep_counters(Proposal)
    return written


class Plan:
    """What each paper will be: whose, when, about what, and how far it came."""

    def __init__(self, dice: Random, county: object, now: datetime, proposals: int) -> None:
        self.dice, self.county, self.now, self.proposals = dice, county, now, proposals
        self.loads = list(accumulate(county.loads()))
        self.given: Counter[int] = Counter()

    def life(self, n: int, logs: int) -> object:
        import lives
        import words

        dice, county = self.dice, self.county
        past = int(self.proposals * (1 - THIS_YEAR))
        old = len(county.sessions) - 1
        which, within = (n * old // past, n * old % past / past) if n < past else (
            old, (n - past) / (self.proposals - past)
        )  # fmt: skip
        session = county.sessions[which]
        ends = lives.PAST if n < past else lives.PRESENT
        end = dice.choices(list(ends), weights=list(ends.values()))[0]
        joint = dice.randrange(1, 5) if dice.random() < 0.3 or end == "cosigning" else 0
        unit = dice.choices(county.units, cum_weights=self.loads)[0]
        author, *cosigners = dice.sample(county.members, joint + 1)
        latest = min(session.cutoff_at + timedelta(days=280), self.now - timedelta(days=3))
        first = session.cutoff_at - timedelta(days=60)
        path = lives.steps(dice, end, joint, logs)
        sequence = None
        if "file" in path:
            self.given[session.pk] += 1
            sequence = self.given[session.pk]
        return lives.Life(
            pk=n + 1, end=end, path=path, begun=first + (latest - first) * within, session=session,
            author=author, cosigners=cosigners, unit=unit, paper=words.paper(dice, str(unit)),
            category=dice.choice(lives.CATEGORIES), sequence=sequence,
        )  # fmt: skip

    def keep_counters(self, proposal: object) -> None:
        """The next paper filed by hand gets the next number."""
        from shangliang.matters.models import Counter as Series

        Series.objects.bulk_create(
            Series(
                organisation=self.county.committee, series=f"proposals:{session}:session", last=last
            )
            for session, last in self.given.items()
        )


def take_counts() -> None:
    """As every night does it; PostgreSQL would do it by itself a minute later."""
    from django.db import connection

    from shangliang.matters import planner

    if not planner.take_counts():
        connection.cursor().execute("VACUUM ANALYZE")


def build_index() -> None:
    from django.db import connection

    from shangliang.matters import search
    from shangliang.matters.models import Matter

    progress = Progress(Matter.objects.count(), "search index")
    for done in search.rebuild():
        progress.at(done)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    main()
