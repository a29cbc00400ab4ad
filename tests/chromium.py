"""One real browser for the whole run: Chromium as Debian packages it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = os.environ.get("SHANGLIANG_CHROMIUM") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = (390, 844), (1280, 800)


def opened() -> Iterator[Browser]:
    """The browser until the run ends; without one the test is skipped, in CI it fails.

    Its driver runs an event loop in this thread, so there can be only one a process, and Django
    would refuse the database if it were not told that nothing here is asynchronous.
    """
    if not Path(CHROMIUM).exists():
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say(f"没有浏览器：{CHROMIUM}")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
