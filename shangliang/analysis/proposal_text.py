"""A proposal's text in its three parts, 情况, 分析 and 建议, and the asks of the last.

The headings tell where a part begins; where there are none, the sentences that lead to
problems and to suggestions do, and the split says that it is doubtful.  No character of
the text is lost but spaces, line breaks and page numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .asks import AskList, split_asks
from .reflow import letters, reflow
from .words import gettext_noop as _

_NUMBER = r"(?:[（(][一二三四五][）)]|[一二三四五][、．.]|\d[、．.])"
_BEGIN = r"(?:^|(?<=[\n。；;！？”）)]))"


@dataclass(frozen=True)
class _Part:
    """How a part of a proposal announces itself, from the plainest way to the weakest."""

    form: str  # the headings of the printed form: 具体建议：
    labels: str  # other short headings: 三、建议
    words: str  # a numbered heading in the writer's own words: 三、推进…的对策与建议
    sentence: str  # no heading; the sentence that leads on: 为此，建议：

    def ways(self) -> Iterator[tuple[str, str]]:
        yield "form", rf"(?:{_NUMBER})?(?:{self.form})\s*[：:]"
        yield "label", rf"{_BEGIN}{_NUMBER}?[【《]?(?:{self.labels})[】》]?(?:[：:]|(?=\n))"
        yield (
            "title",
            rf"(?:^|(?<=\n))[一二三四五]、[^\n。；]{{0,40}}(?:{self.words})"
            r"[^\n。；：:]{0,6}(?:[：:]|(?=\n))",
        )
        yield "sentence", self.sentence


SITUATION = _Part(
    form="调研情况",
    labels="基本情况|有关情况|情况|背景|现状|基本现状|背景情况|案由|事由",
    words="情况|背景|现状",
    sentence="(?!)",
)
ANALYSIS = _Part(
    form="问题分析",
    labels="原因分析|问题(?:及|和|与)?(?:原因)?分析|分析|(?:存在(?:的)?)?(?:主要)?问题(?:及原因)?|困难",
    words="问题|不足|困难|原因",
    sentence=r"(?:^|(?<=[。！？\n]))(?=[^。！？；\n]*(?:问题|不足|困难)[^。；，\n]{0,8}[：:])",
)
SUGGESTIONS = _Part(
    form="具体建议|具体意见",
    labels="(?:对策|意见|工作|相关|有关|几点|措施|提案)?(?:和|与)?建议(?:(?:和|与)(?:对策|措施))?",
    words="建议|对策|呼吁",
    sentence=(
        r"(?=(?:为此|为了|有鉴于此|鉴于此|基于此|针对|对此|因此|综上|我们?|现|特)"
        r"[^。！？\n]{0,60}(?:建议(?:如下)?|几点意见)[：:])"
    ),
)

DOUBTS = {
    "no_headings": _("文中没有“情况、分析、建议”小标题，各部分是按语句推断的。"),
    "no_situation": _("没有找到情况部分。"),
    "no_analysis": _("没有找到分析部分。"),
    "no_suggestions": _("没有找到建议部分。"),
    "short_part": _("有一部分太短，像是没有写完。"),
    "heading_twice": _("同一个小标题出现了不止一次，按第一次出现的位置拆分。"),
    "no_numbers": _("建议部分没有编号，整段作为一条建议。"),
    "gap": _("建议的编号中间有缺号。"),
    "empty_item": _("有一条建议只有编号，没有内容。"),
    "restart": _("建议的编号从头又编了一遍，可能有两组建议。"),
    "long_lead": _("第一条建议之前的文字很长，可能是情况或分析。"),
}
# A part shorter than this says less than one sentence.
SHORT_PART = 10


@dataclass(frozen=True)
class Section:
    """One of the three parts: its heading as written, and its text."""

    heading: str = ""
    text: str = ""

    def whole(self) -> str:
        """The part as written."""
        return f"{self.heading}{self.text}"


@dataclass(frozen=True)
class ProposalText:
    """A proposal's text taken apart; `doubts` names what a person should look at."""

    situation: Section
    analysis: Section
    suggestions: Section
    asks: AskList
    doubts: tuple[str, ...] = ()
    page_numbers: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nobody needs to look at it."""
        return not self.doubts

    def whole(self) -> str:
        """The three parts after each other: every letter of the text."""
        parts = (self.situation, self.analysis, self.suggestions)
        return "\n".join(part.whole() for part in parts if part.whole())

    def reasons(self) -> list[str]:
        """Why a person should look at it, in plain sentences."""
        return [DOUBTS[doubt] for doubt in self.doubts]


@dataclass(frozen=True)
class _Heading:
    start: int
    end: int
    way: str


def split_proposal(text: str) -> ProposalText:
    """Take a proposal's text apart into situation, analysis, suggestions and asks."""
    flowed = reflow(text)
    body = flowed.text
    asking = _find(SUGGESTIONS, body, len(body)) or _wish(body)
    trouble = _find(ANALYSIS, body, asking.start)
    opening = _find(SITUATION, body, (trouble or asking).start)

    suggestions = _section(body, asking, len(body))
    analysis = _section(body, trouble, asking.start) if trouble else Section()
    before = (trouble or asking).start
    at_start = opening is not None and not body[: opening.start].strip()
    situation = (
        _section(body, opening, before)
        if opening and at_start
        else Section("", body[:before].strip())
    )

    asks = split_asks(suggestions.text)
    doubts = [*_lacking(situation, analysis, suggestions), *asks.doubts]
    if _guessed(asking, trouble):
        doubts.insert(0, "no_headings")
    if _announced_twice(body):
        doubts.append("heading_twice")
    return ProposalText(situation, analysis, suggestions, asks, tuple(doubts), flowed.page_numbers)


