"""What can be read off a page: barriers, what sticks out, what is too small for a thumb."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()


def barriers(page: Page) -> list[str]:
    """What axe finds, one line for each element."""
    return [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary'][:160]}"
        for each in AXE.run(page).response["violations"]
        for node in each["nodes"]
    ]


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
    """Buttons, fields and links that stand by themselves; a link inside a sentence is exempt."""
    found: list[str] = page.evaluate(
        """(least) => {
          const inText = (a) => {
            const around = a.parentElement;
            return a.matches('a:not(.button)') && getComputedStyle(a).display === 'inline'
              && !a.closest('nav, .bar, .mine') && around.textContent.trim().length >= a.textContent.trim().length;
          };
          const target = (e) => e.matches('input[type=checkbox], input[type=radio]') ? e.closest('label') ?? e : e;
          return [...new Set([...document.querySelectorAll(
              'a[href], button, input:not([type=hidden]), select, textarea, summary')]
            .filter(e => e.checkVisibility() && !e.closest('.skip') && !inText(e)).map(target))]
            .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 110)])
            .filter(([box]) => box.width && (box.height < least - 0.5 || box.width < least - 0.5))
            .map(([box, html]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`);
        }""",
        least,
    )
    return found


def in_elder_mode(page: Page, on: bool) -> None:
    """The switch sets one attribute; so does this, without fetching the page again."""
    page.evaluate("(on) => document.documentElement.toggleAttribute('data-elder', on)", on)
