"""The same lives, lived through the pages: each step is a form somebody sends."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.urls import reverse

from shangliang.proposals.models import Proposal
from tests.browsing import Browser, browser

from .hands import JOURNAL
from .law import ROWS
from .machine import Lives
from .model import Paper

PAGES = {
    "invite": "invite", "submit": "check", "present": "check", "confirm": "check",
    "review": "review", "file": "decide", "not_file": "decide", "plan": "plan",
    "sign_for": "sign_for", "log": "log", "extend": "extend", "send_up": "reply",
    "issue": "issue", "rate": "rate",
}  # fmt: skip
# What a page answers: a stranger is not told that there is one, and nobody is told with a 500.
ANSWERS = {
    "done": {302}, "NotAllowed": {302, 404, 409}, "NotReady": {409, 422},
    "Stale": {302, 404, 409},
}  # fmt: skip


class Pages(Lives):
    """Lives in which the house is reached through Django's client alone."""

    now: ClassVar[list[datetime]] = []
    logged_in: Browser

    def _now(self) -> datetime:
        moment = super()._now()
        self.now[:] = [moment]
        return moment

    def two_hands_hold_the_same_paper(self) -> None:
        """A page looks for the paper afresh; what is left of an old page is a step out of time."""
        self.somebody_tries_what_is_not_its_time()

    def _step(self, place: int, row: str, by: str, whole: bool = True) -> None:
        paper = self.county.papers[place]
        gone = (paper.invited | paper.cosigners) - self.county.holding("member")
        if row == "invite" and gone:  # the page offers nobody who has left
            self._invite(place, paper.invited - gone)
            return
        super()._step(place, row, by, whole)

    def _do(
        self, house: Proposal, row: str, by: str, kind: str, note: str = "", data: Any = None
    ) -> None:
        self.logged_in = browser(self._person(by))  # before the picture is taken
        super()._do(house, row, by, kind, note, data)

    def _may_change(self, row: str, kind: str) -> set[str]:
        """The key of a form is kept; a letter is saved before it is found incomplete."""
        saved = {"proposals_reply", "proposals_answer"} | JOURNAL if row == "send_up" else set()
        return super()._may_change(row, kind) | {"matters_receipt"} | saved

    def _ask(
        self, house: Proposal, row: str, by: str, note: str, data: dict[str, Any]
    ) -> tuple[str, str]:
        paper = self.county.papers[self.pks.index(house.pk)]
        in_time = paper.state in ROWS[row].sources.split()
        url = reverse("move", args=[house.pk, row])
        if in_time and row in PAGES:
            url = reverse(f"proposals:{PAGES[row]}", args=[house.pk])
        kind = self.county.answer(paper, row, by, note, data, self.at)
        before = house.entries.filter(verb=row).count()
        answer = self.logged_in.post(url, self._form(house, paper, row, note, data))
        done = house.entries.filter(verb=row).count() > before
        assert answer.status_code in ANSWERS[kind], (by, row, kind, answer.status_code)
        self._beside_the_row(house, paper, row, kind)
        return ("done", "") if done else (kind if kind != "done" else "refused", "已说明。")

    def _beside_the_row(self, house: Proposal, paper: Paper, row: str, kind: str) -> None:
        """What a page does besides taking its row: it saves a letter, it sets the list afresh."""
        if row == "send_up" and kind in ("done", "NotReady"):
            by = str(house.entries.filter(verb="write_reply").latest("id").by)
            key = next(k for k, person in self.world.people.items() if str(person) == by)
            paper.story.append(("write_reply", "handling", "handling", key))
            paper.replies.setdefault(paper.round, "gaps")
        if row == "invite" and kind == "done":
            paper.declined = set()

    def _form(
        self, house: Proposal, paper: Paper, row: str, note: str, data: dict[str, Any]
    ) -> dict[str, Any]:
        said = {"note": note, **data}
        if row == "invite":
            asked = paper.invited | paper.cosigners
            said["people"] = [self.world.people[key].pk for key in sorted(asked)]
        if row == "present":
            said["present"] = "1"
        if row in ("file", "not_file"):
            said |= {"proposed": row, "category": "social"}
        if row == "plan":
            unit = getattr(self.world, paper.planned) if paper.planned else None
            said["unit"] = unit.pk if unit else ""
        if row == "send_up":
            said |= self._letter(house)
        return said

    def _letter(self, house: Proposal) -> dict[str, Any]:
        """The letter as it was drafted, every word of it in its field."""
        reply = house.current_reply()
        texts = {a.ask_id: a.text for a in reply.answers.all()} if reply else {}
        said: dict[str, Any] = {f"ask-{ask.pk}": texts.get(ask.pk, "") for ask in house.asks.all()}
        return said | {
            "result": reply.result if reply else "", "publicity": reply.publicity if reply else "",
            "opening": "您好。", "closing": "谢谢。", "version": reply.version if reply else 0,
        }  # fmt: skip
