"""Draws the Word templates of this package: `python -m shangliang.matters.letters.drawing`.

The templates are what an organ downloads, changes in Word and puts in place of ours.  They are
drawn by this program so that a change to them can be read; a test compares the two.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document

from shangliang.matters.letters.a4 import A4Page
from shangliang.matters.letters.paper import FOURTH, HEI, SMALL_FOURTH, Look

HERE = Path(__file__).parent / "word"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def draw(kind: str) -> bytes:
    """The template of this kind as .docx bytes, the same every time."""
    document = Document()
    page = A4Page(document)
    _DRAW[kind](page)
    _forget_origin(document)
    return _steady(document)


def _letter(page: A4Page, table: Callable[[A4Page], None] | None = None) -> None:
    page.letterhead()
    page.line("{{ signer_line }}\t{{ letter_number }}", right_tab=True)
    page.when("publicity", lambda: page.line("{{ publicity }}"))
    page.blank()
    page.title("{{ title }}")
    page.blank()
    page.line("{{ greeting }}")
    page.blocks()
    page.when("attachment_lines", lambda: _attachments(page))
    page.blank(keep=True)
    page.signature()
    page.line("{{ contact_line }}", Look(left=2))
    if table:
        table(page)
    page.when("copies_line", page.copies)


def _attachments(page: A4Page) -> None:
    page.blank(keep=True)
    look = Look(left=2, keep=True)
    page.each("line", "attachment_lines", lambda: page.line("{{ line }}", look))


def _assignment(page: A4Page) -> None:
    _letter(page, _assignment_table)


def _assignment_table(page: A4Page) -> None:
    page.line("附件", Look(HEI, new_page=True))
    page.title("{{ table_title }}")
    page.blank()
    page.table(
        widths=(9, 27, 34, 20, 26, 20, 20),
        head=("序号", "编号", "案由", "提案人", "主办单位", "会办单位", "答复期限"),
        cells=tuple(f"{{{{ row[{n}] }}}}" for n in range(7)),
        each="rows",
    )


def _sheet(page: A4Page) -> None:
    page.numbered()
    page.title("{{ heading }}")
    page.line("{{ session }}\t{{ number }}", Look(size=FOURTH), right_tab=True)
    page.form(
        (("案由", "{{ title }}"),),
        (("提案形式", "{{ type }}"), ("类别", "{{ category }}")),
        (("建议承办单位", "{{ units }}"),),
        (("调研基础", "{{ research_basis }}"),),
        (("提交日期", "{{ day }}"), ("说明", "{{ remarks }}")),
        (("审查意见", "{{ opinion }}"),),
        (("交办单位", "{{ lead }}"),),
    )
    page.line("提案人（共 {{ count }} 人）", Look(HEI, SMALL_FOURTH, exact=24, keep=True))
    page.table(
        widths=(28, 34, 60, 34),
        head=("姓名", "界别", "单位职务", "联系电话"),
        cells=("{{ row.name }}", "{{ row.sector }}", "{{ row.work }}", "{{ row.phone }}"),
        each="proposers",
    )
    page.blank()
    page.blocks()


def _feedback(page: A4Page) -> None:
    page.numbered()
    page.title("{{ heading }}")
    page.blank()
    page.form(
        (("提案编号", "{{ proposal_number }}"),),
        (("案由", "{{ proposal_title }}"),),
        (("提案人", "{{ proposer }}"), ("承办单位", "{{ unit }}")),
        (("答复文号", "{{ letter_number }}"), ("答复日期", "{{ replied_on }}")),
        (("办理结果", "{{ reply_class }}"), ("交回日期", "{{ return_by }}前")),
        (("沟通方式", "{{ form_boxes }}"),),
        (("对办理态度", "{{ rating_boxes }}"),),
        (("对办理效果", "{{ rating_boxes }}"),),
        (("具体意见", ""),),
        (("提案人签名", ""), ("填写日期", "　　年　　月　　日")),
        open_row="具体意见",
    )
    note = Look(size=SMALL_FOURTH, exact=20)
    page.each("note", "notes", lambda: page.line("{{ note }}", note))


_DRAW: dict[str, Callable[[A4Page], None]] = {
    "reply": _letter,
    "filing": _letter,
    "not_filing": _letter,
    "assignment": _assignment,
    "sheet": _sheet,
    "feedback": _feedback,
}


def _forget_origin(document: Any) -> None:
    """The blank file python-docx starts from has an author, a date and a picture of itself."""
    properties = document.core_properties
    properties.author = properties.title = properties.comments = ""
    properties.created = properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
    _drop(document.part.package.rels, "/thumbnail")
    _drop(document.part.rels, "/theme", "/numbering", "/customXml", "/stylesWithEffects")


def _drop(relations: Any, *endings: str) -> None:
    for key in [key for key, rel in relations.items() if rel.reltype.endswith(endings)]:
        del relations[key]


def _steady(document: Any) -> bytes:
    """The file without the time of its making, so that drawing twice gives the same bytes."""
    made, steady = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return steady.getvalue()


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for kind in _DRAW:
        (HERE / f"{kind}.docx").write_bytes(draw(kind))
