"""Every page of every role: no barrier, nothing sideways, nothing too small, nothing foreign."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.chromium import DESK, PHONE

from .conftest import Desk
from .house import House
from .looking import barriers, in_elder_mode, sideways, too_small
from .pages import PAGES, ROLES, address

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]
NOT_HERE = "status of 404"
NAMES = [role or "stranger" for role in ROLES]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("who", ROLES, ids=NAMES)
def test_axe_finds_no_barrier_in_any_look(
    sit: Sit, house: House, who: str, size: tuple[int, int]
) -> None:
    desk = sit(who, size)
    desk.forgive(NOT_HERE)
    page, found = desk.open("about:blank"), {}
    for said in PAGES[who]:
        page.goto(address(house, said))
        for look in ("light", "dark", "elder"):
            page.emulate_media(color_scheme="dark" if look == "dark" else "light")
            in_elder_mode(page, look == "elder")
            if lines := barriers(page):
                found[f"{said} {look}"] = lines
    assert found == {}


@pytest.mark.parametrize("who", ROLES, ids=NAMES)
def test_nothing_scrolls_sideways_and_every_target_takes_a_thumb(
    sit: Sit, house: House, who: str
) -> None:
    """A screen of 320 pixels, the same zoomed twice, and a phone in both sizes of type."""
    desk = sit(who)
    desk.forgive(NOT_HERE)
    page, found = desk.open("about:blank"), {}
    for said in PAGES[who]:
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        page.goto(address(house, said))
        seen = too_small(page, 44)
        in_elder_mode(page, True)
        seen += [f"elder {line}" for line in too_small(page, 60) + sideways(page)]
        for width in (320, 160):
            page.set_viewport_size({"width": width, "height": 640})
            in_elder_mode(page, False)
            seen += [f"{width} {line}" for line in sideways(page)]
        if seen:
            found[said] = seen
    assert found == {}
