"""Every door of the house, as an address somebody can knock at, with a form that would be taken.

The forms are complete and true to the paper as it stands, so that a door that forgot to ask who
knocks would really open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from shangliang.matters.models import Deadline
from shangliang.matters.table import REGISTRY
from shangliang.proposals.models import Proposal

from .situations import County, Paper, running

Body = Callable[[County, "Door", str], dict[str, Any]]


@dataclass
class Door:
    """One address: `key` is its name in the policy, `paper` the paper it belongs to."""

    key: str
    name: str
    kwargs: dict[str, Any] = field(default_factory=dict)
    paper: Paper | None = None
    query: str = ""

    @property
    def url(self) -> str:
        return reverse(self.name, kwargs=self.kwargs) + self.query


def names() -> Iterator[str]:
    """The name of every address the house answers at."""

    def inside(resolver: Any, space: str) -> Iterator[str]:
        for each in resolver.url_patterns:
            if isinstance(each, URLResolver):
                yield from inside(each, space + (f"{each.namespace}:" if each.namespace else ""))
            elif isinstance(each, URLPattern):
                yield space + (each.name or f"（没有名字）{each.pattern}")

    yield from inside(get_resolver(), "")


# Doors that belong to one paper, by its number.
OF_A_PAPER = (
    "proposals:detail", "proposals:published_detail", "proposals:sent", "proposals:edit",
    "proposals:check", "proposals:invite", "proposals:review", "proposals:decide",
    "proposals:plan", "proposals:sign_for", "proposals:log", "proposals:extend",
    "proposals:reply", "proposals:issue", "proposals:rate", "matter", "attach",
)  # fmt: skip
VARIANTS = {
    "proposals:check:请委员确认": "proposals:check",
    "proposals:decide:不予立案": "proposals:decide",
    "proposals:reply:保存": "proposals:reply",
}
PAPERS = ("sheet", "filing", "not_filing", "assignment", "feedback")
OF_A_DOCUMENT = ("document", "document_version", "replace", "detach")


def of_paper(paper: Paper) -> Iterator[Door]:
    """Every door of one paper, its rows, its documents and its running dates."""
    pk = {"pk": paper.proposal.pk}
    for name in OF_A_PAPER:
        yield Door(name, name, pk, paper)
    for key, name in VARIANTS.items():
        yield Door(key, name, pk, paper)
    for row in REGISTRY[Proposal.KIND].moves:
        if not row.page:
            yield Door(f"move:{row.name}", "move", pk | {"name": row.name}, paper)
        elif paper.proposal.state in row.sources:  # the others are refused for their state already
            yield Door("move:表单办理的", "move", pk | {"name": row.name}, paper)
    for kind in PAPERS:
        drawn = pk | {"kind": kind, "ending": "docx"}
        yield Door(f"paper:{kind}", "proposals:paper", drawn, paper)
    for title, document in paper.documents.items():
        for name in OF_A_DOCUMENT:
            number = {"number": 1} if name == "document_version" else {}
            yield Door(f"{name}:{title}", name, {"pk": document.pk} | number, paper)
    for deadline in list(running(paper))[:1]:
        yield Door("shorter_decide", "shorter_decide", {"pk": deadline.pk}, paper)


def form(county: County, door: Door, account: str) -> dict[str, Any]:
    """What a browser would send there; always complete."""
    make = FORMS.get(door.key) or FORMS.get(door.name) or (lambda *_: {})
    return make(county, door, account)


def _fresh(door: Door) -> Proposal:
    assert door.paper is not None
    return Proposal.objects.get(pk=door.paper.proposal.pk)


def _text(county: County, door: Door, account: str) -> dict[str, Any]:
    proposal = _fresh(door)
    return {
        "capacity": proposal.type, "title": "关于改写的建议", "situation": "改写后的情况。",
        "analysis": "改写后的分析。", "suggestion": "", "ask": ["改写后的建议。"],
        "not_secret": "on", "may_publish": "on", "version": proposal.version,
    }  # fmt: skip


def _new(county: County, door: Door, account: str) -> dict[str, Any]:
    served = {"chen": "lin", "fang": "lin", "far_office": "far"}.get(account)
    capacity = f"for:{county.world.people[served].pk}" if served else "individual"
    return {
        "capacity": capacity, "title": "关于新写的建议", "situation": "新的情况。",
        "analysis": "新的分析。", "ask": ["新的建议。"], "not_secret": "on",
    }  # fmt: skip


def _reply(county: County, door: Door, account: str) -> dict[str, Any]:
    proposal = _fresh(door)
    reply = proposal.current_reply()
    said = {
        "result": "B", "publicity": "full", "opening": "改过的开头。", "closing": "改过的结尾。",
        "contact": "高远", "version": reply.version if reply else 0,
    }  # fmt: skip
    return said | {f"ask-{ask.pk}": "改过的答复。" for ask in proposal.asks.all()}


def _saved(county: County, door: Door, account: str) -> dict[str, Any]:
    return _reply(county, door, account) | {"save": "1"}


def _file(county: County, door: Door, account: str) -> dict[str, Any]:
    content = f"{account} {door.url}".encode()
    return {"file": lambda: SimpleUploadedFile("新附件.pdf", content)}


def _invited(county: County, door: Door, account: str) -> dict[str, Any]:
    return {"people": [county.world.jiang.pk, county.world.shen.pk, county.world.zhou.pk]}


def _assignment(county: County, door: Door, account: str) -> dict[str, Any]:
    filed = county.papers.get("已立案")
    chosen = [p.proposal.pk for name, p in county.papers.items() if name in ("已立案", "待交办")]
    unit = {f"unit-{filed.proposal.pk}": county.world.housing.pk} if filed else {}
    return {"proposal": chosen} | unit


def _said(**fields: Any) -> Body:
    return lambda county, door, account: fields


REVIEW = {"category": "social", "opinion": "同意。", "ground": "", "disposition": ""}
FORMS: dict[str, Body] = {
    "proposals:edit": _text,
    "proposals:new": _new,
    "proposals:look_over": _new,
    "proposals:check:请委员确认": _said(present="1"),
    "proposals:invite": _invited,
    "proposals:review": _said(proposed="file", **REVIEW),
    "proposals:decide": _said(proposed="file", **REVIEW),
    "proposals:decide:不予立案": _said(
        proposed="not_file", category="social", ground="empty", disposition="none", opinion="空泛。"
    ),
    "proposals:plan": lambda county, door, account: {"unit": county.world.housing.pk},
    "proposals:sign_for": _said(handler="高远", leader_in_charge="梁静", handler_phone=""),
    "proposals:log": _said(
        held_on="2026-03-02", form="phone", participants="高远、林晓", proposer_view="赞成。"
    ),
    "proposals:extend": _said(until="2026-08-03", note="需要多部门会商。"),
    "proposals:reply": _reply,
    "proposals:reply:保存": _saved,
    "proposals:rate": _said(attitude="satisfied", effect="basically", comment=""),
    "proposals:assignment": _assignment,
    "move": _said(note="有说明。"),
    "attach": _file,
    "replace": _file,
    "shorter_decide": _said(decision="keep"),
}


def propose_earlier_dates(county: County) -> None:
    """As if a new calendar had brought the first running date of each paper nearer."""
    for paper in county.papers.values():
        for deadline in list(running(paper))[:1]:
            Deadline.objects.filter(pk=deadline.pk).update(
                shorter_on=deadline.due_on - timedelta(days=1)
            )
