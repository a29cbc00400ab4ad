"""From facts to the sentences of a paper: titles, greetings, numbered answers, dates.

Both the Word file and the PDF are set from what these functions return, so they say the same.
Official papers are written in Chinese whatever language a reader has chosen.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date
from functools import singledispatch
from typing import Any

from shangliang.matters.letters.contexts import (
    Answer,
    AssignmentNotice,
    Contact,
    Context,
    FeedbackForm,
    FilingNotice,
    NotFilingNotice,
    ProposalSheet,
    Reply,
)
from shangliang.matters.letters.plain import chinese_date, chinese_number, clean, paragraphs

_SHORT_ASK = 40

Block = dict[str, str]


def spoken(context: Context) -> dict[str, Any]:
    """Everything a template may name: the facts as text, and the sentences made from them."""
    facts = {**_ABSENT, **asdict(context), **_sentences(context)}
    said = {name: _plain(value) for name, value in facts.items()}
    return said | _lines(said)


# What a kind does not have is empty, so that every template may ask for it.
_ABSENT: dict[str, Any] = {
    **dict.fromkeys(("signer", "publicity", "reply_class", "copies_line", "title_tail"), ""),
    "attachments": (),
    "rows": (),
}


def _lines(said: dict[str, Any]) -> dict[str, Any]:
    """The same once more as whole lines, for templates that only put words in their places."""
    several = len(said["attachments"]) > 1
    names = [f"{n}. {a}" if several else a for n, a in enumerate(said["attachments"], start=1)]
    return {
        "signer_line": f"签发人：{said['signer']}" if said["signer"] else "",
        "attachment_lines": [("　　　" if n else "附件：") + name for n, name in enumerate(names)],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, date):
        return chinese_date(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value)


def _text(*texts: str) -> list[Block]:
    return [{"style": "text", "text": line} for text in texts for line in paragraphs(text)]


def _heading(text: str) -> Block:
    return {"style": "heading", "text": text}


def _tail(number: str) -> str:
    """第0123号 of 政协云岭县…第五次会议第0123号: what a title must not break in two."""
    found = re.search(r"第[^第]*号$", number)
    return found.group() if found else ""


def _greeting(addressees: tuple[str, ...]) -> str:
    return "、".join(addressees) + "："


def _own_greeting(opening: str) -> tuple[str, str] | None:
    """The first line, where the writer has greeted by herself, and the rest."""
    first, *rest = paragraphs(opening) or [""]
    greets = bool(rest) and first.endswith(("：", ":")) and "。" not in first
    return (first, "\n".join(rest)) if greets else None


def _contact(contact: Contact) -> str:
    if not contact.name:
        return ""
    phone = f"，电话：{contact.phone}" if contact.phone else ""
    return f"（联系人：{contact.name}{phone}）"


def _about(title: str) -> str:
    """A title inside 《》 may not bring another pair of them."""
    return "《" + title.replace("《", "〈").replace("》", "〉") + "》"


@singledispatch
def _sentences(context: Any) -> dict[str, Any]:
    raise TypeError(f"no paper is made of {type(context).__name__}")


@_sentences.register
def _reply(context: Reply) -> dict[str, Any]:
    opening = context.opening or (
        f"您提出的{_about(context.proposal_title)}（{context.proposal_number}）收悉。"
        "感谢您对我们工作的关心和支持。经研究，现答复如下："
    )
    closing = context.closing or "如对以上答复有不同意见，请与我们联系，并填写所附征询意见表。"
    greeting, opening = _own_greeting(opening) or (_greeting(context.addressees), opening)
    body = _text(opening)
    for order, answer in enumerate(context.answers, start=1):
        body += _answered(order, answer, alone=len(context.answers) == 1)
    return {
        "title": f"关于{context.proposal_number}提案的答复",
        "title_tail": _tail(context.proposal_number) + "提案的答复",
        "greeting": greeting,
        "body": body + _text(closing),
        "signatures": context.signatures or (context.organ,),
        "contact_line": _contact(context.contact),
        "copies_line": "抄送：" + "，".join(context.copies) + "。" if context.copies else "",
    }


def _answered(order: int, answer: Answer, *, alone: bool) -> list[Block]:
    """An ask as a heading, its answer below; a long ask is quoted under a short heading."""
    ask = re.sub("[。；.;]+$", "", " ".join(paragraphs(answer.ask)))
    number = "" if alone else f"{chinese_number(order)}、"
    if len(ask) <= _SHORT_ASK:
        head = [_heading(f"{number}关于“{ask}”")]
    else:
        head = [_heading(f"{number}关于第{chinese_number(order)}项建议")]
        head.append({"style": "quote", "text": f"建议：{ask}。"})
    return head + _text(answer.answer)


@_sentences.register
def _filing(context: FilingNotice) -> dict[str, Any]:
    merged = "".join(_about(title) for title in context.merged_titles)
    return {
        "title": "提案立案通知",
        "greeting": _greeting(context.addressees),
        "body": _text(
            f"您提出的{_about(context.proposal_title)}，经审查符合立案条件，"
            f"已于{chinese_date(context.filed_on)}立案，编号为{context.proposal_number}，"
            f"类别为{context.category}。",
            f"本提案与内容相近的{merged}并案办理，承办单位将分别答复每一位提案人。"
            if merged
            else "",
            "提案将交有关单位办理。交办后，承办单位会与您联系沟通，并在规定期限内书面答复。"
            "您可以随时查看办理进度。",
        ),
        "signatures": (context.organ,),
        "contact_line": _contact(context.contact),
    }


@_sentences.register
def _not_filing(context: NotFilingNotice) -> dict[str, Any]:
    return {
        "title": "提案不予立案通知",
        "greeting": _greeting(context.addressees),
        "body": _text(
            f"您于{chinese_date(context.submitted_on)}提出的{_about(context.proposal_title)}，"
            f"经审查，因“{context.ground.rstrip('。')}”，不予立案。",
            context.explanation,
            f"征得您的同意后，来件将{context.disposition.rstrip('。')}。"
            if context.disposition
            else "",
            "感谢您的辛勤付出。如有不同意见，请与我们联系。",
        ),
        "signatures": (context.organ,),
        "contact_line": _contact(context.contact),
    }


@_sentences.register
def _assignment(context: AssignmentNotice) -> dict[str, Any]:
    count = len(context.proposals)
    return {
        "title": f"关于交办{context.session}提案的通知",
        "greeting": _greeting(context.addressees),
        "body": _text(
            f"现将{context.session}的{count}件提案交你们办理（见附件），请按以下要求办理：",
            f"一、请于{chinese_date(context.sign_for_by)}前签收，并确定分管负责人和经办人。",
            f"二、如认为不属于本单位职责，请于收到之日起{context.objection_days}个工作日内"
            "书面说明法定职责依据和建议的承办单位，不得自行转送。",
            "三、办理中应当与提案人沟通，答复前应当听取提案人的意见。",
            "四、请在附件所列期限前书面答复提案人，逐项回应提案中的每一条建议，"
            "由单位负责人审签，并抄送提案委员会和督查室。",
        ),
        "signatures": context.signatures or (context.organ,),
        "contact_line": _contact(context.contact),
        "copies_line": "抄送：" + "，".join(context.copies) + "。" if context.copies else "",
        "attachments": ("提案交办表",),
        "table_title": "提案交办表",
        "columns": ("序号", "编号", "案由", "提案人", "主办单位", "会办单位", "答复期限"),
        "rows": [
            (str(n), p.number, p.title, p.proposers, p.lead, p.assisting, chinese_date(p.due))
            for n, p in enumerate(context.proposals, start=1)
        ],
    }


@_sentences.register
def _sheet(context: ProposalSheet) -> dict[str, Any]:
    body: list[Block] = []
    parts = [("情况", context.situation), ("分析", context.analysis)]
    for order, (name, text) in enumerate(parts, start=1):
        body += [_heading(f"{chinese_number(order)}、{name}"), *_text(text)]
    body += [_heading("三、建议"), *_text(context.suggestion)]
    for order, ask in enumerate(context.asks, start=1):
        first, *rest = paragraphs(ask) or [""]
        body += _text(f"{order}. {first}", *rest)
    remarks = [
        "同意公开" if context.may_publish else "不同意公开",
        "提案人已确认不涉密" if context.not_secret else "尚未确认不涉密",
        *(["监督性提案"] if context.is_oversight else []),
    ]
    return {
        "heading": f"{context.committee}提案",
        "body": body,
        "day": chinese_date(context.submitted_on) if context.submitted_on else "",
        "units": "、".join(context.suggested_units),
        "remarks": "；".join(remarks),
        "count": str(len(context.proposers)),
    }


@_sentences.register
def _feedback(context: FeedbackForm) -> dict[str, Any]:
    return {
        "heading": "提案办理情况征询意见表",
        "rating_boxes": _boxes(context.ratings),
        "form_boxes": _boxes(context.forms),
        "notes": [
            "1. 请提案人本人填写，承办单位不得代填。",
            f"2. 请于{chinese_date(context.return_by)}前交回{context.return_to}；"
            "也可以登录平台在线填写，两者只需其一。",
            "3. 选择“不满意”的，请写明还有哪些建议没有得到回应。",
        ],
    }


def _boxes(choices: tuple[str, ...]) -> str:
    return "　　".join(f"□ {choice}" for choice in choices)
