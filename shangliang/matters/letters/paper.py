"""Paragraphs, runs and tables of a Word file, written so that Word sets them on the grid.

Word takes the Chinese font of a run from `w:eastAsia` alone, so every run names its face four
times.  The children of `w:pPr` stand in the order of the standard; Word refuses others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FANGSONG, TITLE, HEI, KAI, SONG = (
    "仿宋_GB2312",
    "方正小标宋简体",
    "黑体",
    "楷体_GB2312",
    "宋体",
)
SECOND, THIRD, FOURTH, SMALL_FOURTH, FIFTH = 22.0, 16.0, 14.0, 12.0, 10.5

WIDTH_MM, HEIGHT_MM = 156, 225
STEP = WIDTH_MM / 25.4 * 72 / 28
"""The width of one of the 28 characters of a line, in points."""
RED = "E60012"

# 28 characters of 16 pt are a little wider than 156 mm: each gives way by 0.25 pt.  A character
# grid (linesAndChars) would say the same to Word, but LibreOffice gives a character that is
# wider than its cell two cells, and sets 14 to a line.
SQUEEZE = -5


def twips(mm: float) -> int:
    return round(mm / 25.4 * 1440)


def element(name: str, *children: Any, **attributes: Any) -> Any:
    """An element of the w namespace, its attributes of the same."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def fonts(face: str) -> Any:
    return element("rFonts", hint="eastAsia", ascii=face, hAnsi=face, eastAsia=face, cs=face)


def run(text: str, face: str = FANGSONG, size: float = THIRD, colour: str = "") -> Any:
    """A run in a named face; tabs in `text` become tabs."""
    half_points = round(size * 2)
    look = [fonts(face)]
    if colour:
        look.append(element("color", val=colour))
    look.append(element("spacing", val=SQUEEZE if size == THIRD else 0))
    look += [element("sz", val=half_points), element("szCs", val=half_points)]
    made = element("r", element("rPr", *look))
    for order, piece in enumerate(text.split("\t")):
        if order:
            made.append(element("tab"))
        if piece:
            words = element("t")
            words.text = piece
            words.set(qn("xml:space"), "preserve")
            made.append(words)
    return made


def page_number(size: float = FOURTH) -> list[Any]:
    """— 1 —, the number a field."""
    field = element("r", element("rPr", fonts(SONG), element("sz", val=round(size * 2))))
    number = element("t")
    number.text = "1"
    field.append(number)
    simple = element("fldSimple", field, instr=" PAGE ")
    return [run("— ", SONG, size), simple, run(" —", SONG, size)]


@dataclass(frozen=True)
class Look:
    """How a paragraph stands on the page; indents count in characters of the grid."""

    face: str = FANGSONG
    size: float = THIRD
    colour: str = ""
    align: str = ""
    first: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    exact: float = 0
    keep: bool = False
    new_page: bool = False
    border: tuple[str, str, int] | None = None
    beyond: tuple[int, int] | None = None
    tab: tuple[str, int] | None = None
    frame: dict[str, str] | None = None


def paragraph(content: str | Iterable[Any], look: Look) -> Any:
    """A paragraph of one run of text, or of the elements given."""
    order = [
        element("keepNext") if look.keep else None,
        element("pageBreakBefore") if look.new_page else None,
        element("framePr", **look.frame) if look.frame else None,
        element("widowControl", val=0),
        _border(look),
        element("tabs", element("tab", val=look.tab[0], pos=look.tab[1])) if look.tab else None,
        element("snapToGrid", val=0) if look.exact else None,
        _spacing(look),
        _indent(look),
        element("jc", val=look.align) if look.align else None,
        element("rPr", fonts(look.face), element("sz", val=round(look.size * 2))),
    ]
    made = element("p", element("pPr", *(item for item in order if item is not None)))
    if isinstance(content, str):
        content = [run(content, look.face, look.size, look.colour)] if content else []
    made.extend(content)
    return made


def _border(look: Look) -> Any:
    if not look.border:
        return None
    side, style, space = look.border
    return element("pBdr", element(side, val=style, sz=24, space=space, color=RED))


def _spacing(look: Look) -> Any:
    height = {"line": round(look.exact * 20), "lineRule": "exact"} if look.exact else {}
    return element("spacing", before=0, after=0, **height)


def _indent(look: Look) -> Any:
    """In hundredths of a character, with the same in twips for readers that know no characters."""
    if look.beyond:
        return element("ind", left=-twips(look.beyond[0]), right=-twips(look.beyond[1]))
    wanted = {"left": look.left, "right": look.right, "firstLine": look.first}
    wanted["hanging"] = look.hanging
    given: dict[str, int] = {}
    for name, characters in wanted.items():
        if characters:
            given[f"{name}Chars"] = round(characters * 100)
            given[name] = round(characters * STEP * 20)
    return element("ind", **given) if given else None


def table(
    widths: Sequence[float], rows: Iterable[Sequence[Any]], *, head: bool, tall: float = 0
) -> Any:
    """A table with thin rules; `widths` in mm, rows of paragraphs or of (paragraph, columns)."""
    rules = [
        element(side, val="single", sz=4, space=0, color="000000")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    made = element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=twips(sum(widths)), type="dxa"),
            element("tblBorders", *rules),
            element("tblLayout", type="fixed"),
            element(
                "tblCellMar",
                element("top", w=60, type="dxa"),
                element("left", w=80, type="dxa"),
                element("bottom", w=60, type="dxa"),
                element("right", w=80, type="dxa"),
            ),
        ),
        element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths)),
    )
    for number, cells in enumerate(rows):
        made.append(_row(cells, widths, repeated=head and number == 0, tall=tall))
    return made


def _row(cells: Sequence[Any], widths: Sequence[float], *, repeated: bool, tall: float) -> Any:
    properties = element("trPr", element("cantSplit"))
    if tall:
        properties.append(element("trHeight", val=twips(tall), hRule="atLeast"))
    if repeated:
        properties.append(element("tblHeader"))
    made, column = element("tr", properties), 0
    for cell in cells:
        content, span = cell if isinstance(cell, tuple) else (cell, 1)
        width = sum(widths[column : column + span])
        look = [element("tcW", w=twips(width), type="dxa")]
        if span > 1:
            look.append(element("gridSpan", val=span))
        look.append(element("vAlign", val="center"))
        made.append(element("tc", element("tcPr", *look), content))
        column += span
    return made
