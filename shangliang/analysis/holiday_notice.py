"""Reading a State Council notice on days off (放假安排) as it is printed.

Such a notice knows few forms: dates or a stretch, then 放假 or 调休 (free) or 上班 (worked).
Weekdays and totals printed beside them are checked, so a slip of the pen or of the copying
hand is named before anybody confirms the notice.  What is not understood is said, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from shangliang.analysis.workdays import ONE_DAY, Calendar, SpecialDay

FULL_WIDTH = str.maketrans("():;,０１２３４５６７８９－—~", "（）：；，0123456789至至至")
WEEKDAYS = "一二三四五六日"

_DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（([^）]*)）)?"
TOKEN = re.compile(
    rf"(?P<span>{_DATE}至{_DATE})|(?P<date>{_DATE})|共(?P<total>\d+)天"
    r"|(?P<works>上班)|(?P<free>放假|补休|调休|休息)|(?P<unknown>公休|调至|照常)"
)
TITLE = re.compile(r"关于.{0,4}?(\d{4})年(部分节假日安排|.{0,12}(?:放假|假期|节).{0,12})的通知")
NUMBER = re.compile(r"国办发明电〔\d{4}〕\d+号")
ITEM = re.compile(r"^\s*[一二三四五六七八九十]+、(.*)$", re.MULTILINE)
LONGER = re.compile(rf"延长(?:(\d{{4}})年)?(.{{1,6}}?)假期至{_DATE}")
SIGNED = re.compile(r"^\s*(\d{4})年(\d{1,2})月(\d{1,2})日\s*$", re.MULTILINE)
FIXED = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"))


def _(text: str) -> str:
    """Mark a sentence for translation; the caller's `say` translates it."""
    return text


UNREAD = _("没有读懂“{what}”，请改用表格录入这几天。")


@dataclass(frozen=True)
class Doubt:
    """Something in a notice that a person must look at."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def sentence(self, say: Callable[[str], str] = str) -> str:
        values = {name: say(str(v)) if name == "name" else v for name, v in self.values}
        return say(self.template).format(**values)


@dataclass
class Reading:
    """What a notice says, and in `doubts` what does not fit or was not understood."""

    year: int | None = None
    title: str = ""
    issued_on: date | None = None
    settles: bool = False
    days: tuple[SpecialDay, ...] = ()
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, template: str, **values: object) -> None:
        self.doubts.append(Doubt(template, tuple(values.items())))


def read_notice(text: str, known: Calendar, year: int | None = None) -> Reading:
    """Read the text of a notice on the days off of a year.

    known: says where a holiday ended so far that the notice lengthens.
    year: the year it is about, where its title does not tell.
    """
    text = text.translate(FULL_WIDTH).replace("星期", "周").replace("周天", "周日")
    reading = Reading()
    _head(text, reading)
    reading.year = reading.year or year
    if reading.year is None:
        reading.doubt(_("没有读到年份，请把标题一并粘贴，如“关于2027年部分节假日安排的通知”。"))
        return reading
    found: dict[date, SpecialDay] = {}
    for item in ITEM.findall(text):
        for special in _Item(item, reading, known).days():
            found[special.day] = special
    reading.days = tuple(sorted(found.values(), key=lambda special: special.day))
    if not reading.days:
        reading.doubt(_("没有读到放假或者上班的日期，请核对粘贴的内容是否完整。"))
    elif reading.settles:
        _complete(reading)
    return reading


def _head(text: str, reading: Reading) -> None:
    if title := TITLE.search(re.sub(r"\s", "", text)):
        number = NUMBER.search(text)
        reading.title = f"国务院办公厅{title[0]}" + (f"（{number[0]}）" if number else "")
        reading.year, reading.settles = int(title[1]), title[2] == "部分节假日安排"
    if signed := SIGNED.findall(text):
        try:
            reading.issued_on = date(*map(int, signed[-1]))
        except ValueError:
            reading.doubt(_("落款日期有误，请核对。"))


def _complete(reading: Reading) -> None:
    """A year's arrangement frees the fixed days at least; a page may have been cut off."""
    free = {special.day for special in reading.days if not special.works}
    for month, day, name in FIXED:
        if date(reading.year or 0, month, day) not in free:
            reading.doubt(_("没有读到{name}放假，请核对粘贴的内容是否完整。"), name=name)


