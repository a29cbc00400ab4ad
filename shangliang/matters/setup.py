"""What this floor lays on the desks of the three administrators (see `people.desk`)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.people import desk
from shangliang.people.desk import Decision, Way
from shangliang.people.models import Organisation
from shangliang.people.record import house_founded
from shangliang.ui.dates import written

from . import local
from .models import CalendarNotice, Entry, EntryContent

A_MONTH = timedelta(days=30)


def notices_waiting(request: HttpRequest) -> list[Decision]:
    """For the security administrator: days off that were entered and count for nothing yet."""
    waiting = CalendarNotice.objects.filter(confirmed_at=None)
    return [
        Decision(
            _("《%(title)s》已经录入，等您核对日期后确认。") % {"title": notice.title},
            reverse("calendar_notice", args=[notice.pk]),
            _("去核对"),
        )
        for notice in waiting
    ]


def journal_unread(request: HttpRequest) -> list[Decision]:
    """For the audit administrator: a fault that was found, or a journal unread for a month."""
    last = Entry.objects.filter(verb="audit_verified").order_by("-id").first()
    url = reverse("setup_journal")
    if last is None:
        return [Decision(_("日志还没有核验过。"), url, _("去核验"))]
    content = EntryContent.objects.filter(entry=last).first()
    if content and content.data.get("fault"):
        said = _("上次核验发现问题：%(fault)s") % content.data
        return [Decision(said, url, _("去查看"))]
    if timezone.now() - last.at < A_MONTH:
        return []
    day = written(timezone.localdate(last.at), timezone.localdate(), weekday=False)
    return [Decision(_("日志上次核验是在 %(day)s。") % {"day": day}, url, _("去核验"))]


CALENDAR = Way(gettext_lazy("工作日历"), "calendar", gettext_lazy("放假和调休，期限按它计算"))


def furnish(sender: Any, committee: Organisation, **kwargs: Any) -> None:
    """A new committee starts with the shipped code tables."""
    local.furnish(committee)


def lay() -> None:
    """At start-up: this floor's decisions and ways; and who furnishes a new house."""
    house_founded.connect(furnish, dispatch_uid="matters.furnish")
    desk.lay(
        "system_admin",
        ways=(
            Way(gettext_lazy("名册导入导出"), "roster", gettext_lazy("用 Excel 成批登记机构、人员和任职")),
            Way(gettext_lazy("参数"), "setup_numbers", gettext_lazy("答复时限、字数上限等本地规定")),
            Way(gettext_lazy("代码表"), "setup_codes",
                gettext_lazy("提案类别、答复类别、不予立案的情形等")),
            CALENDAR,
            Way(gettext_lazy("文书模板"), "setup_templates",
                gettext_lazy("答复函、通知等改用本机关的 Word 版式")),
        ),
    )  # fmt: skip
    desk.lay("security_admin", notices_waiting, ways=(CALENDAR,))
    desk.lay(
        "audit_admin", journal_unread,
        ways=(Way(gettext_lazy("日志"), "setup_journal",
                  gettext_lazy("谁在什么时候办了什么，不含内容；核验日志是否完整")),
              Way(gettext_lazy("登录记录"), "setup_log_ins",
                  gettext_lazy("谁在什么时候、从哪里登录"))),
    )  # fmt: skip
