"""The ground a measurement stands on: which database, which day, and how figures are printed."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = f"sqlite:///{ROOT / 'var' / 'bench.sqlite3'}"


def arguments(description: str | None) -> argparse.ArgumentParser:
    """The words every script here understands."""
    parser = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    parser.add_argument(
        "--database", default=os.environ.get("DATABASE_URL", DEFAULT), help="default: %(default)s"
    )
    return parser


def set_up(database: str) -> None:
    """Start Django on the database to be measured."""
    sys.path.insert(0, str(ROOT))
    os.environ["DATABASE_URL"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.config.settings")
    import django

    django.setup()


def share(times: Sequence[float], percent: float) -> float:
    """The time within which `percent` of the tries were done, in ms."""
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def row(name: str, times: Sequence[float], more: str = "") -> str:
    """One printed line: how often, and p50, p95, p99 in ms."""
    figures = "".join(f"{share(times, percent):9.1f}" for percent in (50, 95, 99))
    return f"{name:<34}{len(times):>6}{figures}  {more}".rstrip()


HEAD = f"{'':<34}{'n':>6}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}"


class Progress:
    """Says every second how far a long work is."""

    def __init__(self, of: int, what: str) -> None:
        self.of, self.what, self.began, self.said = of, what, time.monotonic(), 0.0

    def at(self, done: int) -> None:
        now = time.monotonic()
        if now - self.said > 1 or done == self.of:
            self.said = now
            line = f"\r{self.what} {done:,}/{self.of:,} ({now - self.began:.0f} s)"
            print(line, end="\n" if done == self.of else "", file=sys.stderr, flush=True)
