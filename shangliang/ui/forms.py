"""How a Django form becomes our markup: label above, hint, error beside the kept input."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import django.forms
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinLengthValidator
from django.db.models import QuerySet
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

HERE = Path(__file__).parent / "templates"
BUILTINS = ["shangliang.ui.templatetags.ui", "django.templatetags.i18n"]
DJANGO = Path(django.forms.__file__).parent / "templates"


class Renderer(DjangoTemplates):
    """Draws every form of the house; our templates come before Django's own."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    @cached_property
    def engine(self) -> Any:
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [HERE, DJANGO],
                "NAME": "uiforms",
                "OPTIONS": {"builtins": BUILTINS},
            }
        )


class Day(forms.DateInput):
    """A day picked with the phone's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Cards(forms.RadioSelect):
    """Choices as large cards, for ratings and other choices that weigh something.

    `hints` explains a value in one more line: Cards(hints={"good": "每条建议都有着落。"}).
    """

    option_template_name = "ui/forms/card.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, hints: dict[str, str] | None = None, **kw: Any
    ) -> None:
        super().__init__({"class": "cards", **(attrs or {})}, **kw)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kw: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kw)
        option["hint"] = self.hints.get(str(value), "")
        return option


class Files(forms.ClearableFileInput):
    """Several files at once, with what is accepted said by the field's hint."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


def error_words(field: forms.BoundField) -> list[str]:
    """The errors of a field as a clerk would say them; words the room chose itself are kept."""
    found = []
    for error in field.errors.as_data():
        for each in getattr(error, "error_list", [error]):
            found.append(_plain(field, each) or str(each.messages[0]))
    return found


def _plain(field: forms.BoundField, error: ValidationError) -> str:
    """Our sentence for a message Django wrote; empty when the message is not Django's."""
    given, label = error.message, field.label
    params = {"label": label, **(error.params or {})}
    if error.code == "required" and given == forms.Field.default_error_messages["required"]:
        if field.widget_type == "checkbox":
            return _("请勾选“%(label)s”。") % params
        chosen = isinstance(field.field, forms.ChoiceField | forms.ModelChoiceField)
        return (_("请选择%(label)s。") if chosen else _("请填写%(label)s。")) % params
    if given is MaxLengthValidator.message:
        return _("%(label)s最多 %(limit_value)s 个字，现在有 %(show_value)s 个字。") % params
    if given is MinLengthValidator.message:
        return _("%(label)s至少 %(limit_value)s 个字，现在有 %(show_value)s 个字。") % params
    return ""


def wrong_fields(*forms_: Any) -> list[dict[str, str]]:
    """Every error of these forms and formsets, each with the id of the field to mend."""
    found: list[dict[str, str]] = []
    for form in forms_:
        if hasattr(form, "forms"):
            found += [{"id": "", "words": str(e)} for e in form.non_form_errors()]
            found += wrong_fields(*form.forms)
        elif form is not None and form.is_bound:
            found += [{"id": "", "words": str(e)} for e in form.non_field_errors()]
            found += [
                {"id": first_id(field), "words": words}
                for field in form
                for words in error_words(field)
            ]
    return found


def first_id(field: forms.BoundField) -> str:
    """The id a link can jump to: of a group of choices, the first one."""
    if field.is_hidden:
        return ""
    return field.id_for_label or (f"{field.auto_id}_0" if field.auto_id else "")


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Say what may be chosen in a field, known only when the form is made."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def offer_rows(form: forms.Form, name: str, rows: QuerySet[Any], empty: Any = None) -> None:
    """Say which rows may be chosen in a field, and what an empty choice is called."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows
    if empty is not None:
        field.empty_label = empty
