"""Theme and elder mode: what this device chose, else what this person did."""

from typing import Any

from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

THEMES = ("system", "light", "dark")


def chosen(context: Context) -> dict[str, Any]:
    """What is in force on this page, and what there is to choose from."""
    cookies = getattr(context.get("request"), "COOKIES", {})
    person = context.get("user")
    theme = cookies.get("theme") or getattr(person, "theme", "")
    elder = cookies.get("elder") or ("1" if getattr(person, "elder", False) else "0")
    labels = (_("随系统"), _("浅色"), _("深色"))
    return {
        "theme": theme if theme in THEMES else "system",
        "elder": elder == "1",
        "themes": list(zip(THEMES, labels, strict=True)),
    }


def appearance(context: Context) -> SafeString:
    """Attributes of the page's root."""
    look = chosen(context)
    theme = "" if look["theme"] == "system" else look["theme"]
    return format_html(
        "{}{}",
        format_html(' data-theme="{}"', theme) if theme else "",
        SafeString(" data-elder") if look["elder"] else "",
    )
