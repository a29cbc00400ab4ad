"""`documents check` reads every stored file again; `documents sweep` clears what nobody needs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from shangliang.matters.sweeping import KEPT, damaged, orphans, sweep


class Command(BaseCommand):
    help = "检查文件库：check 逐个核对内容，sweep 清理无人引用满 7 天的文件。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["check", "sweep"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "sweep":
            self._sweep()
        else:
            self._check()

    def _check(self) -> None:
        count, bad = 0, []
        for stored, names in damaged():
            count += 1
            if names is not None:
                bad.append(stored)
                self.stdout.write(f"损坏：{stored.digest}（{'、'.join(names) or '无人引用'}）")
        waiting = orphans().count()
        self.stdout.write(f"共 {count} 个文件，损坏 {len(bad)} 个，无人引用 {waiting} 个。")
        if bad:
            raise CommandError("有文件损坏，请从备份恢复后再核对一次。")

    def _sweep(self) -> None:
        swept = sweep(timezone.now() - KEPT)
        self.stdout.write(f"清理无人引用满 {KEPT.days} 天的文件 {swept} 个。")
