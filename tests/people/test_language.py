"""Who reads what in which language: pages her own, letters the addressee's, the record Chinese."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone, translation
from pypdf import PdfReader

from shangliang.matters import digest, rights
from shangliang.matters.models import Delivery, Entry, Notice
from shangliang.matters.roster import reading
from shangliang.people import accounts, resetting
from shangliang.people.models import Person
from shangliang.people.record import Pen
from shangliang.proposals import papers
from tests.browsing import Browser, browser
from tests.world import SPRING, World, proposal, walk

PUBLIC = "/proposals/published/"


def lang(answer: Any) -> str:
    page: str = answer.content.decode()
    return page.partition('<html lang="')[2].partition('"')[0]


def choose(opened: Browser, language: str) -> None:
    opened.post("/ui/appearance/", {"language": language, "next": "/"})


def reads_english(person: Person) -> Person:
    person.language = "en"
    person.save(update_fields=["language"])
    return person


def test_the_switch_turns_the_page_for_somebody_not_logged_in(world: World) -> None:
    opened = browser()
    assert lang(opened.get(PUBLIC)) == "zh-hans"
    choose(opened, "en")
    answer = opened.get(PUBLIC)
    assert lang(answer) == answer.headers["Content-Language"] == "en"
    assert "Published proposals" in answer.content.decode()
    choose(opened, "zh-hans")
    assert "公开的提案" in opened.get(PUBLIC).content.decode()


def test_the_switch_turns_the_page_for_somebody_logged_in(world: World) -> None:
    opened = browser(world.lin)
    choose(opened, "en")
    assert lang(opened.get("/")) == "en"
    assert lang(browser(world.lin).get("/")) == "zh-hans", "it belongs to the device"


@pytest.mark.parametrize("language", ["fr", "zh-hant", "en;--", ""])
def test_a_language_the_house_does_not_speak_changes_nothing(world: World, language: str) -> None:
    opened = browser()
    choose(opened, language)
    opened.cookies["django_language"] = language
    assert lang(opened.get(PUBLIC)) == "zh-hans"


def test_the_language_of_the_browser_is_not_asked(world: World) -> None:
    assert lang(browser(headers={"accept-language": "en"}).get(PUBLIC)) == "zh-hans"


def test_a_person_takes_her_language_to_every_device_until_one_says_otherwise(world: World) -> None:
    opened = browser(reads_english(world.lin))
    assert lang(opened.get("/")) == "en"
    choose(opened, "zh-hans")
    assert lang(opened.get("/")) == "zh-hans"


def test_she_sets_it_on_her_own_page(world: World) -> None:
    opened = browser(world.lin)
    opened.post("/me/look/", {"language": "en", "theme": "auto", "elder": "0"})
    assert Person.objects.get(pk=world.lin.pk).language == "en"
    assert lang(opened.get("/me/")) == "en"


def test_a_page_leaves_no_language_behind(world: World) -> None:
    browser(reads_english(world.lin)).get("/")
    assert translation.get_language() == "zh-hans"


def test_what_is_not_found_is_not_found_in_her_language(world: World) -> None:
    opened = browser(world.lin)
    choose(opened, "en")
    answer = opened.get("/proposals/999999/")
    assert answer.status_code == 404
    assert lang(answer) == "en"


def test_whoever_acts_in_english_leaves_chinese_in_the_file(world: World) -> None:
    lift = proposal(world)
    with translation.override("en"):
        walk(lift, (world.lin, "submit"))
        held = rights.held(world.lin, lift, SPRING.date())
        in_english, name = papers.drawn(lift, "sheet", "pdf", SPRING.date(), held)
    in_chinese, _name = papers.drawn(lift, "sheet", "pdf", SPRING.date(), held)
    told = Notice.objects.get(person=world.chen)
    assert told.sentence == "收到提案《关于加快老旧小区加装电梯的建议》，请初审。"
    assert Entry.objects.get(verb="submit").acting_as == "第一提案人"
    assert name.startswith("提案表")
    assert words_of(in_english) == words_of(in_chinese)


def words_of(sheet: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(sheet)).pages]


def test_the_daily_message_is_in_the_language_of_its_reader(world: World) -> None:
    walk(proposal(world), (world.lin, "submit"))
    for person, said in ((world.chen, "件事等您办理"), (reads_english(world.he), "")):
        person.email = f"{person.pk}@yunling.example"
        person.save(update_fields=["email"])
        assert said in digest.compose(person)[0]
    reads_english(world.chen)
    digest.compose_all(SPRING)
    sent = Delivery.objects.get(person=world.chen)
    assert sent.subject == "Things waiting for you: 1"
    assert "Proposal: Awaiting first review, by" in sent.text


def test_word_of_a_changed_account_is_in_the_language_of_its_owner(
    world: World, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resetting, "send_word", resetting.send_word.call_local)
    gao = reads_english(world.gao)
    gao.email = "gao@yunling.example"
    gao.save(update_fields=["email"])
    with django_capture_on_commit_callbacks(execute=True):
        accounts.remove_second_step(gao, Pen(world.sys, timezone.now(), "系统管理员"))
    (letter,) = mail.outbox
    assert letter.subject == "Your account has changed"
    assert "An administrator has switched off your two-step verification." in letter.body


def test_a_table_is_read_alike_whatever_its_bringer_reads() -> None:
    with translation.override("en"):
        assert reading.in_a_table([("sector", translation.gettext_lazy("界别"))]) == {
            "界别": "sector"
        }
