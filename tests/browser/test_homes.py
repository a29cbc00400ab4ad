"""Every role's home: what it says first, where its buttons lead, and how it prints."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.chromium import DESK, PHONE
from tests.looking import resize, turn

from .conftest import Desk
from .house import House
from .pages import ROLES

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]
LOOKS = ("light", "dark", "elder")


@pytest.mark.parametrize("who", ROLES, ids=[role or "stranger" for role in ROLES])
def test_a_picture_is_taken_of_every_home(sit: Sit, tmp_path: Path, who: str) -> None:
    """With SHANGLIANG_SCREENSHOTS=folder they are kept there, to be looked at."""
    folder = Path(os.environ.get("SHANGLIANG_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    page = sit(who).open("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for (name, size), look in product({"phone": PHONE, "desk": DESK}.items(), LOOKS):
        resize(page, size)
        turn(page, look)
        path = folder / f"{who or 'stranger'}-{name}-{look}.png"
        page.screenshot(path=path, full_page=True)
        assert path.stat().st_size > 5_000


@pytest.mark.parametrize(
    ("who", "paper", "act", "ends"),
    [
        ("lin", "unconfirmed", "去确认", "check/"),
        ("lin", "returned", "去修改", "edit/"),
        ("zhou", "cosigning", "看一看", ""),
        ("he", "preliminary", "去复审", "decide/"),
        ("gao", "handling", "去办理", ""),
        ("liang", "reply_check", "去审签", "issue/"),
    ],
)
def test_a_button_leads_where_its_word_says(
    sit: Sit, house: House, who: str, paper: str, act: str, ends: str
) -> None:
    page = sit(who).open("/")
    card = page.locator(f"#matter-{house.papers[paper]}")
    card.get_by_role("link", name=re.compile(act)).click()
    expect(page).to_have_url(re.compile(f"{house.paper(paper, ends)}$"))


def test_a_unit_with_much_in_hand_sees_it_by_day_and_signs_for_it_at_once(
    sit: Sit, house: House
) -> None:
    page = sit("gao", DESK).open("/")
    rows = page.locator("table.cockpit tbody tr")
    before = rows.count()
    assert before > 5
    page.get_by_role("link", name=re.compile(r"一起签收 \d+ 件")).click()
    own = [house.papers["assigned"]]
    for pk in own:  # other tests lead it on
        page.locator(f"input[name=proposal][value='{pk}']").uncheck()
    page.get_by_label("分管负责人").fill("梁静")
    page.get_by_role("button", name="签收选中的").click()
    expect(page.locator(".notice.success")).to_have_text(re.compile(r"^\d+ 件已办好"))
    expect(page.locator("table tbody tr")).to_have_count(len(own))


@pytest.mark.parametrize("who", ["wu", "tang"])
def test_a_leaders_home_prints_on_one_sheet(sit: Sit, tmp_path: Path, who: str) -> None:
    page = sit(who, DESK).open("/")
    expect(page.locator(".figure")).to_have_count(5)
    page.pdf(path=tmp_path / "home.pdf", prefer_css_page_size=True)
    printed = PdfReader(tmp_path / "home.pdf").pages
    assert len(printed) == 1
    assert [round(float(side) / 72 * 25.4) for side in printed[0].mediabox[2:]] == [210, 297]


def test_every_number_opens_a_list_of_so_many(sit: Sit) -> None:
    page = sit("wu", DESK).open("/")
    figures = [
        (f.locator("b").inner_text(), f.get_attribute("href"))
        for f in page.locator(".figure").all()
    ]
    for number, url in figures:
        page.goto(url or "")
        expect(page.locator("#filters-found")).to_have_text(f"共 {number} 件")


def test_a_paper_prints_without_the_frame(sit: Sit, house: House) -> None:
    page = sit("lin", DESK).open(house.paper("closed"))
    page.emulate_media(media="print")
    for hidden in ("#nav", ".acts", ".find"):
        for each in page.locator(hidden).all():
            expect(each).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".way")).to_be_visible()


def test_the_same_page_in_english_speaks_no_chinese_of_ours(sit: Sit) -> None:
    page = sit("wu").open("/")
    page.goto("/me/")
    page.locator("select[name=language]").select_option("en")
    page.get_by_role("button", name="保存显示方式").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#nav")).not_to_contain_text("待办")
    page.goto("/me/")
    page.locator("select[name=language]").select_option("zh-hans")
    page.locator("form").filter(has=page.locator("select[name=language]")).locator(
        "button"
    ).last.click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
