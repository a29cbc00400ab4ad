"""A machine that lives proposals' lives at random, in the house and in the model side by side.

Every step is taken by somebody, right or wrong, with what it needs or without, at a moment that
only moves forward.  `comparing.py` looks at both after each step.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from shangliang.matters import reminders, tick
from shangliang.proposals import actions
from shangliang.proposals.models import Proposal
from tests.world import SHANGHAI

from . import comparing
from .hands import GOERS, SEATS, Hands, open_rows, usual
from .law import ROWS
from .model import County

BEGINS = datetime(2026, 1, 21, 9, tzinfo=SHANGHAI)  # the second day of the session
MOST = 4  # so many papers are open at once
WEIGHTS = {
    "a_paper_goes_its_usual_way": 6, "somebody_takes_a_step_that_is_hers": 9,
    "somebody_tries_what_is_anothers": 3, "somebody_tries_what_is_not_its_time": 2,
    "two_hands_hold_the_same_paper": 1, "days_pass": 3, "the_text_is_changed": 1,
    "the_list_of_those_invited_is_changed": 1, "the_reply_is_drafted": 1,
    "somebody_leaves_or_comes_back": 1, "somebody_writes": 2,
}  # fmt: skip


class Lives(Hands, RuleBasedStateMachine):
    """Some papers, some people, some months."""

    def __init__(self) -> None:
        super().__init__()
        self.room = transaction.atomic()
        self.room.__enter__()
        self.at, self.pks = BEGINS, list[int]()
        self.taken, self.offset = 0, 0
        self.acted = self.changed = False
        windows = [
            (str(s), datetime.combine(_three_months_before(s.opens_on), time(), SHANGHAI), s.cutoff_at)
            for s in self.world.term.sessions.order_by("opens_on")
        ]  # fmt: skip
        self.county = County({key: set(held) for key, held in SEATS.items()}, windows)

    def teardown(self) -> None:
        try:
            comparing.the_chain_holds()
        finally:
            transaction.set_rollback(True)
            self.room.__exit__(None, None, None)

    @invariant()
    def both_say_the_same(self) -> None:
        if not self.acted:
            return
        # After a refusal every table was as before, so all that was true of it still is.
        if self.changed:
            comparing.compare(self, self.offset + self.taken)
        self.steps["compared"] += 1
        self.acted = self.changed = False

    # How papers come about, and how they go on.

    @initialize(seed=st.integers(0, 2**62))
    def two_papers_are_on_their_way(self, seed: int) -> None:
        """All of a life follows from its seed: hypothesis finds seeds, and tells the one that fails."""
        self.chance = Random(seed)
        self.offset = self.chance.randrange(1_000)  # what is looked at only now and then
        for _ in range(2):
            self._write()
            for _ in range(self.chance.randrange(16)):
                self._straight_on(len(self.pks) - 1)

    @rule()
    def somebody_does_something(self) -> None:
        """What happens next, by weight and not by rule: hypothesis would leave rules out at a time."""
        (deed,) = self.chance.choices(list(WEIGHTS), WEIGHTS.values())
        getattr(self, deed)()
        if not self.acted:
            self.a_paper_goes_its_usual_way()
        if sum(paper.is_open for paper in self.county.papers) < 2:
            self._write()
        if not self.acted:
            self.days_pass()

    def somebody_writes(self) -> None:
        if sum(paper.is_open for paper in self.county.papers) < MOST:
            self._write()

    def a_paper_goes_its_usual_way(self) -> None:
        self._straight_on(self._pick())

    def somebody_takes_a_step_that_is_hers(self) -> None:
        """Any step that is due there, most of the time with what it needs."""
        place = self._pick()
        paper = self.county.papers[place]
        rows = [row for row in open_rows(paper) if self.county.circle(paper, ROWS[row].who)]
        if rows := [row for row in rows if row != usual(paper)] or rows:
            row = self.chance.choice(rows)
            if self.chance.random() < 0.6:
                self._prepare(place, row)
            by = self.chance.choice(sorted(self.county.circle(paper, ROWS[row].who)))
            self._step(place, row, by, whole=self.chance.random() < 0.7)

    def somebody_tries_what_is_anothers(self) -> None:
        place = self._pick()
        if rows := open_rows(self.county.papers[place]):
            by = self.chance.choice(["", *self.world.people])
            self._step(place, self.chance.choice(rows), by)

    def somebody_tries_what_is_not_its_time(self) -> None:
        place = self._pick()
        paper = self.county.papers[place]
        row = self.chance.choice([r for r in ROWS if r not in open_rows(paper) and r != "lapse"])
        people = sorted(self.county.circle(paper, ROWS[row].who)) or ["chen"]
        self._step(place, row, self.chance.choice(people))

    def two_hands_hold_the_same_paper(self) -> None:
        """The slower one is refused, whatever the faster one did."""
        place = self._pick()
        paper = self.county.papers[place]
        slow, was = Proposal.objects.get(pk=self.pks[place]), paper.state
        self._straight_on(place)
        if paper.state != was:
            row = next(r for r in ROWS.values() if was in r.sources.split() and r.row != "lapse")
            by = min(self.county.circle(paper, row.who), default="chen")
            self._do(slow, row.row, by, "Stale")

    def days_pass(self) -> None:
        self.at += timedelta(days=self.chance.choice((1, 1, 3, 8, 25, 60)))
        reminders.remind(self._now())
        tick.lapse(self.at)
        for place, paper in enumerate(self.county.papers):
            due = paper.clocks.get("feedback")
            if paper.state == "replied" and due and due < self.at.date():
                assert self._paper(place).state == "no_feedback", "the date passed unnoticed"
                self._taken(paper, "lapse", "", {})
                self._count("done lapse")
        self._count("days")

    def the_text_is_changed(self) -> None:
        if (place := self._pick(*actions.EDITABLE)) is not None:
            whole, not_secret = self.chance.choices((True, False), (2, 1), k=2)
            self._rewrite(place, whole=whole, not_secret=not_secret)

    def the_list_of_those_invited_is_changed(self) -> None:
        if (place := self._pick(*actions.INVITING)) is not None:
            self._invite(
                place, {key for key in ("zhou", "gao_xiang") if self.chance.random() < 0.6}
            )

    def the_reply_is_drafted(self) -> None:
        if (place := self._pick("handling", "reply_check")) is not None:
            whole, hidden = self.chance.choices((True, False), k=2)
            self._draft_reply(place, whole=whole, hidden=hidden)

    def somebody_leaves_or_comes_back(self) -> None:
        self._leave_or_come_back(self.chance.choice(GOERS))


def _three_months_before(day: date) -> date:
    month = (day.month - 4) % 12 + 1
    return date(day.year - (month > day.month), month, day.day)
