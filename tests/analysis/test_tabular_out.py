"""Tables that go out: thirteen texts that would like to be formulas stay texts."""

import io
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.analysis.tabular import TableError, read_table
from shangliang.analysis.tabular_out import write_csv, write_xlsx
from shangliang.analysis.tabular_shield import shield, unshield

SOFFICE = Path(shutil.which("soffice") or "/nowhere").resolve()
CALC = (SOFFICE.parent / "libsclo.so").exists()
AT = datetime.fromisoformat("2026-03-05T09:30")
PROBES = [
    "=1+1",
    '=HYPERLINK("http://example.invalid","点这里")',
    "=cmd|' /C calc'!A0",
    "+86 138 0000 0001",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "#N/A",
]


def test_there_are_thirteen_probes() -> None:
    assert len(set(PROBES)) == 13


def test_no_probe_becomes_a_formula_in_excel() -> None:
    data = write_xlsx(["序号", "文字"], [[i, probe] for i, probe in enumerate(PROBES)])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None

    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert len(cells) == 13
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_no_probe_begins_a_csv_cell_with_a_sign() -> None:
    data = write_csv(["文字"], [[probe] for probe in PROBES])

    assert data.startswith(b"\xef\xbb\xbf")
    for line in data.decode("utf-8-sig").split("\r\n")[1:-1]:
        assert line.lstrip('"')[:1] not in tuple("=+-@\t\r\n＝＋－＠")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_probe_comes_back_as_it_went(kind: str) -> None:
    write = write_csv if kind == "csv" else write_xlsx
    back = read_table(write(["文字", "甲"], [[probe, "乙"] for probe in PROBES]), f"a.{kind}")

    assert [row.cells[0] for row in back.rows] == PROBES


def test_a_header_is_shielded_too() -> None:
    assert write_csv(["=1+1"], []).decode("utf-8-sig") == "'=1+1\r\n"


def test_what_excel_cannot_hold_is_dropped_or_refused() -> None:
    table = read_table(write_xlsx(["甲", "乙"], [["清\x07溪\x00县", "x"]]), "a.xlsx")

    assert table.rows[0].cells[0] == "清溪县"
    with pytest.raises(TableError, match="第 2 行第 1 列超过"):
        write_xlsx(["甲"], [["字" * 32_768]])


def test_values_that_are_no_text_keep_their_kind() -> None:
    row = [3, 0.5, True, date(2026, 3, 5), AT, None]
    header = list("甲乙丙丁戊己")
    read = ("3", "0.5", "是", "2026-03-05", "2026-03-05 09:30:00", "")

    assert read_table(write_csv(header, [row]), "a.csv").rows[0].cells == read
    assert read_table(write_xlsx(header, [row]), "a.xlsx").rows[0].cells == read


def test_a_template_offers_what_may_be_chosen() -> None:
    data = write_xlsx(["姓名", "职务"], [], choices={"职务": ["委员", "常务委员"]}, widths=[12, 20])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    (rule,) = sheet.data_validations.dataValidation

    assert rule.formula1 == '"委员,常务委员"'
    assert str(rule.sqref).startswith("B2:")


@given(st.text(st.sampled_from("'=+-@\t\r\n＝a "), max_size=8))
def test_the_shield_comes_off_as_it_went_on(text: str) -> None:
    assert unshield(shield(text)) == text
    assert shield(text).lstrip(" ")[:1] not in tuple("=+-@＝")


@pytest.mark.slow
@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed here")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_libreoffice_finds_no_formula(kind: str, tmp_path: Path) -> None:
    write = write_csv if kind == "csv" else write_xlsx
    (tmp_path / f"probes.{kind}").write_bytes(write(["文字"], [[probe] for probe in PROBES]))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
         "--convert-to", "fods", f"probes.{kind}"],
        cwd=tmp_path, check=True, capture_output=True, timeout=240,
    )  # fmt: skip

    sheet = (tmp_path / "probes.fods").read_text(encoding="utf-8")
    assert "table:formula=" not in sheet
    assert "SUM(A1:A9)" in sheet
