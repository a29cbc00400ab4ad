"""One row of a table, read as the proposal it describes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.analysis.asks import split_asks
from shangliang.analysis.proposal_text import Section, split_proposal
from shangliang.analysis.tabular_values import half_width, moment, person_name, plain, whole_number
from shangliang.matters.secrecy import find_mark

from ..models import Kind, Proposal

TITLE_ROOM = Proposal._meta.get_field("title").max_length or 200
NAME_ROOM = 40
_FORM_HEADING = re.compile(
    r"(?:[（(]?[一二三\d][）)]?[、.．]?)?[【《]?(?:调研情况|情况|问题分析|分析|具体建议|具体意见|建议)"
    r"[】》]?[：:]"
)
_MANY = re.compile(r"^(.*?)\s*等\s*(\d+)?\s*(?:人|名委员|位委员)?$")
_TYPES = {
    "individual": Kind.INDIVIDUAL, "个人": Kind.INDIVIDUAL, "委员": Kind.INDIVIDUAL,
    "joint": Kind.JOINT, "联名": Kind.JOINT, "organisation": "", "集体": "", "单位": "",
}  # fmt: skip
_BODIES = (
    (Kind.SPECIAL_COMMITTEE, r"(?:专门?委员?会|政协.+委员?会|委员会办公室)$"),
    (Kind.SECTOR, r"(?:界别|界)$"),
    (Kind.PARTY, r"民革|民盟|民建|民进|农工|致公党|九三学社|台盟|中共|国民党革命|民主同盟|促进会"),
    (
        Kind.ORGANISATION,
        r"工商联|总工会|妇联|团.?委|青联|科协|侨联|台联|社科联|残联|文联|联谊会|联合会",
    ),
    (Kind.GROUP, r"(?:小组|联组|联络组|工作站|活动组)$"),
)


@dataclass
class Wanted:
    """A proposal as a row has it; `problems` say why it cannot come in."""

    key: str = ""
    number: str = ""
    title: str = ""
    category: str = ""
    type: str = Kind.INDIVIDUAL
    author: str = ""
    author_is_body: bool = False
    cosigners: list[str] = field(default_factory=list)
    together: int = 0
    at: datetime | None = None
    situation: str = ""
    analysis: str = ""
    suggestion: str = ""
    asks: list[str] = field(default_factory=list)
    clean: bool = True
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_row(cells: Mapping[str, str], asks: Sequence[str]) -> Wanted:
    """The proposal in `cells`, which maps our field names to what the row says."""
    wanted = Wanted(
        key=plain(cells.get("key", ""))[:100],
        number=plain(cells.get("number", ""))[:60],
        title=plain(cells.get("title", "")),
        category=plain(cells.get("category", "")),
    )
    _read_title(wanted)
    _read_proposers(wanted, cells)
    _read_moment(wanted, cells.get("at", ""))
    _read_text(wanted, cells, [ask.strip() for ask in asks if ask.strip()])
    whole = (wanted.title, wanted.situation, wanted.analysis, wanted.suggestion, *wanted.asks)
    if mark := find_mark("\n".join(whole)):
        wanted.problems.append(
            _("文中有密级标志“%(mark)s”，涉密内容不能导入，请删去这一行。") % {"mark": mark}
        )
    return wanted


def _read_title(wanted: Wanted) -> None:
    if not wanted.title:
        wanted.problems.append(_("没有案由，请补上。"))
    elif len(wanted.title) > TITLE_ROOM:
        wanted.problems.append(
            _("案由有 %(n)d 个字，最多 %(most)d 个字，请写短一些。")
            % {"n": len(wanted.title), "most": TITLE_ROOM}
        )


def _read_proposers(wanted: Wanted, cells: Mapping[str, str]) -> None:
    """“M025等2人” is M025 and one more who is not named; “林晓、周敏” are two."""
    said, together = plain(cells.get("author", "")), cells.get("together", "")
    if many := _MANY.match(said):
        said, together = many[1], many[2] or together
    names = [person_name(name) for name in re.split(r"[、,，;；/]|\s{2,}", said) if name.strip()]
    names += [
        person_name(n) for n in re.split(r"[、,，;；/]", cells.get("cosigners", "")) if n.strip()
    ]
    if not names:
        wanted.problems.append(_("没有提案人，请补上。"))
        return
    wanted.author, wanted.cosigners = names[0], names[1:]
    if any(len(name) > NAME_ROOM for name in names[1:]):
        wanted.problems.append(_("联名人的姓名太长，请检查分隔符。"))
    try:
        wanted.together = whole_number(together) if together.strip() else 0
    except ValueError:
        wanted.problems.append(
            _("联名人数“%(said)s”不是数字，请改为阿拉伯数字。") % {"said": together}
        )
    wanted.together = max(wanted.together, len(names) if wanted.cosigners else 0)
    _read_type(wanted, plain(cells.get("type", "")))
    room = NAME_ROOM * 2 if wanted.author_is_body else NAME_ROOM
    if len(wanted.author) > room:
        wanted.problems.append(_("提案人“%(name)s”太长，请检查这一格。") % {"name": wanted.author})


def _read_type(wanted: Wanted, said: str) -> None:
    labels = {str(kind.label): kind.value for kind in Kind} | {k.value: k.value for k in Kind}
    known = labels.get(said, _TYPES.get(said.removesuffix("提案")))
    if known is None and said:
        wanted.remarks.append(_("不认识提案形式“%(said)s”，按提案人判断。") % {"said": said})
    if known == Kind.ORGANISATION and said not in labels.values():
        known = Kind.ORGANISATION
    if known in (Kind.INDIVIDUAL, Kind.JOINT):
        wanted.type = known
    elif known and said != "organisation":
        wanted.type, wanted.author_is_body = known, True
    elif known == "" or said == "organisation" or _body_of(wanted.author):
        wanted.type, wanted.author_is_body = _body_of(wanted.author) or Kind.ORGANISATION, True
    elif wanted.cosigners or wanted.together > 1:
        wanted.type = Kind.JOINT


def _body_of(name: str) -> str:
    """What kind of body bears this name; "" when it is probably a person's."""
    if len(name) < 3:
        return ""
    return next((kind for kind, pattern in _BODIES if re.search(pattern, name)), "")


