"""One digest a day and person: what to do first, then what happened; never at night.

A digest carries the kind of thing and the way in, not its content: mail and SMS leave the house.
Intentions are rows (`Delivery`), so a message is tried until it is taken and never sent twice
for the same day.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.analysis.clock_words import day_of_year
from shangliang.people.models import Person
from shangliang.ui import languages

from . import channels, notices
from .clocks import local_day
from .models import Delivery, Notice
from .table import REGISTRY

QUIET_FROM, QUIET_UNTIL = time(22, 0), time(7, 0)
RETRY = [timedelta(minutes=m) for m in (1, 5, 30, 120, 720, 1440)]


def is_quiet(at: datetime) -> bool:
    """Between 22:00 and 07:00 nobody is written to."""
    hour = timezone.localtime(at).time()
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def run(at: datetime) -> int:
    """Write today's digests and send what is due; how many messages went out."""
    if is_quiet(at):
        return 0
    compose_all(at)
    return send_due(at)


def compose_all(at: datetime) -> None:
    """One intention a person, channel and day; the second server finds it already there."""
    day = local_day(at)
    uses = channels.configured()
    for person in notices.waiting(day):
        for channel in uses:
            if not channels.address(person, channel):
                continue
            if Delivery.objects.filter(person=person, channel=channel, day=day).exists():
                continue
            with languages.of(person):
                subject, text = compose(person)
            try:
                with transaction.atomic():
                    Delivery.objects.create(
                        person=person, channel=channel, day=day, subject=subject, text=text,
                        try_after=at,
                    )  # fmt: skip
            except IntegrityError:
                continue


def compose(person: Person) -> tuple[str, str]:
    """Subject and text of a digest: acts first with their dates, then news as counts."""
    unread = list(notices.unread(person).select_related("matter"))
    acts = [notice for notice in unread if notice.asks]
    news = Counter(_kind(notice) for notice in unread if not notice.asks)
    subject = (
        _("有 %(n)s 件事等您办理") % {"n": len(acts)}
        if acts
        else _("有 %(n)s 条新进展") % {"n": len(unread)}
    )
    lines = [_("%(name)s，您好。") % {"name": person}]
    for notice in acts:
        words = {"act": _act(notice), "day": _day(notice.due_on), "url": _link(notice.url)}
        line = _("%(act)s，%(day)s前：%(url)s") if notice.due_on else _("%(act)s：%(url)s")
        lines.append("· " + line % words)
    for kind, count in news.items():
        lines.append("· " + _("%(kind)s有 %(n)s 条新进展") % {"kind": kind, "n": count})
    lines.append(_("全部通知：%(url)s") % {"url": _link("/notices/")})
    lines.append(_("每天至多一封，夜间不打扰。"))
    return subject, "\n".join(lines)


def _kind(notice: Notice) -> str:
    return _(REGISTRY[notice.matter.kind].label) if notice.matter else _("其他事项")


def _day(day: date | None) -> str:
    return day_of_year(day.month, day.day, _) if day else ""


def _act(notice: Notice) -> str:
    """The act by its word only: 提案待评议."""
    if notice.matter is None:
        return _("请办理")
    words = {"kind": _kind(notice), "state": _(notice.matter.stands.label)}
    return _("%(kind)s%(state)s") % words


def _link(path: str) -> str:
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"


def send_due(at: datetime) -> int:
    """Try every message whose time has come; a failed one waits longer each time, then is shown."""
    sent = 0
    due = Delivery.objects.filter(sent_at=None, gave_up_at=None, try_after__lte=at)
    for delivery in due.select_related("person"):
        # The UPDATE that still finds the old count claims the attempt: two senders, one message.
        mine = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, sent_at=None)
        if not mine.update(attempts=delivery.attempts + 1, try_after=at + RETRY[0]):
            continue
        sent += _try(delivery, at)
    return sent


def _try(delivery: Delivery, at: datetime) -> bool:
    send = channels.configured().get(delivery.channel)
    changes: dict[str, object]
    try:
        if send is None:
            raise LookupError(_("没有配置这个通知渠道。"))
        send(delivery.person, delivery.subject, delivery.text)
    except Exception as problem:  # whatever a gateway raises, the others must go on
        tried = delivery.attempts
        changes = {"problem": str(problem)[:200]}
        if tried + 1 >= len(RETRY):
            changes["gave_up_at"] = at
        else:
            changes["try_after"] = at + RETRY[tried]
    else:
        changes = {"sent_at": at, "problem": ""}
    Delivery.objects.filter(pk=delivery.pk).update(**changes)
    return "sent_at" in changes
