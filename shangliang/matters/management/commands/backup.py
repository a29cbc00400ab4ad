"""`shangliang backup FILE`: the whole house in one file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from shangliang.matters.backups.packing import pack
from shangliang.matters.refusals import Refused


class Command(BaseCommand):
    help = "备份：数据库、附件和密钥装进一个文件，运行中就可以做"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件或目录",
                            help="给出目录时按时间取名")  # fmt: skip

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        now = timezone.now()
        if file.is_dir():
            file = file / f"shangliang-{timezone.localtime(now):%Y%m%d-%H%M%S}.tar"
        try:
            made = pack(file, now)
        except Refused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(1)
        size = file.stat().st_size / 1_000_000
        self.stdout.write(
            f"已备份到 {file}：{sum(made.tables.values())} 行，{len(made.files)} 个文件，"
            f"日志到第 {made.checkpoint.seq} 号，共 {size:.1f} MB。"
        )
        self.stdout.write("里面有个人信息和密钥，请加密后存到另一台机器上。")
        if made.missing:
            self.stderr.write(f"有 {len(made.missing)} 个附件已经损坏或丢失，备份里没有它们：")
            for name in made.missing:
                self.stderr.write(f"  {name}")
            sys.exit(1)
