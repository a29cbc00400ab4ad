"""Numbered asks grow under the hand, and without a script by a button."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


def asks(page: Page) -> list[str]:
    return page.eval_on_selector_all("grow-list textarea", "all => all.map(e => e.value)")


def test_enter_adds_a_row_and_goes_there(visit: Visit) -> None:
    page = visit("page/write/")
    page.locator("grow-list textarea").nth(2).click()
    page.keyboard.type("第三条")
    page.keyboard.press("Enter")
    page.keyboard.type("第四条")
    assert asks(page)[2:] == ["第三条", "第四条"]
    expect(page.locator("grow-list [data-number]").last).to_have_text("4")
    ids = page.eval_on_selector_all("grow-list [id]", "all => all.map(e => e.id)")
    assert len(ids) == len(set(ids))
    labels = page.eval_on_selector_all("grow-list label", "all => all.map(e => !!e.control)")
    assert all(labels)


def test_enter_of_the_input_method_adds_nothing(visit: Visit) -> None:
    page = visit("page/write/")
    field = page.locator("grow-list textarea").nth(2)
    field.evaluate(
        """e => e.dispatchEvent(new KeyboardEvent('keydown',
             {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""
    )
    assert len(asks(page)) == 3
    field.press("Shift+Enter")
    assert len(asks(page)) == 3


def test_pasting_a_numbered_list_fills_one_row_each(visit: Visit) -> None:
    page = visit("page/write/")
    page.locator("grow-list textarea").nth(2).evaluate(
        """e => { const data = new DataTransfer();
             data.setData('text/plain', '一、先定标准\\n（二）并窗办理\\n3. 列支维护费\\n');
             e.dispatchEvent(new ClipboardEvent('paste',
               {clipboardData: data, bubbles: true, cancelable: true})); }"""
    )
    assert asks(page)[2:] == ["先定标准", "并窗办理", "列支维护费"]


def test_a_formset_keeps_its_count(visit: Visit) -> None:
    page = visit("page/write/")
    names = page.evaluate(
        """() => {
          const list = document.querySelector('grow-list');
          list.querySelectorAll('textarea').forEach((e, i) => {
            e.name = `asks-${i}-text`; e.id = `id_asks-${i}-text`; });
          const total = Object.assign(document.createElement('input'),
            {type: 'hidden', name: 'asks-TOTAL_FORMS', value: '3'});
          list.closest('form').append(total);
          list.add();
          return [total.value, ...[...list.querySelectorAll('textarea')].map(e => e.name)];
        }"""
    )
    assert names == ["4", "asks-0-text", "asks-1-text", "asks-2-text", "asks-3-text"]


def test_a_list_with_a_limit_stops_there(visit: Visit) -> None:
    page = visit("page/write/")
    page.evaluate("document.querySelector('grow-list').setAttribute('max', '4')")
    for _ in range(3):
        page.get_by_role("button", name="再加一条").click()
    assert len(asks(page)) == 4
