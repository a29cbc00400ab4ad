"""The Chinese years our tests live in: as shipped, and 2020 as it was first announced."""

from collections import defaultdict
from csv import DictReader
from datetime import date
from pathlib import Path

import shangliang.matters
from shangliang.analysis.workdays import Calendar, HolidayNotice, SpecialDay, read_days

DATA = Path(shangliang.matters.__file__).parent / "data"


def shipped_notices() -> list[HolidayNotice]:
    """One notice a year, 2013 to 2026."""
    lines = (DATA / "calendar_2013_2026.csv").read_text(encoding="utf-8").splitlines()
    days = defaultdict(list)
    for row, special in zip(DictReader(lines), read_days(lines), strict=True):
        days[int(row["year"])].append(special)
    return [
        HolidayNotice(str(year), date(year - 1, 12, 1), tuple(of_year), frozenset({year}))
        for year, of_year in days.items()
    ]


def guesses() -> tuple[SpecialDay, ...]:
    return read_days((DATA / "statutory_2027_2030.csv").read_text(encoding="utf-8").splitlines())


NOTICES = shipped_notices()
CHINA = Calendar.of(NOTICES, guesses())


def off(*days: date, name: str = "春节") -> tuple[SpecialDay, ...]:
    return tuple(SpecialDay(day, name, works=False) for day in days)


def on(*days: date, name: str = "春节") -> tuple[SpecialDay, ...]:
    return tuple(SpecialDay(day, name, works=True) for day in days)


# 国办发明电〔2019〕16号, the Spring Festival as announced on 2019-11-21 …
FIRST_2020 = HolidayNotice(
    "国办发明电〔2019〕16号",
    date(2019, 11, 21),
    off(*(date(2020, 1, day) for day in range(24, 31))) + on(date(2020, 1, 19), date(2020, 2, 1)),
    frozenset({2020}),
)
# … and 国办发明电〔2020〕1号 of 2020-01-26, which made it last until 2 February.
LONGER_2020 = HolidayNotice(
    "国办发明电〔2020〕1号",
    date(2020, 1, 26),
    off(date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)),
)

# A 2027 notice of our own invention: the Spring Festival from 5 to 12 February, with
# 31 January and 14 February worked, and 22 to 24 February free for no reason at all.
INVENTED_2027 = HolidayNotice(
    "示例〔2026〕1号",
    date(2026, 12, 1),
    off(*(date(2027, 2, day) for day in (*range(5, 13), 22, 23, 24)))
    + on(date(2027, 1, 31), date(2027, 2, 14)),
    frozenset({2027}),
)
