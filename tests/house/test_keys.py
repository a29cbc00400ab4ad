"""Every form of ours carries its key and its mark of origin."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shangliang.matters.once import WITHOUT_A_KEY

ROOT = Path(__file__).parents[2] / "shangliang"
FORM = re.compile(r"<form\b[^>]*\bmethod=\"?post\"?[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)
# Forms whose views may go without a key (see `once.needs_no_key`): pages, and addresses.
FREE_PAGES = ("account/", "mfa/", "matters/attach.html", "matters/setup/template.html")
FREE_ADDRESSES = ("{% url 'ui:appearance' %}", "{% url 'account_")


def forms() -> list[tuple[str, str]]:
    found = []
    for path in sorted(ROOT.glob("*/templates/**/*.html")):
        if "gallery" not in path.parts:  # specimens, sent nowhere
            place = path.relative_to(ROOT).as_posix().partition("/templates/")[2]
            found += [(place, form) for form in FORM.findall(path.read_text(encoding="utf-8"))]
    return found


@pytest.mark.parametrize(("place", "form"), forms(), ids=lambda value: value[:60])
def test_a_form_that_writes_carries_a_key(place: str, form: str) -> None:
    assert "{% csrf_token %}" in form, place
    free = place.startswith(FREE_PAGES) or any(address in form for address in FREE_ADDRESSES)
    assert free or "{% key %}" in form, place


def test_there_are_forms_and_reasons() -> None:
    assert len(forms()) > 10
    assert all(reason.strip() for reason in WITHOUT_A_KEY.values())
