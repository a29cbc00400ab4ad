"""People of the county at browsers of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.chromium import PHONE
from tests.world import PASSWORD

from . import house as houses

# A form that comes back with errors says so by its status; the browser writes that down.
FORGIVEN = r"status of 422|Status Error Code 422"
HERE = ("127.0.0.1", "")


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[houses.House]:
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if own.name.startswith("popen-") else own
    yield from houses.opened(shared, own)


class Desk:
    """Somebody at a browser; whatever it complains about ends the test, unless forgiven."""

    def __init__(self, context: BrowserContext, house: houses.House) -> None:
        self.context, self.house = context, house
        self.forgiven, self.complaints, self.foreign = FORGIVEN, list[str](), list[str]()
        context.set_default_timeout(15_000)
        context.on("page", self._watch)

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        page.on("request", lambda asked: self._asked(asked.url))

    def _asked(self, url: str) -> None:
        if urlsplit(url).hostname not in (*HERE, None):
            self.foreign.append(url)

    def open(self, path: str = "/") -> Page:
        page = self.context.new_page()
        page.goto(path)
        return page

    def forgive(self, words: str) -> None:
        """What a broken network makes the browser say is no fault of the page."""
        self.forgiven = f"{self.forgiven}|{words}"

    def log_in(self, name: str, *, own_device: bool = False, path: str = "/") -> Page:
        """Through the front door, by hand."""
        page = self.open(f"/accounts/login/?next={path}")
        page.get_by_label("手机号或姓名").fill(self.house.phones[name])
        page.get_by_label("密码").fill(PASSWORD)
        if own_device:
            page.get_by_label("这是我自己的设备").check()
        page.locator("main button.main").click()
        page.wait_for_url(lambda url: "/login/" not in url)
        return page

    def unforgiven(self) -> list[str]:
        return self.foreign + [
            each for each in self.complaints if not re.search(self.forgiven, each)
        ]


@pytest.fixture
def sit(chromium: Browser, house: houses.House) -> Iterator[Callable[..., Desk]]:
    """sit("lin") gives her a browser in which she is logged in; sit() a stranger's."""
    desks: list[Desk] = []

    def at(
        name: str = "", size: tuple[int, int] = PHONE, look: str = "light", **options: Any
    ) -> Desk:
        context = chromium.new_context(
            base_url=house.url, viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if look == "dark" else "light",
            locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=size[0] < 640, **options,
        )  # fmt: skip
        cookies = {"sessionid": house.sessions[name]} if name else {}
        cookies |= {"elder": "1"} if look == "elder" else {}
        context.add_cookies(
            [{"name": key, "value": value, "url": house.url} for key, value in cookies.items()]
        )
        desks.append(Desk(context, house))
        return desks[-1]

    yield at
    for desk in desks:
        desk.context.close()
    assert [each for desk in desks for each in desk.unforgiven()] == []
