"""What a proposal still lacks, in sentences its writer can act on.

The check runs while the member writes and again when the proposal is submitted.  Few
findings refuse: a missing title or part, no suggestion, a mark of secrecy, an identity
number.  All others advise.  What an organ limits (lengths, counts) comes in as data, and
so does which of the advices it has made binding.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .asks import split_asks
from .personal_data import identity_numbers, mail_addresses, phone_numbers
from .proposal_text import split_proposal
from .reflow import letters
from .words import gettext_noop as _

MUST, SHOULD = "must", "should"

PART_NAMES = {"situation": _("情况"), "analysis": _("分析"), "suggestions": _("建议")}


@dataclass(frozen=True)
class Limits:
    """What an organ and term ask of a proposal's length and shape; 0 means no limit."""

    title_max: int
    max_chars: int
    part_min: int = 0
    asks_max: int = 0
    ask_min: int = 0
    binding: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Draft:
    """A proposal as it stands: its title, its three parts, its asks without numbers."""

    title: str
    situation: str
    analysis: str
    suggestions: str
    asks: Sequence[str]

    def parts(self) -> dict[str, str]:
        """The three parts by name."""
        return {
            "situation": self.situation,
            "analysis": self.analysis,
            "suggestions": self.suggestions,
        }

    def fields(self) -> Iterator[tuple[str, str]]:
        """Every piece of writing with the name of its field; asks are ask-1, ask-2 …"""
        yield "title", self.title
        yield from self.parts().items()
        for number, ask in enumerate(self.asks, 1):
            yield f"ask-{number}", ask


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where, how grave, and how, as a sentence with its facts."""

    field: str
    code: str
    severity: str
    message: str
    facts: dict[str, object] = dataclasses.field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The finding in Chinese."""
        return self.said()

    def said(self, say: Callable[[str], str] = str) -> str:
        """The finding in the language `say` puts words into."""
        facts = {name: say(str(f)) if name == "part" else f for name, f in self.facts.items()}
        return say(self.message) % facts if facts else say(self.message)


ALWAYS_BINDING = frozenset(
    {"no_title", "no_situation", "no_analysis", "no_asks", "secrecy_mark", "identity_number"}
)
_Found = tuple[str, str, str, dict[str, object]]  # field, code, message, facts


FindMark = Callable[[str], str | None]


def check_proposal(
    draft: Draft, limits: Limits, find_mark: FindMark = lambda text: None
) -> list[Finding]:
    """Everything there is to mend, the refusing ones first, else in reading order.

    `find_mark` finds a mark of secrecy in a text; the floor of matters has it.
    """
    binding = ALWAYS_BINDING | limits.binding
    found = [*_secrecy(draft, find_mark)]
    for rule in RULES:
        found += rule(draft, limits)
    findings = [
        Finding(where, code, MUST if code in binding else SHOULD, message, facts)
        for where, code, message, facts in found
    ]
    return sorted(findings, key=lambda finding: finding.severity != MUST)


def _title(draft: Draft, limits: Limits) -> Iterator[_Found]:
    title = draft.title.strip()
    if not title:
        yield "title", "no_title", _("请写案由，例如“关于在老旧小区增设充电桩的建议”。"), {}
        return
    length = len(letters(title))
    if limits.title_max and length > limits.title_max:
        text = _("案由有 %(length)d 个字，超过了 %(most)d 个字，请写得短一些。")
        yield "title", "title_long", text, {"length": length, "most": limits.title_max}
    if not re.search(r"关于.+(?:建议|提案)[”》]?$", " ".join(title.split())):
        if better := _in_form(title):
            text = _("案由通常写成“关于……的建议”，这里可以写成“%(better)s”。")
            yield "title", "title_form", text, {"better": better}
        else:
            yield "title", "title_form", _("案由通常写成“关于……的建议”，请照此改写。"), {}
    if title.count("关于") > 1 or "；" in title or ";" in title:
        text = _("案由里像是有两件事。提案应当一事一案，请把另一件事另写一份。")
        yield "title", "two_matters", text, {}


