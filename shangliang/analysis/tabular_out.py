"""Tables that go out: Excel and CSV in which no text of a user ever becomes a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from .tabular_shield import shield
from .tabular_words import TableError
from .words import gettext_noop as _

Value = str | int | float | bool | date | datetime | None

# What XML cannot hold, and what Excel cannot.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST = 32_767


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A CSV file in UTF-8 with the mark that lets Excel read it."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(csv_lines(header, rows))
    return out.getvalue().encode("utf-8-sig")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[list[str]]:
    """The cells of a CSV file as text no spreadsheet runs, for whoever writes it bit by bit."""
    yield [shield(name) for name in header]
    for row in rows:
        yield [_csv_cell(value) for value in row]


def _csv_cell(value: Value) -> str:
    return shield(_UNPRINTABLE.sub("", value)) if isinstance(value, str) else _said(value)


def _said(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return value.isoformat() if isinstance(value, date) else str(value)


def write_xlsx(
    header: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    title: str = "Sheet1",
    widths: Sequence[int] = (),
    choices: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """An Excel file of one sheet; `choices` gives a column a list to pick from.

    Raises:
        TableError: a text is longer than a cell of Excel can hold.
    """
    import openpyxl  # at need, as in `tabular_excel`
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    lines = [
        [_fit(v, number, place) for place, v in enumerate(row, 1)]
        for number, row in enumerate(rows, 2)
    ]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", "", title)[:31] or "Sheet1")
    sheet.freeze_panes = "A2"
    for place, wide in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = wide
    heads = [_xlsx_cell(sheet, name) for name in header]
    for cell in heads:
        cell.font = Font(bold=True)
    sheet.append(heads)
    for line in lines:
        sheet.append([_xlsx_cell(sheet, value) for value in line])
    for name, said in (choices or {}).items():
        _offer(sheet, get_column_letter(list(header).index(name) + 1), said)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fit(value: Value, row: int, column: int) -> Value:
    """The value as Excel can hold it."""
    if not isinstance(value, str):
        return _said(value) if isinstance(value, bool) else value
    text = _UNPRINTABLE.sub("", value)
    if len(text) > LONGEST:
        raise TableError(
            _("第 %(row)d 行第 %(column)d 列超过 %(most)d 个字，Excel 放不下，请改为导出 CSV。"),
            {"row": row, "column": column, "most": LONGEST},
        )
    return text


def _xlsx_cell(sheet: Any, value: Value) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # “=1+1” is what somebody wrote, not a formula
        cell.number_format = "@"
        if "\n" in value:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _offer(sheet: Any, letter: str, said: Sequence[str]) -> None:
    """A list to pick from below the header; Excel allows 255 characters of it."""
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = ",".join(word for word in said if "," not in word and '"' not in word)
    if offered and len(offered) <= 250:
        rule = DataValidation(type="list", formula1=f'"{offered}"', allow_blank=True)
        rule.add(f"{letter}2:{letter}5001")
        sheet.data_validations.append(rule)
