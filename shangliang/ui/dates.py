"""Days and moments as a clerk writes them: 12 月 10 日 周四，还有 3 个工作日."""

from datetime import date, datetime

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

WEEKDAYS = [
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
]


def written(day: date, today: date, *, weekday: bool = True) -> str:
    """One day in words; the year is named only when it is not this year's."""
    parts = {
        "year": day.year,
        "month": day.month,
        "month_name": dateformat.format(day, "M"),
        "day": day.day,
    }
    if day.year == today.year:
        words = _("%(month)s 月 %(day)s 日") % parts
    else:
        words = _("%(year)s 年 %(month)s 月 %(day)s 日") % parts
    return f"{words} {WEEKDAYS[day.weekday()]}" if weekday else words


def written_moment(at: datetime, today: date) -> str:
    """A moment in the organ's own time, to the minute."""
    here = timezone.localtime(at) if timezone.is_aware(at) else at
    return f"{written(here.date(), today, weekday=False)} {here:%H:%M}"


def working_days_left(days: int) -> str:
    """What is left until a day, counted in working days; a negative count is late."""
    if days == 0:
        return _("今天到期")
    if days < 0:
        return ngettext("迟 %(n)s 个工作日", "迟 %(n)s 个工作日", -days) % {"n": -days}
    return ngettext("还有 %(n)s 个工作日", "还有 %(n)s 个工作日", days) % {"n": days}
