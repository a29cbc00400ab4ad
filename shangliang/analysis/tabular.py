"""Tables that people bring: CSV in any of their encodings, packed or not, and Excel sheets.

Everything becomes text in rows that know their number in the file, so that an error can
say where to look.  A table is read as data only: formulas, links and hidden sheets are
left out and reported, and a file is refused before it grows larger than it may.
"""

import csv
import gzip
import hashlib
import io
import lzma
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .tabular_excel import excel_rows
from .tabular_shield import unshield
from .tabular_values import plain
from .tabular_words import Note, TableError
from .words import gettext_noop as _

__all__ = ["Bounds", "Note", "Row", "Table", "TableError", "read_table"]


@dataclass(frozen=True)
class Bounds:
    """How large a table may be."""

    rows: int = 5000
    columns: int = 200
    unpacked: int = 100 * 2**20
    cell: int = 50_000


@dataclass(frozen=True)
class Row:
    """One row of data: its number in the file, its cells as text, one for each column."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A header and the rows under it, with what was left out and a digest of the file."""

    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    digest: str
    encoding: str = ""
    sheet: str = ""
    notes: tuple[Note, ...] = ()

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row as column name → text, with its number."""
        for row in self.rows:
            yield row.number, dict(zip(self.header, row.cells, strict=True))

    def signature(self) -> str:
        """What the header looks like, to find a mapping that was kept for such a table."""
        names = "\n".join(plain(name).casefold() for name in self.header)
        return hashlib.sha256(names.encode()).hexdigest()


def read_table(data: bytes, name: str, bounds: Bounds = Bounds()) -> Table:
    """The table in a file's bytes; `name` is what its owner calls it.

    Raises:
        TableError: with one sentence that says what is wrong, where, and how to mend it.
    """
    if not data:
        raise TableError(_("文件是空的，请换一份文件。"))
    inner, bare = _unpacked(data, name.lower(), bounds)
    notes: list[Note] = []
    sheet = encoding = ""
    lines: Iterable[tuple[int, list[str]]]
    if inner.startswith(b"PK\x03\x04"):
        lines, sheet, notes = excel_rows(inner, bounds.rows, bounds.columns, bounds.unpacked)
    elif inner.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError(
            _("这是旧版 .xls 文件或加了密码的文件，请在 Excel 里另存为不加密的 .xlsx 再上传。")
        )
    elif bare.endswith((".xlsx", ".xlsm", ".ods", ".pdf", ".docx", ".doc")):
        raise TableError(_("这不是可以读取的表格，请另存为 .xlsx 或 .csv 再上传。"))
    else:
        text, encoding = _decoded(inner)
        lines = _csv_rows(text)
    header_row, header, rows = _headed(lines, bounds)
    digest = hashlib.sha256(data).hexdigest()
    return Table(header, header_row, rows, digest, encoding, sheet, tuple(notes))


def _unpacked(data: bytes, name: str, bounds: Bounds) -> tuple[bytes, str]:
    """The content of a .gz or .xz file, never more of it than the bounds allow."""
    try:
        if data.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                inner, name = packed.read(bounds.unpacked + 1), name.removesuffix(".gz")
        elif data.startswith(b"\xfd7zXZ\x00"):
            unpacker = lzma.LZMADecompressor(memlimit=128 * 2**20)
            inner, name = unpacker.decompress(data, bounds.unpacked + 1), name.removesuffix(".xz")
            if not unpacker.eof and len(inner) <= bounds.unpacked:
                raise EOFError
        else:
            inner = data
    except (OSError, EOFError, lzma.LZMAError, zlib.error):
        raise TableError(_("压缩文件已损坏，请重新压缩或重新下载。")) from None
    if len(inner) > bounds.unpacked:
        facts: dict[str, object] = {"most": bounds.unpacked // 2**20}
        raise TableError(_("文件展开后超过 %(most)d MB，请分成几份。"), facts)
    return inner, name


def _decoded(data: bytes) -> tuple[str, str]:
    """The text of a CSV file and the encoding it was in."""
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = next((code for mark, code in marks.items() if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text, encoding
    raise TableError(_("认不出文件的编码，请在 Excel 里另存为“CSV UTF-8”或 .xlsx 再上传。"))


def _csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV text, numbered as a spreadsheet would number them."""
    head = text[: text.find("\n") if "\n" in text else len(text)]
    separator = max(",\t;，", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [unshield(cell).replace("\r\n", "\n") for cell in cells]
    except csv.Error:
        raise TableError(
            _("第 %(row)d 行的引号或分隔符不对，请用 Excel 打开检查这一行。"), {"row": number + 1}
        ) from None


def _headed(
    lines: Iterable[tuple[int, list[str]]], bounds: Bounds
) -> tuple[int, tuple[str, ...], tuple[Row, ...]]:
    """The header, which may stand below a title, and the rows that say something."""
    titles: list[tuple[int, list[str]]] = []
    header_row = 0
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if not header_row:
            if sum(bool(cell.strip()) for cell in cells) < 2 and len(titles) < 4:
                titles.append((number, cells))  # 清溪县政协委员名册 and the like
                continue
            header_row, header = number, _header(number, cells, bounds)
            continue
        rows.append(_row(number, cells, header, bounds))
        if len(rows) > bounds.rows:
            raise TableError(_("表格超过 %(most)d 行，请分成几份分别导入。"), {"most": bounds.rows})
    if not header_row and titles:  # a table of one column
        (header_row, cells), *others = titles
        header = _header(header_row, cells, bounds)
        rows = [_row(number, cells, header, bounds) for number, cells in others]
    if not header_row:
        raise TableError(_("表格里没有内容，请检查是否选错了文件。"))
    return header_row, header, tuple(rows)


def _header(number: int, cells: list[str], bounds: Bounds) -> tuple[str, ...]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > bounds.columns:
        raise TableError(
            _("表格超过 %(most)d 列，请删去用不到的列。"), {"most": bounds.columns, "row": number}
        )
    names = [plain(cell) or f"第{place}列" for place, cell in enumerate(cells, 1)]
    for place, name in enumerate(names, 1):
        if name in names[: place - 1]:
            raise TableError(
                _("第 %(row)d 行有两列都叫“%(name)s”，请给其中一列改名。"),
                {"row": number, "name": name, "column": place},
            )
    return tuple(names)


def _row(number: int, cells: list[str], header: tuple[str, ...], bounds: Bounds) -> Row:
    if any(cell.strip() for cell in cells[len(header) :]):
        raise TableError(
            _("第 %(row)d 行比表头多出内容，可能有逗号没有放在引号里，请检查这一行。"),
            {"row": number, "column": len(header) + 1},
        )
    for place, cell in enumerate(cells[: len(header)], 1):
        if len(cell) > bounds.cell:
            raise TableError(
                _("第 %(row)d 行“%(name)s”一格超过 %(most)d 个字，请检查是否有引号没有闭合。"),
                {"row": number, "column": place, "name": header[place - 1], "most": bounds.cell},
            )
    padded = [*cells, *[""] * (len(header) - len(cells))]
    return Row(number, tuple(padded[: len(header)]))
