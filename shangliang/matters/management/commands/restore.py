"""`shangliang restore FILE`: an empty place becomes the house of a backup."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from shangliang.matters.backups.unpacking import restore
from shangliang.matters.refusals import Refused


class Command(BaseCommand):
    help = "恢复：把备份放进空的数据目录和空的数据库，再核对行数、附件和日志"
    requires_system_checks: list[str] = []  # they would ask a database that is not there yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            done = restore(file, timezone.now())
        except Refused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(1)
        said = done.manifest
        self.stdout.write(
            f"已恢复 {said.made_at} 的备份：{sum(said.tables.values())} 行，"
            f"{len(said.files) - len(said.missing)} 个文件，日志 {done.entries} 条。"
        )
        for fault in done.faults:
            self.stderr.write(fault)
        if done.faults:
            sys.exit(1)
        self.stdout.write("行数、附件和日志都与备份时相同。")
