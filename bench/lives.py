"""Lives of proposals: which rows of the table each was carried along, by whom, and when.

Rows, circles and states are read from the table of the room itself; only the order of the steps
is chosen here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import words
from county import County

from shangliang.matters.models import Entry
from shangliang.matters.models.matter import WIDTH
from shangliang.matters.table import Who
from shangliang.people.models import Organisation, Person, Session
from shangliang.proposals.workflow import PROPOSAL

# fmt: off
WAY = ["submit", "review", "file", "plan", "assign", "sign_for", "log", "send_up", "issue", "rate", "close"]
DAYS = {"review": 5, "file": 7, "plan": 8, "assign": 10, "sign_for": 4, "log": 14, "send_up": 45,
        "issue": 4, "rate": 10, "lapse": 22, "close": 9, "cosign": 2}
# Where papers of past sessions and of this year's stand, in per cent.
PAST = {"closed": 86, "not_filed": 9, "withdrawn": 3, "draft": 1, "published": 1}
PRESENT = {"draft": 5, "cosigning": 2, "submitted": 11, "returned": 3, "preliminary": 8, "filed": 7,
           "planned": 5, "assigned": 8, "handling": 25, "reply_check": 4, "replied": 10, "rated": 4,
           "no_feedback": 2, "not_filed": 2, "closed": 4}
ENDS = {"submitted": 1, "preliminary": 2, "filed": 3, "planned": 4, "assigned": 5, "handling": 7,
        "reply_check": 8, "replied": 9, "rated": 10, "closed": 11}
CATEGORIES = ["economic", "political", "cultural", "social", "ecological", "other"]
# fmt: on


def steps(dice: Random, end: str, joint: int, logs: int) -> list[str]:
    """The rows a paper was carried along until it stood at `end`."""
    begin = ["invite", *["cosign"] * joint] if joint else []
    if end in ("draft", "cosigning"):
        return begin[:1] if end == "cosigning" else []
    short = {"returned": ["submit", "return"], "withdrawn": ["submit", "withdraw"],
             "not_filed": ["submit", "review", "not_file"]}  # fmt: skip
    if end in short:
        return begin + short[end]
    way = WAY[
        : ENDS["closed" if end == "published" else "replied" if end == "no_feedback" else end]
    ]
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


class Walker:
    """Carries lives along their paths, as the people of the county would."""

    def __init__(self, county: County, dice: Random, now: datetime) -> None:
        self.county, self.dice, self.now = county, dice, now

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
        self,
        life: Life,
        verb: str,
        was: str,
        now: str,
        by: Person | None,
        acting: str,
        at: datetime,
    ) -> None:
        note, data = "", {}
        row = PROPOSAL.rows.get(verb)
        if row and row.note:
            note = f"{words.paper(self.dice, str(life.unit)).analysis[:60]}"
        if verb == "review":
            data = {"category": life.category, "proposed": "file"}
        elif verb == "log":
            data = {
                "held_on": at.date().isoformat(),
                "form": "visit",
                "participants": str(life.author),
            }
        entry = Entry(
            matter_id=life.pk,
            verb=verb,
            was=was,
            now=now,
            by_id=by and by.pk,
            acting_as=acting,
            at=at,
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
        return life.author if who.parts else self.of_unit(life, who)[0]

    def of_unit(self, life: Life, who: Who) -> list[Person]:
        duties = {duty for role, duty in who.desks if role == "lead_unit"}
        found = {"unit_clerk": self.county.clerks, "unit_leader": self.county.leaders}
        return [found[duty][life.unit.pk] for duty in sorted(duties & found.keys())]

    def circle(self, life: Life, who: Who) -> list[Person]:
        """The people of a circle in this life, each once."""
        found = [p for duty in who.duties for p in self.county.staff.get(duty, ())]
        found += [life.author] if "author" in who.parts else []
        found += life.cosigners if who.parts & {"cosigner", "invited"} else []
        found += self.of_unit(life, who)
        return list({person.pk: person for person in found}.values())
