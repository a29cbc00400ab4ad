"""What people type into a cell, made into one form: text, digits, names, days, moments.

They type full-width digits, spaces inside names, 2026.3.5 and 2026年3月5日, and Excel
hands over a date as the number of days since 1900.
"""

import re
from datetime import date, datetime, timedelta

INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_CJK = r"[\u3400-\u4dbf\u4e00-\u9fff·]"
# Excel counts a 29 February 1900 that never was, so its day 60 and later start here.
_EXCEL_ZERO = date(1899, 12, 30)
_EXCEL_DAYS = range(15_000, 80_000)  # 1941 to 2119


def plain(text: str) -> str:
    """One line without invisible characters and needless spaces; signs stay as typed."""
    return " ".join(INVISIBLE.sub("", text).split())


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as half-width ones."""
    return text.translate(_HALF)


def digits(text: str) -> str:
    """A telephone, identity or other number: half-width, without spaces and dashes."""
    return re.sub(r"[\s\-—–]", "", half_width(INVISIBLE.sub("", text))).removesuffix(".0")


def person_name(text: str) -> str:
    """A name without the spaces that line up 张　三 with 欧阳修远; foreign names keep theirs."""
    name = plain(text).replace("•", "·").replace("．", "·")
    return re.sub(rf"(?<={_CJK})\s+(?={_CJK})", "", name)


def day(text: str) -> date:
    """The day a cell names; a month alone is its first day.

    Raises:
        ValueError: it names no day there is.

    >>> day("２０２６年３月５日"), day("2026.3.5"), day("46086"), day("2026年3月")
    (datetime.date(2026, 3, 5), datetime.date(2026, 3, 5), datetime.date(2026, 3, 5), datetime.date(2026, 3, 1))
    """
    typed = re.sub(r"\s+", "", half_width(INVISIBLE.sub("", text.split("T")[0])))
    if found := re.fullmatch(r"(\d{4})[年./-](\d{1,2})(?:[月./-](\d{1,2})日?|月)?", typed):
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    if found := re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{2})", typed):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if (found := re.fullmatch(r"(\d{5})(?:\.\d+)?", typed)) and int(found[1]) in _EXCEL_DAYS:
        return _EXCEL_ZERO + timedelta(days=int(found[1]))
    raise ValueError(f"no day: {text}")


def moment(text: str) -> datetime:
    """The day and time a cell names, without a zone; a day alone is its midnight.

    Raises:
        ValueError: it names no moment there is.
    """
    typed = half_width(plain(text)).replace("T", " ")
    if found := re.fullmatch(r"(\d{5})\.(\d+)", typed):
        seconds = round(float(f"0.{found[2]}") * 86_400)
        return datetime.combine(day(found[1]), datetime.min.time()) + timedelta(seconds=seconds)
    if found := re.fullmatch(
        r"(.+?)\s*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})?(?:\.\d+)?秒?)?", typed
    ):
        hour, minute, second = (int(part or 0) for part in found.groups()[1:])
        return datetime.combine(day(found[1]), datetime.min.time()).replace(
            hour=hour, minute=minute, second=second
        )
    return datetime.combine(day(typed), datetime.min.time())


def whole_number(text: str) -> int:
    """A count or an ordinal: 12, １２, 12.0, 1,200.

    Raises:
        ValueError: it is no whole number.
    """
    typed = half_width(plain(text)).replace(",", "").removesuffix(".0")
    if not re.fullmatch(r"-?\d{1,12}", typed):
        raise ValueError(f"no whole number: {text}")
    return int(typed)


def yes(text: str) -> bool:
    """Whether a cell says yes; an empty one does not.

    Raises:
        ValueError: it says neither.
    """
    said = half_width(plain(text)).casefold()
    if said in ("是", "有", "y", "yes", "true", "1", "√", "✓", "对"):
        return True
    if said in ("", "否", "无", "n", "no", "false", "0", "×", "x"):
        return False
    raise ValueError(f"neither yes nor no: {text}")
