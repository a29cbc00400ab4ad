"""A browser for the tests that look at pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.chromium import PHONE


@pytest.fixture
def parts_alone(settings: Any) -> None:
    """Only the ui floor is mounted, gallery included, and no room fills the frame."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    templates = [{**settings.TEMPLATES[0]}]
    options = templates[0]["OPTIONS"]
    kept = [each for each in options["context_processors"] if not each.startswith("shangliang.")]
    templates[0]["OPTIONS"] = {**options, "context_processors": kept}
    settings.TEMPLATES = templates
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if of_this_floor(each)]


def of_this_floor(dotted: str) -> bool:
    return dotted.startswith("shangliang.ui.") or not dotted.startswith("shangliang.")


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    return chromium


@pytest.fixture
def served(parts_alone: None) -> Iterator[LiveServer]:
    """A server that was started with the floor alone; it needs no database."""
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def visit(browser: Browser, served: LiveServer) -> Iterator[Callable[..., Page]]:
    """Open a page of the gallery; whatever the browser complains about ends the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        path: str = "", size: tuple[int, int] = PHONE, look: str = "light", **options: Any
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if look == "dark" else "light",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **options,
        )
        contexts.append(context)
        if look == "elder":
            context.add_cookies([{"name": "elder", "value": "1", "url": served.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if "Content Security Policy" in said.text else None
            ),
        )
        page.goto(f"{served.url}/ui/{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
