"""The first visible sheet of an Excel file, as text.

The package is looked at before it is opened: how many entries, how large they say they
are, whether one is encrypted, an archive itself, or declares entities.  What the file
declares binds it, for `zipfile` never reads an entry past its declared size.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from .tabular_words import Note, TableError
from .words import gettext_noop as _

ENTRIES, RATIO = 2_000, 100
# Fifteen digits is all a number in Excel can hold; identity numbers have eighteen.
EXACT = 10**15
# So many empty rows in a row, and the rest of the sheet is only formatting.
EMPTY_ROWS = 1_000

Lines = list[tuple[int, list[str]]]


def excel_rows(
    data: bytes, rows: int, columns: int, unpacked: int
) -> tuple[Lines, str, list[Note]]:
    """The rows of the first visible sheet, its name, and what was left out."""
    # Fetched at need: most servers read no spreadsheet for days, and it takes room.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    _look_over(data, unpacked)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            raise TableError(_("文件里没有可见的工作表，请取消隐藏后再上传。"))
        sheet, notes = sheets[0], _left_out(sheets, len(book.worksheets))
        sheet.reset_dimensions()  # a sheet may claim a million rows
        lines = list(_lines(sheet.iter_rows(max_col=columns + 1), rows, notes))
        return lines, sheet.title, notes
    except TableError:
        raise
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile, SyntaxError):
        raise TableError(_("文件打不开，可能已损坏，请在 Excel 里另存为 .xlsx 再上传。")) from None


def _look_over(data: bytes, unpacked: int) -> None:
    """Refuse a package that would unpack into something else than a modest spreadsheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            total = sum(entry.file_size for entry in entries)
            if len(entries) > ENTRIES or total > unpacked or total > RATIO * len(data) + 2**20:
                raise TableError(_("文件展开后太大，不像是普通的表格，请删去图片后另存再上传。"))
            if any(entry.flag_bits & 1 for entry in entries):
                raise TableError(_("文件加了密码，请去掉密码再上传。"))
            names = [entry.filename for entry in entries]
            if len(set(names)) < len(names) or "xl/workbook.xml" not in names:
                raise TableError(_("这不是 Excel 表格，请另存为 .xlsx 或 .csv 再上传。"))
            for entry in entries:
                _no_entities(package, entry)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError):
        raise TableError(_("文件打不开，可能已损坏，请在 Excel 里另存为 .xlsx 再上传。")) from None


def _no_entities(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """A document type can only stand before the first element, so the beginning tells."""
    if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
        with package.open(entry) as part:
            beginning = part.read(4096)
        if b"<!DOCTYPE" in beginning.upper() or b"<!ENTITY" in beginning.upper():
            raise TableError(_("文件里有不安全的内容，请在 Excel 里另存为 .xlsx 再上传。"))


def _left_out(sheets: list[Any], all_sheets: int) -> list[Note]:
    notes = []
    if len(sheets) > 1:
        notes.append(Note(0, 0, _("文件里有多张工作表，只读取了第一张。")))
    if all_sheets > len(sheets):
        notes.append(Note(0, 0, _("隐藏的工作表没有读取。")))
    return notes


def _lines(rows: Iterator[Any], most: int, notes: list[Note]) -> Iterator[tuple[int, list[str]]]:
    filled = empty = 0
    for number, cells in enumerate(rows, 1):
        texts = [_text(number, place, cell, notes) for place, cell in enumerate(cells, 1)]
        if any(texts):
            filled, empty = filled + 1, 0
            yield number, texts
        else:
            empty += 1
        if empty > EMPTY_ROWS or filled > most + 10:  # a title and a header above the rows
            return


def _text(row: int, column: int, cell: Any, notes: list[Note]) -> str:
    """A cell as its reader would type it; a formula or an error counts as empty."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        notes.append(Note(row, column, _("这一格是公式，没有读取；请粘贴为数值后再上传。")))
        return ""
    if cell.data_type == "e":
        notes.append(Note(row, column, _("这一格是错误值，没有读取。")))
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        if abs(value) >= EXACT:
            notes.append(
                Note(row, column, _("这一格是很长的数字，末几位可能已变成零；请改成文本格式。"))
            )
        return f"{value:.15g}" if isinstance(value, float) and value % 1 else f"{int(value)}"
    return str(value).replace("\r\n", "\n")
