"""What the set-up pages share: the hand that signs, and the pages of a form's four outcomes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ..circles import Inside
from ..record import Pen

UNSAID = ("csrfmiddlewaretoken", "_key", "version")


def pen(request: Inside) -> Pen:
    """Whoever sends this request, in the duty that let her onto the page."""
    return Pen(request.user, timezone.now(), request.acting_as)


def show(request: HttpRequest, name: str, *bound: Any, **context: Any) -> HttpResponse:
    """A page with forms on it: 422 when one of them came back with errors."""
    wrong = any(form.is_bound and form.errors for form in bound if form is not None)
    if bound:
        context.setdefault("form", bound[0])
        context["forms"] = [form for form in bound[1:] if form is not None]
    return render(request, f"people/setup/{name}.html", context, status=422 if wrong else 200)


def refuse(request: HttpRequest, refusal: Exception, back: str) -> HttpResponse:
    """The act was refused; the sentence says why."""
    context = {"refusal": str(refusal), "back_url": back}
    return render(request, "ui/refusal.html", context, status=409)


def conflict(request: HttpRequest, form: forms.ModelForm, back: str) -> HttpResponse:
    """Somebody saved another text meanwhile: both are shown, and the person chooses."""
    now = type(form.instance).objects.get(pk=form.instance.pk)
    theirs = type(form)(instance=now, **form.made_with)  # type: ignore[attr-defined]
    fields = [
        {"label": field.label, "mine": _said(field), "theirs": _said(theirs[field.name])}
        for field in form
        if not field.is_hidden
    ]
    context = {
        "fields": [each for each in fields if each["mine"] != each["theirs"]],
        "version": now.version, "back": back, "title": str(now),
        "hidden": [(k, v) for k, vs in request.POST.lists() if k not in UNSAID for v in vs],
    }  # fmt: skip
    return render(request, "people/setup/conflict.html", context, status=409)


def _said(field: forms.BoundField) -> str:
    """A field's value as it reads, not as it is sent."""
    value = field.value()
    choices = getattr(field.field, "choices", None)
    if choices is not None:
        flat = {str(k): str(v) for k, v in _flat(choices)}
        return flat.get(str(value if value is not None else ""), "")
    return "" if value is None else str(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for key, label in choices:
        found += label if isinstance(label, list | tuple) else [(key, label)]
    return found
