"""Reading the catalogue and the sources without gettext's own tools, and Chinese left in a page."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parents[2] / "shangliang"
PO = HOUSE / "locale" / "en" / "LC_MESSAGES" / "django.po"
CHINESE = re.compile(r"[\u3400-\u9fff]+")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(
    rf"\b(?:_|gettext|ngettext)\(\s*{LITERAL}|pgettext\({LITERAL},\s*{LITERAL}"
)


@dataclass
class Message:
    """One entry of the catalogue."""

    said: str = ""
    many: str = ""
    context: str = ""
    words: dict[int, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.said


def catalogue() -> list[Message]:
    """The entries of the .po file, its header left out."""
    return [
        message for block in PO.read_text("utf-8").split("\n\n") if (message := _read(block)).said
    ]


def _read(block: str) -> Message:
    message, place = Message(), ("", 0)
    for line in block.splitlines():
        if line.startswith("#"):
            continue
        if found := re.match(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? ", line):
            place = (found[1], int(found[2] or 0))
        text = ast.literal_eval(line[line.index('"') :])
        if place[0] == "msgid":
            message.said += text
        elif place[0] == "msgid_plural":
            message.many += text
        elif place[0] == "msgctxt":
            message.context += text
        else:
            message.words[place[1]] = message.words.get(place[1], "") + text
    return message


def marked() -> set[tuple[str, str]]:
    """Every sentence the house marks for translation, with its context."""
    found: set[tuple[str, str]] = set()
    for path in HOUSE.rglob("*.py"):
        found |= {("", said) for said in _in_code(ast.parse(path.read_text("utf-8")))}
    for path in (*HOUSE.rglob("templates/**/*.html"), *HOUSE.rglob("templates/**/*.txt")):
        if "gallery" not in path.parts:
            found |= set(_in_template(path.read_text("utf-8")))
    return {(context, said) for context, said in found if said}


def _in_code(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        first = node.args[0]
        if called in MARKS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def _in_template(source: str) -> Iterator[tuple[str, str]]:
    for said, context, inside in IN_TEMPLATE.findall(templatize(source)):
        if said:
            yield "", ast.literal_eval(said)
        else:
            yield ast.literal_eval(context), ast.literal_eval(inside)


def left_in(page: str, known: Iterable[str]) -> list[str]:
    """The Chinese a page shows that is nobody's name, text or local word."""
    shown = html.unescape(re.sub(r"<!--.*?-->|</?mark>", "", page, flags=re.S))
    for words in known:
        if words in shown:
            shown = shown.replace(words, " ")
    return CHINESE.findall(shown)
