"""What every verb of the journal is called, for a list that shows no content."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shangliang.people.record import VERBS as HOUSE

from . import attaching, clocks
from .models import Entry
from .table import REGISTRY

OWN = {
    "begin": _("起草"),
    "rewrite_text": _("修改内容"),
    "write_reply": _("起草答复"),
    "invitations": _("调整联名邀请"),
    "blank": _("清除内容"),
    "export": _("导出"),
    "import": _("导入"),
    "backup": _("备份"),
    "restore": _("从备份恢复"),
    "import_undone": _("撤回导入"),
    "template": _("更换文书模板"),
    "calendar_proposed": _("提出放假安排"),
    "calendar_confirmed": _("确认放假安排"),
    "calendar_discarded": _("放弃放假安排"),
    "number_set": _("设定参数"),
    "number_changed": _("修改参数"),
    "number_reset": _("恢复参数"),
    "code_added": _("新增代码"),
    "code_changed": _("修改代码"),
    "audit_asked": _("要求核验日志"),
    "audit_verified": _("核验日志"),
}
THINGS = {
    "people.person": _("人员"),
    "people.seat": _("任职"),
    "people.organisation": _("机构"),
    "people.term": _("届"),
    "people.session": _("会议"),
    "people.accountrequest": _("申请"),
    "people.login": _("登录"),
    "matters.namednumber": _("参数"),
    "matters.code": _("代码"),
}


def verbs() -> dict[str, Any]:
    """Every verb this house can write, by its label."""
    rows = {row.name: _(row.label) for flow in REGISTRY.values() for row in flow.moves}
    return HOUSE | OWN | attaching.VERBS | clocks.VERBS | rows


def verb_of(entry: Entry) -> str:
    flow = REGISTRY.get(entry.matter.kind) if entry.matter else None
    row = flow.rows.get(entry.verb) if flow else None
    return gettext(row.label) if row else str(verbs().get(entry.verb, entry.verb))


def thing_of(entry: Entry) -> str:
    """Which thing an entry is about: its kind and number, never its title."""
    if entry.matter:
        flow = REGISTRY.get(entry.matter.kind)
        kind = gettext(flow.label) if flow else ""
        return entry.matter.number or f"{kind} {entry.matter_id}"
    said = entry.content.data if hasattr(entry, "content") else {}
    kind = str(THINGS.get(str(said.get("object", "")), ""))
    return f"{kind} {said['id']}" if kind and isinstance(said.get("id"), int) else ""
