"""What can be read off a page: barriers, what sticks out, what is too small for a thumb."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.chromium import DESK, PHONE

# The colours of a look change nothing that rules about anything else could see.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
LEAST, LEAST_IN_ELDER_MODE = 44, 60


def barriers(page: Page, **only: object) -> list[str]:
    """What axe finds, one line for each element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(
        """async (only) => (await axe.run({resultTypes: ['violations'], ...only})).violations
          .flatMap(({id, nodes}) => nodes.map(
            each => `${id}: ${each.html.slice(0, 120)} ${each.failureSummary.slice(0, 200)}`))""",
        only,
    )
    return found


def sideways(page: Page) -> list[str]:
    """What sticks out of a page that must not scroll sideways."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll('main *')]
          .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
          .map(e => e.outerHTML.slice(0, 120)).slice(0, 5)
          .concat(`${document.documentElement.scrollWidth} > ${innerWidth}`)"""
    )
    return found


def too_small(page: Page, least: int) -> list[str]:
    """Buttons, fields and links that stand by themselves; a ticked line counts as a whole.

    A link with words of the same sentence beside it is exempt: WCAG 2.2, 2.5.8, "Inline".
    """
    found: list[str] = page.evaluate(
        """(least) => {
          const inline = e => getComputedStyle(e).display === 'inline';
          const said = e => [...e.childNodes].map(n => n.nodeType === 3 ? n.data
            : n.nodeType === 1 && inline(n) && !n.matches('a, button, .unseen') ? said(n) : '').join('');
          const inSentence = (e) => {
            if (!e.matches('a') || !inline(e)) return false;
            let around = e.parentElement;
            while (inline(around)) around = around.parentElement;
            return /[\\p{L}\\p{N}]{2}/u.test(said(around));
          };
          const target = e => e.matches('input[type=checkbox], input[type=radio]') ? e.closest('label') ?? e : e;
          return [...new Set([...document.querySelectorAll(
              'a[href], button, input:not([type=hidden]), select, textarea, summary')]
            .filter(e => e.checkVisibility() && !e.closest('.skip') && !inSentence(e)).map(target))]
            .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 110)])
            .filter(([box]) => box.width && (box.height < least - 0.5 || box.width < least - 0.5))
            .map(([box, html]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`);
        }""",
        least,
    )
    return found


def turn(page: Page, look: str) -> None:
    """Light, dark or elder, without fetching the page again: the switch sets one attribute, and
    so does this.  A colour on its way from one paper to the other is nobody's colour, so every
    transition is led to its end before anything is measured."""
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    page.evaluate(
        """(elder) => {
          document.documentElement.toggleAttribute('data-elder', elder);
          document.getAnimations().forEach(each => each.finish());
        }""",
        look == "elder",
    )


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def every_fault(page: Page) -> list[str]:
    """All that is wrong with the page at hand, in each look, in each width."""
    found: list[str] = []
    for name, size in (("phone", PHONE), ("desk", DESK)):
        resize(page, size)
        for look, only in (("light", {}), ("dark", COLOURS), ("elder", {})):
            turn(page, look)
            lines = barriers(page, **only) + sideways(page)
            if name == "phone" and look != "dark":
                lines += too_small(page, LEAST_IN_ELDER_MODE if look == "elder" else LEAST)
            found += [f"{name} {look} {line}" for line in lines]
    turn(page, "light")
    # A small phone, and the same zoomed twice.
    for width in (320, 160):
        resize(page, (width, 640))
        found += [f"{width} pixels {line}" for line in sideways(page)]
    resize(page, PHONE)
    return found
