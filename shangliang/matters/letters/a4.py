"""The A4 page of GB/T 9704-2012 as a Word file: margins, grid, letterhead, numbers, blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm

from shangliang.matters.letters.paper import (
    FANGSONG,
    FIFTH,
    FOURTH,
    HEI,
    HEIGHT_MM,
    KAI,
    RED,
    SMALL_FOURTH,
    SQUEEZE,
    STEP,
    THIRD,
    TITLE,
    WIDTH_MM,
    Look,
    element,
    fonts,
    page_number,
    paragraph,
    table,
    twips,
)

TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28
LINE_PITCH = int(HEIGHT_MM / 25.4 * 1440 / 22)

_CLASS_TOP, _NAME_TOP, _NAME_SIZE = 19, 30, 34.0
_LINE_ABOVE_EDGE, _NUMBER_ABOVE_LINE = 20, 3
_LONGEST_CENTRED = 14
_CENTRE_OF_DATE = round((28 - 4 - 3.5) * STEP * 20)
_WHOLE = (0, 0)


class A4Page:
    """A document being drawn, block by block, from top to bottom."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.body = document.element.body
        for child in list(self.body):
            if child.tag != qn("w:sectPr"):
                self.body.remove(child)
        _set_section(document.sections[0])
        _set_defaults(document)

    def put(self, *elements: Any) -> None:
        for made in elements:
            self.body.insert(len(self.body) - 1, made)  # the section's properties stay last

    def line(self, text: str, look: Look = Look(), *, right_tab: bool = False) -> None:  # noqa: B008
        if right_tab:
            look = replace(look, tab=("right", twips(WIDTH_MM)))
        self.put(paragraph(text, look))

    def blank(self, *, keep: bool = False) -> None:
        self.line("", Look(keep=keep))

    def title(self, text: str, *, new_page: bool = False) -> None:
        look = Look(TITLE, 22, align="center", exact=32, keep=True, new_page=new_page)
        self.line(text, look)

    def when(self, condition: str, draw: Callable[[], None]) -> None:
        """What `draw` puts stands in the paper only when the template's `condition` holds."""
        self.line(f"{{%p if {condition} %}}")
        draw()
        self.line("{%p endif %}")

    def each(self, name: str, names: str, draw: Callable[[], None]) -> None:
        self.line(f"{{%p for {name} in {names} %}}")
        draw()
        self.line("{%p endfor %}")

    def blocks(self) -> None:
        """The text proper: headings in 黑体, quotations in 楷体, the rest in 仿宋."""

        def draw() -> None:
            self.line("{%p if block.style == 'heading' %}")
            self.line("{{ block.text }}", Look(HEI, first=2, keep=True))
            self.line("{%p elif block.style == 'quote' %}")
            self.line("{{ block.text }}", Look(KAI, first=2, keep=True))
            # The last paragraph stays with the signature, so that none stands on a page alone.
            self.line("{%p elif loop.last %}")
            self.line("{{ block.text }}", Look(first=2, keep=True))
            self.line("{%p else %}")
            self.line("{{ block.text }}", Look(first=2))
            self.line("{%p endif %}")

        self.each("block", "body", draw)

    def letterhead(self) -> None:
        """信函格式: the name in red over a red line on the first page, another at its foot."""
        self.numbered()
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        head = section.first_page_header
        beyond = (LEFT - 20, RIGHT - 20)  # 170 mm of line, 20 mm from either edge
        letter = Look(HEI, align="right", exact=(_NAME_TOP - _CLASS_TOP) / 25.4 * 72)
        name = Look(
            TITLE, _NAME_SIZE, RED, align="center", exact=_NAME_SIZE + 2, beyond=beyond,
            border=("bottom", "thickThinSmallGap", 11),
        )  # fmt: skip
        _fill(head, paragraph("{{ reply_class }}", letter), paragraph("{{ organ }}", name))
        foot = Look(exact=1, beyond=beyond, border=("bottom", "thinThickSmallGap", 0))
        _fill(section.first_page_footer, paragraph("", foot))

    def numbered(self) -> None:
        """Page numbers 7 mm below the text, one character in: odd right, even left."""
        section = self.document.sections[0]
        self.document.settings.odd_and_even_pages_header_footer = True
        below = paragraph("", Look(exact=_NUMBER_ABOVE_LINE / 25.4 * 72))
        height = (BOTTOM - 7 - _LINE_ABOVE_EDGE - _NUMBER_ABOVE_LINE) / 25.4 * 72
        odd = Look(size=FOURTH, align="right", right=1, exact=height)
        even = replace(odd, align="left", right=0, left=1)
        _fill(section.footer, paragraph(page_number(), odd), below)
        also_below = paragraph("", Look(exact=_NUMBER_ABOVE_LINE / 25.4 * 72))
        _fill(section.even_page_footer, paragraph(page_number(), even), also_below)
        for header in (section.header, section.even_page_header):
            _fill(header, paragraph("", Look()))

    def signature(self) -> None:
        """The organs over the date, centred on it; the date ends four characters in."""
        centred = Look(tab=("center", _CENTRE_OF_DATE), keep=True)
        self.line("{%p for name in signatures %}")
        self.line(f"{{%p if name|length > {_LONGEST_CENTRED} %}}")
        self.line("{{ name }}", Look(align="right", right=2, keep=True))
        self.line("{%p else %}")
        self.line("\t{{ name }}", centred)
        self.line("{%p endif %}")
        self.line("{%p endfor %}")
        self.line("\t{{ day }}", centred)

    def copies(self) -> None:
        """抄送 at the foot of the text of the last page."""
        frame = {
            "w": str(twips(WIDTH_MM)), "hSpace": "0", "wrap": "around",
            "vAnchor": "margin", "hAnchor": "margin", "xAlign": "left", "yAlign": "bottom",
        }  # fmt: skip
        self.line("{{ copies_line }}", Look(size=FOURTH, left=1, right=1, frame=frame))

    def form(self, *rows: Sequence[tuple[str, str]], tall: float = 9, open_row: str = "") -> None:
        """A form of names and values, one or two pairs a row; `open_row` is left to write in."""
        widths = (30, 48, 30, 48)

        def cells(pairs: Sequence[tuple[str, str]]) -> list[Any]:
            made: list[Any] = []
            for name, value in pairs:
                made.append(_small(name, HEI, "center"))
                made.append((_small(value, FANGSONG, ""), 1 if len(pairs) == 2 else 3))
            return made

        drawn = table(widths, [cells(row) for row in rows], head=False, tall=tall)
        for row in drawn.findall(qn("w:tr")):
            if open_row and open_row in "".join(row.itertext()):
                row.find(f".//{qn('w:trHeight')}").set(qn("w:val"), str(twips(46)))
        self.put(drawn)

    def table(
        self, widths: Sequence[float], head: Sequence[str], cells: Sequence[str], each: str
    ) -> None:
        """A table with one row for each item of `each`, its head repeated on every page."""
        count = len(widths)
        begin = [(_small(f"{{%tr for row in {each} %}}"), count)]
        end = [(_small("{%tr endfor %}"), count)]
        names = [_small(name, HEI, "center", FIFTH) for name in head]
        values = [_small(cell, FANGSONG, "center", FIFTH) for cell in cells]
        self.put(table(widths, [names, begin, values, end], head=True))


