"""`shangliang reindex`: build the search index anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from shangliang.matters import planner, search
from shangliang.matters.models import Matter


class Command(BaseCommand):
    help = "重建全文检索索引（升级、恢复备份或批量导入之后使用）"

    def handle(self, *args: Any, **options: Any) -> None:
        total, live = Matter.objects.count(), self.stdout.isatty()
        for done in search.rebuild():
            self.stdout.write(f"\r已索引 {done}/{total} 件", ending="" if live else "\n")
            self.stdout.flush()
        planner.take_counts()
        self.stdout.write(("\n" if live and total else "") + f"检索索引已重建，共 {total} 件。")
