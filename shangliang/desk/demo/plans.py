"""Which lives to lead in the demo county: how many, of whom, how far, and since when."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from shangliang.matters import calendars
from shangliang.people.models import Session

from .county import County, rows
from .lives import Life
from .names import TOWNS

# How far the proposals of the session that is still under way have come, in every state.
SHARES = [
    ("draft", 5), ("cosigning", 4), ("unconfirmed", 3), ("submitted", 14), ("returned", 5),
    ("preliminary", 12), ("filed", 16), ("planned", 14), ("assigned", 18), ("handling", 86),
    ("reply_check", 10), ("replied", 34), ("rated", 14), ("no_feedback", 6), ("closed", 41),
    ("not_filed", 10), ("withdrawn", 8),
]  # fmt: skip
LAST_YEAR = [("closed", 264), ("not_filed", 18), ("withdrawn", 8)]

# How many days ago the writing of one that is still on its way began.
AGO = {
    "draft": (2, 6), "cosigning": (1, 4), "unconfirmed": (1, 3), "submitted": (1, 10),
    "returned": (4, 12), "preliminary": (5, 14), "filed": (9, 24), "planned": (16, 30),
    "assigned": (17, 24), "handling": (26, 112), "reply_check": (48, 60), "replied": (54, 72),
    "rated": (62, 82), "no_feedback": (96, 110),
}  # fmt: skip

# The people whose log-ins are printed find work on their desks: the member a paper in each of
# these states, the housing bureau so many in its hands.
HERS = ("draft", "cosigning", "returned", "handling", "replied", "closed")
HOUSING = {"assigned": 4, "handling": 11, "reply_check": 2, "replied": 3}


def plans(county: County, now: datetime, dice: random.Random) -> Iterator[tuple[Life, str]]:
    """Every life to lead: 290 of the last session, 300 of this one, none alike in title."""
    topics = [(topic, town) for topic in rows("topics.csv") for town in TOWNS]
    dice.shuffle(topics)
    housing = [pair for pair in topics if pair[0]["unit"] == "县住建局"]
    until = office_hour(now)
    for session, shares in zip(county.sessions, (LAST_YEAR, SHARES), strict=True):
        present = session == county.sessions[-1]
        for state, n in shares:
            for place in range(n):
                theirs = present and place < HOUSING.get(state, 0)
                pair = housing[0] if theirs else topics[-1]
                topics.remove(pair)
                if pair in housing:
                    housing.remove(pair)
                hers = present and state in HERS and place == n - 1
                since = begins(session, state, until, dice)
                yield Life(county, *pair, dice, since, until, hers), state


def office_hour(now: datetime) -> datetime:
    """The last moment anybody sat at a desk: now, or the end of the last working day."""
    here, known = timezone.localtime(now), calendars.calendar()
    day, end = here.date(), time(17, 20)
    if known.is_working(day) and time(9) <= here.time() <= end:
        return here
    if not known.is_working(day) or here.time() < time(9):
        day = _workday_before(day)
    return timezone.make_aware(datetime.combine(day, end))


def _workday_before(day: date) -> date:
    known = calendars.calendar()
    day -= timedelta(1)
    while not known.is_working(day):
        day -= timedelta(1)
    return day


def begins(session: Session, state: str, until: datetime, dice: random.Random) -> datetime:
    """When the writing began: around the session, or lately for what is still on its way in."""
    clock = time(dice.randint(8, 21), dice.randint(0, 59))
    if state in AGO and session.opens_on.year == until.year:
        day = (until - timedelta(days=dice.randint(*AGO[state]))).date()
    else:
        day = session.opens_on - timedelta(days=dice.randint(1, 60))
    return min(timezone.make_aware(datetime.combine(day, clock)), until)


def chronological(found: Iterator[tuple[Life, str]]) -> list[tuple[Life, str]]:
    """In the order they were begun, so that numbers follow the calendar."""
    return sorted(found, key=lambda pair: pair[0].at)
