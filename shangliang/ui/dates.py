"""Days and moments as a clerk writes them: 12 月 10 日 周四，还有 3 个工作日."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shangliang.analysis.clock_words import day_of_year, long_day, short_day

SOON = 5  # working days: from here on a date is drawn as near


def written(day: date, today: date, *, weekday: bool = True) -> str:
    """One day in words; the year is named only when it is not this year's."""
    if weekday:
        return short_day(day, today, _)
    return day_of_year(day.month, day.day, _) if day.year == today.year else long_day(day, _)


def written_moment(at: datetime, today: date) -> str:
    """A moment in the organ's own time, to the minute."""
    here = timezone.localtime(at) if timezone.is_aware(at) else at
    return f"{written(here.date(), today, weekday=False)} {here:%H:%M}"


def day(value: date | datetime | None, today: date | None = None) -> str:
    """For templates: the day of a date or a moment, in the organ's own time."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return written(value, today or timezone.localdate())


def moment(value: datetime | None, today: date | None = None) -> str:
    return written_moment(value, today or timezone.localdate()) if value else ""


def left(days: int | None) -> str:
    return "" if days is None else working_days_left(int(days))


def urgency(days: int | None) -> str:
    """The state of a deadline by what is left: late, soon, or simply under way."""
    if days is None:
        return "go"
    return "late" if days < 0 else "soon" if days <= SOON else "go"


def working_days_left(days: int) -> str:
    """What is left until a day, counted in working days; a negative count is late."""
    if days == 0:
        return _("今天到期")
    if days < 0:
        return ngettext("迟 %(n)s 个工作日", "迟 %(n)s 个工作日", -days) % {"n": -days}
    return ngettext("还有 %(n)s 个工作日", "还有 %(n)s 个工作日", days) % {"n": days}
