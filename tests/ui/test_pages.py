"""The pages that belong to no room: refusals, the style sheet, the switches, the headers."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string

REFUSALS = ("400", "403", "403_csrf", "404", "429", "500", "503")


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_stands_without_any_context_or_database(name: str, parts_alone: None) -> None:
    html = render_to_string(f"{name}.html")
    assert "<h1>" in html
    assert "。" in html.split("<h1>")[1]
    assert "！" not in html


@pytest.mark.parametrize("name", ["500", "503"])
def test_the_page_of_a_broken_house_needs_no_script(name: str, parts_alone: None) -> None:
    assert "<script" not in render_to_string(f"{name}.html")


def test_the_style_sheet_is_kept_for_a_year_at_an_address_of_its_content(
    client: Any, parts_alone: None
) -> None:
    address = render_to_string("404.html").split('rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(address)
    assert "@layer reset, base, frame, parts, rooms, print;" in answer.content.decode()
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_old_address_of_the_style_sheet_is_answered_but_not_kept(
    client: Any, parts_alone: None
) -> None:
    answer = client.get("/ui/style-0123456789ab.css")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-cache"


def test_the_device_remembers_elder_mode_theme_and_language(client: Any, parts_alone: None) -> None:
    answer = client.post("/ui/appearance/", {"elder": "1", "theme": "dark", "next": "/ui/?a=1"})
    assert answer["Location"] == "/ui/?a=1"
    html = client.get("/ui/page/refusal/").content.decode()
    assert '<html lang="zh-hans" data-theme="dark" data-elder>' in html
    client.post("/ui/appearance/", {"elder": "0", "theme": "system", "language": "en"})
    html = client.get("/ui/page/refusal/").content.decode()
    assert '<html lang="en">' in html


@pytest.mark.parametrize(
    "next_", ["https://elsewhere.invalid/", "//elsewhere.invalid", "javascript:1"]
)
def test_the_switches_lead_nobody_elsewhere(client: Any, parts_alone: None, next_: str) -> None:
    assert client.post("/ui/appearance/", {"theme": "dark", "next": next_})["Location"] == "/"


def test_unknown_values_are_not_remembered(client: Any, parts_alone: None) -> None:
    answer = client.post("/ui/appearance/", {"theme": '"><b>', "elder": "7", "language": "xx"})
    assert not answer.cookies
    assert client.get("/ui/appearance/").status_code == 405


def test_the_gallery_is_not_there_outside_of_debugging(client: Any, db: None) -> None:
    assert client.get("/ui/page/home/").status_code in (302, 404)


def test_pages_of_a_logged_in_person_are_never_kept(
    client: Any, db: None, parts_alone: None
) -> None:
    assert "no-store" not in client.get("/ui/page/home/").get("Cache-Control", "")
    client.cookies["sessionid"] = "anything"
    assert client.get("/ui/page/home/")["Cache-Control"] == "private, no-store"
    assert "camera=()" in client.get("/ui/page/home/")["Permissions-Policy"]


def test_the_frame_says_where_one_is(client: Any, parts_alone: None) -> None:
    html = client.get("/ui/page/home/").content.decode()
    assert '<a href="/ui/page/home/" aria-current="page">待办' in html
    assert html.count('aria-current="page"') == 1
    assert '<a class="skip" href="#main">' in html
    assert "<title>待办 · 云岭县政协</title>" in html
