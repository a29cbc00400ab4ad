"""Where two texts differ: first by sentences, then by characters inside the sentences that changed.

A reader sees at once what was changed when whole sentences line up; within a sentence single
characters matter (不同意 / 同意).  Comparing by characters alone finds nonsense alignments in
long texts and takes its time about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+")
# Two stretches longer than this are shown as a whole: by then they are different texts.
LONGEST = 2000


@dataclass(frozen=True)
class Part:
    """A stretch of one text, and whether the other has it too."""

    text: str
    same: bool


def between(one: str, two: str) -> tuple[list[Part], list[Part]]:
    """Each text cut into stretches; put together again they are the text, to the letter.

    >>> between("应当同意。", "应当不同意。")[1]
    [Part(text='应当', same=True), Part(text='不', same=False), Part(text='同意。', same=True)]
    """
    left: list[Part] = []
    right: list[Part] = []
    ours, theirs = SENTENCE.findall(one), SENTENCE.findall(two)
    for tag, i1, i2, j1, j2 in _compare(ours, theirs):
        here, there = "".join(ours[i1:i2]), "".join(theirs[j1:j2])
        if tag == "replace" and len(here) <= LONGEST and len(there) <= LONGEST:
            for inner, a1, a2, b1, b2 in _compare(here, there):
                _add(left, here[a1:a2], inner == "equal")
                _add(right, there[b1:b2], inner == "equal")
        else:
            _add(left, here, tag == "equal")
            _add(right, there, tag == "equal")
    return left, right


def against(base: str, text: str) -> list[Part]:
    """A text with the stretches marked that its author changed from `base`."""
    return between(base, text)[1]


def _compare(one: Sequence[str], two: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    # Common characters are no junk in a sentence: 的 is part of what was written.
    return SequenceMatcher(None, one, two, autojunk=False).get_opcodes()


def _add(parts: list[Part], text: str, same: bool) -> None:
    if not text:
        return
    if parts and parts[-1].same == same:
        text = parts.pop().text + text
    parts.append(Part(text, same))
