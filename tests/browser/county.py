"""The county behind the browser: one paper in every state, and a log-in for everybody.

Run as `python -m tests.browser.county`, it furnishes an empty database and prints where things are.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime, timedelta
from typing import Any

TALK = {
    "held_on": "2026-03-02", "form": "visit", "participants": "高远、林晓", "proposer_view": "赞成。",
}  # fmt: skip
FILED = {"category": "social", "proposed": "file"}
SIGNED = {"handler": "高远", "leader_in_charge": "梁静"}
REFUSED = {"ground": "empty", "disposition": "to_suggestion", "opinion": "建议较为原则。"}
PLEASED = {"attitude": "satisfied", "effect": "basically", "comment": "盼早日见到实效。"}
LONG = (
    "关于在老旧小区集中的街道统筹推进加装电梯并完善低层住户补偿、电梯后续维护和应急处置办法的建议"
)


def furnish() -> dict[str, Any]:
    from django.core.management import call_command
    from django.utils import timezone

    from tests import world as county

    from .begun import begin

    call_command("migrate", verbosity=0)
    world, now = county.build(), timezone.now()
    opened = timezone.localdate(now) - timedelta(days=200)
    world.session.opens_on, world.session.closes_on = opened, opened + timedelta(days=3)
    world.session.cutoff_at = now - timedelta(days=198)
    world.session.save()
    papers = Papers(world, now - timedelta(days=3)).every()
    things = begin(world, now)
    return {
        "sessions": {name: session(person) for name, person in world.people.items()},
        "phones": {name: person.phone for name, person in world.people.items()},
        "papers": papers,
        "things": things,
    }


class Papers:
    """Proposals led to where each of them stands, by the people whose steps they are."""

    def __init__(self, world: Any, at: datetime) -> None:
        self.world, self.at, self.number = world, at, 0

    def every(self) -> dict[str, int]:
        """The key of one paper in each state, by the state's name."""
        made = {name: self.led(*steps) for name, steps in LIVES.items()}
        self._drawn(made["draft"])
        # More than a few in one state, so that somebody's desk is full.
        for _ in range(6):
            self.led("submit", "review", "file", "plan", "assign")
        return {name: paper.pk for name, paper in made.items()}

    def led(self, *steps: str) -> Any:
        from tests.world import proposal

        self.number += 1
        title = LONG if self.number == 5 else f"关于第{self.number}个小区加装电梯的建议"
        joint = {"type": "joint"} if "invite" in steps else {}
        paper = proposal(self.world, at=self.at, title=title, contact_phone="13800000001", **joint)
        for step in steps:
            getattr(self, f"_{step}", self._plainly)(paper, step)
        paper.refresh_from_db()
        return paper

    def take(self, paper: Any, name: str, by: str, note: str = "", **data: Any) -> None:
        from shangliang.matters.flow import move

        person = self.world.people[by] if by else None
        move(paper, name, by=person, at=self.at, note=note, data=data)

    def _plainly(self, paper: Any, step: str) -> None:
        by, said = PLAINLY[step]
        note = said if isinstance(said, str) else ""
        self.take(paper, step, by, note, **({} if isinstance(said, str) else said))

    def _invite(self, paper: Any, step: str) -> None:
        from shangliang.proposals import actions

        asked = [self.world.zhou, self.world.gao_xiang]
        actions.ask_to_cosign(paper, asked, by=self.world.lin, at=self.at)
        self.take(paper, "invite", "lin")

    def _present(self, paper: Any, step: str) -> None:
        paper.parts.create(role="scribe", person=self.world.chen, since=self.at)
        self.take(paper, "present", "chen")

    def _plan(self, paper: Any, step: str) -> None:
        from shangliang.proposals import actions

        actions.plan_lead(paper, self.world.housing, self.at)
        self.take(paper, "plan", "chen")

    def _answer(self, paper: Any, step: str) -> None:
        from shangliang.proposals.models import Answer, Reply

        reply = Reply.objects.create(
            proposal=paper, unit=self.world.housing, round=paper.round, result="B",
            publicity="full", opening="林晓：\n您的提案收悉，现答复如下。", closing="感谢支持。",
        )  # fmt: skip
        for ask in paper.asks.all():
            Answer.objects.create(reply=reply, ask=ask, text="已列入计划，年底前开工。")

    def _drawn(self, paper: Any) -> None:
        """The draft carries a picture, so that a page with papers is looked at as well."""
        from io import BytesIO

        from shangliang.matters.attaching import attach
        from tests.matters.brought import png_bytes

        self.world.attached = attach(
            paper, BytesIO(png_bytes()), "单元门口.png", by=self.world.lin, at=self.at
        )


PLAINLY: dict[str, tuple[str, Any]] = {
    "cosign": ("zhou", {}), "submit": ("lin", {}), "return": ("chen", "请补充数据。"),
    "review": ("chen", FILED), "file": ("he", {}), "not_file": ("he", REFUSED),
    "assign": ("tang", {}), "sign_for": ("gao", SIGNED), "log": ("gao", TALK),
    "send_up": ("gao", {}), "send_back": ("liang", "请写明资金来源。"), "issue": ("liang", {}),
    "rate": ("lin", PLEASED), "lapse": ("", {}), "close": ("chen", {}), "publish": ("chen", {}),
    "withdraw": ("lin", "与他人重复。"),
}  # fmt: skip
FILING = ("submit", "review", "file")
SIGNING = (*FILING, "plan", "assign", "sign_for")
ANSWERING = (*SIGNING, "log", "answer", "send_up")
ISSUING = (*ANSWERING, "issue")

LIVES: dict[str, tuple[str, ...]] = {
    "draft": (),
    "cosigning": ("invite",),
    "signed": ("invite", "cosign"),
    "unconfirmed": ("present",),
    "submitted": ("submit",),
    "returned": ("submit", "return"),
    "preliminary": ("submit", "review"),
    "not_filed": ("submit", "review", "not_file"),
    "withdrawn": ("submit", "withdraw"),
    "filed": FILING,
    "planned": (*FILING, "plan"),
    "assigned": (*FILING, "plan", "assign"),
    "handling": SIGNING,
    "sent_back": (*ANSWERING, "send_back"),
    "reply_check": ANSWERING,
    "replied": ISSUING,
    "rated": (*ISSUING, "rate"),
    "no_feedback": (*ISSUING, "lapse"),
    "closed": (*ISSUING, "rate", "close"),
    "public": (*ISSUING, "rate", "close", "publish"),
    # Those below belong to the tests that lead them on.
    "to cosign": ("invite",),
    "to review": ("submit",),
    "to return": ("submit",),
    "to decide": ("submit", "review"),
    "to answer": (*SIGNING, "log"),
    "to issue": ANSWERING,
    "to rate": ISSUING,
    "two hands": (),
}


def session(person: Any) -> str:
    """A log-in without its page; the page has tests of its own."""
    from tests.faults.house import session as log_in

    return log_in(person)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.config.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps(furnish()))


if __name__ == "__main__":
    main()
