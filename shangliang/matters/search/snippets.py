"""What a hit shows: the piece of text around the first place found, with every place marked.

The text is escaped first and marked afterwards, piece by piece, so nothing a person wrote can
become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .bigrams import CJK, FOLDING, Term

BEFORE, LONG = 24, 110  # characters: about two lines on a phone
SPACE = re.compile(r"\s+")


def marked(text: str, terms: Sequence[Term]) -> SafeString:
    """The whole text with the found places in <mark>."""
    return _mark(text, list(_places(text, terms)))


def snippet(text: str, terms: Sequence[Term]) -> SafeString:
    """Some lines of the text around the first found place; its beginning when there is none."""
    text = SPACE.sub(" ", text).strip()
    places = list(_places(text, terms))
    begin = max(0, places[0][0] - BEFORE) if places else 0
    end = begin + LONG
    inside = [(a - begin, min(b, end) - begin) for a, b in places if a < end]
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    return mark_safe(before + _mark(text[begin:end], inside) + after)  # noqa: S308  escaped below


def _mark(text: str, places: Sequence[tuple[int, int]]) -> SafeString:
    pieces, done = [], 0
    for begin, end in places:
        pieces += [escape(text[done:begin]), "<mark>", escape(text[begin:end]), "</mark>"]
        done = end
    return mark_safe("".join([*pieces, escape(text[done:])]))  # noqa: S308  every piece is escaped


def _places(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    """Where the terms stand in the text as written, in order, none within another."""
    if not terms:
        return
    folded, origin = _folded(text)
    sought = "|".join(_pattern(term) for term in sorted(terms, key=_length, reverse=True))
    done = 0
    for found in re.finditer(sought, folded):
        begin, end = origin[found.start()], origin[found.end() - 1] + 1
        if begin >= done:
            yield begin, end
            done = end


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as the index folds it, and for each of its characters where it came from."""
    pieces = [FOLDING[ord(character)] for character in text]
    origin = [place for place, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), origin


def _pattern(term: Term) -> str:
    """The term as it may stand in a text, where signs and spaces can come between its words."""
    words: list[str] = []
    for token in term.tokens:
        if words and _is_cjk(token) and _is_cjk(words[-1]) and words[-1][-1] == token[0]:
            words[-1] += token[1:]
        else:
            words.append(token)
    *whole, last = words
    return r"[\W_]*".join([*map(_whole, whole), _begun(last) if term.begun else _whole(last)])


def _whole(word: str) -> str:
    return _begun(word) if _is_cjk(word) else rf"{_begun(word)}(?![^\W_{CJK}])"


def _begun(word: str) -> str:
    if _is_cjk(word):
        return re.escape(word)
    zeros = "0*" if word.isdigit() else ""
    return rf"(?<![^\W_{CJK}]){zeros}{re.escape(word)}"


def _is_cjk(token: str) -> bool:
    return re.match(f"[{CJK}]", token) is not None


def _length(term: Term) -> int:
    return sum(map(len, term.tokens))