def _read_moment(wanted: Wanted, said: str) -> None:
    if not said.strip():
        return
    try:
        wanted.at = timezone.make_aware(moment(said))
    except ValueError:
        wanted.problems.append(
            _("提交时间“%(said)s”认不出来，请写成 2026-03-05 这样的日期。") % {"said": said.strip()}
        )


def _read_text(wanted: Wanted, cells: Mapping[str, str], asks: list[str]) -> None:
    """The three parts and the asks, from columns of their own or from one text."""
    parts = {name: cells.get(name, "").strip() for name in ("situation", "analysis", "suggestion")}
    if any(parts.values()) or asks:
        wanted.situation, wanted.analysis = parts["situation"], parts["analysis"]
        wanted.suggestion, wanted.asks = parts["suggestion"], asks
        if not asks:
            found = split_asks(parts["suggestion"])
            wanted.suggestion, wanted.asks = found.lead, [ask.whole() for ask in found.asks]
    elif text := cells.get("text", "").strip():
        split = split_proposal(text)
        wanted.situation, wanted.analysis = (
            _with_heading(split.situation),
            _with_heading(split.analysis),
        )
        own = Section(split.suggestions.heading, split.asks.lead)
        wanted.suggestion, wanted.asks = (
            _with_heading(own),
            [ask.whole() for ask in split.asks.asks],
        )
        wanted.clean, wanted.remarks = split.clean, wanted.remarks + split.reasons()
    if not any((wanted.situation, wanted.analysis, wanted.suggestion, *wanted.asks)):
        wanted.problems.append(_("没有正文，请补上。"))


def _with_heading(section: Section) -> str:
    """The part's text; a heading in the writer's own words stays with it."""
    if (
        not section.heading
        or _FORM_HEADING.fullmatch(half_width(section.heading))
        or (_FORM_HEADING.match(section.heading))
    ):
        return section.text
    return f"{section.heading}\n{section.text}".strip()
