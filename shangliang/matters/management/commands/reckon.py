"""Reckon every open date again by the calendar in force, as every night: manage.py reckon."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...calendars import build
from ...recompute import apply


class Command(BaseCommand):
    help = "按现行放假安排重算未了结的期限：延后的立即生效，提前的等人确认。"

    def handle(self, *args: Any, **options: Any) -> None:
        counted = apply(build(), at=timezone.now(), by=None, cause="放假安排更新")
        self.stdout.write(f"延后 {counted['later']} 项，待确认提前 {counted['earlier']} 项。")
