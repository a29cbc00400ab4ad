"""Every page of every role: no barrier, nothing sideways, nothing too small, nothing foreign."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Page, expect

from tests.house.test_english_pages import NO_PAGE, every_name
from tests.looking import every_fault
from tests.people.test_second_step import code_for
from tests.world import PASSWORD

from .conftest import Desk
from .house import House
from .pages import FIRST_STEP, PAGES, SECOND_STEP, SECRET, address

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]
# A page that is not there, and one whose link has run out, say so by their status.
NOT_HERE = "status of 404"
VISITS = [(who, said) for who, pages in PAGES.items() for said in pages]


@pytest.mark.parametrize(
    ("who", "said"), VISITS, ids=[f"{who or 'stranger'} {said}" for who, said in VISITS]
)
def test_a_page_is_sound_in_every_look_and_width(
    sit: Sit, house: House, who: str, said: str
) -> None:
    """Light, dark and elder, on a phone and a desk, on 320 pixels and on those zoomed twice."""
    desk = sit(who)
    desk.forgive(NOT_HERE)
    page = desk.open(address(house, said))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert every_fault(page) == []


def test_the_pages_behind_the_second_step_are_sound(sit: Sit) -> None:
    page = sit().log_in("lin")
    visit(page, FIRST_STEP)
    expect(page.locator("img.square")).to_be_visible()
    assert every_fault(page) == []

    page = sit().log_in("aud")
    expect(page.get_by_role("heading", level=1)).to_have_text("两步验证")
    assert page.url.endswith(SECOND_STEP[0])
    assert every_fault(page) == []
    page.locator("[name=code]").fill(code_for(SECRET))
    page.locator("main button.main").click()
    page.wait_for_url("**/setup/")
    for path in SECOND_STEP[1:]:
        visit(page, path)
        assert every_fault(page) == [], path


def visit(page: Page, path: str) -> None:
    """Open a page that asks for the password first."""
    page.goto(path)
    if "/accounts/reauthenticate/?" in page.url:
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button.main").click()
    page.wait_for_url(f"**{path}")


def pages_looked_at() -> Iterator[str]:
    """The names of the addresses above; which things they are about is all the same."""

    class AnyThing(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return "1-x" if key == "reset" else "1"

    class NoHouse:
        things, papers = AnyThing(), AnyThing()
        paper = House.paper

    for said in [*(said for _who, said in VISITS), *SECOND_STEP, FIRST_STEP]:
        path = address(NoHouse(), said).partition("?")[0]  # type: ignore[arg-type]
        try:
            yield resolve(path).view_name
        except Resolver404:
            assert path == "/no-such-page/"


def test_no_page_of_the_house_is_forgotten() -> None:
    assert set(every_name(get_resolver())) - set(pages_looked_at()) == NO_PAGE
