"""One row of a table, read as the proposal it describes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.analysis.asks import split_asks
from shangliang.analysis.proposal_text import Section, split_proposal
from shangliang.analysis.tabular_values import moment, person_name, plain, whole_number
from shangliang.matters.secrecy import find_mark
from shangliang.ui.languages import of_record

from ..models import Kind, Proposal
from ..models.proposal import PERSONAL

TITLE_ROOM = Proposal._meta.get_field("title").max_length or 200
NAME_ROOM = 40
# The headings of the printed form; they are the fields here and need not be kept as text.
_FORM_HEADING = re.compile(
    r"(?:[（(]?[一二三\d][）)]?[、.．]?)?[【《]?(?:调研情况|情况|问题分析|分析|具体建议|具体意见|建议)"
    r"[】》]?\s*[：:]"
)
_MANY = re.compile(r"^(.*?)\s*等\s*(\d+)?\s*(?:人|名委员|位委员)?$")
_WORDS = {
    "个人": Kind.INDIVIDUAL, "委员": Kind.INDIVIDUAL, "individual": Kind.INDIVIDUAL,
    "联名": Kind.JOINT, "joint": Kind.JOINT,
}  # fmt: skip
_SOME_BODY = ("集体", "单位", "组织", "organisation", "organization")
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


@cache
def _labels() -> dict[str, Kind]:
    """What a table calls each kind: in the language of the house, whoever brings it."""
    with of_record():
        return {str(kind.label): kind for kind in Kind}


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
    wanted.key = wanted.key or _likeness(wanted)
    if mark := find_mark("\n".join(whole)):
        wanted.problems.append(
            _("文中有密级标志“%(mark)s”，涉密内容不能导入，请删去这一行。") % {"mark": mark}
        )
    return wanted


def _likeness(wanted: Wanted) -> str:
    """A key for a row that has none, so that the same row is known again."""
    said = "\n".join((wanted.number, wanted.title, wanted.author))
    return "~" + hashlib.sha256(said.encode()).hexdigest()[:24]


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
    """The form the row names, else the one its proposers suggest."""
    bare, body = said.removesuffix("提案"), _body_of(wanted.author)
    if said in (labels := _labels()):
        wanted.type = labels[said]
    elif bare in _WORDS:
        wanted.type = _WORDS[bare]
    elif bare in _SOME_BODY or body:
        wanted.type = body or Kind.ORGANISATION
    else:
        wanted.type = Kind.JOINT if wanted.together > 1 else Kind.INDIVIDUAL
        if said:
            wanted.remarks.append(_("不认识提案形式“%(said)s”，按提案人判断。") % {"said": said})
    wanted.author_is_body = wanted.type not in PERSONAL


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
    own_words = _FORM_HEADING.sub("", section.heading).strip()
    return f"{section.heading}\n{section.text}".strip() if own_words else section.text
