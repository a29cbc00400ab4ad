"""A real browser at the front door and in the set-up house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.chromium import PHONE
from tests.world import PASSWORD


@pytest.fixture
def sit_down(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """A person at a fresh browser, logged in by hand; what it complains about ends the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_for(person: Any = None, size: tuple[int, int] = PHONE, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if "Content Security Policy" in said.text else None
            ),
        )
        if person is not None:
            page.goto("/accounts/login/")
            page.fill("[name=username]", person.phone)
            page.fill("[name=password]", PASSWORD)
            page.click("main button.main")
            page.wait_for_url(lambda url: "login" not in url)
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert complaints == []
