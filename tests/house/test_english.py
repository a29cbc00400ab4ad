"""Every sentence of the house has its English, and the English says no more and no less."""

from __future__ import annotations

import gettext

import pytest

from .english import CHINESE, PLACEHOLDER, PO, Message, catalogue, marked

# Words that stay Chinese in an English sentence: examples of what is to be typed.
QUOTED = ("“", "休", "班", "姓名", "机构")


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return catalogue()


def test_every_sentence_is_translated_in_singular_and_plural(messages: list[Message]) -> None:
    forms = {m.said: (2 if m.many else 1) for m in messages}
    poor = [m.said for m in messages if len([w for w in m.words.values() if w]) != forms[m.said]]
    assert not poor


def test_placeholders_agree(messages: list[Message]) -> None:
    wrong = [
        (m.said, words)
        for m in messages
        for words in m.words.values()
        if sorted(PLACEHOLDER.findall(words)) != sorted(PLACEHOLDER.findall(m.said))
    ]
    assert not wrong


def test_no_chinese_is_left_but_in_examples(messages: list[Message]) -> None:
    left = [
        words
        for m in messages
        for words in m.words.values()
        if CHINESE.search(words) and not any(mark in words for mark in QUOTED)
    ]
    assert not left


def test_the_compiled_catalogue_is_the_written_one(messages: list[Message]) -> None:
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    compiled.pop("")
    written = {}
    for m in messages:
        key = f"{m.context}\x04{m.said}" if m.context else m.said
        written |= {(key, n): w for n, w in m.words.items()} if m.many else {key: m.words[0]}
    assert compiled == written


def test_the_catalogue_holds_every_marked_sentence_and_no_other(messages: list[Message]) -> None:
    held, said = {m.key for m in messages}, marked()
    assert not said - held, "run manage.py words and makemessages, and translate these"
    assert not held - said, "nobody says these any more"


def test_the_file_names_no_machine_and_no_hour() -> None:
    head = PO.read_text("utf-8").split("\n\n")[0]
    assert "nplurals=2; plural=(n != 1)" in head
    for word in ("Date", "Generator", "Translator", "Project", "/"):
        assert word not in head.replace("text/plain", "")
