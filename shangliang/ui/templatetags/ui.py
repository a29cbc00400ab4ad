"""The words templates may use on every page: {% ring %}, {% field %}, {% key %}, |day, |left."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .. import appearance, dates, drawings, sewing
from ..forms import error_words, wrong_fields
from ..numerals import spoken

register = template.Library()

ring = register.simple_tag(drawings.ring)
band = register.simple_tag(drawings.band)
trend = register.simple_tag(drawings.trend)
chosen = register.simple_tag(takes_context=True)(appearance.chosen)
register.simple_tag(takes_context=True)(appearance.appearance)
day = register.filter(dates.day)
moment = register.filter(dates.moment)
left = register.filter(dates.left)
urgency = register.filter(dates.urgency)
TITLE = re.compile("(《[^》]*》)")


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Label, hint, error and input of one field."""
    return bound.as_field_group()


@register.simple_tag
def key() -> SafeString:
    """A form carries a key drawn with the page, so that sending it twice does one thing."""
    return format_html('<input type="hidden" name="_key" value="{}">', uuid4())


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The address of this page with some parameters replaced; None or "" drops one."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            params.pop(name, None)
        elif isinstance(value, Iterable) and not isinstance(value, str):
            params.setlist(name, [str(each) for each in value])
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}"


@register.inclusion_tag("ui/_errors.html")
def errors(*forms: Any) -> dict[str, Any]:
    """The error summary of one or several forms and formsets; nothing when all is well."""
    return {"wrong": wrong_fields(*forms)}


@register.simple_tag(takes_context=True)
def error_prefix(context: Context) -> str:
    """The title of a page that comes back with errors says so first."""
    shown = [context.get(name) for name in ("form", "formset")] + list(context.get("forms") or [])
    return _("错误：") if wrong_fields(*[form for form in shown if form is not None]) else ""


@register.simple_tag
def stylesheet() -> SafeString:
    """The one style sheet of the house, at an address that changes with its content."""
    return format_html('<link rel="stylesheet" href="{}">', sewing.address())


register.filter("error_words", error_words)


@register.filter
def barred(items: Sequence[dict[str, Any]]) -> bool:
    """Whether some words of the navigation are marked for the phone's bottom bar."""
    return any(item.get("bar") for item in items)


@register.filter
def narrowed(form: BaseForm) -> int:
    """How many filters are in use."""
    shown = {field.name for field in form.visible_fields()}
    return len(shown & set(form.changed_data)) if form.is_bound else 0


@register.filter
def song(words: str) -> SafeString:
    """Titles in 《》 are set in the Song face, as on paper."""
    return SafeString(TITLE.sub(r'<span class="song">\1</span>', conditional_escape(words)))


@register.filter
def nth(items: Sequence[Any], index: int) -> Any:
    return items[index] if index < len(items) else ""


@register.filter
def mask_phone(phone: str | None) -> str:
    """138****1234: enough to know one's own number, too little to call a stranger's."""
    phone = phone or ""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 9 else "*" * len(phone)


@register.filter
def is_optional(bound: BoundField) -> bool:
    """Whether （可不填） stands beside the label: not where the form says an answer is expected.

    A form that takes half-finished text requires no field, yet `expected` names those that will
    be asked for in the end; "*" stands for all of them.
    """
    expected = getattr(bound.form, "expected", ())
    return not (bound.field.required or expected == "*" or bound.name in expected)


@register.filter
def chinese(n: int) -> str:
    """A small count as the page says it: 3 → 三."""
    return spoken(int(n))


@register.filter
def paragraphs(words: str) -> SafeString:
    """Every line a paragraph of its own; the line that addresses somebody is not indented."""
    lines = [line.strip() for line in str(words or "").splitlines() if line.strip()]
    return format_html_join(
        "",
        "<p{}>{}</p>",
        (
            (SafeString(' class="addressed"') if n == 0 and line.endswith("：") else "", line)
            for n, line in enumerate(lines)
        ),
    )
