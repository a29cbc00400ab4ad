"""Filling a Word template: `python -m … fill JOB` for one that somebody else has made.

A template is a small program.  It gets plain words only, runs in a sandbox, and an organ's own
runs in a confined child besides.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

from shangliang.matters import refusals


class BadTemplate(refusals.Refused):
    """A Word template cannot be filled; `str` says why, for the person who made it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail

    def __str__(self) -> str:
        from django.utils.translation import gettext as _

        sentence = {
            "unknown": _("模板里的“%(detail)s”不是可以填写的内容，请对照内容清单改正。"),
            "syntax": _(
                "模板里有一处标记写得不完整（%(detail)s），"
                "请检查成对的 {%% if %%} 和 {%% endif %%}。"
            ),
            "forbidden": _("模板里有不允许的写法，只能填写内容清单里的内容。"),
            "broken": _("这不是可以打开的 Word 模板，请用 Word 或 WPS 另存为 .docx 后再试。"),
            "too_much": _("模板填写用时过长，请检查其中的循环。"),
        }[self.code]
        return sentence % {"detail": self.detail}


class _Sandbox(ImmutableSandboxedEnvironment):
    """Remembers what it has compiled: our own templates are the same every time."""

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,
        template_class: type[Template] | None = None,
    ) -> Template:
        return _compiled(source)


@lru_cache(maxsize=64)
def _compiled(source: str | nodes.Template) -> Template:
    return ImmutableSandboxedEnvironment.from_string(_SANDBOX, source)


_SANDBOX = _Sandbox(autoescape=True, undefined=StrictUndefined)


class _Letter(DocxTemplate):
    """Remembers likewise what it has cleared of Word's own marks."""

    def patch_xml(self, src_xml: str) -> str:
        return _patched(src_xml)


@lru_cache(maxsize=64)
def _patched(source: str) -> str:
    return str(DocxTemplate.patch_xml(_Letter(None), source))


def fill(template: bytes, said: dict[str, Any]) -> bytes:
    """The template with the words put in; raises `BadTemplate`."""
    try:
        document = _Letter(io.BytesIO(template))
        document.render(said, jinja_env=_SANDBOX, autoescape=True)
        filled = io.BytesIO()
        document.save(filled)
    except SecurityError as error:
        raise BadTemplate("forbidden") from error
    except UndefinedError as error:
        raise BadTemplate("unknown", _name_in(error.message or "")) from error
    except TemplateError as error:
        raise BadTemplate("syntax", error.message or "") from error
    except (
        SyntaxError
    ) as error:  # no XML any more: a mark was opened in one cell and closed in another
        raise BadTemplate("syntax", str(error)) from error
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise BadTemplate("broken") from error
    return filled.getvalue()


def _name_in(message: str) -> str:
    """What was asked for, out of "'dict object' has no attribute 'xyz'" or "'xyz' is undefined"."""
    names = re.findall(r"'([^']*)'", message)
    return names[-1] if names else message


def main(job: Path) -> None:
    said = json.loads((job / "said.json").read_text(encoding="utf-8"))
    try:
        (job / "filled.docx").write_bytes(fill((job / "template.docx").read_bytes(), said))
    except BadTemplate as error:
        (job / "problem.json").write_text(json.dumps([error.code, error.detail]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
