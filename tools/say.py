"""How the doors speak: one line per step with its seconds, one sentence per refusal.

Progress goes to standard error, results (address, log-ins, test summary) to standard
output.  Both in Chinese and English, since nobody has chosen a language yet.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Refused(Exception):
    """The door cannot open; says why and how to mend it, once in each language."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")


def speak_utf8() -> None:
    """Let Chinese through even where the locale is C or Latin-1."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def note(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


@contextmanager
def step(chinese: str, english: str, *, counting: bool = True) -> Iterator[None]:
    """Name what is being done, count the seconds on a terminal, and print them at the end.

    A step that shows progress of its own is not counted aloud as well.
    """
    name, began, over = f"· {chinese} {english}", time.monotonic(), threading.Event()

    def count() -> None:
        while not over.wait(1):
            print(f"\r{name} … {time.monotonic() - began:.0f} s", end="", file=sys.stderr)

    clock = threading.Thread(target=count, daemon=True)
    if counting and sys.stderr.isatty():
        print(f"{name} …", end="", file=sys.stderr, flush=True)
        clock.start()
    done = False
    try:
        yield
        done = True
    finally:
        over.set()
        if clock.is_alive():
            clock.join()
            print("\r", end="", file=sys.stderr)
        seconds = time.monotonic() - began
        note(f"{name} {'…' if done else '✗'} {seconds:.1f} s")