_DOING = (
    "加强|加快|加大|推动|推进|促进|完善|健全|打造|构建|建设|建立|深化|优化|提升|提高|扩大|"
    "规范|整合|保护|支持|发展|发挥|培育|改善|解决|关注|设立|增设|制定|出台|落实|强化|降低"
)


def _in_form(title: str) -> str:
    """A title of one clause that says what to do, as 「关于…的建议」; else ""."""
    core = re.sub(r"(?:的)?(?:几点|若干|对策|有关|相关)?(?:建议|提案)?[。.]?$", "", title)
    core = core.removeprefix("关于")
    one_deed = re.fullmatch(rf"(?:切实|积极|大力|进一步|尽快)*(?:{_DOING})[^，,；;。：:—\s]+", core)
    return f"关于{core}的建议" if one_deed else ""


def _parts(draft: Draft, limits: Limits) -> Iterator[_Found]:
    asked = any(letters(ask) for ask in draft.asks)
    missing = {
        "situation": ("no_situation", _("还没有写情况：请写明调研了什么、事实和数据是怎样的。")),
        "analysis": ("no_analysis", _("还没有写分析：请写明问题出在哪里、原因是什么。")),
    }
    for name, text in draft.parts().items():
        length = len(letters(text))
        if not length and name in missing:
            yield name, *missing[name], {}
        elif name in missing and length < limits.part_min:
            sentence = _("“%(part)s”只有 %(length)d 个字，请至少写 %(least)d 个字，把事情说清楚。")
            facts = {"part": PART_NAMES[name], "length": length, "least": limits.part_min}
            yield name, "part_short", sentence, facts
    if not asked:
        yield "asks", "no_asks", _("还没有具体建议：请至少写一条，写明由谁做、做什么。"), {}


def _length(draft: Draft, limits: Limits) -> Iterator[_Found]:
    total = sum(len(letters(text)) for where, text in draft.fields() if where != "title")
    if limits.max_chars and total > limits.max_chars:
        text = _("正文共 %(total)d 个字，超过了 %(most)d 个字，请删去 %(over)d 个字以上。")
        facts = {"total": total, "most": limits.max_chars, "over": total - limits.max_chars}
        yield "text", "text_long", text, dict(facts)


def _pasted(draft: Draft, limits: Limits) -> Iterator[_Found]:
    for name, text in draft.parts().items():
        split = split_proposal(text)
        headings = sum(bool(part.heading) for part in (split.analysis, split.suggestions))
        if headings == 2 or (headings and split.situation.heading):
            sentence = _("整篇文字像是都粘贴在“%(part)s”里了，请按情况、分析、建议分开。")
            yield name, "pasted", sentence, {"part": PART_NAMES[name]}


def _unnumbered(draft: Draft, limits: Limits) -> Iterator[_Found]:
    numbered = split_asks(draft.suggestions).asks
    # Beside asks of its own, a numbered list in the part is an argument, not asks.
    if len(numbered) > 1 and len(draft.asks) < len(numbered):
        text = _("建议里有 %(count)d 条编号，请分成 %(count)d 条填写，承办单位要逐条答复。")
        yield "suggestions", "asks_in_text", text, {"count": len(numbered)}
    for number, ask in enumerate(draft.asks, 1):
        inner = split_asks(ask)
        if len(draft.asks) == 1 and len(inner.asks) > 1:
            text = _("这一条里有 %(count)d 条编号，请分成 %(count)d 条填写，承办单位要逐条答复。")
            yield f"ask-{number}", "asks_in_text", text, {"count": len(inner.asks)}


SLOGANS = re.compile(
    r"(?:进一步|切实|不断|全面|大力|着力)*(?:提高|强化|加强|加大|统一|高度|完善|健全|落实)"
    r"(?:思想|认识|重视|领导|组织领导|宣传|宣传力度|力度|投入|保障|管理|监管|责任|机制|制度)"
)


