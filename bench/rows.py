"""Lives as rows, straight into the tables, as the engine would have left them.

The journal goes through `journal.write_many`, so its chain is real.
"""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from county import County
from lives import Life, Walker
from owed import deadlines, notices
from pour import Pour, count_on

from shangliang.matters import journal
from shangliang.matters.models import Deadline, Entry, Matter, Notice, Part
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

MODELS = (
    Matter,
    Proposal,
    Part,
    Ask,
    Filing,
    Consultation,
    Reply,
    Answer,
    Rating,
    Deadline,
    Notice,
)


class Writer(Walker):
    """Turns lives into rows, a few thousand at a time."""

    def __init__(
        self, county: County, dice: Random, now: datetime, notices_since: datetime
    ) -> None:
        super().__init__(county, dice, now)
        self.notices_since = notices_since
        self.pours = {model: Pour(model) for model in MODELS}

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
            add[Rating](
                proposal_id=life.pk, person_id=person, attitude=word, effect=word, at=rated.at
            )
        for clock in deadlines(life, self.county.committee.pk):
            add[Deadline](**clock)
        for notice in notices(life, self, self.notices_since):
            add[Notice](**notice)

    def _parts(self, life: Life, made: dict[str, Entry]) -> None:
        add = self.pours[Part].add
        add(matter_id=life.pk, role="author", person_id=life.author.pk, since=life.begun)
        role = "invited" if life.state == "cosigning" else "cosigner"
        for order, person in enumerate(life.cosigners, start=1):
            if "invite" in made:
                add(
                    matter_id=life.pk, role=role, person_id=person.pk, order=order, since=life.begun
                )
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

    def finish(self) -> None:
        count_on(*self.pours)
