"""What of a page is still Chinese, when names, texts and local words are taken away."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

CHINESE = re.compile(r"[\u3400-\u9fff]+")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def left_in(page: str, known: Iterable[str]) -> list[str]:
    """The Chinese a page shows that is nobody's name, text or local word; `known` longest first."""
    shown = html.unescape(re.sub(r"<!--.*?-->|</?mark>", "", page, flags=re.S))
    for words in known:
        if words in shown:
            shown = shown.replace(words, " ")
    return CHINESE.findall(shown)
