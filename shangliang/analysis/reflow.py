"""The layout of a pasted text, repaired: paragraphs whole, no line broken in mid-sentence.

Texts arrive from web pages, PDF files and chat windows.  They carry line breaks where a
page happened to end, spaces where a line did, and page numbers alone on a line.  Nothing
but layout may go: `letters` of a text is the same before and after, page numbers aside,
and those are reported.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

CJK = r"\u3400-\u4dbf\u4e00-\u9fff"
BLANK = r"[^\S\n]"  # every kind of space, but no line break
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
ENDS = "。！？!?…"
CLOSERS = "”’」』）)》】"
NUMERAL = "一二三四五六七八九十"

# How an item may open: 一、 （一） 1. 1） ① 第一， 一是 首先，
OPENING = (
    rf"(?:[{NUMERAL}]{{1,3}}[、．.，,：]|[（(](?:[{NUMERAL}]{{1,3}}|\d{{1,2}})[）)]"
    rf"|\d{{1,2}}[、．.，,；;：）)](?!\d)|[\u2460-\u249b]|第[{NUMERAL}]{{1,3}}[，、,：；。]"
    rf"|[{NUMERAL}]{{1,2}}(?:是|要)|首先[，,]|其次[，,])"
)

# A line this near to the widest one was ended by the page, not by the writer.
FULL_LINE = 0.85
# Fewer broken lines than this are taken for headings without a full stop.
WRAPPED_LINES = 4


@dataclass(frozen=True)
class Reflowed:
    """A text in whole paragraphs, and the page numbers that were taken out of it."""

    text: str
    page_numbers: tuple[str, ...] = ()


def letters(text: str) -> str:
    """What a reader reads: the text without spaces, line breaks and invisible marks."""
    return re.sub(r"\s+", "", INVISIBLE.sub("", text))


def reflow(text: str) -> Reflowed:
    """Join what the page broke and part what the page ran together."""
    lines = INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = [line.strip() for line in lines]
    kept, numbers = _without_page_numbers(lines)
    joined = _joined(kept)
    paragraphs = [_respaced(line) for line in joined]
    return Reflowed("\n".join(line for line in paragraphs if line), tuple(numbers))


def width(line: str) -> int:
    """How much room a line takes, a Chinese character counting two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line)


def _without_page_numbers(lines: list[str]) -> tuple[list[str], list[str]]:
    """Drop the numbers that stand alone on a line and count upwards by one."""
    alone = [i for i, line in enumerate(lines) if re.fullmatch(r"-?\s*\d{1,3}\s*-?", line)]
    values = [int(re.sub(r"\D", "", lines[i])) for i in alone]
    rising = all(b - a == 1 for a, b in pairwise(values))
    inside = all(0 < i < len(lines) - 1 for i in alone)
    if not alone or not rising or not (inside or len(alone) > 1):
        return lines, []
    return [line for i, line in enumerate(lines) if i not in set(alone)], [lines[i] for i in alone]


def _ended(line: str) -> bool:
    """Whether the writer ended the sentence here."""
    return line.rstrip(CLOSERS)[-1:] in ENDS or line[-1:] in ("：", ":", "；", ";")


def _joined(lines: list[str]) -> list[str]:
    widest = max((width(line) for line in lines), default=0)
    # The widest line may be a paragraph the page did not break; take a typical broken one.
    broken = sorted(width(line) for line in lines if line and not _ended(line))
    if len(broken) < WRAPPED_LINES:
        return lines
    typical = broken[int(len(broken) * 0.75)]
    full = [w for w in broken if w >= FULL_LINE * typical]
    if len(full) < WRAPPED_LINES or len(full) < len(broken) / 2 or typical > widest:
        return lines
    out: list[str] = []
    carry = False
    for line in lines:
        opens = re.match(OPENING, line) is not None
        if out and carry and line and not opens:
            out[-1] += line if _touching(out[-1], line) else f" {line}"
        elif line:
            out.append(line)
        carry = bool(line) and FULL_LINE * typical <= width(line) and not _ended(line)
    return out


def _touching(before: str, after: str) -> bool:
    """Latin words need their space back, Chinese ones never had it."""
    return not (before[-1:].isascii() and after[:1].isascii())


def _respaced(line: str) -> str:
    """One line as one or more paragraphs, with the spaces of a broken page taken out."""
    # A space after a full stop, or before an item, is where a paragraph began.
    line = re.sub(rf"(?<=[{ENDS}])({BLANK}+)(?=\S)", "\n", line)
    line = re.sub(rf"(?<=[{ENDS}][{CLOSERS}])({BLANK}+)(?=[^，。、；：）》”])", "\n", line)
    line = re.sub(rf"(?<=[；;：:{CJK}]){BLANK}+(?={OPENING})", "\n", line)
    line = re.sub(rf"(?<=[{CJK}])\u00a0{BLANK}*(?=[{CJK}])", "\n", line)
    # No space before or inside Chinese punctuation.
    line = re.sub(rf"{BLANK}+(?=[，。、；：！？）》”’」』】])", "", line)
    line = re.sub(rf"(?<=[，。、；：！？（《“‘「『【]){BLANK}+", "", line)
    line = re.sub(rf"{BLANK}+", " ", line)
    return "\n".join(part.strip() for part in line.split("\n")).strip()
