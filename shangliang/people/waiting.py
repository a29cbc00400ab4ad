"""What waits for the three administrators on this floor, and their ways through it."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import deciding, desk, register
from .circles import Inside
from .desk import Decision, Way

A_MONTH = timedelta(days=30)


def to_confirm(request: HttpRequest) -> list[Decision]:
    """For the security administrator: what was proposed."""
    bundles = deciding.waiting(cast(Inside, request).committee)
    count = sum(bundle.count for bundle in bundles)
    if not count:
        return []
    words = ngettext(
        "有 %(n)s 个账号和职务等您确认，涉及 %(p)s 人。",
        "有 %(n)s 个账号和职务等您确认，涉及 %(p)s 人。",
        count,
    )
    sentence = words % {"n": count, "p": len(bundles)}
    return [Decision(sentence, reverse("setup_decisions"), _("去确认"))]


def to_hand_out(request: HttpRequest) -> list[Decision]:
    """For the system administrator: people who may come in but have no password yet."""
    count = register.without_a_way_in(cast(Inside, request).committee).count()
    if not count:
        return []
    words = ngettext(
        "有 %(n)s 人的任职已经确认，还没有拿到一次性密码。",
        "有 %(n)s 人的任职已经确认，还没有拿到一次性密码。",
        count,
    )
    return [Decision(words % {"n": count}, reverse("setup_slips"), _("生成密码条"))]


def sent_back(request: HttpRequest) -> list[Decision]:
    """For the system administrator: what came back with a reason, in the last month."""
    since = timezone.localdate() - A_MONTH
    requests, seats = deciding.sent_back(cast(Inside, request).committee, since)
    told = [(each.person, each.reason) for each in requests]
    told += [(seat.person, seat.refused_why) for seat in seats]
    sentence = _("关于%(name)s的申请被退回：%(why)s")
    return [
        Decision(
            sentence % {"name": person.name, "why": why},
            reverse("setup_person", args=[person.pk]),
            _("去看看"),
        )
        for person, why in dict(told).items()
    ]


def lay() -> None:
    """Put this floor's things on the three desks."""
    desk.lay(
        "system_admin", to_hand_out, sent_back,
        ways=(
            Way(gettext_lazy("机构"), "setup_bodies",
                gettext_lazy("专委会、界别、小组、处室、督查室和承办单位")),
            Way(gettext_lazy("届次"), "setup_terms", gettext_lazy("届、全体会议和提案截止时间")),
            Way(gettext_lazy("人员"), "setup_people", gettext_lazy("登记、任职、账号和密码条")),
        ),
    )  # fmt: skip
    desk.lay(
        "security_admin", to_confirm,
        ways=(Way(gettext_lazy("等候确认"), "setup_decisions",
                  gettext_lazy("系统管理员提出的账号和任职")),),
    )  # fmt: skip
