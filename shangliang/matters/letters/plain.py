"""Text as it may stand on an official paper: cleaned, cut into paragraphs, counted in Chinese."""

from __future__ import annotations

import unicodedata
from datetime import date

_DIGITS = "〇一二三四五六七八九"
_NEVER = {"Cc", "Cf", "Cs"}


def clean(text: str) -> str:
    """Text without what could break a file or disguise its meaning; line breaks stay.

    Control characters are no XML; direction marks would let a letter read other than it is
    written.  Private and yet unassigned characters stay: rare names are written with them.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in _NEVER)
    return "".join(kept).replace("\ufffe", "").replace("\uffff", "")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a typed text, without the blanks people indent with."""
    lines = (line.strip(" \t\u3000\u00a0") for line in clean(text).split("\n"))
    return [line for line in lines if line]


def chinese_date(day: date) -> str:
    """公文 write dates in Arabic figures without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """1 to 99 as headings count: 一, 十, 十二, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")
