"""Which tests an engine is asked, and in which order: what takes longest comes first.

PostgreSQL is not asked what has no database in it, nor what one engine answers for both
(`one_engine`).  A `part` gives way where the whole is asked.  The end of the run tells how many.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection

LEFT_OUT = pytest.StashKey[Counter[str]]()
IN_A_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}
OF_ITS_OWN = {"transactional_db", "live_server"}  # emptied afterwards, not rolled back
SHARED = "knocker"  # a county made once for all tests that ask for it, while they run


def marked(item: pytest.Item, name: str) -> bool:
    return item.get_closest_marker(name) is not None


def asked_for(item: pytest.Item) -> set[str]:
    return {*getattr(item, "fixturenames", ())}


def has_database(item: pytest.Item) -> bool:
    return marked(item, "django_db") or bool(asked_for(item) & IN_A_DATABASE)


def empties_it(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return bool(asked_for(item) & OF_ITS_OWN or (mark and mark.kwargs.get("transaction")))


def why_not(item: pytest.Item, vendor: str) -> str:
    """Why this engine is not asked; nothing when it is."""
    if vendor == "sqlite":
        return ""
    if not has_database(item):
        return "have no database in them"
    return "are answered for both engines by SQLite" if marked(item, "one_engine") else ""


def turn(item: pytest.Item) -> tuple[bool, bool, bool]:
    """What shares a county comes together and first; what empties the database comes last."""
    return empties_it(item), SHARED not in asked_for(item), not marked(item, "slow")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left: dict[pytest.Item, str] = {
        item: why for item in items if (why := why_not(item, connection.vendor))
    }
    rest = [item for item in items if item not in left and not marked(item, "part")]
    whole = {item.path for item in rest if marked(item, "slow")}
    for item in items:
        if marked(item, "part") and item.path in whole:
            left[item] = "are a part of what is asked whole"
    config.stash[LEFT_OUT] = Counter(left.values())
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = dict(config.stash[LEFT_OUT])
    config.hook.pytest_deselected(items=[*left])
    items[:] = sorted((item for item in items if item not in left), key=turn)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every worker has collected, and left out, the same."""
    node.config.stash[LEFT_OUT] = Counter(getattr(node, "workeroutput", {}).get("left_out", {}))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for why, n in sorted(config.stash.get(LEFT_OUT, Counter()).items()):
        terminalreporter.write_line(f"not asked here: {n} tests, which {why}")
