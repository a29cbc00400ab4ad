"""Every page in English, as its reader finds it: no Chinese but names, texts and local words.

Each person walks through the house by its links, and presses every button once with an empty
form; what that writes is taken back.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from tests.browsing import browser
from tests.world import PASSWORD, World

from .english_county import NOW, furnish
from .english_walk import Walk, data_words

READERS = ("lin", "zhou", "gao_xiang", "chen", "he", "tang", "gao", "liang", "wu", "passer", "sys",
           "sec", "aud", "")  # fmt: skip
# Doors to which no link leads, or only a link in a letter.
STARTS = (
    "/", "/proposals/published/", "/accounts/login/", "/accounts/logout/", "/accounts/inactive/",
    "/accounts/password/reset/", "/accounts/password/reset/done/", "/search/", "/search/?q=电梯",
    "/accounts/password/reset/key/1-abc/", "/accounts/password/reset/key/done/", "/nowhere/",
    "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/totp/deactivate/", "/me/",
    "/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/generate/", "/drafts/",
    "/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/", "/deadlines/shorter/",
    "/calendar/", "/notices/", "/me/log-ins/",
    "/proposals/sign-for/", "/setup/slips/", "/matters/1/", "/documents/1/replace/",
)  # fmt: skip
# What is pressed, downloaded or asked for by a script.
NO_PAGE = frozenset({
    "matter", "move", "detach", "document", "document_version", "proposals:paper", "proposals:look_over",
    "draft_choose", "draft_discard", "draft_settle", "notices_read", "my_look", "my_log_in_end",
    "my_log_ins_end", "setup_mail", "setup_slip", "setup_slips_draw", "setup_person_act", "setup_number_reset",
    "setup_template_file", "setup_template_reset", "setup_verify", "calendar_confirm", "calendar_discard",
    "shorter_decide", "roster_apply", "roster_discard", "roster_undo", "roster_export", "roster_report",
    "roster_template", "ui:appearance", "ui:stylesheet",
})  # fmt: skip


def every_name(resolver: Any, space: str = "") -> Iterator[str]:
    """The name of every address the house answers at."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from every_name(each, f"{each.namespace}:" if each.namespace else space)
        else:
            yield f"{space}{each.name}"


def with_a_second_step(walked: Walk, person: Any) -> None:
    """What somebody sees who has one: half way in, and inside."""
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    knocking = browser()
    knocking.cookies["django_language"] = "en"
    said = {"username": person.phone, "password": PASSWORD}
    answer = knocking.post("/accounts/login/", said)
    walked.look(answer.headers["Location"], knocking.get(answer.headers["Location"]))


@pytest.fixture
def county(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    furnish(world)
    logging.disable(logging.ERROR)  # every refusal would be a line
    yield world
    logging.disable(logging.NOTSET)


@pytest.mark.slow
@pytest.mark.one_engine
def test_every_reader_finds_english_on_every_page(county: World) -> None:
    known, wrong, pages = data_words(), [], set()
    for key in READERS:
        walked = Walk(county.people.get(key), known)
        if key == "aud":
            with_a_second_step(walked, county.aud)
        walked.through(STARTS)
        wrong += walked.wrong
        pages |= walked.pages
    assert not wrong, "\n".join(wrong)
    assert set(every_name(get_resolver())) - pages == NO_PAGE
