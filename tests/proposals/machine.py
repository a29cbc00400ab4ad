"""A machine that lives proposals' lives at random, in the house and in the model side by side.

Every step is taken by somebody, right or wrong, with what it needs or without, at a moment that
only moves forward.  `comparing.py` looks at both after each step.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from shangliang.matters import reminders, tick
from shangliang.matters.flow import move
from shangliang.matters.refusals import Refused
from shangliang.people.models import Seat
from shangliang.proposals import actions
from shangliang.proposals.models import Answer, Proposal, Reply
from tests.faults.breaking import picture
from tests.world import SHANGHAI, World

from . import comparing
from .law import BROUGHT, REASONS, ROWS
from .model import County, Paper

BEGINS = datetime(2026, 1, 21, 9, tzinfo=SHANGHAI)  # the second day of the session
WORDS = {
    "title": "关于加快老旧小区加装电梯的建议", "analysis": "低楼层住户担心采光，审批要跑五个窗口。",
    "situation": "全县建成于 2000 年以前的多层住宅共 612 栋，近三年加装电梯 37 部。",
}  # fmt: skip
ASKS = ["制定低层住户补偿的参考标准。", "五个窗口并为一窗。"]
KINDS = ("individual", "joint", "individual", "joint", "sector", "group")
SEATS = {
    "lin": {"member"}, "zhou": {"member"}, "gao_xiang": {"member", "convener"},
    "chen": {"office"}, "he": {"committee"}, "tang": {"supervision"}, "gao": {"clerk@housing"},
    "liang": {"leader@housing"}, "qian": {"clerk@finance"}, "fan": {"leader@finance"},
    "wu": set(), "sys": set(), "passer": set(), "far": set(), "far_office": set(),
}  # fmt: skip
GOERS = ("zhou", "lin", "gao", "gao_xiang")  # whose seats end and are given back
JOURNAL = {"matters_entry", "matters_entrycontent", "matters_chainhead"}
MOST = 4  # so many papers are open at once
WEIGHTS = {
    "a_paper_goes_its_usual_way": 6, "somebody_takes_a_step_that_is_hers": 9,
    "somebody_tries_what_is_anothers": 3, "somebody_tries_what_is_not_its_time": 2,
    "two_hands_hold_the_same_paper": 1, "days_pass": 3, "the_text_is_changed": 1,
    "the_list_of_those_invited_is_changed": 1, "the_reply_is_drafted": 1,
    "somebody_leaves_or_comes_back": 1, "somebody_writes": 2,
}  # fmt: skip


class Lives(RuleBasedStateMachine):
    """Some papers, some people, some months."""

    world: ClassVar[World]
    steps: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.room = transaction.atomic()
        self.room.__enter__()
        self.at, self.pks = BEGINS, list[int]()
        self.taken, self.changed, self.offset = 0, False, 0
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
        if self.pks and self.changed:
            comparing.compare(self, self.offset + self.taken)
            self.steps["compared"] += 1
            self.changed = False

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
        if not self.changed:
            self.a_paper_goes_its_usual_way()
        if sum(paper.is_open for paper in self.county.papers) < 2:
            self._write()
        if not self.changed:
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

    # The hands of the machine.

    def _write(self) -> None:
        """A blank page filled in: a member's own, one typed for her, or a body's."""
        kind, by = self.chance.choice(KINDS), self.chance.choice(("lin", "zhou", "gao_xiang"))
        scribed = kind == "individual" and self.chance.random() < 0.5
        body = {"sector": self.world.sector, "group": self.world.group}.get(kind)
        typist = "chen" if scribed else "gao_xiang" if body else by
        public = self.chance.random() < 0.7
        made = actions.start(
            self.world.county, author=body or self._person(by), by=self._person(typist),
            at=self._now(), asks=ASKS,
            fields=WORDS | {"type": kind, "not_secret": True, "may_publish": public},
        )  # fmt: skip
        self.pks.append(made.pk)
        paper = Paper(kind, "body" if body else by, self.at, typist if scribed else "")
        paper.may_publish = public
        paper.story.append(("begin", "", "draft", typist))
        self.county.papers.append(paper)
        self._count("write")

    def _leave_or_come_back(self, key: str) -> None:
        leaves = bool(self.county.seats[key])
        until = self.at.date() - timedelta(days=1) if leaves else None
        Seat.objects.filter(person=self.world.people[key]).update(until=until)
        self.county.seats[key] = set() if leaves else set(SEATS[key])
        self._count("seats")

    def _pick(self, *states: str) -> Any:
        """One of the papers, mostly one that is still open; in one of these states, or None."""
        papers = list(enumerate(self.county.papers))
        if states:
            found = [n for n, paper in papers if paper.state in states]
            return self.chance.choice(found) if found else None
        places = [n for n, paper in papers if paper.is_open]
        return self.chance.choice(
            places if places and self.chance.random() < 0.9 else range(len(papers))
        )

    def _straight_on(self, place: int) -> None:
        """The next step of an ordinary life, by somebody who may take it; a seat filled for it."""
        paper = self.county.papers[place]
        if not (row := usual(paper)):
            return
        if paper.state in ("replied", "no_feedback") and self.chance.random() < 0.4:
            self.days_pass()  # she is in no hurry
            return
        people = self.county.circle(paper, ROWS[row].who)
        if people:
            self._prepare(place, row)
            self._step(place, row, min(people))
        elif gone := [key for key in GOERS if not self.county.seats[key]]:
            self._leave_or_come_back(gone[0])

    def _prepare(self, place: int, row: str) -> None:
        """Bring about what a row needs, as far as it lies in the drawing of a form."""
        paper = self.county.papers[place]
        if paper.state in actions.EDITABLE and not (paper.whole and paper.not_secret):
            self._rewrite(place, whole=True, not_secret=True)
        if row == "invite" and paper.kind == "joint":
            self._invite(place, {"zhou", "gao_xiang"})
        if row == "plan":
            unit = "finance" if place % 3 == 2 else "housing"
            actions.plan_lead(self._paper(place), getattr(self.world, unit), self.at)
            paper.planned = unit
        if row == "send_up":
            self._draft_reply(place, whole=True, hidden=place % 4 == 3)

    def _rewrite(self, place: int, *, whole: bool, not_secret: bool) -> None:
        paper, house = self.county.papers[place], self._paper(place)
        by = min(self.county.circle(paper, "author"), default="lin")
        words = WORDS | {"analysis": WORDS["analysis"] if whole else "", "not_secret": not_secret}
        actions.rewrite(house, version=house.version, by=self._person(by), at=self._now(),
                        fields=words, asks=ASKS)  # fmt: skip
        paper.whole, paper.not_secret = whole, not_secret
        paper.story.append(("rewrite_text", paper.state, paper.state, by))
        self._count("rewrite text")

    def _invite(self, place: int, wanted: set[str]) -> None:
        paper = self.county.papers[place]
        wanted -= {paper.author}
        if paper.kind != "joint" or paper.state not in actions.INVITING:
            return
        people = [self._person(key) for key in sorted(wanted)]
        actions.ask_to_cosign(
            self._paper(place), people, by=self._person(paper.author), at=self._now()
        )
        new, gone = (
            wanted - paper.invited - paper.cosigners,
            (paper.invited | paper.declined) - wanted,
        )
        paper.invited = (paper.invited | new) & wanted
        paper.declined = (paper.declined & wanted) - new
        self._count("invitations")
        if paper.state == "cosigning" and (new or gone):
            paper.story.append(("invitations", "cosigning", "cosigning", paper.author))

    def _draft_reply(self, place: int, *, whole: bool, hidden: bool) -> None:
        paper, house = self.county.papers[place], self._paper(place)
        unit = getattr(self.world, paper.unit)
        reply, _made = Reply.objects.update_or_create(
            proposal=house, unit=unit, round=paper.round,
            defaults={"result": "B", "publicity": "not" if hidden else "full"},
        )  # fmt: skip
        for ask in house.asks.all():
            text = "已经列入计划。" if whole or ask.order == 1 else " "
            Answer.objects.update_or_create(reply=reply, ask=ask, defaults={"text": text})
        paper.replies[paper.round] = "whole" if whole else "gaps"
        paper.drafted_hidden = hidden
        self._count("draft reply")

    def _step(self, place: int, row: str, by: str, whole: bool = True) -> None:
        """One step in both worlds: done in both, or refused in both for the same kind of reason."""
        paper, house = self.county.papers[place], self._paper(place)
        note, data = self._said(paper, row, whole)
        said = self.county.answer(paper, row, by, note, data, self._now())
        self._do(house, row, by, said, note, data)
        if said == "done":
            self._taken(paper, row, by, data)
            comparing.who_was_told(self, paper, row, by)

    def _do(
        self, house: Proposal, row: str, by: str, kind: str, note: str = "", data: Any = None
    ) -> None:
        """What the house answers; after a refusal nothing at all is different."""
        before = picture() if kind != "done" else {}
        said, sentence = self._ask(house, row, by, note, data or {})
        assert said == kind, f"{by or 'nobody'} {row}: {said} {sentence}, and not {kind}"
        if said != "done":
            after = picture()
            changed = {name for name in before if before[name] != after[name]}
            assert changed <= (JOURNAL if kind == "NotAllowed" else set()), (row, kind, changed)
            assert sentence.endswith("。"), sentence
        self._count(f"{kind} {row}")

    def _ask(
        self, house: Proposal, row: str, by: str, note: str, data: dict[str, Any]
    ) -> tuple[str, str]:
        """Done, or the kind of refusal and its sentence."""
        try:
            move(house, row, by=self._person(by), at=self.at, note=note, data=data)
        except Refused as refusal:
            return type(refusal).__name__, str(refusal)
        return "done", ""

    def _taken(self, paper: Paper, row: str, by: str, data: dict[str, Any]) -> None:
        running = {d.name: d for d in comparing.running(self.pks[self.county.papers.index(paper)])}
        self.county.take(paper, row, by, data, self.at, lambda name: running[name].due_on)

    def _said(self, paper: Paper, row: str, whole: bool) -> tuple[str, dict[str, Any]]:
        """What the form of a row brings; unless it is whole, something is left out or wrong."""
        tomorrow = self.at.date() + timedelta(days=1)
        pleased = self.chance.random() < 0.7
        data: dict[str, Any] = {
            "review": {"category": "social", "proposed": "file"},
            "not_file": {"ground": "empty", "disposition": "to_letter"},
            "sign_for": {"handler": "高远", "leader_in_charge": "梁静"},
            "log": {
                "held_on": self.at.date().isoformat(), "form": "visit",
                "participants": "高远、林晓", "proposer_view": "赞成。",
            },
            "extend": {"until": self._another_day(paper, whole).isoformat()},
            "rate": {"attitude": "satisfied", "effect": "basically" if pleased else "dissatisfied"},
        }.get(row, {})  # fmt: skip
        if whole:
            return ("说明在此。" if row in REASONS else ""), data
        names = BROUGHT.get(row, "").split()
        if row == "log" and self.chance.random() < 0.3:
            data["held_on"] = tomorrow.isoformat()
        elif names:
            data[self.chance.choice(names)] = ""
        return "", data

    def _another_day(self, paper: Paper, whole: bool) -> date:
        """A day a week later; else the day it is due already, or one far too late."""
        due = paper.clocks.get("reply", self.at.date())
        return due + timedelta(days=7 if whole else self.chance.choice((0, 200)))

    def _paper(self, place: int) -> Proposal:
        return Proposal.objects.get(pk=self.pks[place])

    def _person(self, key: str) -> Any:
        return self.world.people[key] if key else None

    def _now(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def _count(self, what: str) -> None:
        self.taken, self.changed = self.taken + 1, True
        self.steps[what] += 1


def open_rows(paper: Paper) -> list[str]:
    """The rows that begin where the paper stands; the calendar's own is left to the calendar."""
    return [
        row.row for row in ROWS.values()
        if paper.state in row.sources.split() and row.row != "lapse"
    ]  # fmt: skip


def usual(paper: Paper) -> str:
    """The row by which a paper in its state usually goes on."""
    if paper.state == "draft":
        return "invite" if paper.kind == "joint" else "present" if paper.scribe else "submit"
    if paper.state == "cosigning" and paper.invited:
        return "cosign"
    if paper.state == "handling" and not paper.talks[paper.round]:
        return "log"
    if paper.state == "rated" and paper.round == 1 and paper.ratings.get(1) == "dissatisfied":
        return "rehandle"
    return {
        "cosigning": "submit", "unconfirmed": "confirm", "submitted": "review",
        "returned": "submit", "preliminary": "file", "filed": "plan", "planned": "assign",
        "assigned": "sign_for", "handling": "send_up", "reply_check": "issue", "replied": "rate",
        "rated": "close", "no_feedback": "rate",
    }.get(paper.state, "")  # fmt: skip


def _three_months_before(day: date) -> date:
    month = (day.month - 4) % 12 + 1
    return date(day.year - (month > day.month), month, day.day)
