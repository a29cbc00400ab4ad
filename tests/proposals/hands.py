"""The hands of the machine: they write, invite, draft, leave, and take a step in both worlds at once."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, ClassVar

from shangliang.matters.flow import move
from shangliang.matters.refusals import Refused
from shangliang.people.models import Seat
from shangliang.proposals import actions
from shangliang.proposals.models import Answer, Proposal, Reply
from tests.faults.breaking import picture
from tests.world import World

from . import comparing
from .law import BROUGHT, REASONS, ROWS
from .model import County, Paper

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


class Hands:
    """What one does in the house and writes down in the model."""

    world: ClassVar[World]
    steps: ClassVar[Counter[str]] = Counter()
    chance: Random
    at: datetime
    pks: list[int]
    county: County
    taken: int
    acted: bool
    changed: bool

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
            assert changed <= self._may_change(row, kind), (row, kind, changed)
            assert sentence.endswith("。"), sentence
        self._count(f"{kind} {row}", changed=kind in ("done", "NotAllowed"))

    def _may_change(self, row: str, kind: str) -> set[str]:
        """That a stranger tried is written down; of all else nothing is left."""
        return JOURNAL if kind == "NotAllowed" else set()

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

    def _count(self, what: str, changed: bool = True) -> None:
        self.taken, self.acted = self.taken + 1, True
        self.changed |= changed
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