def _small(text: str, face: str = FANGSONG, align: str = "", size: float = SMALL_FOURTH) -> Any:
    return paragraph(text, Look(face, size, align=align, exact=size * 1.4))


def _fill(part: Any, *paragraphs: Any) -> None:
    """Put these paragraphs in a header or footer in place of what it holds."""
    part.is_linked_to_previous = False
    for child in list(part._element):
        part._element.remove(child)
    part._element.extend(paragraphs)


def _set_section(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(_CLASS_TOP), Mm(_LINE_ABOVE_EDGE)
    section.gutter = 0
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("docGrid", type="lines", linePitch=LINE_PITCH))


def _set_defaults(document: Any) -> None:
    """The grid counts in the size of the Normal style; nothing is squeezed or widened."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:default")) != "1":
            styles.remove(style)  # 160 styles nobody uses
    for properties in (
        styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"),
        document.styles["Normal"].element.get_or_add_rPr(),
    ):
        for child in list(properties):
            properties.remove(child)
        half_points = round(THIRD * 2)
        properties.extend(
            [
                fonts(FANGSONG),
                element("spacing", val=SQUEEZE),
                element("sz", val=half_points),
                element("szCs", val=half_points),
                element("lang", val="en-US", eastAsia="zh-CN"),
            ]
        )
    spacing = element("spacing", before=0, after=0)
    normal = document.styles["Normal"].element.get_or_add_pPr()
    for child in list(normal):
        normal.remove(child)
    normal.extend(
        [element("autoSpaceDE", val=0), element("autoSpaceDN", val=0), spacing,
         element("jc", val="both")]
    )  # fmt: skip
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}")
    if defaults is not None:
        for child in list(defaults):
            defaults.remove(child)