def _vague(draft: Draft, limits: Limits) -> Iterator[_Found]:
    for number, ask in enumerate(draft.asks, 1):
        words = letters(ask)
        rest = re.sub(r"[，、；。,;.和与并及]", "", SLOGANS.sub("", words))
        if words and (len(words) < limits.ask_min or not rest):
            text = _("第 %(number)d 条太笼统，请写明由哪个单位、做什么、做到什么程度。")
            yield f"ask-{number}", "ask_vague", text, {"number": number}


def _two_in_one(draft: Draft, limits: Limits) -> Iterator[_Found]:
    for number, ask in enumerate(draft.asks, 1):
        if re.search(r"(?:。|；|^)(?:另外|此外|另)，?(?:我们|本人)?(?:还|也|再)?建议", ask):
            text = _("第 %(number)d 条里像是有两件事，请分成两条。")
            yield f"ask-{number}", "ask_double", text, {"number": number}


def _count(draft: Draft, limits: Limits) -> Iterator[_Found]:
    asks = [letters(ask) for ask in draft.asks if letters(ask)]
    if limits.asks_max and len(asks) > limits.asks_max:
        text = _("一共有 %(count)d 条建议，请选出最要紧的 %(most)d 条以内。")
        yield "asks", "asks_many", text, {"count": len(asks), "most": limits.asks_max}
    for number, ask in enumerate(asks, 1):
        if ask in asks[: number - 1]:
            first = asks.index(ask) + 1
            text = _("第 %(number)d 条与第 %(first)d 条相同，请删去一条。")
            yield f"ask-{number}", "ask_twice", text, {"number": number, "first": first}


# A sentence this long is not repeated by chance.
REPEATED = 30


def _repeated(draft: Draft, limits: Limits) -> Iterator[_Found]:
    seen: set[str] = set()
    for where, text in draft.fields():
        for sentence in re.split(r"[。！？\n]", text):
            words = letters(sentence)
            if len(words) >= REPEATED and words in seen:
                text = _("有一句话写了两遍：“%(start)s……”，请删去一处。")
                yield where, "said_twice", text, {"start": words[:12]}
                break
            seen.add(words)


def _personal(draft: Draft, limits: Limits) -> Iterator[_Found]:
    for where, text in draft.fields():
        if found := identity_numbers(text):
            sentence = _("文中有身份证号码“%(shown)s”。提案可能公开，请删去。")
            yield where, "identity_number", sentence, {"shown": f"{found[0][:4]}…"}
        if found := phone_numbers(text):
            sentence = _(
                "文中有电话号码“%(shown)s”。如果是个人电话，请删去；联系方式另有专门的栏目。"
            )
            yield where, "phone_number", sentence, {"shown": found[0]}
        if found := mail_addresses(text):
            sentence = _("文中有电子邮箱“%(shown)s”。如果是个人邮箱，请删去。")
            yield where, "mail_address", sentence, {"shown": found[0]}


def _secrecy(draft: Draft, find_mark: FindMark) -> Iterator[_Found]:
    for where, text in draft.fields():
        if find_mark(text):
            sentence = _(
                "文中有密级标志。涉及国家秘密的内容不能作为提案提交，请删去或改走保密渠道。"
            )
            yield where, "secrecy_mark", sentence, {}


def _unfinished(draft: Draft, limits: Limits) -> Iterator[_Found]:
    for where, text in draft.fields():
        if found := re.search(
            r"待补充|此处省略|此处填写|请填写|（待定）|TODO|lorem ipsum", text, re.I
        ):
            sentence = _("这里还写着“%(words)s”，像是没有写完，请补齐或删去。")
            yield where, "unfinished", sentence, {"words": found[0]}


RULES: tuple[Callable[[Draft, Limits], Iterator[_Found]], ...] = (
    _title, _parts, _pasted, _unnumbered, _vague, _two_in_one, _count, _length,
    _repeated, _personal, _unfinished,
)  # fmt: skip
