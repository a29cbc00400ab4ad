"""Papers in every situation a policy speaks of, each carried there by the moves themselves.

Every field that not everybody may read holds a mark of its own (暗记): a string found nowhere
else, so that whoever meets it knows what leaked, and from which paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shangliang.matters import attaching
from shangliang.matters.flow import move
from shangliang.matters.models import Deadline, Document
from shangliang.proposals import actions
from shangliang.proposals.models import Answer, Proposal, Reply
from tests.world import SPRING, World

from .cast import Around

NOW = SPRING + timedelta(days=1)  # the moment at which everybody knocks
STEP = timedelta(minutes=1)

# Situation: the words a clerk uses, in the order a paper comes through them.
WHOLE = (
    "草稿", "代录草稿", "征集联名", "联名已齐", "待委员确认", "待初审", "退回修改", "待复审",
    "不予立案", "撤回草稿", "未确认", "已撤案", "已立案", "待交办", "待签收", "办理中",
    "同意撤案", "答复待审签", "待评议", "已评议", "未反馈", "重新办理", "已办结", "全文公开",
    "摘要公开", "界别草稿", "界别待评议",
)  # fmt: skip
GROUPS: dict[str, tuple[str, ...]] = {
    "各种情形": WHOLE,
    "还是草稿": ("草稿", "代录草稿", "界别草稿"),
    "审查期间": ("待初审", "退回修改", "待复审"),
    "没有立案": ("不予立案", "已撤案"),
    "立案未交办": ("已立案", "待交办"),
    "交办以后": (
        "待签收", "办理中", "同意撤案", "答复待审签", "待评议", "已评议", "未反馈", "重新办理",
        "已办结", "界别待评议",
    ),
    "公开以后": ("全文公开", "摘要公开"),
    "已经答复": ("待评议", "已评议", "未反馈", "重新办理", "已办结", "全文公开", "摘要公开", "界别待评议"),
    "评议过的": ("已评议", "重新办理", "已办结", "摘要公开"),
    "正在办理": ("办理中", "重新办理"),
    "等待评议": ("待评议", "界别待评议", "全文公开"),
}  # fmt: skip


def named(words: str) -> frozenset[str]:
    """The situations a policy row speaks of; 除 takes the rest away."""
    said, _mark, without = words.partition(" 除 ")
    return _all(said) - _all(without)


def _all(words: str) -> frozenset[str]:
    return frozenset().union(*(GROUPS.get(word) or (word,) for word in words.split()))


@dataclass
class Paper:
    """One proposal in its situation: who is who around it, its marks, its documents."""

    situation: str
    number: int
    proposal: Proposal
    around: Around
    marks: dict[str, str] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)

    def mark(self, name: str) -> str:
        """The mark of one field of this paper; no field of another paper has the same."""
        if name not in self.marks:
            place = f"{self.number:02d}{len(self.marks) + 1:02d}"
            phone = "电话" in name
            self.marks[name] = f"0871-66{place}05" if phone else f"{name}暗记{place}处"
        return self.marks[name]


class County:
    """All papers of the county, written by its people one minute after another."""

    def __init__(self, world: World) -> None:
        self.world, self.papers = world, {}
        self.at = SPRING

    def write(self, situations: Any = WHOLE) -> County:
        for situation in situations:
            self.papers[situation] = self._paper(situation)
        return self

    def tick(self) -> datetime:
        self.at += STEP
        return self.at

    # How each paper came to stand where it stands.

    def _paper(self, situation: str) -> Paper:
        paper = self._draft(situation)
        for act in ROUTES[situation]:
            act(self, paper)
        paper.proposal = Proposal.objects.get(pk=paper.proposal.pk)
        return paper

    def _draft(self, situation: str) -> Paper:
        w, number = self.world, WHOLE.index(situation) + 1
        collective = situation.startswith("界别")
        scribed = situation in ("代录草稿", "待委员确认", "未确认")
        author = w.sector if collective else w.lin
        paper = Paper(situation, number, Proposal(), Around())
        mark = paper.mark
        kind = (
            "sector" if collective else "individual" if scribed or situation == "草稿" else "joint"
        )
        paper.proposal = actions.start(
            w.county, author=author, by=w.gao_xiang if collective else w.chen if scribed else w.lin,
            at=self.tick(), asks=[mark("建议"), "五个窗口并为一窗。"],
            fields={
                "title": f"关于{mark('案由')}的建议", "situation": mark("情况"),
                "analysis": mark("分析"), "suggestion": mark("建议说明"), "type": kind,
                "research_basis": mark("调研基础"), "contact_phone": mark("电话"),
                "not_secret": True, "may_publish": True,
            },
        )  # fmt: skip
        roles: dict[str, tuple[str, ...]] = {"第一提案人": ("lin",)}
        if collective:
            roles = {"第一提案人": ("gao_xiang",), "界别委员": ("gao_xiang", "su")}
        if scribed:
            roles["代录人"] = ("chen",)
        paper.around = Around(roles)
        self.file(paper, "附件", w.gao_xiang if collective else w.lin, "members")
        return paper

    def file(self, paper: Paper, name: str, by: Any, visibility: str) -> None:
        """A paper put straight into the file; how files come in is tested elsewhere."""
        content = f"%PDF-1.4 {paper.mark(name + '内容')}".encode()
        paper.documents[name] = attaching.file_paper(
            paper.proposal, content, kind="attachment", name=f"{paper.mark(name)}.pdf",
            media_type="application/pdf", by=by, at=self.tick(), visibility=visibility,
        )  # fmt: skip

    def go(self, paper: Paper, name: str, by: Any, note: str = "", **data: Any) -> None:
        move(paper.proposal, name, by=by, at=self.tick(), note=note, data=data)

    def also(self, paper: Paper, **roles: str) -> None:
        known = dict(paper.around.roles)
        known.update({role: tuple(keys.split()) for role, keys in roles.items()})
        paper.around = Around(known)


Act = Callable[[County, Paper], None]


def invite(c: County, p: Paper) -> None:
    w = c.world
    actions.ask_to_cosign(p.proposal, [w.zhou, w.shen, w.luo], by=w.lin, at=c.tick())
    c.go(p, "invite", w.lin)
    c.go(p, "cosign", w.zhou)
    c.go(p, "decline", w.luo)
    c.also(p, 联名提案人="zhou", 受邀联名人="shen", 婉拒联名人="luo")


def all_answered(c: County, p: Paper) -> None:
    c.go(p, "decline", c.world.shen)
    c.also(p, 受邀联名人="", 婉拒联名人="shen luo")


def present(c: County, p: Paper) -> None:
    c.go(p, "present", c.world.chen)


def disown(c: County, p: Paper) -> None:
    c.go(p, "disown", c.world.lin, p.mark("不认说明"))


def submit(c: County, p: Paper) -> None:
    c.go(p, "submit", c.world.gao_xiang if p.situation.startswith("界别") else c.world.lin)
    c.file(p, "工作材料", c.world.chen, "handlers")


def send_back(c: County, p: Paper) -> None:
    c.go(p, "return", c.world.chen, p.mark("退回意见"))


def review(c: County, p: Paper) -> None:
    refused = p.situation == "不予立案"
    said = (
        {"proposed": "not_file", "ground": "empty", "disposition": "to_info"}
        if refused
        else {"proposed": "file"}
    )
    c.go(p, "review", c.world.chen, category="social", opinion=p.mark("审查意见"), **said)


def not_file(c: County, p: Paper) -> None:
    c.go(
        p, "not_file", c.world.he, ground="empty", disposition="to_info", opinion=p.mark("审查意见")
    )


def put_on_file(c: County, p: Paper) -> None:
    c.go(p, "file", c.world.he)


def plan(c: County, p: Paper) -> None:
    actions.plan_lead(p.proposal, c.world.housing, c.tick())
    c.go(p, "plan", c.world.chen)


def replan(c: County, p: Paper) -> None:
    c.go(p, "replan", c.world.tang, p.mark("重拟理由"))
    c.go(p, "plan", c.world.chen)


def withdraw(c: County, p: Paper) -> None:
    c.go(p, "withdraw", c.world.lin, p.mark("撤案理由"))


def assign(c: County, p: Paper) -> None:
    c.go(p, "assign", c.world.tang)
    c.also(p, 主办单位经办人="gao", 主办单位负责人="liang")


def sign_for(c: County, p: Paper) -> None:
    c.go(
        p, "sign_for", c.world.gao, handler=p.mark("经办人"), leader_in_charge=p.mark("分管负责人"),
        handler_phone=p.mark("经办人电话"),
    )  # fmt: skip
    c.file(p, "单位内部材料", c.world.gao, "private")
    talk(c, p)
    if p.situation != "办理中":  # there it is still to be granted
        c.go(p, "extend", c.world.tang, p.mark("延期理由"), until="2026-07-01")
    draft_reply(c, p)


def talk(c: County, p: Paper) -> None:
    c.go(
        p, "log", c.world.gao, held_on="2026-03-02", form="visit",
        participants=p.mark("参加人员"), proposer_view=p.mark("提案人意见"),
    )  # fmt: skip


def draft_reply(c: County, p: Paper) -> None:
    again = "再次" if p.proposal.round > 1 else ""
    reply = Reply.objects.create(
        proposal=p.proposal, unit=c.world.housing, round=p.proposal.round, result="B",
        publicity="summary" if p.situation == "摘要公开" else "full",
        opening=p.mark(f"{again}答复开头"), closing=p.mark(f"{again}答复结尾"),
        contact=p.mark(f"{again}答复联系人"),
    )  # fmt: skip
    for ask in p.proposal.asks.all():
        Answer.objects.create(
            reply=reply, ask=ask, text=f"{p.mark(f'{again}逐条答复')}（{ask.order}）"
        )


def send_up(c: County, p: Paper) -> None:
    c.go(p, "send_up", c.world.gao)


def rewritten(c: County, p: Paper) -> None:
    c.go(p, "send_back", c.world.liang, p.mark("退回重写意见"))
    c.go(p, "send_up", c.world.gao)


def issue(c: County, p: Paper) -> None:
    c.go(p, "issue", c.world.liang)
    for document in p.proposal.documents.exclude(kind="attachment"):
        p.documents[f"答复函{document.versions.get().name.rpartition('.')[2]}"] = document


def rate(c: County, p: Paper) -> None:
    author = c.world.lin
    cross = p.situation in ("重新办理", "已评议")
    c.go(
        p, "rate", author, attitude="satisfied", effect="dissatisfied" if cross else "basically",
        comment=p.mark("评议意见"),
    )  # fmt: skip


def lapse(c: County, p: Paper) -> None:
    move(p.proposal, "lapse", by=None, at=c.tick())


def rehandle(c: County, p: Paper) -> None:
    c.go(p, "rehandle", c.world.chen, p.mark("重办理由"))
    p.proposal.refresh_from_db()
    talk(c, p)
    draft_reply(c, p)


def close(c: County, p: Paper) -> None:
    c.go(p, "close", c.world.chen)


def release(c: County, p: Paper) -> None:
    c.go(p, "release", c.world.he, p.mark("同意撤案理由"))


def publish(c: County, p: Paper) -> None:
    c.go(p, "publish", c.world.chen)
    c.file(p, "公开件", c.world.chen, "public")


JOINT = (invite, all_answered, submit)
FILED = (*JOINT, review, put_on_file)
PLANNED = (*FILED, plan)
ASSIGNED = (*PLANNED, assign)
HANDLING = (*ASSIGNED, sign_for)
CHECKED = (*HANDLING, send_up, rewritten)
REPLIED = (*CHECKED, issue)
SECTOR = (submit, review, put_on_file, plan, assign, sign_for, send_up, issue)

ROUTES: dict[str, tuple[Act, ...]] = {
    "草稿": (),
    "代录草稿": (),
    "征集联名": (invite,),
    "联名已齐": (invite, all_answered),
    "待委员确认": (present,),
    "待初审": JOINT,
    "退回修改": (*JOINT, send_back),
    "待复审": (*JOINT, review),
    "不予立案": (*JOINT, review, not_file),
    "撤回草稿": (withdraw,),
    "未确认": (present, disown),
    "已撤案": (*JOINT, withdraw),
    "已立案": FILED,
    "待交办": (*PLANNED, replan),
    "待签收": ASSIGNED,
    "办理中": HANDLING,
    "同意撤案": (*HANDLING, release),
    "答复待审签": CHECKED,
    "待评议": REPLIED,
    "已评议": (*REPLIED, rate),
    "未反馈": (*REPLIED, lapse),
    "重新办理": (*REPLIED, rate, rehandle),
    "已办结": (*REPLIED, rate, close),
    "全文公开": (*REPLIED, publish),
    "摘要公开": (*REPLIED, rate, publish),
    "界别草稿": (),
    "界别待评议": SECTOR,
}


def running(paper: Paper) -> Iterator[Deadline]:
    yield from Deadline.objects.open().filter(matter=paper.proposal).order_by("pk")
