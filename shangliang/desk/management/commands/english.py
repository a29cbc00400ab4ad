"""Bring the English catalogue up to date: new sentences in, old ones out, and compile it.

What has no English yet is printed; write it into the .po file and run the command again.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shangliang.desk import catalogue


class Command(BaseCommand):
    help = "更新英文译文表：收进新的语句，去掉不用的，并编译；列出还没有译文的语句。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="只检查是否最新")

    def handle(self, *args: Any, **options: Any) -> None:
        messages = catalogue.brought_up_to_date()
        written, compiled = catalogue.text_of(messages), catalogue.compiled(messages)
        binary = catalogue.ENGLISH.with_suffix(".mo")
        if not options["check"]:
            catalogue.ENGLISH.write_text(written, encoding="utf-8")
            binary.write_bytes(compiled)
        elif (catalogue.ENGLISH.read_text("utf-8"), binary.read_bytes()) != (written, compiled):
            raise CommandError("译文表有变化，请运行 manage.py english。")
        wanting = [message.said for message in messages if not message.is_done]
        for said in wanting:
            self.stdout.write(said)
        if wanting:
            raise CommandError(f"还有 {len(wanting)} 句没有译文，请写进 {catalogue.ENGLISH.name}。")
        self.stdout.write(f"共 {len(messages)} 句，都有译文。")
