"""Every row of the proposals table, with a paper that stands ready for it and somebody to take it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shangliang.matters.models import Part
from shangliang.proposals.models import Answer, Proposal, Reply
from tests.world import SPRING, World, proposal, walk

TALK = {
    "held_on": "2026-03-02", "form": "visit", "participants": "高远、林晓", "proposer_view": "赞成。",
}  # fmt: skip
REVIEWED = {"category": "social", "proposed": "file"}
SIGNED = {"handler": "高远", "leader_in_charge": "梁静"}
CROSS = {"attitude": "satisfied", "effect": "dissatisfied"}


@dataclass(frozen=True)
class Ready:
    """One step about to be taken."""

    paper: Proposal
    by: Any
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    at: datetime = SPRING


def joint(world: World) -> Proposal:
    paper = proposal(world, type="joint")
    paper.parts.create(role="invited", person=world.zhou, since=SPRING)
    return paper


def cosigning(world: World) -> Proposal:
    paper = joint(world)
    walk(paper, (world.lin, "invite"))
    return paper


def typed_for_her(world: World) -> Proposal:
    paper = proposal(world)
    paper.parts.create(role="scribe", person=world.chen, since=SPRING)
    return paper


def unconfirmed(world: World) -> Proposal:
    paper = typed_for_her(world)
    walk(paper, (world.chen, "present"))
    return paper


def submitted(world: World) -> Proposal:
    paper = proposal(world)
    walk(paper, (world.lin, "submit"))
    return paper


def preliminary(world: World) -> Proposal:
    paper = submitted(world)
    walk(paper, (world.chen, "review", REVIEWED))
    return paper


def filed(world: World) -> Proposal:
    paper = preliminary(world)
    walk(paper, (world.he, "file"))
    Part.objects.create(matter=paper, role="planned_lead", unit=world.housing, since=SPRING)
    return paper


def planned(world: World) -> Proposal:
    paper = filed(world)
    walk(paper, (world.chen, "plan"))
    return paper


def assigned(world: World) -> Proposal:
    paper = planned(world)
    walk(paper, (world.tang, "assign"))
    return paper


def handling(world: World) -> Proposal:
    paper = assigned(world)
    walk(paper, (world.gao, "sign_for", SIGNED))
    return paper


def answered(world: World) -> Proposal:
    paper = handling(world)
    reply = Reply.objects.create(
        proposal=paper, unit=world.housing, round=paper.round, result="B", publicity="full"
    )
    for ask in paper.asks.all():
        Answer.objects.create(reply=reply, ask=ask, text=f"已经列入计划：{ask.text}")
    walk(paper, (world.gao, "log", TALK))
    return paper


def reply_check(world: World) -> Proposal:
    paper = answered(world)
    walk(paper, (world.gao, "send_up"))
    return paper


def replied(world: World) -> Proposal:
    paper = reply_check(world)
    walk(paper, (world.liang, "issue"))
    return paper


def rated(world: World) -> Proposal:
    paper = replied(world)
    walk(paper, (world.lin, "rate", CROSS))
    return paper


def closable(world: World) -> Proposal:
    paper = replied(world)
    walk(paper, (world.lin, "rate", CROSS | {"effect": "basically"}))
    return paper


STAGES: dict[str, Callable[[World], Ready]] = {
    "invite": lambda w: Ready(joint(w), w.lin),
    "cosign": lambda w: Ready(cosigning(w), w.zhou),
    "decline": lambda w: Ready(cosigning(w), w.zhou),
    "rewrite": lambda w: Ready(cosigning(w), w.lin),
    "submit": lambda w: Ready(proposal(w), w.lin),
    "present": lambda w: Ready(typed_for_her(w), w.chen),
    "confirm": lambda w: Ready(unconfirmed(w), w.lin),
    "disown": lambda w: Ready(unconfirmed(w), w.lin, "不是我写的。"),
    "return": lambda w: Ready(submitted(w), w.chen, "请补充数据。"),
    "review": lambda w: Ready(submitted(w), w.chen, data=REVIEWED),
    "file": lambda w: Ready(preliminary(w), w.he),
    "not_file": lambda w: Ready(
        preliminary(w), w.he, data={"ground": "empty", "disposition": "to_letter"}
    ),
    "withdraw": lambda w: Ready(submitted(w), w.lin, "与他人重复。"),
    "release": lambda w: Ready(handling(w), w.he, "提案人书面撤案。"),
    "plan": lambda w: Ready(filed(w), w.chen),
    "replan": lambda w: Ready(planned(w), w.tang, "主办单位不对口。"),
    "assign": lambda w: Ready(planned(w), w.tang),
    "sign_for": lambda w: Ready(assigned(w), w.gao, data=SIGNED),
    "log": lambda w: Ready(handling(w), w.gao, data=TALK),
    "extend": lambda w: Ready(handling(w), w.tang, "情况复杂。", {"until": "2026-06-30"}),
    "send_up": lambda w: Ready(answered(w), w.gao),
    "send_back": lambda w: Ready(reply_check(w), w.liang, "第二条没有答到点子上。"),
    "issue": lambda w: Ready(reply_check(w), w.liang),
    "rate": lambda w: Ready(replied(w), w.lin, data=CROSS),
    "lapse": lambda w: Ready(replied(w), None, at=SPRING + timedelta(days=90)),
    "rehandle": lambda w: Ready(rated(w), w.chen, "没有说明补助标准。"),
    "close": lambda w: Ready(closable(w), w.chen),
    "publish": lambda w: Ready(closable(w), w.chen),
}
