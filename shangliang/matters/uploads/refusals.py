"""Why a file is turned away: one code, one whole sentence, one way to mend it."""

from collections.abc import Callable
from typing import Any

from shangliang.matters import refusals


class Refused(refusals.Refused):
    """The gate does not let this file in; `sentence` tells the person why and what to do."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        return _sentences()[self.code] % self.facts


def codes() -> set[str]:
    return set(_sentences())


def _sentences() -> dict[str, str]:
    # Asked for when a person is to be told, in her language.  The child process that parses
    # files raises the same exception and needs neither Django nor the words.
    from django.utils.translation import gettext as _

    return {**_about_the_file(_), **_about_packages(_), **_about_contents(_)}


def _about_the_file(_: Callable[[str], str]) -> dict[str, str]:
    return {
        "missing": _("请选择要上传的文件。"),
        "empty": _("这个文件是空的（0 字节）。请确认选对了文件，再传一次。"),
        "too_big": _("这个文件超过了 %(most)s。请压缩其中的图片或分成几个文件，再传一次。"),
        "kind": _(
            "不能上传这种文件。可以上传 PDF、Word（.docx）、Excel（.xlsx）、OFD 文件"
            "和 JPG、PNG、WebP 图片。"
        ),
        "old_office": _(
            "这是旧格式的 Word 或 Excel 文件（.doc、.xls）。请用 WPS 或 Word 打开，"
            "另存为 .docx 或 .xlsx，再传一次。"
        ),
        "heic": _("这是 HEIC 格式的照片。请在手机上转成 JPG 格式，再传一次。"),
        "archive": _("这是压缩包。请先解压，再把里面的文件逐个上传。"),
        "password": _("这个文件设有密码，无法打开。请取消密码后再传一次。"),
        "damaged": _("这个文件打不开，可能已经损坏或没有传完整。请检查原文件，再传一次。"),
        "infected": _("安全检查发现这个文件带有病毒“%(name)s”，没有保存。请查杀病毒后再传一次。"),
        "polyglot": _(
            "这个文件里夹带着另一种格式的内容，为安全起见没有保存。请用 WPS 或 Word 打开，"
            "另存为新文件，再传一次。"
        ),
        "too_complex": _("这个文件过于复杂，没能在规定时间内检查完。请另存为 PDF，再传一次。"),
        "busy": _("现在上传文件的人较多。请过一两分钟再传一次。"),
        "not_kept": _("文件没能保存下来。请过一会儿再传一次；如果还是不行，请联系系统管理员。"),
        "too_many": _("一件事项最多附 %(most)s 个文件。请先删去不需要的，再传一次。"),
        "quota": _("您上传的文件合计已超过 %(most)s。请先删去不需要的文件，再传一次。"),
    }


def _about_packages(_: Callable[[str], str]) -> dict[str, str]:
    return {
        "entries": _("这个文件内部的部件超过 %(most)s 个，无法检查。请另存为 PDF，再传一次。"),
        "unpacked": _("这个文件展开后超过 %(most)s。请压缩其中的图片或分成几个文件，再传一次。"),
        "ratio": _("这个文件的压缩比例异常，可能是恶意文件，没有保存。请另存为新文件，再传一次。"),
        "nested": _(
            "这个文件里嵌有另一个文件（如嵌入的表格或压缩包）。请把嵌入的内容改成图片或文字，"
            "或单独上传，再传一次。"
        ),
        "paths": _(
            "这个文件内部的路径不合规范，可能是恶意文件，没有保存。请另存为新文件，再传一次。"
        ),
        "links": _(
            "这个文件内部带有指向别处的链接，可能是恶意文件，没有保存。请另存为新文件，再传一次。"
        ),
        "duplicates": _("这个文件内部有同名的部件，无法判断以哪个为准。请另存为新文件，再传一次。"),
        "inconsistent": _("这个文件内部的目录与内容不一致，没有保存。请另存为新文件，再传一次。"),
        "dtd": _(
            "这个文件内部带有外部实体声明，可能是恶意文件，没有保存。请另存为新文件，再传一次。"
        ),
    }


def _about_contents(_: Callable[[str], str]) -> dict[str, str]:
    return {
        "macros": _("这个文件带有宏。请另存为不带宏的 .docx 或 .xlsx 文件，再传一次。"),
        "embedded": _("这个文件里嵌有对象或控件（如公式编辑器对象）。请把它改成图片，再传一次。"),
        "remote": _(
            "这个文件引用了外部的模板或图片。请把图片改为嵌入文件、取消外部模板，再传一次。"
        ),
        "dde": _("这个文件带有会运行外部程序的域代码。请删去该域，再传一次。"),
        "pixels": _("这张图片有 %(megapixels)s 万像素，超过了 %(most)s 万。请缩小后再传一次。"),
        "pdf_script": _("这个 PDF 带有脚本。请用“打印”另存为新的 PDF，再传一次。"),
        "pdf_launch": _(
            "这个 PDF 带有会打开程序或发送数据的动作。请用“打印”另存为新的 PDF，再传一次。"
        ),
        "pdf_attachment": _(
            "这个 PDF 里夹带着附件或多媒体。请去掉附件，把它们单独上传，再传一次。"
        ),
        "secrecy": _(
            "这个文件带有密级标志“%(mark)s”。本系统不得处理国家秘密，文件没有保存。"
            "如属涉密，请按保密规定的渠道报送；如不涉密，请去掉标志后再传一次。"
        ),
    }
