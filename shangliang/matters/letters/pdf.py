"""Papers as PDF, set by typst on the same grid as the Word file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pylopdf_fonts_zh_cn

from shangliang.matters.letters.contexts import KINDS, Context
from shangliang.matters.letters.words import spoken

if TYPE_CHECKING:
    import typst

_PAGES = Path(__file__).parent / "pages"
_PAGE = {"sheet": "sheet.typ", "feedback": "feedback.typ"}
_OUR_FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent


def render_pdf(
    kind: str, context: Context, draft: bool = False, *, fonts: Path | None = None
) -> bytes:
    """The paper as PDF bytes; a draft carries 草稿 and no red.

    `fonts` is a folder where the operator keeps licensed fonts （仿宋_GB2312, 方正小标宋简体 …）;
    without it the page is set in Noto Serif SC.
    """
    if not isinstance(context, KINDS[kind]):
        raise TypeError(f"a {kind} is made of {KINDS[kind].__name__}")
    import typst  # at the first letter, not when the server starts

    compiler = typst.Compiler(
        _PAGES / _PAGE.get(kind, "letter.typ"),
        root=_PAGES,
        font_paths=_fonts(fonts),
    )
    # Words go in as data: typst sets strings as they are and never reads them as markup.
    said = {"said": json.dumps(spoken(context)), "draft": "yes" if draft else "no"}
    pdf = compiler.compile(format="pdf", sys_inputs=said)
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    import typst

    places = [str(_OUR_FONTS), *([str(folder)] if folder and folder.is_dir() else [])]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=places)


# The faces of GB/T 9704 and the names under which fonts of them are known.
FACES = {
    "仿宋_GB2312": ("FangSong_GB2312", "仿宋_GB2312", "FangSong"),
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05"),
    "黑体": ("SimHei", "黑体"),
    "楷体_GB2312": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi"),
    "宋体": ("SimSun", "宋体"),
}


def missing_faces(folder: Path | None) -> list[str]:
    """The faces for which the folder holds no font, so that a page can say what is replaced."""
    present = {family.casefold() for family in _fonts(folder).families()}
    return [
        face
        for face, names in FACES.items()
        if not any(name.casefold() in present for name in names)
    ]
