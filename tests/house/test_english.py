"""Every sentence of the house has its English, and the English says no more and no less."""

from __future__ import annotations

import gettext
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from shangliang.desk import catalogue
from shangliang.desk.catalogue import ENGLISH, Message

from .english import CHINESE, PLACEHOLDER

# Words that stay Chinese in an English sentence: examples of what is to be typed.
QUOTED = ("“", "休", "姓名")


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return catalogue.read()


def test_the_catalogue_holds_every_marked_sentence_and_no_other() -> None:
    held, said = {message.key for message in catalogue.read()}, set(catalogue.marked())
    assert not said - held, "run manage.py words and manage.py english, and translate these"
    assert not held - said, "nobody says these any more; run manage.py english"


def test_every_sentence_is_translated_in_singular_and_plural(messages: list[Message]) -> None:
    assert not [message.said for message in messages if not message.is_done]
    assert all(len(message.words) == (2 if message.many else 1) for message in messages)


def test_placeholders_agree(messages: list[Message]) -> None:
    wrong = [
        (message.said, words)
        for message in messages
        for words in message.words.values()
        if sorted(PLACEHOLDER.findall(words)) != sorted(PLACEHOLDER.findall(message.said))
    ]
    assert not wrong


def test_no_chinese_is_left_but_in_examples(messages: list[Message]) -> None:
    left = [
        words
        for message in messages
        for words in message.words.values()
        if CHINESE.search(words) and not any(mark in words for mark in QUOTED)
    ]
    assert not left


def test_the_compiled_catalogue_is_the_written_one(messages: list[Message]) -> None:
    with ENGLISH.with_suffix(".mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    compiled.pop("")
    written: dict[object, str] = {}
    for message in messages:
        key = f"{message.context}\x04{message.said}" if message.context else message.said
        for number, words in message.words.items():
            written[(key, number) if message.many else key] = words
    assert compiled == written


def test_the_file_names_no_machine_and_no_hour() -> None:
    head = ENGLISH.read_text("utf-8").split("\n\n")[0]
    assert "nplurals=2; plural=(n != 1)" in head
    for word in ("Date", "Generator", "Translator", "Project", "/"):
        assert word not in head.replace("text/plain", "")


def test_a_new_sentence_is_asked_for_and_an_old_one_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "django.po"
    known = [message for message in catalogue.read() if message.said != "退回修改"]
    known.append(Message("从前说的话。", words={0: "What was said once."}))
    file.write_text(catalogue.text_of(known), encoding="utf-8")
    file.with_suffix(".mo").write_bytes(b"")
    monkeypatch.setattr(catalogue, "ENGLISH", file)
    monkeypatch.setattr(catalogue.read, "__defaults__", (file,))
    said = StringIO()

    with pytest.raises(CommandError, match="译文表有变化"):
        call_command("english", check=True)
    with pytest.raises(CommandError, match="还有 1 句没有译文"):
        call_command("english", stdout=said)
    assert said.getvalue() == "退回修改\n"
    assert "从前说的话。" not in file.read_text("utf-8")
    with file.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("草稿") == "Draft"


@pytest.mark.parametrize("text", ["一行", "两行\n另一行", '他说"好"', "反斜\\杠\t制表"])
def test_what_is_written_is_read_back(text: str, tmp_path: Path) -> None:
    kept = [Message(text, words={0: text}), Message("件", "件", "many", {0: text, 1: "x"})]
    file = tmp_path / "django.po"
    file.write_text(catalogue.text_of(kept), encoding="utf-8")
    assert catalogue.read(file) == kept
