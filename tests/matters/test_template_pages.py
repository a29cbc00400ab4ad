"""The system administrator puts an organ's own Word template in place of ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shangliang.matters.letters.word import standard_template
from shangliang.matters.models import Entry, LetterTemplate
from tests.browsing import Browser
from tests.world import World


@pytest.fixture
def admin(world: World) -> Browser:
    browser = Browser()
    browser.force_login(world.sys)
    return browser


def brought(content: bytes, name: str = "答复函.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_template_is_replaced_and_taken_back(admin: Any, world: World) -> None:
    ours = admin.get("/setup/templates/reply/file/").getvalue()
    assert ours == standard_template("reply")

    answer = admin.post("/setup/templates/reply/", {"file": brought(ours)})
    assert answer.status_code == 302
    assert LetterTemplate.objects.get().by == world.sys
    assert Entry.objects.filter(verb="template").count() == 1

    admin.post("/setup/templates/reply/reset/")
    assert not LetterTemplate.objects.exists()


def test_a_file_that_is_no_template_is_refused_beside_the_field(admin: Any) -> None:
    answer = admin.post("/setup/templates/reply/", {"file": brought(b"MZ not a paper", "x.docx")})
    assert answer.status_code == 422
    assert not LetterTemplate.objects.exists()
    page = answer.content.decode()
    assert 'class="why"' in page
    assert "错误：" in page


def test_nothing_chosen_is_asked_for(admin: Any) -> None:
    answer = admin.post("/setup/templates/reply/", {})
    assert answer.status_code == 422
    assert "请选择一个 Word 文件。" in answer.content.decode()


@pytest.mark.parametrize("who", ["sec", "aud", "chen", "lin", "gao"])
def test_it_is_the_system_administrators_alone(client: Client, world: World, who: str) -> None:
    client.force_login(world.people[who])
    assert client.get("/setup/templates/").status_code == 404
    assert client.get("/setup/templates/reply/file/").status_code == 404


def test_the_list_says_whose_template_is_used(admin: Any) -> None:
    page = admin.get("/setup/templates/").content.decode()
    assert page.count("出厂模板") == 6
