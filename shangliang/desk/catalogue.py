"""The catalogue of sentences: what the house marks for translation, and its English.

Reads sources and templates by itself and compiles by itself, so that nobody needs gettext's tools.
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parents[1]
ENGLISH = HOUSE / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = (
    "Language: en\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
MANY = {"ngettext", "ngettext_lazy"}
LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
ALONE = re.compile(rf"\b(?:_|gettext)\(\s*{LITERAL}")
IN_CONTEXT = re.compile(rf"\bpgettext\({LITERAL},\s*{LITERAL}")
COUNTED = re.compile(rf"\bngettext\({LITERAL},\s*{LITERAL}")
FORMATS = (("python-format", re.compile(r"%\(|%s")), ("python-brace-format", re.compile(r"{\w")))


@dataclass
class Message:
    """One sentence: its Chinese (and plural, and context), and what stands in the catalogue."""

    said: str
    many: str = ""
    context: str = ""
    words: dict[int, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.said

    @property
    def is_done(self) -> bool:
        return all(self.words.get(n) for n in range(2 if self.many else 1))


def marked() -> dict[tuple[str, str], Message]:
    """Every sentence the house marks for translation."""
    found: dict[tuple[str, str], Message] = {}
    for path in HOUSE.rglob("*.py"):
        found |= {each.key: each for each in _in_code(ast.parse(path.read_text("utf-8")))}
    for path in (*HOUSE.rglob("templates/**/*.html"), *HOUSE.rglob("templates/**/*.txt")):
        if "gallery" not in path.parts:  # the page of parts shows them in Chinese only
            found |= {each.key: each for each in _in_template(path.read_text("utf-8"))}
    return {key: each for key, each in found.items() if each.said}


def _in_code(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
        texts = [
            a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
        ]
        if called in ONE and len(node.args) == len(texts) == 1:
            yield Message(texts[0])
        elif called in MANY and len(texts) == 2:
            yield Message(texts[0], texts[1])


def _in_template(source: str) -> Iterator[Message]:
    code = templatize(source)
    for said in ALONE.findall(code):
        yield Message(ast.literal_eval(said))
    for context, said in IN_CONTEXT.findall(code):
        yield Message(ast.literal_eval(said), context=ast.literal_eval(context))
    for said, many in COUNTED.findall(code):
        yield Message(ast.literal_eval(said), ast.literal_eval(many))


def read(path: Path = ENGLISH) -> list[Message]:
    """The entries of a .po file, its header left out."""
    found = (_read(block) for block in path.read_text("utf-8").split("\n\n"))
    return [message for message in found if message.said]


def _read(block: str) -> Message:
    texts: dict[str, str] = {"msgid": "", "msgid_plural": "", "msgctxt": ""}
    words: dict[int, str] = {}
    for line in block.splitlines():
        if begins := re.match(r'(\w+)(?:\[(\d)\])? "', line):
            name, number = begins[1], int(begins[2] or 0)
        if line.startswith("#"):
            continue
        text = ast.literal_eval(line[line.index('"') :])
        if name == "msgstr":
            words[number] = words.get(number, "") + text
        else:
            texts[name] += text
    return Message(texts["msgid"], texts["msgid_plural"], texts["msgctxt"], words)


def brought_up_to_date() -> list[Message]:
    """Every marked sentence in order, with the English it has so far."""
    known = {message.key: message.words for message in read()}
    found = marked().values()
    for message in found:
        message.words = known.get(message.key, {})
    return sorted(found, key=lambda message: (message.said, message.context))


def text_of(messages: Iterable[Message]) -> str:
    """The .po file."""
    head = "".join(f"{quoted(line)}\n" for line in HEADER.splitlines(keepends=True))
    return "\n".join([f'msgid ""\nmsgstr ""\n{head}', *map(_entry, messages)])


def _entry(message: Message) -> str:
    lines = [f"#, {name}" for name, sign in FORMATS if sign.search(message.said)][:1]
    lines += [f"msgctxt {quoted(message.context)}"] if message.context else []
    lines += [f"msgid {quoted(message.said)}"]
    if not message.many:
        return "\n".join([*lines, f"msgstr {quoted(message.words.get(0, ''))}", ""])
    lines += [f"msgid_plural {quoted(message.many)}"]
    lines += [f"msgstr[{n}] {quoted(message.words.get(n, ''))}" for n in (0, 1)]
    return "\n".join([*lines, ""])


def quoted(text: str) -> str:
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(sign, written)
    return f'"{text}"'


def compiled(messages: Iterable[Message]) -> bytes:
    """The .mo file: two tables of lengths and places, then the texts, sorted by their Chinese."""
    pairs = {b"": HEADER.encode()}
    for message in messages:
        if message.is_done:
            said = f"{message.said}\0{message.many}" if message.many else message.said
            said = f"{message.context}\x04{said}" if message.context else said
            pairs[said.encode()] = "\0".join(
                words for _n, words in sorted(message.words.items())
            ).encode()
    keys = sorted(pairs)
    place = 28 + 16 * len(keys)
    tables, texts = b"", b""
    for column in (keys, [pairs[key] for key in keys]):
        for text in column:
            tables += struct.pack("<II", len(text), place + len(texts))
            texts += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, place)
    return head + tables + texts
