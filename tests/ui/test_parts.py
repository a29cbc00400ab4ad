"""Every part of the house can be drawn, says what it needs, and hides nothing behind scripts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

from shangliang.ui import gallery
from shangliang.ui.specimens import specimens

FOLDER = Path(gallery.__file__).parent / "templates" / "ui"
# Parts of the frame itself; every page of the gallery draws them.
FRAME = {"_head", "_scripts", "_bar", "_nav", "_messages", "_result"}
PARTIALS = sorted(path.stem for path in FOLDER.glob("_*.html"))
VOID = {"input", "br", "hr", "meta", "link", "img", "rect", "circle"}


class Nesting(HTMLParser):
    """Fails on a tag that is closed in the wrong place or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def drawn(template: str, inputs: dict[str, Any]) -> str:
    request = RequestFactory().get("/ui/?q=电梯&page=2")
    return engines["django"].get_template(template).render(inputs, request)


@pytest.mark.parametrize("name", PARTIALS)
def test_a_part_says_in_its_first_line_what_it_needs(name: str) -> None:
    first = (FOLDER / f"{name}.html").read_text(encoding="utf-8").lstrip()
    assert re.match(r"{(# |% comment %}\s*)ui/" + name, first)


def test_every_part_has_a_specimen() -> None:
    assert set(PARTIALS) - FRAME == set(specimens())


@pytest.mark.parametrize(
    ("name", "inputs"),
    [(name, inputs) for name, shown in specimens().items() for inputs in shown],
)
def test_a_part_is_drawn_whole(name: str, inputs: dict[str, Any], parts_alone: None) -> None:
    html = drawn(f"ui/{name}.html", inputs)
    nesting = Nesting()
    nesting.feed(html)
    assert nesting.open == []
    assert not re.search(r"{{|{%|None", html)


def test_what_a_person_wrote_is_never_markup(parts_alone: None) -> None:
    evil = "<script>alert(1)</script>《<b>标题</b>》"
    shown = [
        ("_todo", {"sentence": evil, "url": "#", "act": evil}),
        ("_way", {"steps": [{"state": "now", "text": evil, "when": evil, "note": evil}]}),
        ("_answers", {"rows": [{"label": evil, "value": evil}]}),
        ("_facts", {"facts": [evil]}),
        ("_asks", {"asks": [{"number": 1, "text": evil, "word": evil, "note": evil}]}),
        ("_refusal", {"refusal": evil, "mend": [evil]}),
        ("_result", {"title": evil, "url": "#", "snippet": evil}),
        ("_table", {"caption": evil, "columns": [{"label": evil}], "rows": [[{"text": evil}]]}),
        ("_journal", {"entries": [{"at": None, "who": evil, "what": evil, "note": evil}]}),
        ("_mine", {"rows": [{"title": evil, "url": "#", "note": evil, "filled": 1}]}),
    ]
    for name, inputs in shown:
        html = drawn(f"ui/{name}.html", inputs)
        assert not re.search("<script>|<b>标题", html), name


def test_a_found_word_is_marked_in_the_snippet(parts_alone: None) -> None:
    from django.utils.html import format_html

    html = drawn(
        "ui/_result.html",
        {"title": "加装电梯", "url": "#", "snippet": format_html("加装<mark>{}</mark>", "电梯")},
    )
    assert "加装<mark>电梯</mark>" in html


def test_a_long_list_keeps_its_filters_when_turning_the_page(parts_alone: None) -> None:
    html = drawn("ui/_pages.html", specimens()["_pages"][1])
    assert 'href="?q=%E7%94%B5%E6%A2%AF&amp;page=4"' in html


def test_an_untouched_answer_reads_not_filled_in(parts_alone: None) -> None:
    html = drawn("ui/_answers.html", {"rows": [{"label": "附件", "value": "", "url": "/x/"}]})
    assert "未填写" in html
    assert 'href="/x/">修改<span class="unseen">附件' in html


def test_two_texts_are_shown_whole_with_their_differences_marked(
    client: Any, parts_alone: None
) -> None:
    html = client.get("/ui/page/conflict/").content.decode()
    assert "全县多层住宅共 <ins>612</ins> 栋。" in html
    assert "全县多层住宅共 <del>598</del> 栋。" in html
    assert 'name="_key"' in html
