"""What this floor reports upwards: log-ins and set-up changes, for whoever keeps a journal.

People knows no journal.  It says that something happened, inside the transaction in which it
happened, and the floor above writes it down; if that fails, so does the act.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.checks import Error, register
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

# beginning: a change is about to be made; the journal takes its place in the queue first.
# house_founded: a new committee, which the floors above furnish with what it needs.
# happened: verb, by (a person or None), at, acting_as, data.
beginning = Signal()
happened = Signal()
house_founded = Signal()

VERBS = {
    "log_in": _("登录"),
    "log_in_failed": _("登录失败"),
    "log_in_locked": _("登录被锁定"),
    "log_out": _("退出登录"),
    "log_in_ended": _("登录被结束"),
    "lock_lifted": _("解除登录锁定"),
    "password_changed": _("更换密码"),
    "password_reset": _("通过邮件重设密码"),
    "reset_link": _("寄出重设密码的链接"),
    "one_time_password": _("生成一次性密码"),
    "second_step_on": _("开启两步验证"),
    "second_step_off": _("关闭两步验证"),
    "recovery_codes": _("生成恢复码"),
    "body_added": _("新增机构"),
    "body_changed": _("修改机构"),
    "body_ended": _("撤销机构"),
    "term_added": _("新增届"),
    "term_changed": _("修改届"),
    "session_added": _("新增会议"),
    "session_changed": _("修改会议"),
    "person_added": _("新增人员"),
    "person_changed": _("修改人员资料"),
    "account_asked": _("提出账号申请"),
    "account_granted": _("同意账号申请"),
    "account_refused": _("退回账号申请"),
    "account_closed": _("停用账号"),
    "seat_proposed": _("提出任职"),
    "seat_confirmed": _("确认任职"),
    "seat_refused": _("退回任职"),
    "seat_ended": _("结束任职"),
    "founded": _("设立管理员"),
}


@contextmanager
def recording() -> Iterator[None]:
    """One transaction around a change and its entry, in the order every writer keeps."""
    with transaction.atomic():
        beginning.send(sender=None)
        yield


def record(verb: str, *, by: Any, at: datetime, acting_as: str = "", **data: Any) -> None:
    """Report that `verb` happened; `data` must be JSON, personal keys named in `personal`."""
    with recording():
        happened.send(sender=None, verb=verb, by=by, at=at, acting_as=str(acting_as), data=data)


@dataclass(frozen=True)
class Pen:
    """Whose hand makes a change, in which capacity, and when."""

    by: Any
    at: datetime
    acting_as: str = ""

    def note(self, verb: str, thing: Any, **data: Any) -> None:
        """Report that `verb` happened to `thing`, by its kind and number."""
        named = {"object": thing._meta.label_lower, "id": thing.pk}
        record(verb, by=self.by, at=self.at, acting_as=self.acting_as, **named, **data)


@register()
def somebody_listens(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Without a journal nobody would notice that nothing is written down."""
    if happened.has_listeners():
        return []
    return [Error("Nobody writes down what the people floor reports.", id="people.E001")]
