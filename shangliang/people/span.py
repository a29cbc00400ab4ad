"""From when to when something holds, as a list says it: 2022.1.10 起, 2022.1.10 至 2026.3.31."""

from datetime import date

from django.utils.translation import gettext as _


def day_words(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def span_words(since: date, until: date | None) -> str:
    if until is None:
        return _("%(since)s 起") % {"since": day_words(since)}
    return _("%(since)s 至 %(until)s") % {"since": day_words(since), "until": day_words(until)}
