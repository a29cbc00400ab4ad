"""What a person sees: no barrier axe can find, no sideways scroll, targets large enough."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PdfReader

from shangliang.ui.gallery import PAGES
from tests.chromium import DESK, PHONE

pytestmark = pytest.mark.browser

LOOKS = ("light", "dark", "elder")
EVERY_PAGE = ["", *(f"page/{name}/" for name in PAGES)]


def barriers(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for each in found
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_no_barrier_on_any_page(
    visit: Callable[..., Page], size: tuple[int, int], look: str
) -> None:
    page = visit("", size, look)
    assert barriers(page) == []
    for name in PAGES:
        page.goto(page.url.split("/ui/")[0] + f"/ui/page/{name}/")
        assert barriers(page) == [], name


def sideways(page: Page) -> list[str]:
    """What sticks out of a page that must not scroll sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll('main *')]
          .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
          .map(e => e.outerHTML.slice(0, 120)).slice(0, 5)
          .concat(`${document.documentElement.scrollWidth} > ${innerWidth}`)"""
    )


@pytest.mark.parametrize("look", ["light", "elder"])
@pytest.mark.parametrize("path", EVERY_PAGE)
def test_no_sideways_scroll_at_320_pixels_with_text_at_200_percent(
    visit: Callable[..., Page], path: str, look: str
) -> None:
    page = visit(path, (320, 640), look)
    assert sideways(page) == []
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%', 'important')")
    assert sideways(page) == []


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_no_sideways_scroll_when_a_320_pixel_screen_is_zoomed_twice(
    visit: Callable[..., Page], path: str
) -> None:
    assert sideways(visit(path, (160, 320))) == []


@pytest.mark.parametrize(("look", "least"), [("light", 44), ("elder", 60)])
def test_targets_are_large_enough_for_a_thumb(
    visit: Callable[..., Page], look: str, least: int
) -> None:
    """Links inside a sentence are exempt, as in WCAG 2.2; a ticked line counts as a whole."""
    small = visit("", PHONE, look).evaluate(
        """(least) => [...document.querySelectorAll(
            '.button, .nav a, .bar a, .field input:not([type=radio],[type=checkbox],[type=hidden]),' +
            'select, textarea, .card, .tick label, summary, .mine a')]
          .filter(e => e.getClientRects().length)
          .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
          .filter(([box]) => box.height < least - 0.5 || box.width < least - 0.5)
          .map(([box, html]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)""",
        least,
    )
    assert small == []


def test_a_leaders_page_prints_on_one_sheet_without_the_frame(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    page = visit("page/leader/", DESK)
    page.pdf(path=tmp_path / "leader.pdf", prefer_css_page_size=True)
    printed = PdfReader(tmp_path / "leader.pdf").pages
    assert len(printed) == 1
    assert [round(float(side) / 72 * 25.4) for side in printed[0].mediabox[2:]] == [210, 297]
    page.emulate_media(media="print")
    assert not page.locator("#nav").is_visible()
    assert page.locator("#bar").is_visible()


def test_elder_mode_reads_large_and_in_one_column(visit: Callable[..., Page]) -> None:
    page = visit("page/matter/", DESK, "elder")
    sizes: list[Any] = page.evaluate(
        """() => [...document.querySelectorAll('main p, main li, main dd')]
          .map(e => parseFloat(getComputedStyle(e).fontSize))"""
    )
    assert min(sizes) >= 18
    text, way = page.locator("article.text"), page.locator(".beside")
    assert way.bounding_box()["y"] > text.bounding_box()["y"] + text.bounding_box()["height"]
