"""Tables as people bring them: encodings, packings, titles, and files that mean harm."""

import gzip
import io
import lzma
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from shangliang.analysis.tabular import Bounds, TableError, read_table

ROSTER = "姓名,手机号\r\n林晓,13800000001\r\n周敏,13800000002\r\n"


def excel(*rows: list[Any], **sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for title, more in sheets.items():
        other = book.create_sheet(title)
        for row in more:
            other.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data: bytes, name: str, change: Any) -> bytes:
    """The package with one of its entries changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content) if entry.filename == name else content)
    return out.getvalue()


def refusal(data: bytes, name: str = "名册.xlsx", **bounds: int) -> str:
    with pytest.raises(TableError) as refused:
        read_table(data, name, Bounds(**bounds))
    return refused.value.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_four_encodings_say_the_same(encoding: str) -> None:
    table = read_table(ROSTER.encode(encoding), "名册.csv")

    assert table.header == ("姓名", "手机号")
    assert [row.cells for row in table.rows] == [
        ("林晓", "13800000001"),
        ("周敏", "13800000002"),
    ]
    assert [row.number for row in table.rows] == [2, 3]


@pytest.mark.parametrize(("pack", "ending"), [(gzip.compress, ".gz"), (lzma.compress, ".xz")])
def test_packed_files_open_as_they_are(pack: Any, ending: str) -> None:
    table = read_table(pack(ROSTER.encode()), f"roster.csv{ending}")

    assert len(table.rows) == 2


@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
def test_the_separator_is_found(separator: str) -> None:
    table = read_table(ROSTER.replace(",", separator).encode(), "名册.txt")

    assert table.header == ("姓名", "手机号")


def test_rows_keep_the_number_a_spreadsheet_shows() -> None:
    text = '姓名,情况\n林晓,"第一行\n第二行"\n\n周敏,一行\n'
    table = read_table(text.encode(), "提案.csv")

    assert [(row.number, row.cells[1]) for row in table.rows] == [
        (2, "第一行\n第二行"),
        (4, "一行"),
    ]


def test_a_title_above_the_header_is_passed_over() -> None:
    table = read_table(
        excel(["清溪县政协委员名册"], [], ["姓名", "界别"], ["林晓", "教育界"]), "名册.xlsx"
    )

    assert table.header_row == 3
    assert list(table.records()) == [(4, {"姓名": "林晓", "界别": "教育界"})]


def test_a_table_of_one_column_has_its_header() -> None:
    table = read_table("单位名称\n住建局\n教育局\n".encode(), "单位.csv")

    assert [row.cells for row in table.rows] == [("住建局",), ("教育局",)]


def test_dates_numbers_and_ticks_become_what_one_reads() -> None:
    table = read_table(
        excel(
            ["日期", "时刻", "数", "比例", "选"],
            [date(2026, 3, 5), datetime.fromisoformat("2026-03-05T09:30"), 12.0, 0.5, True],
        ),
        "表.xlsx",
    )

    assert table.rows[0].cells == ("2026-03-05", "2026-03-05 09:30:00", "12", "0.5", "是")


def test_formulas_links_and_hidden_sheets_are_left_out_and_said() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "合计"])
    sheet.append(["林晓", "=1+1"])
    sheet["A2"].hyperlink = "https://example.invalid/"
    hidden = book.create_sheet("底稿")
    hidden.append(["秘"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    table = read_table(out.getvalue(), "名册.xlsx")

    assert table.rows[0].cells == ("林晓", "")
    assert {(note.row, note.column) for note in table.notes} == {(0, 0), (2, 2)}


def test_a_long_number_in_excel_is_warned_of() -> None:
    table = read_table(excel(["姓名", "身份证"], ["林晓", 110105194912310021]), "名册.xlsx")

    assert "末几位" in table.notes[0].sentence
    assert (table.notes[0].row, table.notes[0].column) == (2, 2)


def test_only_the_first_sheet_is_read_and_that_is_said() -> None:
    table = read_table(excel(["姓名", "界别"], ["林晓", "教育"], 二=[["别"], ["物"]]), "a.xlsx")

    assert len(table.rows) == 1
    assert "只读取了第一张" in table.notes[0].sentence


def test_the_same_header_has_the_same_signature() -> None:
    first = read_table("姓 名,手机\n甲,1\n".encode(), "a.csv")
    again = read_table("姓 名 ,手机\n乙,2\n".encode("gb18030"), "b.csv")
    other = read_table("姓名,电话\n乙,2\n".encode(), "c.csv")

    assert first.signature() == again.signature() != other.signature()
    assert first.digest != again.digest


def test_refusals_name_the_row_and_the_remedy() -> None:
    csv = "名册.csv"

    assert "空的" in refusal(b"")
    assert "没有内容" in refusal(b"\n,,\n", csv)
    assert "编码" in refusal(b"\xff\x00\x81\x00\x00", csv)
    assert refusal("姓名,姓名\n甲,乙\n".encode(), csv).startswith("第 1 行有两列都叫“姓名”")
    assert refusal("姓名,界别\n甲,乙,丙\n".encode(), csv).startswith("第 2 行比表头多出内容")
    assert refusal('姓名,界别\n甲,"乙\n'.encode(), csv).startswith("第 2 行的引号")
    assert "超过 2 行" in refusal("姓名,界别\n".encode() + "甲,乙\n".encode() * 3, csv, rows=2)
    assert "超过 1 列" in refusal("姓名,界别\n甲,乙\n".encode(), csv, columns=1)
    assert "一格超过" in refusal("姓名,界别\n甲乙丙丁,乙\n".encode(), csv, cell=3)
    assert "展开后超过" in refusal(gzip.compress(b"0" * 3 * 2**20), "a.csv.gz", unpacked=2**20)
    assert "展开后超过" in refusal(lzma.compress(b"0" * 3 * 2**20), "a.csv.xz", unpacked=2**20)
    assert "压缩文件已损坏" in refusal(gzip.compress(b"abc" * 99)[:-9], "a.csv.gz")
    assert "压缩文件已损坏" in refusal(lzma.compress(b"abc" * 99)[:-9], "a.csv.xz")
    assert ".xls" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "旧.xls")
    assert "另存为 .xlsx" in refusal(b"%PDF-1.7 ...", "名册.pdf")


def test_a_refusal_knows_its_place() -> None:
    with pytest.raises(TableError) as refused:
        read_table("姓名,界别\n甲,乙,丙\n".encode(), "a.csv")

    assert (refused.value.row, refused.value.column) == (2, 3)


def test_excel_files_that_mean_harm_are_refused() -> None:
    good = excel(["姓名", "界别"], ["林晓", "教育界"])
    sheet = "xl/worksheets/sheet1.xml"
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"<x/>")
        package.writestr(sheet, b"0" * 200 * 2**20)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("readme.txt", "hello")

    assert "不安全" in refusal(rewritten(good, sheet, lambda xml: entities + xml))
    assert "太大" in refusal(bomb.getvalue())
    assert "不是 Excel" in refusal(other.getvalue())
    assert "打不开" in refusal(good[: len(good) // 2])
    assert "打不开" in refusal(rewritten(good, sheet, lambda xml: xml[: len(xml) // 2]))


def test_a_sheet_that_claims_a_million_rows_is_read_for_what_it_holds() -> None:
    good = excel(["姓名", "界别"], ["林晓", "教育界"])
    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    wide = rewritten(
        good,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", far).replace(b"A1:B2", b"A1:XFD1048576"),
    )

    assert len(read_table(wide, "a.xlsx").rows) == 1
