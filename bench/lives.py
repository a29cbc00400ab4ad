"""Lives of proposals, written straight into the tables as the engine would have left them.

Rows, circles, states and clocks are read from the table of the room itself; only the order of
the steps is chosen here.  The journal goes through `journal.write_many`, so its chain is real.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import words
from county import County
from pour import Pour, count_on

from shangliang.analysis.clock import Clock
from shangliang.matters import clocks, journal
from shangliang.matters.calendars import shipped_calendar
from shangliang.matters.models import Deadline, Entry, Matter, Notice, Part
from shangliang.matters.models.matter import WIDTH
from shangliang.matters.table import Due, Who
from shangliang.people.models import Organisation, Person, Session
from shangliang.proposals.models import (
    Answer,
    Ask,
    Consultation,
    Filing,
    Proposal,
    Rating,
    Reply,
)
from shangliang.proposals.workflow import PROPOSAL

WAY = ["submit", "review", "file", "plan", "assign", "sign_for", "log", "send_up", "issue", "rate", "close"]
DAYS = {"review": 5, "file": 7, "plan": 8, "assign": 10, "sign_for": 4, "log": 14, "send_up": 45,
        "issue": 4, "rate": 10, "lapse": 22, "close": 9, "cosign": 2}  # fmt: skip
# Where papers of past sessions and of this year's stand, in per cent.
PAST = {"closed": 86, "not_filed": 9, "withdrawn": 3, "draft": 1, "published": 1}
PRESENT = {"draft": 5, "cosigning": 2, "submitted": 11, "returned": 3, "preliminary": 8, "filed": 7,
           "planned": 5, "assigned": 8, "handling": 25, "reply_check": 4, "replied": 10, "rated": 4,
           "no_feedback": 2, "not_filed": 2, "closed": 4}  # fmt: skip
ENDS = {"submitted": 1, "preliminary": 2, "filed": 3, "planned": 4, "assigned": 5, "handling": 7,
        "reply_check": 8, "replied": 9, "rated": 10, "closed": 11}  # fmt: skip
CATEGORIES = ["economic", "political", "cultural", "social", "ecological", "other"]


def steps(dice: Random, end: str, joint: int, logs: int) -> list[str]:
    """The rows a paper was carried along until it stood at `end`."""
    begin = ["invite", *["cosign"] * joint] if joint else []
    if end in ("draft", "cosigning"):
        return begin[:1] if end == "cosigning" else []
    short = {"returned": ["submit", "return"], "withdrawn": ["submit", "withdraw"],
             "not_filed": ["submit", "review", "not_file"]}  # fmt: skip
    if end in short:
        return begin + short[end]
    way = WAY[: ENDS["closed" if end == "published" else "replied" if end == "no_feedback" else end]]
    if end == "no_feedback":
        way = [*way, "lapse"]
    elif "close" in way and dice.random() < 0.25:
        way[way.index("rate")] = "lapse"
    if "log" in way:
        place = way.index("log")
        way[place:place] = ["log"] * (logs - 1)
    return begin + way + (["publish"] if end == "published" else [])


@dataclass
class Life:
    """One proposal as it will stand in the tables."""

    pk: int
    end: str
    path: list[str]
    begun: datetime
    session: Session
    author: Person
    cosigners: list[Person]
    unit: Organisation
    paper: words.Paper
    category: str
    state: str = "draft"
    visibility: str = "private"
    number: str = ""
    sequence: int | None = None
    moved: datetime = field(init=False)
    entries: list[tuple[str, Entry, str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.moved = self.begun


class Writer:
    """Turns lives into rows, a few thousand at a time."""

    def __init__(self, county: County, dice: Random, now: datetime, notices_since: datetime) -> None:
        self.county, self.dice, self.now, self.notices_since = county, dice, now, notices_since
        models = (Matter, Proposal, Part, Ask, Filing, Consultation, Reply, Answer, Rating, Deadline, Notice)
        self.pours = {model: Pour(model) for model in models}
        self.written = 0

    def live(self, life: Life) -> int:
        """Walk a paper along its path; how many entries that made."""
        rows, at = PROPOSAL.rows, life.begun
        self._entry(life, "begin", "", "draft", life.author, "", at)
        waits = [self.dice.randrange(8, 48 * DAYS.get(verb, 2) - 7) for verb in life.path]
        # Nothing has happened after today: a life that would go on longer went faster.
        hour = min(timedelta(hours=1), (self.now - life.begun) / max(1, sum(waits)))
        for verb, wait in zip(life.path, waits, strict=True):
            at += wait * hour
            row, was = rows[verb], life.state
            life.state, life.moved = row.leads_to(was), at
            if row.shows and WIDTH[row.shows] > WIDTH[life.visibility]:
                life.visibility = row.shows
            if verb == "file":
                life.number = f"{life.session}第{life.sequence:04d}号"
            self._entry(life, verb, was, life.state, self._actor(life, verb), row.who.name, at)
        return len(life.entries)

    def _entry(
        self, life: Life, verb: str, was: str, now: str, by: Person | None, acting: str, at: datetime
    ) -> None:
        note, data = "", {}
        row = PROPOSAL.rows.get(verb)
        if row and row.note:
            note = f"{words.paper(self.dice, str(life.unit)).analysis[:60]}"
        if verb == "review":
            data = {"category": life.category, "proposed": "file"}
        elif verb == "log":
            data = {"held_on": at.date().isoformat(), "form": "visit", "participants": str(life.author)}
        entry = Entry(
            matter_id=life.pk, verb=verb, was=was, now=now, by_id=by and by.pk, acting_as=acting, at=at
        )
        life.entries.append((verb, entry, note, data))

    def _actor(self, life: Life, verb: str) -> Person | None:
        who = PROPOSAL.rows[verb].who
        if verb == "cosign":
            signed = sum(1 for made, *_ in life.entries if made == "cosign")
            return life.cosigners[signed]
        if who.clock:
            return None
        if who.duties:
            return self.dice.choice(self.county.staff[min(who.duties & self.county.staff.keys())])
        return life.author if who.parts else self._of_unit(life, who)[0]

    def _of_unit(self, life: Life, who: Who) -> list[Person]:
        duties = {duty for role, duty in who.desks if role == "lead_unit"}
        found = {"unit_clerk": self.county.clerks, "unit_leader": self.county.leaders}
        return [found[duty][life.unit.pk] for duty in sorted(duties & found.keys())]

    def write(self, lives: list[Life]) -> int:
        """Put a batch of lives into the tables: journal first, in the order of time."""
        for life in lives:
            self._matter(life)
        self._flush(Matter, Proposal)
        lines = [(e, note, data) for life in lives for _, e, note, data in life.entries]
        lines.sort(key=lambda line: line[0].at)
        journal.write_many(lines)
        for life in lives:
            self._around(life)
        self._flush(*self.pours)
        self.written += len(lives)
        return len(lines)

    def _flush(self, *models: Any) -> None:
        for model in models:
            self.pours[model].flush()

    def _matter(self, life: Life) -> None:
        sent = life.visibility != "private"
        self.pours[Matter].add(
            id=life.pk, kind=Proposal.KIND, number=life.number, title=life.paper.title,
            state=life.state, is_open=not PROPOSAL.states[life.state].final,
            organisation_id=self.county.committee.pk, term_id=life.session.term_id,
            session_id=life.session.pk if sent else None, visibility=life.visibility,
            created_at=life.begun, moved_at=life.moved, version=len(life.entries),
        )  # fmt: skip
        self.pours[Proposal].add(
            matter_ptr_id=life.pk, type="joint" if life.cosigners else "individual",
            is_session=sent, begun_at=life.begun, category=life.category if len(life.path) > 1 else "",
            situation=life.paper.situation, analysis=life.paper.analysis, may_publish=True,
            not_secret=True, sequence=life.sequence if life.number else None,
        )  # fmt: skip

    def _around(self, life: Life) -> None:
        add = {model: pour.add for model, pour in self.pours.items()}
        asks = [
            add[Ask](proposal_id=life.pk, order=order, text=text)
            for order, text in enumerate(life.paper.asks, start=1)
        ]
        made = {verb: entry for verb, entry, *_ in life.entries}
        self._parts(life, made)
        if "submit" in made:
            self._filing(life, made)
        for verb, entry, *_ in life.entries:
            if verb == "log":
                add[Consultation](
                    proposal_id=life.pk, unit_id=life.unit.pk, held_on=entry.at.date(), form="visit",
                    participants=str(life.author), proposer_view="同意按计划推进。", by_id=entry.by_id,
                    at=entry.at,
                )  # fmt: skip
        if "send_up" in made:
            self._reply(life, made, asks)
        if rated := made.get("rate") or made.get("lapse"):
            word = self.dice.choice(["satisfied", "satisfied", "basically", "understands"])
            word = word if "rate" in made else "no_feedback"
            person = life.author.pk if "rate" in made else None
            add[Rating](proposal_id=life.pk, person_id=person, attitude=word, effect=word, at=rated.at)
        self._deadlines(life)
        self._notices(life)

    def _parts(self, life: Life, made: dict[str, Entry]) -> None:
        add = self.pours[Part].add
        add(matter_id=life.pk, role="author", person_id=life.author.pk, since=life.begun)
        role = "invited" if life.state == "cosigning" else "cosigner"
        for order, person in enumerate(life.cosigners, start=1):
            if "invite" in made:
                add(matter_id=life.pk, role=role, person_id=person.pk, order=order, since=life.begun)
        if planned := made.get("plan"):
            role = "lead_unit" if "assign" in made else "planned_lead"
            add(matter_id=life.pk, role=role, unit_id=life.unit.pk, since=planned.at)

    def _filing(self, life: Life, made: dict[str, Entry]) -> None:
        filed, assigned = made.get("file"), made.get("assign")
        self.pours[Filing].add(
            proposal_id=life.pk, proposed="file" if "review" in made else "",
            filed_on=filed and filed.at.date(), handler="经办人" if "sign_for" in made else "",
            ground="empty" if "not_file" in made else "",
            assigned_on=assigned and assigned.at.date(),
            first_assigned_on=assigned and assigned.at.date(),
        )  # fmt: skip

    def _reply(self, life: Life, made: dict[str, Entry], asks: list[int]) -> None:
        issued = made.get("issue")
        number = f"{life.unit}提〔{life.begun.year}〕{life.sequence}号" if issued else ""
        reply = self.pours[Reply].add(
            proposal_id=life.pk, unit_id=life.unit.pk, result=self.dice.choice("AABBC"),
            publicity="full", opening="您提出的提案收悉，现答复如下。", letter_number=number,
            issued_at=issued and issued.at,
        )  # fmt: skip
        for ask, text in zip(asks, life.paper.asks, strict=True):
            said = f"关于{text[:40]}的建议，我局已列入年度计划。{life.paper.analysis[:80]}"
            self.pours[Answer].add(reply_id=reply, ask_id=ask, text=said)

    def _deadlines(self, life: Life) -> None:
        running: dict[str, dict[str, Any]] = {}
        done: list[dict[str, Any]] = []
        for verb, entry, *_ in life.entries:
            if verb == "begin":
                continue
            row = PROPOSAL.rows[verb]
            final = PROPOSAL.states[entry.now].final
            for name in (*row.meets, *row.drops, *(running if final else ())):
                if clock := running.pop(name, None):
                    clock["met_at" if name in row.meets else "dropped_at"] = entry.at
                    done.append(clock)
            for due in row.opens:
                running[due.name] = self._clock(life, due, entry, row.label)
        for clock in (*done, *running.values()):
            self.pours[Deadline].add(**clock)

    def _clock(self, life: Life, due: Due, entry: Entry, event: str) -> dict[str, Any]:
        rule, start = rule_of(due, life.session.term_id, self.county.committee.pk), entry.at.date()
        day, provisional = due_day(due.rule, start, life.session.term_id, self.county.committee.pk)
        return rule | {
            "matter_id": life.pk, "name": due.name, "label": due.label, "rule": due.rule,
            "event": event, "started_on": start, "due_on": day, "provisional": provisional,
            "opened_by_id": entry.pk,
        }  # fmt: skip

    def _notices(self, life: Life) -> None:
        for verb, entry, note, _data in life.entries:
            row = PROPOSAL.rows.get(verb)
            if row is None or row.tell is None or entry.at < self.notices_since:
                continue
            due = entry.at.date()
            sentence = row.says.format(
                title=life.paper.title, by=life.author, number=life.number, lead=life.unit, note=note,
                due=f"{due.month} 月 {due.day} 日", asks=len(life.paper.asks),
            )  # fmt: skip
            held_by = PROPOSAL.states[entry.now].held_by
            asked = {person.pk for person in self._circle(life, held_by)} if held_by else set()
            for person in self._circle(life, row.tell):
                if person.pk != entry.by_id:
                    self.pours[Notice].add(
                        person_id=person.pk, matter_id=life.pk, entry_id=entry.pk,
                        topic=f"entry:{entry.pk}", sentence=sentence[:300],
                        url=f"/proposals/{life.pk}/", asks=person.pk in asked,
                        while_state=entry.now, created_at=entry.at,
                        read_at=entry.at + timedelta(hours=9) if self.dice.random() < 0.9 else None,
                    )  # fmt: skip

    def _circle(self, life: Life, who: Who) -> list[Person]:
        """The people of a circle in this life, each once."""
        found = [p for duty in who.duties for p in self.county.staff.get(duty, ())]
        found += [life.author] if "author" in who.parts else []
        found += life.cosigners if who.parts & {"cosigner", "invited"} else []
        found += self._of_unit(life, who)
        return list({person.pk: person for person in found}.values())

    def finish(self) -> None:
        count_on(*self.pours)


@cache
def rule_of(due: Due, term: int, committee: int) -> dict[str, Any]:
    """The numbers of a date as the house has them, asked once."""
    return clocks._rule_in_force(
        Proposal(kind=Proposal.KIND, term_id=term, organisation_id=committee), due
    )


@cache
def due_day(name: str, start: date, term: int, committee: int) -> tuple[date, bool]:
    due = next(due for due in PROPOSAL.dues().values() if due.rule == name)
    deadline = Deadline(rule=name, started_on=start, **rule_of(due, term, committee))
    found = Clock(clocks.rule_of(deadline), start).due(shipped_calendar())
    assert found.day is not None
    return found.day, found.is_provisional
