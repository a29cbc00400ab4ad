"""`shangliang audit verify | checkpoint | export | blank`: is the journal what was written?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from shangliang.matters import audit, checkpoints, journal
from shangliang.matters.models import Entry
from shangliang.matters.refusals import Refused

NO_CHECKPOINT = (
    "提示：没有检查点文件，只能核对现有的日志，看不出末尾是否被截去。"
    "请定期执行 audit checkpoint，把文件存到另一台机器上。"
)


class Command(BaseCommand):
    help = "核对日志是否被改动（verify）、写检查点（checkpoint）、导出（export）、清除内容（blank）"

    def add_arguments(self, parser: CommandParser) -> None:
        words = parser.add_subparsers(
            dest="word", required=True, metavar="verify|checkpoint|export|blank"
        )
        verify = words.add_parser("verify", help="从头到尾核对日志，指出第一条有问题的记录")
        verify.add_argument(
            "--checkpoint", action="append", type=Path, default=[], metavar="FILE",
            help="检查点文件或存放检查点的目录，可以给出几个",
        )  # fmt: skip
        checkpoint = words.add_parser("checkpoint", help="把日志写到哪里记入文件，存到别处")
        checkpoint.add_argument("file", type=Path, metavar="FILE")
        export = words.add_parser(
            "export", help="导出日志的记录和校验值，不含内容（每行一条 JSON）"
        )
        export.add_argument("file", type=Path, metavar="FILE")
        blank = words.add_parser("blank", help="依法清除一条日志的内容，登记保留，不能恢复")
        blank.add_argument("number", type=int, metavar="号")
        blank.add_argument("--reason", required=True, help="理由，写入日志")

    def handle(self, *args: Any, word: str, **options: Any) -> None:
        try:
            getattr(self, word)(**options)
        except Refused as refusal:
            self.fail(str(refusal))

    def verify(self, checkpoint: list[Path], **options: Any) -> None:
        points = [point for path in checkpoint for point in checkpoints.read_all(path)]
        verdict = audit.verify(points)
        if verdict.fault:
            self.fail(verdict.fault.sentence)
        blanked = f"，其中 {verdict.blanked} 条的内容已登记清除" if verdict.blanked else ""
        self.stdout.write(f"日志完好：共 {verdict.entries} 条{blanked}。")
        if not points:
            self.stdout.write(NO_CHECKPOINT)

    def checkpoint(self, file: Path, **options: Any) -> None:
        point = checkpoints.take(timezone.now())
        checkpoints.write(point, file)
        self.stdout.write(f"检查点已写入 {file}：第 {point.seq} 号，{point.hash[:16]}……")

    def export(self, file: Path, **options: Any) -> None:
        with file.open("x", encoding="utf-8") as lines:
            count = 0
            for fact in audit.export(by=None, at=timezone.now()):
                lines.write(json.dumps(fact, ensure_ascii=False) + "\n")
                count += 1
        self.stdout.write(f"已导出 {count} 条日志的记录到 {file}，不含内容。这次导出也已记入日志。")

    def blank(self, number: int, reason: str, **options: Any) -> None:
        entry = Entry.objects.filter(pk=number).first()
        if entry is None:
            raise Refused(f"没有第 {number} 号日志。")
        said = journal.blank(entry, by=None, at=timezone.now(), reason=reason)
        self.stdout.write(f"第 {number} 号日志的内容已清除，登记为第 {said.pk} 号。")

    def fail(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(1)
