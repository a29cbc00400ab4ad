"""`shangliang export`: write proposals or the roster as a table that can come in again."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shangliang.analysis.tabular_out import csv_lines, write_xlsx
from shangliang.analysis.tabular_words import TableError

from ...tables import committee_named, kind_named, kinds


class Command(BaseCommand):
    help = "把提案或名册导出为 CSV 或 Excel，可以再导入"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what", choices=list(kinds()), metavar="导出什么", help="、".join(kinds())
        )
        parser.add_argument(
            "file", metavar="文件", help="以 .csv 或 .xlsx 结尾；已有的文件不会覆盖"
        )
        parser.add_argument("--committee", default="", metavar="名称", help="哪个政协委员会")

    def handle(self, *args: Any, **options: Any) -> None:
        path, committee = Path(options["file"]), committee_named(options["committee"])
        if path.suffix.lower() not in (".csv", ".xlsx"):
            raise CommandError("文件名请以 .csv 或 .xlsx 结尾。")
        if path.exists():
            raise CommandError(f"{path} 已经存在，请换一个文件名。")
        kind = kind_named(options["what"])
        header, told = kind.header(committee), 0

        def padded() -> Iterator[list[Any]]:
            nonlocal told
            for row in kind.rows(committee):
                told += 1
                yield [*row, *[None] * (len(header) - len(row))]

        try:
            if path.suffix.lower() == ".xlsx":
                path.write_bytes(write_xlsx(header, padded(), title=str(options["what"])))
            else:
                with path.open("w", encoding="utf-8-sig", newline="") as out:
                    csv.writer(out, lineterminator="\r\n").writerows(csv_lines(header, padded()))
        except TableError as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(f"已导出 {told} 行到 {path}。")
