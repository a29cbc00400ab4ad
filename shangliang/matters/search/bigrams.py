"""How a text is spelled for searching: pairs of characters, whole words, plain numbers.

Chinese has no spaces, and most of its words have two characters.  A run of characters is
therefore stored as its overlapping pairs and its last character: 加装电梯 is 加装 装电 电梯 梯, so
that every character begins a token.  A word of two or more characters is then a phrase of pairs
and a single character a prefix.  The spelling is ours alone; both engines store it as it is.

Whoever changes `spelled` must rebuild every index (`manage.py reindex`) in the same release:
an old line is taken out of the SQLite index by spelling its old text again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# Han with its extensions, 々〇, kana and hangul: written without spaces, or looked for in parts.
CJK = (
    "々〇\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufad9\U00020000-\U0003ffff"
)
RUN = re.compile(rf"(?P<cjk>[{CJK}]+)|[^\W_{CJK}]+")
LONGEST_WORD = 40
MOST_TERMS = 8


class _Folding(dict[int, str]):
    """What each character is folded to: full-width to half-width (NFKC), capitals to small.

    Invisible characters, which come along with text copied from a page, become nothing.
    """

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = "" if unicodedata.category(chr(code)) == "Cf" else folded
        return self[code]


FOLDING = _Folding()


def fold(text: str) -> str:
    return text.translate(FOLDING)


@dataclass(frozen=True)
class Term:
    """One thing looked for: tokens that stand side by side, the last perhaps only begun."""

    tokens: tuple[str, ...]
    begun: bool = False


def spelled(text: str) -> list[str]:
    """The tokens of a text, in order."""
    return [token for run in RUN.finditer(fold(text)) for token in _of_run(run)]


def terms(query: str) -> list[Term]:
    """What a query asks for: every term must be found.  Signs and operators are not read."""
    found = [_term(chunk.group()) for chunk in re.finditer(r"[^\W_]+", fold(query))]
    return list(dict.fromkeys(found))[:MOST_TERMS]


def _term(chunk: str) -> Term:
    *runs, last = RUN.finditer(chunk)
    tokens = [token for run in runs for token in _of_run(run)]
    word = last.group()
    if not last["cjk"]:
        return Term((*tokens, _word(word)), begun=not word.isdigit())
    if len(word) == 1:
        return Term((*tokens, word), begun=True)
    return Term((*tokens, *_pairs(word)))


def _of_run(run: re.Match[str]) -> Iterator[str]:
    text = run.group()
    if run["cjk"]:
        yield from _pairs(text)
        yield text[-1]
    else:
        yield _word(text)


def _pairs(run: str) -> Iterator[str]:
    return map("".join, pairwise(run))


def _word(word: str) -> str:
    """A number is found with or without its leading zeros: 第0123号, 123."""
    return (word.lstrip("0") or "0" if word.isdigit() else word)[:LONGEST_WORD]
