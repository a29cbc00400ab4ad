"""Several hands at once: each in a thread of its own, all let go in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections


def all_at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each act gave, or the exception it ended with, in order."""
    results: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def hand(n: int, act: Callable[[], Any]) -> None:
        start.wait(30)
        try:
            results[n] = act()
        except Exception as problem:
            results[n] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=hand, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return results
