"""A draft in Word: 草稿 behind every page, and nothing in red, whatever template was used."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn

from shangliang.matters.letters.paper import HEI, fonts

_GREY = "737373"
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_MARK = f"""
<w:r xmlns:w="{nsmap["w"]}" {_VML}><w:rPr/><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>
<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>
<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/>
<v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="draft-%d" type="#_x0000_t136" fillcolor="#d9d9d9" stroked="f"
 style="position:absolute;width:360pt;height:160pt;rotation:315;z-index:-251658752;
mso-position-horizontal:center;mso-position-horizontal-relative:margin;
mso-position-vertical:center;mso-position-vertical-relative:margin">
<v:textpath style="font-family:'{HEI}';font-size:1pt" string="草稿"/></v:shape></w:pict></w:r>
"""


def as_draft(content: bytes) -> bytes:
    """The same paper, marked as a draft."""
    document = Document(io.BytesIO(content))
    number = 0
    for section in document.sections:
        for header in _headers(document, section):
            number += 1
            header.is_linked_to_previous = False
            place = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
            mark = parse_xml(_MARK % number)
            mark.find(qn("w:rPr")).append(fonts(HEI))
            place._p.append(mark)
    for part in _parts(document):
        _make_grey(part)
    marked = io.BytesIO()
    document.save(marked)
    return marked.getvalue()


def _headers(document: Any, section: Any) -> list[Any]:
    used = [section.header]
    if section.different_first_page_header_footer:
        used.append(section.first_page_header)
    if document.settings.odd_and_even_pages_header_footer:
        used.append(section.even_page_header)
    return used


def _parts(document: Any) -> list[Any]:
    related = document.part.rels.values()
    ends = ("header", "footer")
    others = [rel.target_part.element for rel in related if rel.reltype.endswith(ends)]
    return [document.element, *others]


def _make_grey(root: Any) -> None:
    """Red words and red lines become grey: red belongs to what was signed."""
    for item in root.iter():
        for name in (qn("w:val"), qn("w:color")):
            value = item.get(name)
            is_colour = name == qn("w:color") or item.tag == qn("w:color")
            if is_colour and value and _is_red(value):
                item.set(name, _GREY)


def _is_red(value: str) -> bool:
    try:
        red, green, blue = (int(value[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return False
    return len(value) == 6 and red > 150 and max(green, blue) < 80
