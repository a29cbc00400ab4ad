"""Collect the words of all tables into one file, where the translators' tools can find them.

A table is written in Chinese without marks, so that it stays a table; what it shows is looked up
when it is shown.  `--check` says whether the file is up to date.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shangliang.matters import local
from shangliang.matters.table import REGISTRY, Who, Workflow

FILE = Path(__file__).resolve().parents[2] / "table_words.py"
HEAD = '''"""The words of all tables, for the translators' tools; written by `manage.py words`."""

from django.utils.translation import gettext_noop as _

WORDS = (
'''


class Command(BaseCommand):
    help = "把各流程表里的用语收进一个文件，供翻译。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="只检查是否最新")

    def handle(self, *args: Any, **options: Any) -> None:
        text = HEAD + "".join(f"    _({word!r}),\n" for word in sorted(words())) + ")\n"
        text = text.replace("_('", '_("').replace("'),\n", '"),\n')
        if not options["check"]:
            FILE.write_text(text, encoding="utf-8")
        elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
            raise CommandError("表里的用语有变化，请运行 manage.py words。")


def words() -> set[str]:
    """Every word a table or a named number shows."""
    found = {word for flow in REGISTRY.values() for word in _of(flow)}
    found |= {default.label for default in local.defaults().values()}
    return {word for word in found if word}


def _of(flow: Workflow) -> Iterator[str]:
    yield flow.label
    for state in flow.states.values():
        yield state.label
        for call in state.calls:
            yield from (call.asks, call.act, call.who.name)
    for row in flow.moves:
        yield from (row.label, row.door, row.note, row.who.name)
        circles: tuple[Who | None, ...] = (row.tell, row.seen_by)
        yield from (who.name for who in circles if who)
    for due in flow.dues().values():
        yield from (due.label, due.owed_by.name)
