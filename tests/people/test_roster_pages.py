"""孙系统 uploads a roster, looks at it, carries it out, and takes it back; nobody else may."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shangliang.matters.models import Entry, ImportBatch
from shangliang.people.models import Organisation, Person
from tests.browsing import Browser, browser
from tests.people.test_roster import MEMBERS
from tests.world import World

URL = "/setup/roster/"


@pytest.fixture
def sun(world: World) -> Browser:
    opened = browser(world.sys)
    opened.raise_request_exception = True
    return opened


def upload(opened: Browser, text: str = MEMBERS, name: str = "名册.csv", **more: Any) -> Any:
    file = SimpleUploadedFile(name, text.encode("gb18030"))
    return opened.post(URL, {"file": file} | more)


def brought(opened: Browser, text: str = MEMBERS) -> str:
    answer = upload(opened, text)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_upload_look_confirm_done_and_back(world: World, sun: Browser) -> None:
    page = brought(sun)
    looked = sun.get(page).content.decode()
    assert "沈岚" in looked
    assert "确认导入" in looked
    assert not Person.objects.filter(name="沈岚").exists()

    assert sun.post(f"{page}apply/").status_code == 302
    assert Person.objects.get(name="沈岚").is_active is False
    assert "撤销这一批" in sun.get(page).content.decode()

    sun.post(f"{page}undo/")
    assert not Person.objects.filter(name="沈岚").exists()
    assert "这一批已经撤销" in sun.get(page).content.decode()


def test_the_file_is_forgotten_once_it_is_carried_out(world: World, sun: Browser) -> None:
    page = brought(sun)
    assert bytes(ImportBatch.objects.get().source)

    sun.post(f"{page}apply/")
    assert bytes(ImportBatch.objects.get().source) == b""


def test_the_same_file_is_recognised(world: World, sun: Browser) -> None:
    sun.post(f"{brought(sun)}apply/")
    looked = sun.get(brought(sun)).content.decode()

    assert "已经导入过" in looked
    assert "没有需要写入的内容" in looked


def test_a_bad_row_is_shown_and_nothing_can_be_confirmed(world: World, sun: Browser) -> None:
    page = brought(sun, MEMBERS + "坏行,1,教育界,,,2026-03-05\n")
    looked = sun.get(page).content.decode()

    assert "手机号“1”不对" in looked
    assert "确认导入" not in looked
    refused = sun.post(f"{page}apply/")
    assert refused.status_code == 409
    assert "有不能导入的行" in refused.content.decode()
    assert not Person.objects.filter(name="沈岚").exists()


def test_columns_can_be_named_and_are_remembered(world: World, sun: Browser) -> None:
    text = "姓名,单位电话,界别,任职日期\n沈岚,13900000001,教育界,2026-03-05\n"
    page = brought(sun, text)
    sun.post(page, {"name": "姓名", "phone": "单位电话", "sector": "界别", "since": "任职日期"})
    sun.post(f"{page}apply/")

    assert Person.objects.get(name="沈岚").phone == "13900000001"
    again = sun.get(brought(sun, text.replace("沈岚", "罗天明").replace("0001", "0002")))
    assert "“单位电话”是手机号" in again.content.decode()


def test_one_column_cannot_mean_two_things(world: World, sun: Browser) -> None:
    page = brought(sun)
    answer = sun.post(page, {"name": "姓 名", "phone": "姓 名"})

    assert answer.status_code == 422
    assert "已经用作姓名" in answer.content.decode()


def test_a_file_that_is_no_table_is_refused_in_words(world: World, sun: Browser) -> None:
    broken = SimpleUploadedFile("名册.xlsx", b"PK\x03\x04 not a workbook")
    answer = sun.post(URL, {"file": broken})

    assert answer.status_code == 422
    assert "文件打不开" in answer.content.decode()


def test_a_file_may_be_discarded(world: World, sun: Browser) -> None:
    page = brought(sun)
    sun.post(f"{page}discard/")

    assert not ImportBatch.objects.exists()
    assert sun.get(page).status_code == 404


def test_the_report_and_the_templates_are_files(world: World, sun: Browser) -> None:
    report = sun.get(f"{brought(sun)}report.csv")
    assert "沈岚" in report.content.decode("utf-8-sig")

    for name in ("members", "units"):
        book = openpyxl.load_workbook(io.BytesIO(sun.get(f"{URL}template/{name}.xlsx").content))
        sheet = book.active
        assert sheet is not None
        assert "姓名" in [cell.value for cell in sheet[1]]
        rules = sheet.data_validations.dataValidation
        assert not any("管理员" in str(rule.formula1) for rule in rules)
        assert rules


def test_an_export_is_written_down_and_a_large_one_refused(
    world: World, sun: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = sun.post(f"{URL}export/")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert "林晓" in [row[0].value for row in sheet.iter_rows()]
    assert Entry.objects.latest("id").verb == "export"

    monkeypatch.setattr("shangliang.matters.roster.views.MOST_PEOPLE", 3)
    refused = sun.post(f"{URL}export/")
    assert refused.status_code == 409
    assert "不能在网页上整份导出" in refused.content.decode()


def test_nobody_else_sees_the_roster_pages(world: World, sun: Browser) -> None:
    page = brought(sun)
    for who in (world.lin, world.chen, world.sec, world.aud, world.gao, world.passer):
        other = browser(who)
        assert other.get(URL).status_code == 404
        assert other.get(page).status_code == 404
        assert other.post(f"{page}apply/").status_code == 404
        assert other.post(f"{URL}export/").status_code == 404
    assert not Person.objects.filter(name="沈岚").exists()


def test_another_committees_batch_is_not_there(world: World, sun: Browser) -> None:
    page = brought(sun)
    ImportBatch.objects.update(organisation=world.other)

    assert sun.get(page).status_code == 404
    assert sun.post(f"{page}undo/").status_code == 404
    assert Organisation.objects.filter(name="经济委员会").count() == 0