class _Item:
    """One numbered item of a notice: a festival, and sentences about its days."""

    def __init__(self, text: str, reading: Reading, known: Calendar) -> None:
        name, colon, body = text.partition("：")
        self.name = re.sub(r"\s", "", name) if colon else ""
        self.body, self.reading, self.known = body if colon else text, reading, known

    def days(self) -> Iterator[SpecialDay]:
        for sentence in self.body.split("。"):
            if sentence.strip().startswith(("鼓励", "各地", "因疫情")):
                continue
            if longer := LONGER.search(sentence):
                yield from self._longer(longer)
                sentence = sentence[longer.end() :]
            yield from self._sentence(sentence)

    def _sentence(self, sentence: str) -> Iterator[SpecialDay]:
        pending: list[date] = []
        month, counted = 0, 0
        for token in TOKEN.finditer(sentence):
            if token["span"] or token["date"]:
                stretch = self._dates(token, month)
                pending += stretch
                month = stretch[-1].month if stretch else month
            elif token["total"]:
                self._check_total(int(token["total"]), counted, sentence)
            elif token["unknown"]:
                self.reading.doubt(UNREAD, what=sentence.strip())
            else:
                counted = len(pending) or counted
                works = token["works"] is not None
                yield from (SpecialDay(day, self.name or "调整", works) for day in pending)
                pending = []
        if pending:
            self.reading.doubt(UNREAD, what=sentence.strip())

    def _dates(self, token: re.Match[str], month: int) -> list[date]:
        """The day or the days of a token, each checked against the weekday printed with it."""
        parts = token.groups()
        first = self._date(parts[1:5] if token["span"] else parts[10:14], month)
        if first is None or not token["span"]:
            return [first] if first else []
        turns = first.month == 12 and parts[6] == "1"
        last = self._date(parts[5:9], first.month, first.year + turns)
        if last is None or not 0 <= (last - first).days <= 31:
            self.reading.doubt(_("“{what}”的起止日期有误，请核对。"), what=token[0])
            return []
        return [first + ONE_DAY * i for i in range((last - first).days + 1)]

    def _date(self, parts: tuple[str | None, ...], month: int, year: int = 0) -> date | None:
        of_year, of_month, of_day, beside = parts
        year = int(of_year or year or self.reading.year or 0)
        if self.name.startswith("元旦") and of_month == "12" and not of_year:
            year -= 1  # 一、元旦：12月31日至1月2日
        try:
            day = date(year, int(of_month or month), int(of_day or 0))
        except ValueError:
            what = f"{of_month or month}月{of_day}日"
            self.reading.doubt(_("“{what}”不是一个日期，请核对。"), what=what)
            return None
        printed = re.search(rf"周([{WEEKDAYS}])", beside or "")
        if printed and printed[1] != WEEKDAYS[day.weekday()]:
            self.reading.doubt(
                _("{month} 月 {day} 日是{real}，原文写作{printed}，请核对。"),
                month=day.month, day=day.day, printed=printed[0],
                real=f"周{WEEKDAYS[day.weekday()]}",
            )  # fmt: skip
        return day

    def _longer(self, found: re.Match[str]) -> Iterator[SpecialDay]:
        """延长春节假期至2月2日: from the end of that holiday as known until the day named."""
        last = self._date(found.groups()[2:], 0)
        if last is None:
            return
        self.name = self.name or found[2]
        freed = [
            day for day in self.known.special
            if day.year == last.year and found[2] in self.known.festival(day)
        ]  # fmt: skip
        if not freed or not 0 <= (last - max(freed)).days <= 31:
            self.reading.doubt(_("没有找到{name}原来的假期，请改用表格录入。"), name=found[2])
            return
        day = max(freed)
        while day < last:
            day += ONE_DAY
            yield SpecialDay(day, self.name, works=False)

    def _check_total(self, printed: int, counted: int, sentence: str) -> None:
        if printed != counted:
            self.reading.doubt(
                _("“{what}”写明共 {printed} 天，按日期是 {counted} 天，请核对。"),
                what=sentence.strip(), printed=printed, counted=counted,
            )  # fmt: skip
