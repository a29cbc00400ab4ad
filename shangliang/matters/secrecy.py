"""Finding a secrecy mark (密级标志) in a text, so that what carries one is never kept here.

保守国家秘密法 forbids state secrets on systems like this one.  A mark is 绝密, 机密 or 秘密
with ★ and a term (机密★10年), printed at the top of a document; people space it out, type
it full-width, use another star or leave the star away.  Plain talk of secrets, such as
“保守秘密的义务”, is no mark.
"""

import re
import unicodedata

# A mark in a heading stands on a line of its own within the first lines of the text.
FIRST_LINES = 5

_WORD = r"(?:[绝絕]\s*密|[机機]\s*密|[秘祕]\s*密)"
_GRADE = rf"{_WORD}(?:\s*级)?"
_STAR = r"[★☆⭐✩✭✮✯✰⋆*※]"
_NUMBER = r"(?:\d(?:[ \t]*\d)*|[一二三四五六七八九十]+)"
_YEARS = rf"{_NUMBER}[ \t]*(?:年|个[ \t]*月|月)"
_TERM = rf"(?:{_YEARS}|[长長][ \t]*期|启[ \t]*用[ \t]*前|解[ \t]*密)"
_NOT_INSIDE = r"(?<![\u3400-\u9fff])"
_NOT_GOING_ON = r"(?![\u3400-\u9fff])"
_OPEN, _CLOSE = r"[\[【〔(「『<《]?", r"[\]】〕)」』>》]?"

_STARRED_TERM = re.compile(rf"{_WORD}\s*{_STAR}\s*{_TERM}")
_STARRED = re.compile(rf"{_NOT_INSIDE}{_GRADE}\s*{_STAR}(?!\s*{_STAR})")
_TERM_ONLY = re.compile(rf"{_NOT_INSIDE}{_WORD}[ \t]*{_TERM}{_NOT_GOING_ON}")
_LABELLED = re.compile(rf"密\s*级\s*:\s*{_OPEN}\s*{_GRADE}{_NOT_GOING_ON}")
_BRACKETED = re.compile(rf"^\s*【\s*{_GRADE}\s*】", re.MULTILINE)
_ALONE = re.compile(rf"{_OPEN}\s*{_GRADE}\s*{_CLOSE}")

_ANYWHERE = (_STARRED_TERM, _STARRED, _TERM_ONLY, _LABELLED, _BRACKETED)


def find_mark(text: str, *, heading: bool = False) -> str | None:
    """The first secrecy mark in `text` as it was written, without spaces; None if there is none.

    With `heading` every line is taken for a page header, where the bare word is a mark.
    """
    plain = _plain(text)
    for pattern in _ANYWHERE:
        if found := pattern.search(plain):
            return _squeezed(found.group())
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    for line in lines if heading else lines[:FIRST_LINES]:
        if _ALONE.fullmatch(line):
            return _squeezed(line)
    return None


def _plain(text: str) -> str:
    """Full-width digits, letters and signs made plain; invisible characters dropped."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Mn"))


def _squeezed(mark: str) -> str:
    return "".join(mark.split())
