"""What a phone has to fetch, and how long a file may get."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest

from shangliang.ui import sewing

UI = Path(__file__).parents[2] / "shangliang" / "ui"
SCRIPTS = sorted((UI / "static/ui/js").glob("*.js"))
STYLES = sorted((UI / "static/ui/css").glob("*.css"))
TEMPLATES = sorted((UI / "templates").rglob("*.html"))


def test_the_style_sheet_of_the_floor_stays_under_40_kilobytes() -> None:
    assert sum(path.stat().st_size for path in STYLES) <= 40 * 1024


def on_the_wire(client: Any, address: str) -> bytes:
    """What a browser is sent, as it is sent."""
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, address
    assert answer["Content-Encoding"] == "gzip", address
    return answer.getvalue()


def test_a_first_view_is_small_on_the_wire(client: Any, parts_alone: None) -> None:
    page = on_the_wire(client, "/ui/page/home/")
    text = gzip.decompress(page).decode()
    sheet = re.findall(r'rel="stylesheet" href="([^"]+)"', text)
    named = re.findall(r'<script src="([^"]+)"', text)
    imported = [f"/static/ui/js/{path.name}" for path in SCRIPTS]
    scripts = sum(len(on_the_wire(client, address)) for address in {*named, *imported})
    assert len(named) == 5
    assert scripts <= 60 * 1024
    assert len(page) + scripts + sum(len(on_the_wire(client, each)) for each in sheet) <= 200 * 1024


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_file_is_short_and_lives_in_a_layer(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    outside = re.sub(r"/\*.*?\*/|@layer [\w, ]+;", "", text, flags=re.S)
    assert re.match(r"\s*@layer \w+ {", outside)
    assert "url(" not in text


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_and_evaluates_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|https?://", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_inline_style_script_or_foreign_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    hosts = re.findall(r"https?://([\w.]+)", text)
    assert set(hosts) <= {"example.invalid"}


def test_the_sewn_sheet_begins_with_the_order_of_layers() -> None:
    assert [path.name for path in sewing.pieces()][:2] == ["reset.css", "tokens.css"]
