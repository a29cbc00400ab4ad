"""The way of a matter: what happened to it, where it stands, what is still to come, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.analysis.clock import Unit
from shangliang.analysis.clock_words import in_units
from shangliang.ui.dates import written
from shangliang.ui.languages import clauses, listed

from . import attaching, clocks
from .flow import holders
from .models import Deadline, Entry, Matter
from .table import Held, Move


def entries_for(matter: Matter, held: Held) -> list[Entry]:
    """The journal as this reader may read it: rows with a narrower circle stay inside it."""
    rows = matter.flow.rows
    entries = matter.entries.select_related("by", "content").order_by("id")
    return [
        entry for entry in entries
        if (row := rows.get(entry.verb)) is None
        or row.seen_by is None
        or row.seen_by.admits(held)
    ]  # fmt: skip


def actor(entry: Entry, row: Move | None, matter: Matter) -> str:
    """Who acted, as the file says it: a proposer by name, a unit by its name, an office by duty."""
    if entry.by is None:
        return str(_("系统"))
    if row is None or row.who.parts:
        return entry.by.name
    if row.who.desks:
        roles = {role for role, _duty in row.who.desks}
        return listed(p for p in matter.parts.all() if p.role in roles) or entry.by.name
    return _(row.who.name)


def journal_lines(matter: Matter, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Entries as `ui/_journal.html` reads them."""
    own_words = attaching.VERBS | clocks.VERBS | {
        "begin": _("起草"), "rewrite_text": _("修改内容"), "write_reply": _("起草答复"),
        "invitations": _("调整联名邀请"), "blank": _("清除内容"),
    }  # fmt: skip
    rows = matter.flow.rows
    lines = []
    for entry in entries:
        row = rows.get(entry.verb)
        content = getattr(entry, "content", None)
        lines.append({
            "at": entry.at, "who": actor(entry, row, matter),
            "what": _(row.label) if row else own_words.get(entry.verb, entry.verb),
            "note": content.note if content else _("（内容已依法删除）"),
        })  # fmt: skip
    return lines


def steps(matter: Matter, entries: Sequence[Entry], today: date) -> list[dict[str, Any]]:
    """The way as `ui/_way.html` draws it."""
    rows, found, since = matter.flow.rows, [], None
    for entry in entries:
        row = rows.get(entry.verb)
        if row is None or (not row.target and not row.then):
            continue
        day = timezone.localdate(entry.at)
        when = written(day, today)
        if since is not None and row.target and (spent := clocks.working_days(since, day)):
            when = _("%(when)s，用时 %(span)s") % {"when": when, "span": in_working_days(spent)}
        if row.target:
            since = day
        said = {"who": actor(entry, row, matter), "what": _(row.label)}
        found.append({"state": "was", "text": _("%(who)s%(what)s") % said, "when": when})
    if matter.stands.final:
        found.append({"state": "now", "text": _(matter.stands.label), "when": ""})
        return found
    owed = [deadline for deadline in matter.deadlines.all() if deadline.is_running]
    found.append(_present(matter, owed, today))
    return found + _to_come(matter, owed, today)


def _present(matter: Matter, owed: Sequence[Deadline], today: date) -> dict[str, Any]:
    who = holders(matter)
    text = (
        _("%(who)s：%(label)s") % {"who": who, "label": _(matter.stands.label)}
        if who
        else _(matter.stands.label)
    )
    deadline = nearest(owed)
    spent = clocks.working_days(timezone.localdate(matter.moved_at), today)
    when = _("已 %(span)s") % {"span": in_working_days(spent)} if spent else _("今天")
    if deadline:
        when = clauses(when, clocks.left(deadline, today))
    return {"state": "now", "text": str(text), "when": when}


def _to_come(matter: Matter, owed: Sequence[Deadline], today: date) -> list[dict[str, Any]]:
    """The rest of the usual way, with the dates that are already running."""
    path = matter.flow.path
    here = path.index(matter.state) + 1 if matter.state in path else 0
    dates = {d.name: d.due_on for d in owed}
    coming = []
    for state in path[here:]:
        due = next(
            (dates[name] for row in matter.flow.moves if row.target == state
             for name in row.meets if name in dates), None,
        )  # fmt: skip
        when = _("%(day)s前") % {"day": written(due, today)} if due else ""
        coming.append({"state": "coming", "text": _(matter.flow.states[state].label), "when": when})
    return coming


def in_working_days(count: int) -> str:
    return in_units(count, Unit.WORKING_DAY, _)


def nearest(owed: Sequence[Deadline]) -> Deadline | None:
    """The date that comes first among those still owed."""
    return min(owed, key=lambda d: (d.due_on, d.pk), default=None)
