"""A county in plain Python that lives by `law.py`: what the house must answer, and then look like.

It knows no database and no calendar: when a date falls it is told by the house, which is asked
elsewhere whether it counts right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from .law import BROUGHT, ENDS, OWES, REASONS, ROWS, TURNS, WIDER

HALF_A_YEAR = timedelta(days=180)  # nobody in these tests asks for a day within a week of it


@dataclass
class Paper:
    """One proposal as the regulations see it."""

    kind: str
    author: str
    began: datetime
    scribe: str = ""
    invited: set[str] = field(default_factory=set)
    cosigners: set[str] = field(default_factory=set)
    declined: set[str] = field(default_factory=set)
    state: str = "draft"
    planned: str = ""
    unit: str = ""
    shown: str = "private"
    clocks: dict[str, date] = field(default_factory=dict)  # what is owed, by when
    ended: Counter[str] = field(default_factory=Counter)
    latest: date | None = None  # to which the reply may be extended; None: no more
    round: int = 1
    talks: Counter[int] = field(default_factory=Counter)
    replies: dict[int, str] = field(default_factory=dict)  # whole, gaps or issued
    drafted_hidden: bool = False  # the unit wrote: not to be published
    hidden: bool = False  # and sent it out like that
    ratings: dict[int, str] = field(default_factory=dict)
    whole: bool = True
    not_secret: bool = True
    may_publish: bool = True
    number: tuple[str, int] | None = None
    story: list[tuple[str, str, str, str]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.state not in ENDS


@dataclass
class County:
    """Who holds which duty today, the papers, and the series their numbers come from."""

    seats: dict[str, set[str]]
    windows: list[tuple[str, datetime, datetime]]
    papers: list[Paper] = field(default_factory=list)
    series: Counter[str] = field(default_factory=Counter)

    def holding(self, duty: str) -> set[str]:
        return {key for key, duties in self.seats.items() if duty in duties}

    def circle(self, paper: Paper, words: str) -> set[str]:
        """Everybody who belongs to one of these circles of a paper."""
        return set().union(*(self._circle(paper, word) for word in words.split()))

    def _circle(self, paper: Paper, word: str) -> set[str]:
        if word == "author":
            return {paper.author} if paper.author != "body" else self.holding("convener")
        if word in ("invited", "cosigner", "scribe"):
            own = {"invited": paper.invited, "cosigner": paper.cosigners}
            return own.get(word, {paper.scribe} - {""})
        if word in ("unit", "clerk", "leader"):
            duties = ("clerk", "leader") if word == "unit" else (word,)
            return {key for duty in duties for key in self.holding(f"{duty}@{paper.unit}")}
        return self.holding(word)

    def turn(self, paper: Paper) -> set[str]:
        return self.circle(paper, TURNS.get(paper.state, ""))

    def owing(self, paper: Paper) -> set[str]:
        """Those from whom a date of this paper is owed, in whoever's hands it is."""
        return self.circle(paper, " ".join(OWES[name] for name in paper.clocks))

    def told(self, paper: Paper, row: str, by: str) -> set[str]:
        """Who hears of a step just taken; of a paper still private only those with a part in it."""
        told = self.circle(paper, ROWS[row].told) - {by}
        if paper.shown == "private":
            told &= self.circle(paper, "author cosigner invited scribe")
        return told

    # What the house must answer.

    def answer(
        self, paper: Paper, row: str, by: str, note: str, data: Mapping[str, Any], at: datetime
    ) -> str:
        law = ROWS[row]
        if paper.state not in law.sources.split():
            return "Stale"
        if by not in self.circle(paper, law.who):
            return "NotAllowed"
        if row in REASONS and not note:
            return "NotReady"
        if any(not data.get(name) for name in BROUGHT.get(row, "").split()):
            return "NotReady"
        lacks = getattr(self, f"lacks_to_{row}", None)
        return "NotReady" if lacks and lacks(paper, by, data, at) else "done"

    def window(self, paper: Paper) -> str:
        """The session in whose window the paper was begun, or ""."""
        began = paper.began
        return next((name for name, since, until in self.windows if since <= began <= until), "")

    def lacks_to_invite(self, paper: Paper, *_: Any) -> bool:
        asked = paper.invited | paper.cosigners
        return paper.kind != "joint" or not paper.whole or not asked

    def lacks_to_cosign(self, paper: Paper, by: str, *_: Any) -> bool:
        return by not in self.holding("member")

    def lacks_to_present(self, paper: Paper, *_: Any) -> bool:
        return not paper.whole

    def lacks_to_confirm(self, paper: Paper, *_: Any) -> bool:
        out_of_season = paper.kind == "group" and not self.window(paper)
        of_a_member = paper.kind in ("individual", "joint")
        stranger = of_a_member and paper.author not in self.holding("member")
        return out_of_season or stranger or not paper.whole or not paper.not_secret

    def lacks_to_submit(self, paper: Paper, by: str, data: Any, at: datetime) -> bool:
        waits = bool(paper.invited) and at.date() <= paper.clocks.get("cosign", date.min)
        alone = paper.kind == "joint" and (not paper.cosigners or waits)
        return alone or self.lacks_to_confirm(paper)

    def lacks_to_plan(self, paper: Paper, *_: Any) -> bool:
        return not paper.planned

    def lacks_to_log(self, paper: Paper, by: str, data: Any, at: datetime) -> bool:
        return bool(data["held_on"] > at.date().isoformat())

    def lacks_to_extend(self, paper: Paper, by: str, data: Any, at: datetime) -> bool:
        """Before expiry, once, to a later day and never beyond the longest."""
        due, until = paper.clocks.get("reply"), date.fromisoformat(data["until"])
        if due is None or paper.latest is None:
            return True
        return at.date() > due or not due < until <= paper.latest

    def lacks_to_send_up(self, paper: Paper, *_: Any) -> bool:
        return paper.replies.get(paper.round) != "whole" or not paper.talks[paper.round]

    lacks_to_issue = lacks_to_send_up

    def lacks_to_rehandle(self, paper: Paper, *_: Any) -> bool:
        return paper.round > 1

    def lacks_to_close(self, paper: Paper, *_: Any) -> bool:
        return paper.round == 1 and paper.ratings.get(1) == "dissatisfied"

    def lacks_to_publish(self, paper: Paper, *_: Any) -> bool:
        return not paper.may_publish or paper.hidden or paper.shown == "public"

    # What it must look like afterwards.

    def take(
        self, paper: Paper, row: str, by: str, data: Mapping[str, Any], at: datetime,
        due: Callable[[str], date],
    ) -> None:  # fmt: skip
        law, was = ROWS[row], paper.state
        paper.state = law.target or was
        for name in law.ends.split():
            if paper.clocks.pop(name.strip("!"), None):
                paper.ended[name] += 1
        for name in law.opens.split():
            paper.clocks[name] = due(name)
        if row == "extend":  # to the day asked for, or the first working day after it
            paper.clocks["reply"], paper.latest = due("reply"), None
        if not paper.is_open:
            paper.ended.update(f"!{name}" for name in paper.clocks)
            paper.clocks.clear()
        paper.shown = max(paper.shown, law.shows or "private", key=WIDER.index)
        paper.story.append((row, was, paper.state, by))
        if effect := getattr(self, f"after_{row}", None):
            effect(paper, by, data, at)

    def after_cosign(self, paper: Paper, by: str, *_: Any) -> None:
        paper.invited.discard(by)
        paper.cosigners.add(by)

    def after_decline(self, paper: Paper, by: str, *_: Any) -> None:
        paper.invited.discard(by)
        paper.declined.add(by)

    def after_rewrite(self, paper: Paper, *_: Any) -> None:
        """Nobody stands under a text she has not read."""
        paper.invited |= paper.cosigners
        paper.cosigners = set()

    def after_submit(self, paper: Paper, *_: Any) -> None:
        paper.declined |= paper.invited
        paper.invited = set()

    after_confirm = after_submit

    def after_file(self, paper: Paper, *_: Any) -> None:
        series = self.window(paper) or "between sessions"
        self.series[series] += 1
        paper.number = (series, self.series[series])

    def after_assign(self, paper: Paper, by: str, data: Any, at: datetime) -> None:
        paper.unit, paper.planned = paper.planned, ""
        paper.latest = at.date() + HALF_A_YEAR

    def after_log(self, paper: Paper, *_: Any) -> None:
        paper.talks[paper.round] += 1

    def after_issue(self, paper: Paper, *_: Any) -> None:
        paper.replies[paper.round], paper.hidden = "issued", paper.drafted_hidden

    def after_rate(self, paper: Paper, by: str, data: Any, at: datetime) -> None:
        paper.ratings[paper.round] = str(data["effect"])

    def after_lapse(self, paper: Paper, *_: Any) -> None:
        paper.ratings.setdefault(paper.round, "no_feedback")

    def after_rehandle(self, paper: Paper, *_: Any) -> None:
        paper.round, paper.latest = paper.round + 1, None
