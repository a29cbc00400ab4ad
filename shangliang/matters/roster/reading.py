"""One row of a roster, read as the person, the bodies and the seats it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from shangliang.analysis.tabular_values import day, digits, person_name, plain, whole_number
from shangliang.people import duties
from shangliang.people.models import Ended, Organisation, Person
from shangliang.people.models import Kind as BodyKind
from shangliang.ui.languages import listed, of_record

from .fields import BODY_FACTS, LABELS, MEMBERSHIPS, SEAT_FACTS

_GUESSES = (
    ("sector", r"界$|界别$"), ("liaison_group", r"联络组$"), ("group", r"(?:小组|活动组)$"),
    ("special_committee", r"委员会$|专委$|委$"), ("supervision_office", r"督查"),
    ("office", r"^政协|提案办$"),
)  # fmt: skip
_PLAIN_DUTY = {
    "committee": "member", "sector": "member", "group": "member", "liaison_group": "member",
    "special_committee": "committee_member",
}  # fmt: skip
_DUTY_WORDS = {
    "常委": "standing_member", "党组书记、主席": "chair", "组长": "convener", "联络员": "unit_clerk",
    "经办人": "unit_clerk", "承办人": "unit_clerk", "负责人": "unit_leader", "分管领导": "unit_leader",
}  # fmt: skip
_COMMITTEE_DUTY = {
    "主任": "committee_director", "副主任": "committee_deputy", "委员": "committee_member",
}  # fmt: skip


@dataclass
class Body:
    """A body a row names; `kind` is "" when the row does not say."""

    name: str
    kind: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class SeatLine:
    """A seat a row names: in which of its bodies ("" is the committee), as what, from when."""

    body: str
    kind: str
    duty: str
    since: date | None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class Line:
    """What a row says, and why it cannot be taken."""

    name: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    bodies: list[Body] = field(default_factory=list)
    seats: list[SeatLine] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_line(cells: Mapping[str, str], since: date | None) -> Line:
    """The row in `cells`, which maps our field names to what it says.

    `since` is the day seats begin where the row gives none.
    """
    line = Line(person_name(cells.get("name", "")))
    said = {name: plain(text) for name, text in cells.items()}
    dates = dict(_dates(line, said))
    line.person = _person(line, said)
    _bodies(line, said, dates)
    _seats(line, said, dates, since)
    if not line.name and not line.bodies and not line.problems:
        line.problems.append(_("这一行既没有姓名也没有机构，请补上或删去。"))
    return line


def _dates(line: Line, said: Mapping[str, str]) -> Iterator[tuple[str, date]]:
    for name in ("since", "until", "body_since", "body_until"):
        if said.get(name):
            try:
                yield name, day(said[name])
            except ValueError:
                line.problems.append(
                    _("“%(column)s”里的“%(said)s”不是日期，请写成 2026-03-05 这样。")
                    % {"column": _(LABELS[name]), "said": said[name]}
                )


def _person(line: Line, said: Mapping[str, str]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if phone := digits(said.get("phone", "")):
        facts["phone"] = phone
        if not re.fullmatch(r"1\d{10}|0\d{9,11}", phone):
            line.problems.append(
                _("手机号“%(said)s”不对，应为 11 位数字。") % {"said": said["phone"]}
            )
    if email := said.get("email", ""):
        facts["email"] = email
        try:
            validate_email(email)
        except ValidationError:
            line.problems.append(_("电子邮箱“%(said)s”不对，请检查。") % {"said": email})
    if place := said.get("work_place", ""):
        facts["work_place"] = place
    if facts and not line.name:
        line.problems.append(_("有联系方式却没有姓名，请补上姓名。"))
    _fits(line, Person, {"name": line.name, **facts})
    return facts


def _fits(line: Line, model: Any, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        most = model._meta.get_field(name).max_length
        if most and isinstance(value, str) and len(value) > most:
            line.problems.append(
                _("“%(said)s…”太长，最多 %(most)d 个字。") % {"said": value[:12], "most": most}
            )


def _bodies(line: Line, said: Mapping[str, str], dates: Mapping[str, date]) -> None:
    if said.get("body"):
        facts: dict[str, Any] = {
            name: said[name] for name in BODY_FACTS if name != "national_code" and said.get(name)
        }
        facts |= {name.removeprefix("body_"): d for name, d in dates.items() if "body_" in name}
        if code := said.get("national_code", ""):
            try:
                facts["national_code"] = whole_number(code)
            except ValueError:
                line.problems.append(_("全国界别序号“%(said)s”不是数字。") % {"said": code})
        body = Body(said["body"], _kind(line, said.get("kind", "")), facts)
        line.bodies.append(body)
        _fits(line, Organisation, {"name": body.name, **facts})
    for name in MEMBERSHIPS:
        if said.get(name):
            line.bodies.append(Body(said[name], name))


def _kind(line: Line, said: str) -> str:
    if not said:
        return ""
    written = in_a_table(BodyKind.choices)
    labels = written | {k.value: k.value for k in BodyKind}
    if said not in labels:
        known = listed(written)
        line.problems.append(
            _("不认识机构类别“%(said)s”，可以填：%(known)s。") % {"said": said, "known": known}
        )
    return labels.get(said, "")


def in_a_table(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """What each label means: tables are written in the language of the house, whoever brings one."""
    with of_record():
        return {str(label): value for value, label in choices}


def guess_kind(name: str) -> str:
    """What kind of body probably bears this name; most are units."""
    return next((kind for kind, pattern in _GUESSES if re.search(pattern, name)), "unit")


def _seats(
    line: Line, said: Mapping[str, str], dates: Mapping[str, date], since: date | None
) -> None:
    """The seats of the row's person: in its body, or in the committee and the bodies it lists."""
    if not line.name:
        if said.get("duty"):
            line.problems.append(_("有职务却没有姓名，请补上姓名。"))
        return
    facts: dict[str, Any] = {
        name: said[name]
        for name in SEAT_FACTS
        if name not in ("until", "ended_how") and said.get(name)
    }
    facts |= {"until": dates["until"]} if "until" in dates else {}
    facts |= _ended(line, said.get("ended_how", ""))
    begins = dates.get("since", since)
    if said.get("body"):
        _seat(line, line.bodies[0], said.get("duty", ""), begins, facts)
    memberships = line.bodies[1:] if said.get("body") else line.bodies
    if memberships or (said.get("duty") and not said.get("body")):
        _seat(line, Body("", "committee"), said.get("duty", "") or "委员", begins, facts)
        for body in memberships:
            _seat(line, body, "", begins, {})
    if line.seats and begins is None:
        line.problems.append(_("没有任职日期，请补上这一列，或在导入时统一指定。"))


