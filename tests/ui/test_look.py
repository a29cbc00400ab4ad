"""What a person sees: no barrier axe can find, no sideways scroll, targets large enough."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from shangliang.ui.gallery import PAGES
from tests.chromium import DESK
from tests.looking import every_fault, resize, sideways, turn

pytestmark = pytest.mark.browser

EVERY_PAGE = ["", *(f"page/{name}/" for name in PAGES)]


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_a_page_is_sound_in_every_look_and_width_and_with_text_twice_as_large(
    visit: Callable[..., Page], path: str
) -> None:
    page = visit(path)
    assert every_fault(page) == []
    resize(page, (320, 640))
    for look in ("light", "elder"):
        turn(page, look)
        page.evaluate(
            "document.documentElement.style.setProperty('font-size', '200%', 'important')"
        )
        assert sideways(page) == [], look


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
