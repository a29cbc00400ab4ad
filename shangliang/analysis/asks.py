"""The numbered suggestions of a proposal: where each begins, and what stands below it.

A suggestion part counts its items in whatever way its writer liked (一、 （一） 1. 1） ①
第一， 一是 一要 首先，), often without a line break before the number.  A number is
believed only in company: an item 1 with an item 2 after it, in the same dress.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .reflow import letters

_CN = "一二三四五六七八九十"
# 统一、 唯一、 第一、 之一 … are words, not the number of an item.
_WORDS_ENDING_IN_A_NUMBER = "统唯专单之第同其万划百十每任逐进近" + _CN[:9]

# From the outermost to the innermost, as official papers nest them.
RANKS = (
    "cn", "cn_paren", "word", "ar", "ar_paren", "ar_half", "circled", "di", "shi", "yao", "first",
)  # fmt: skip

_PATTERNS = {
    "cn": rf"(?<![{_WORDS_ENDING_IN_A_NUMBER}])([{_CN}]{{1,3}})[、．.，,：:;；](?![{_CN}][、产是])",
    "cn_paren": rf"[（(]([{_CN}－]{{1,3}})[)）](?:[、，])?",
    "word": rf"(?:建议|对策|措施|任务|举措|做法|着力点)之?([{_CN}]{{1,2}})[：:、]",
    "ar": r"(?<![\d.．A-Za-z%第图表/\-—])(\d{1,2})[、．.，,：:;；](?!\d)",
    # “2.0-3岁儿童…”: a digit may follow the point only where a sentence has just ended.
    "ar_tight": r"(?:(?<=[。；;！？\n：:])|^)(\d{1,2})[.．、](?=\d)(?!\d+[%万亿年月个元倍])",
    "ar_sign": r"([\u2488-\u249b])",
    "ar_paren": r"[（(](\d{1,2})[)）]",
    "ar_paren_sign": r"([\u2474-\u2487])",
    "ar_half": r"(?<![\dA-Za-z（(.\-—])(\d{1,2})[)）]",
    "circled": r"([\u2460-\u2473])",
    "di": rf"第([{_CN}]{{1,3}})(?:步|方面|点)?[，、,：:。.]",
    "shi": rf"(?<![{_WORDS_ENDING_IN_A_NUMBER}])([{_CN}]{{1,2}})是",
    "yao": rf"(?<![{_WORDS_ENDING_IN_A_NUMBER}])([{_CN}]{{1,2}})要(?![素点求件])",
    "first": r"(首先|其次|再次|再者|最后)[，,：]?",
}
# More than this, and more than half of the part, before the first ask is not a mere opening.
LONG_LEAD = 400
_FAMILIES = {"ar_tight": "ar", "ar_sign": "ar", "ar_paren_sign": "ar_paren"}
_ORDER_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 4}


@dataclass(frozen=True)
class Mark:
    """A place where an item may begin, and the number it claims."""

    family: str
    dress: str
    number: int
    start: int
    end: int
    opens_line: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Ask:
    """One numbered suggestion: its number as written, its own words, the items below it."""

    marker: str
    text: str
    below: tuple["Ask", ...] = ()

    def whole(self) -> str:
        """The suggestion as written, without its own number."""
        return self.text + "".join(f"\n{item.marker}{item.whole()}" for item in self.below)

    def title(self, longest: int = 40) -> str:
        """Its first sentence where that is short enough to be a heading, else ""."""
        first = re.split(r"[。；;\n：:]", self.text.strip(), maxsplit=1)[0].strip()
        return first if 0 < len(first) <= longest else ""


@dataclass(frozen=True)
class AskList:
    """A suggestion part: what is said before the first ask, the asks, what is doubtful."""

    lead: str
    asks: tuple[Ask, ...]
    doubts: tuple[str, ...] = ()

    def whole(self) -> str:
        """Every word again, in order."""
        return self.lead + "".join(f"\n{ask.marker}{ask.whole()}" for ask in self.asks)


def number_of(written: str) -> int:
    """The number a marker claims: 十二 → 12, ⒊ → 3, 首先 → 1; 0 when it claims none."""
    if written in _ORDER_WORDS:
        return _ORDER_WORDS[written]
    if written.isdecimal():
        return int(written)
    for first in (0x2460, 0x2474, 0x2488):
        if first <= ord(written[0]) < first + 20:
            return ord(written[0]) - first + 1
    digits = written.replace("－", "一")
    tens, ten, units = digits.rpartition("十")
    if len(tens) > 1 or len(units) > 1:
        return 0
    tens_value = (_CN.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return tens_value + (_CN.index(units) + 1 if units else 0)


def marks_in(text: str) -> list[Mark]:
    """Every place where an item may begin, in reading order."""
    found = []
    for name, pattern in _PATTERNS.items():
        for match in re.finditer(pattern, text):
            if number := number_of(match[1]):
                dress = "".join(c for c in match[0] if c in "、．.，,：:;；（()）")
                opens = match.start() == 0 or text[match.start() - 1] in "\n：:"
                family = _FAMILIES.get(name, name)
                found.append(Mark(family, dress, number, match.start(), match.end(), opens))
    found.sort(key=lambda mark: (mark.start, -mark.end))
    # “建议一：” holds “一：”; the longer one speaks.
    return [m for i, m in enumerate(found) if all(m.start >= o.end for o in found[:i])]


def split_asks(text: str) -> AskList:
    """The asks of a suggestion part, outermost items first.

    Without numbers the whole part is one ask; nothing is guessed from the sentences.
    """
    text = text.strip()
    run = _outermost(marks_in(text))
    if not run:
        return AskList("", (Ask("", text),) if text else (), ("no_numbers",) if text else ())
    lead, items = _cut(text, run)
    return AskList(lead, items, tuple(_doubts(text, run, lead, items)))


def _cut(text: str, run: list[Mark]) -> tuple[str, tuple[Ask, ...]]:
    ends = [mark.start for mark in run[1:]] + [len(text)]
    items = tuple(
        _item(text[mark.start : mark.end], text[mark.end : end])
        for mark, end in zip(run, ends, strict=True)
    )
    return text[: run[0].start].strip(), items


def _item(marker: str, body: str) -> Ask:
    """An item, and the items below it."""
    body = body.strip()
    inner = _outermost(marks_in(body))
    if not inner:
        return Ask(marker.strip(), body)
    own, below = _cut(body, inner)
    return Ask(marker.strip(), own, below)


def _outermost(marks: list[Mark]) -> list[Mark]:
    """The run that holds all others: the first to begin, unless a greater follows it."""
    runs = [run for family in RANKS for run in _runs(marks, family)]
    runs.sort(key=lambda run: run[0].start)
    best: list[Mark] = []
    for run in runs:
        if not best or _holds(run, best):
            best = run
    return best


def _holds(later: list[Mark], earlier: list[Mark]) -> bool:
    """Whether a later run is the outer one, the earlier being part of what leads to it."""
    outer = RANKS.index(later[0].family) < RANKS.index(earlier[0].family)
    return outer and later[0].start > earlier[-1].start


def _runs(marks: list[Mark], family: str) -> Iterator[list[Mark]]:
    """The runs 1, 2, 3 … of one family, from every place where it counts one."""
    mine = [mark for mark in marks if mark.family == family]
    for at, mark in enumerate(mine):
        if mark.number == 1 and (run := _follow(mine[at:])):
            yield run


def _follow(marks: list[Mark]) -> list[Mark]:
    run, rest = [marks[0]], marks[1:]
    while (step := _next(run, rest)) is not None:
        run.append(rest[step])
        rest = rest[step + 1 :]
    return run if len(run) > 1 else []


def _next(run: list[Mark], rest: list[Mark]) -> int | None:
    """Where the run goes on: alike in place and dress, then in dress, then any, then a gap."""
    due, dress, place = run[-1].number + 1, run[0].dress, run[-1].opens_line
    tests: tuple[Callable[[Mark], bool], ...] = (
        lambda mark: mark.number == due and mark.dress == dress and mark.opens_line is place,
        lambda mark: mark.number == due and mark.dress == dress,
        lambda mark: mark.number == due,
        lambda mark: mark.number == due + 1 and mark.dress == dress,
    )
    for strict, test in zip((True, False, False, False), tests, strict=True):
        for i, mark in enumerate(rest):
            if test(mark):
                return i
            if _begins_anew(mark, run) and not (strict and place and not mark.opens_line):
                break  # another list begins here; what follows belongs to it
    return None


def _begins_anew(mark: Mark, run: list[Mark]) -> bool:
    return mark.number == 1 and mark.dress == run[0].dress


def _doubts(text: str, run: list[Mark], lead: str, items: tuple[Ask, ...]) -> Iterator[str]:
    numbers = [mark.number for mark in run]
    if numbers != list(range(1, len(run) + 1)):
        yield "gap"
    if any(not letters(item.whole()) for item in items):
        yield "empty_item"
    if len(letters(lead)) > max(LONG_LEAD, len(letters(text)) // 2):
        yield "long_lead"
    own = [m for m in marks_in(text) if m.family == run[0].family and m.dress == run[0].dress]
    between = [m for m in own if m not in run and m.start > run[0].start]
    if any(m.number == 1 and not _introduced(text, m) for m in between):
        yield "restart"


def _introduced(text: str, mark: Mark) -> bool:
    """Whether a colon or a full stop in the same paragraph leads to an inner list."""
    return text[: mark.start].rstrip()[-1:] in "：:" or not mark.opens_line