def _ended(line: Line, said: str) -> dict[str, str]:
    labels = in_a_table(Ended.choices)
    if said and said not in labels:
        line.problems.append(
            _("不认识离任原因“%(said)s”，可以填：%(known)s。")
            % {"said": said, "known": listed(labels)}
        )
    return {"ended_how": labels[said]} if said in labels else {}


def _seat(line: Line, body: Body, said: str, since: date | None, facts: Mapping[str, Any]) -> None:
    kind = body.kind or guess_kind(body.name)
    duty = _duty(said, kind)
    if not duty:
        known = listed(in_a_table((c, label) for c, label in duties.LABELS.items() if _open(c)))
        line.problems.append(
            _("不认识职务“%(said)s”，可以填：%(known)s。") % {"said": said, "known": known}
            if said
            else _("请写明在“%(body)s”的职务。") % {"body": body.name}
        )
    elif not _open(duty):
        line.problems.append(_("管理员不能批量导入，请在设置中逐个指定。"))
    else:
        line.seats.append(SeatLine(body.name, body.kind, duty, since, dict(facts)))


def _open(duty: str) -> bool:
    return duty not in duties.ADMINISTRATORS


def _duty(said: str, kind: str) -> str:
    if not said:
        return _PLAIN_DUTY.get(kind, "")
    if kind == "special_committee" and said in _COMMITTEE_DUTY:
        return _COMMITTEE_DUTY[said]
    labels = in_a_table(duties.LABELS.items())
    return labels.get(said) or _DUTY_WORDS.get(said, "")
