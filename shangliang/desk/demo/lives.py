"""Lives of proposals in the demo county: written, examined, assigned, answered, rated, closed.

Every step is a `move` by the person whose step it is, at a moment in office hours, so the journal
of the demo is a journal like any other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from shangliang.matters import calendars
from shangliang.matters.flow import move
from shangliang.people.models import Organisation, Person
from shangliang.proposals import actions
from shangliang.proposals.models import Answer, Reply

from .county import County

TALKS = ("visit", "meeting", "phone")
VIEWS = (
    "对办理思路表示赞成。",
    "希望先从问题最突出的地方做起。",
    "建议把时间表公开。",
    "请再补充资金安排。",
)
GRADES = ("satisfied", "satisfied", "satisfied", "basically", "basically", "understands")
DONE = (
    "这项工作已经完成，{n} 月底前向群众公布结果。",
    "已列入今年工作计划，资金已经落实，{n} 月底前开工。",
    "已与财政部门商定办法，{n} 月起执行。",
    "正在征求乡镇和有关部门意见，{n} 月底前印发实施办法。",
)


class Life:
    """One proposal and the clock of its own story; no step lies in the future."""

    def __init__(self, county: County, topic: dict[str, str], town: str, dice: random.Random,
                 begins: datetime, until: datetime, is_hers: bool = False) -> None:  # fmt: skip
        self.county, self.topic, self.town, self.dice = county, topic, town, dice
        self.at, self.until, self.is_hers = begins, until, is_hers
        self.unit = topic["unit"]
        self.known = calendars.calendar()

    def later(self, least: int, most: int) -> datetime:
        """Move the story on by some working days, into office hours; never past today."""
        day = self.known.add(timezone.localdate(self.at), self.dice.randint(least, most))
        clock = time(self.dice.randint(9, 16), self.dice.randint(0, 59))
        self.at = min(max(self.at, timezone.make_aware(datetime.combine(day, clock))), self.until)
        return self.at

    def take(self, name: str, by: Person | None, note: str = "", **data: Any) -> None:
        move(self.proposal, name, by=by, at=self.at, note=note, data=data)

    def write(self, author: Person | Organisation, by: Person, kind: str) -> None:
        facts = {"town": self.town, "n": self.dice.randint(120, 980), "m": self.dice.randint(3, 46)}
        topic = self.topic
        self.proposal = actions.start(
            self.county.home, author=author, by=by, at=self.at,
            fields={
                "type": kind, "title": f"关于{self.town}{topic['phrase']}的建议",
                "situation": topic["situation"].format(**facts), "analysis": topic["analysis"],
                "may_publish": self.dice.random() < 0.8, "not_secret": True,
                "research_basis": f"走访{self.town} {self.dice.randint(2, 9)} 个村居",
                "is_oversight": self.dice.random() < 0.1, "contact_phone": "13900000000",
                "origin": self.dice.choice(("research", "research", "studio", "")),
            },
            asks=topic["asks"].split("|"),
        )  # fmt: skip
        if self.dice.random() < 0.5:
            actions.suggest_units(self.proposal, [self.county.units[self.unit]], self.at)

    def lead_to(self, state: str) -> None:
        """Walk until the paper stands in `state`."""
        for done in self._steps(state):
            if done == state:
                return

    def _steps(self, goal: str) -> Iterator[str]:
        staff, county = self.county.staff, self.county
        author = self._author(goal)
        yield self.proposal.state
        if goal == "withdrawn":
            self.later(1, 3)
            self.take("withdraw", author, "情况有变化，补充调研后再提。")
            yield "withdrawn"
        if self.proposal.state in ("draft", "cosigning"):
            self.later(0, 2)
            self.take("submit", author)
        yield "submitted"
        office, committee = staff["proposal_office"], staff["proposal_committee"]
        self.later(1, 4)
        if goal == "returned":
            self.take("return", office, "请补充具体数据，并把第二条建议写明由谁来做。")
            yield "returned"
        refuse = goal == "not_filed"
        self.take("review", office, category=self.topic["category"],
                  proposed="not_file" if refuse else "file", opinion="内容完整，建议具体。")  # fmt: skip
        yield "preliminary"
        self.later(1, 4)
        if refuse:
            self.take("not_file", committee, ground="empty", disposition="to_suggestion",
                      opinion="建议部分较为原则，转有关单位研究参考。")  # fmt: skip
            yield "not_filed"
        self.take("file", committee)
        yield "filed"
        self.later(2, 8)
        actions.plan_lead(self.proposal, county.units[self.unit], self.at)
        self.take("plan", office)
        yield "planned"
        self.later(1, 4)
        self.take("assign", staff["supervision"])
        yield "assigned"
        self.later(1, 4)
        clerk, leader = county.clerks[self.unit], county.leaders[self.unit]
        self.take("sign_for", clerk, handler=clerk.name, leader_in_charge=leader.name,
                  handler_phone=county.units[self.unit].contact)  # fmt: skip
        yield from self._answer(goal, author, clerk, leader)

    def _answer(self, goal: str, author: Person, clerk: Person, leader: Person) -> Iterator[str]:
        # Most units speak with the proposer within three weeks; a few let the day pass.
        lately = self.known.count(timezone.localdate(self.at), timezone.localdate(self.until)) < 14
        if goal == "handling" and self.dice.random() < (0.5 if lately else 0.06):
            yield "handling"
        self._talk(clerk)
        yield "handling"
        self._reply(leader)
        self.later(3, 25)
        self.take("send_up", clerk)
        yield "reply_check"
        self.later(0, 3)
        self.take("issue", leader)
        yield "replied"
        if goal == "no_feedback":
            due = self.proposal.deadlines.open().get(name="feedback").due_on + timedelta(1)
            self.at = min(timezone.make_aware(datetime.combine(due, time(8))), self.until)
            self.take("lapse", None)
            yield "no_feedback"
        self.later(1, 9)
        self.take("rate", author, attitude="satisfied", effect=self.dice.choice(GRADES),
                  comment=self.dice.choice(("", "", "盼早日见到实效。")))  # fmt: skip
        yield "rated"
        self.later(1, 6)
        self.take("close", self.county.staff["proposal_office"])
        if self.proposal.may_publish and self.publicity != "not" and self.dice.random() < 0.7:
            self.take("publish", self.county.staff["proposal_office"])
        yield "closed"

    def _author(self, goal: str) -> Person:
        """Write it: by a member, for a member, with co-signers, or by a sector's convener."""
        pick = self.dice.random()
        if self.is_hers and goal != "cosigning":
            author = self.county.members[0]
            self.write(author, author, "individual")
            return author
        office = self.county.staff["proposal_office"]
        if goal == "unconfirmed":
            author = self.dice.choice(self.county.members[1:])
            self.write(author, office, "individual")
            self.take("present", office)
            return author
        if pick < 0.12 and goal not in ("draft", "cosigning"):
            body, convener = self.dice.choice(list(self.county.conveners.values()))
            self.write(body, convener, "sector")
            return convener
        author = self.dice.choice(self.county.members[1:])
        joint = goal == "cosigning" or (pick < 0.36 and goal != "draft")
        self.write(author, author, "joint" if joint else "individual")
        if joint:
            self._cosign(author, goal)
        return author

    def _cosign(self, author: Person, goal: str) -> None:
        others = [person for person in self.county.members[1:] if person != author]
        asked = self.dice.sample(others, self.dice.randint(1, 3))
        asked += self.county.members[:1] if self.is_hers else []
        actions.ask_to_cosign(self.proposal, asked, by=author, at=self.at)
        self.take("invite", author)
        for person in asked[: 1 if goal == "cosigning" else None]:
            self.take("cosign", person)

    def _talk(self, clerk: Person) -> None:
        self.later(2, 10)
        who = "、".join(str(p) for p in self.proposal.people("author"))
        self.take("log", clerk, held_on=timezone.localdate(self.at).isoformat(),
                  form=self.dice.choice(TALKS), participants=f"{clerk.name}、{who}",
                  proposer_view=self.dice.choice(VIEWS))  # fmt: skip

    def _reply(self, leader: Person) -> None:
        proposal, unit = self.proposal, self.county.units[self.unit]
        names = "、".join(str(p) for p in proposal.people("author", "cosigner"))
        self.publicity = self.dice.choices(("full", "summary", "not"), (80, 15, 5))[0]
        reply = Reply.objects.create(
            proposal=proposal, unit=unit, round=proposal.round,
            result=self.dice.choices("ABCD", (45, 40, 10, 5))[0],
            publicity=self.publicity,
            opening=f"{names}：\n您提出的《{proposal.title}》收悉。经研究，现答复如下。",
            closing="感谢您对我们工作的关心和支持。",
            contact=f"{self.county.clerks[self.unit].name} {unit.contact}",
        )  # fmt: skip
        for ask in proposal.asks.all():
            said = self.dice.choice(DONE).format(n=self.dice.randint(3, 12))
            Answer.objects.create(reply=reply, ask=ask, text=said)