def _find(part: _Part, body: str, stop: int) -> _Heading | None:
    """Where a part is announced, before `stop`, in the plainest way there is."""
    for way, pattern in part.ways():
        if match := re.compile(pattern).search(body, 0, stop):
            return _Heading(match.start(), _past_repeats(part, body, match.end(), stop), way)
    return None


def _past_repeats(part: _Part, body: str, end: int, stop: int) -> int:
    """“问题分析：二、问题分析：” is one heading, set by the form and again by the writer.

    It never reaches past `stop`, where the next part begins.
    """
    again = re.compile(rf"\s*(?:{_NUMBER})?(?:{part.form}|{part.labels})\s*[：:]")
    match = again.match(body, end, stop)
    return match.end() if match else end


def _wish(body: str) -> _Heading:
    """The first sentence of the later text that suggests something, or the end."""
    for match in re.finditer(r"(?:^|(?<=[。！？\n]))(?=[^。！？\n]*建议)", body):
        if match.start() > len(body) / 3:
            return _Heading(match.start(), match.start(), "sentence")
    return _Heading(len(body), len(body), "sentence")


def _section(body: str, heading: _Heading, stop: int) -> Section:
    return Section(body[heading.start : heading.end].strip(), body[heading.end : stop].strip())


def _guessed(asking: _Heading, trouble: _Heading | None) -> bool:
    ways = {asking.way, trouble.way if trouble else "form"}
    return bool(ways & {"title", "sentence"})


def _lacking(situation: Section, analysis: Section, suggestions: Section) -> Iterator[str]:
    named = {"no_situation": situation, "no_analysis": analysis, "no_suggestions": suggestions}
    for doubt, part in named.items():
        if not letters(part.text):
            yield doubt
    if any(0 < len(letters(part.text)) < SHORT_PART for part in named.values()):
        yield "short_part"


def _announced_twice(body: str) -> bool:
    """Whether a heading of the form stands in two places apart from each other."""
    return any(
        len(re.findall(rf"(?:{part.form})\s*[：:]", body)) > 1
        for part in (SITUATION, ANALYSIS, SUGGESTIONS)
    )
