"""`manage.py draw`: write the page of every room from its table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from shangliang.matters import drawing
from shangliang.matters.table import REGISTRY


class Command(BaseCommand):
    help = "把每个业务的流程表画成文档（docs/rooms/），供开发者和法规人员核对"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--into", type=Path, default=settings.ROOT / "docs" / "rooms")

    def handle(self, *args: Any, into: Path, **options: Any) -> None:
        into.mkdir(parents=True, exist_ok=True)
        for flow in REGISTRY.values():
            page = into / f"{flow.kind.partition('.')[0]}.md"
            page.write_text(drawing.page(flow), encoding="utf-8")
            self.stdout.write(f"已画出 {page}")
