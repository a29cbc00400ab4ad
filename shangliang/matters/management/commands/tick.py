"""Do what is due now, or at any other moment: manage.py tick --at 2027-06-01."""

from argparse import ArgumentParser
from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from ...tick import tick


def moment(text: str) -> datetime:
    """A moment as typed; a bare day means the end of it."""
    try:
        found = parse_datetime(text) if ":" in text else None
        if found is None and (day := parse_date(text)):
            found = datetime.combine(day, time(23, 59))
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"“{text}”不是日期，请写成 2027-06-01 或 2027-06-01T09:00。")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


class Command(BaseCommand):
    help = "办理到期事项：到期自动流转、临期和逾期提醒、发送每日一封的通知。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", metavar="时刻", help="按这一时刻办理，如 2027-06-01")

    def handle(self, *args: Any, **options: Any) -> None:
        at = moment(options["at"]) if options["at"] else timezone.now()
        done = tick(at)
        self.stdout.write(
            f"{timezone.localtime(at):%Y-%m-%d %H:%M}："
            f"自动流转 {done['lapsed']} 件，提醒 {done['reminded']} 项期限，"
            f"发出 {done['sent']} 封。"
        )
