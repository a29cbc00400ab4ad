"""The columns a table of proposals may have, under the names people give them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shangliang.analysis.columns import suggest_columns
from shangliang.analysis.tabular_values import half_width, plain

FIELDS: dict[str, tuple[str, ...]] = {
    "key": ("外部编号", "原编号", "proposal_id", "id"),
    "number": ("提案号", "案号", "提案编号", "编号", "number"),
    "title": ("案由", "提案名称", "标题", "题目", "title"),
    "category": ("类别", "分类", "提案类别", "category"),
    "type": ("提案形式", "提案类型", "形式", "submitter_type", "type"),
    "author": ("提案人", "第一提案人", "提案者", "submitter", "author"),
    "cosigners": ("联名人", "联名提案人", "附议人", "cosigners"),
    "together": ("联名人数", "提案人数"),
    "at": ("提交时间", "提交日期", "提案时间", "日期", "published", "submitted"),
    "situation": ("情况", "调研情况", "基本情况"),
    "analysis": ("分析", "问题分析"),
    "suggestion": ("建议说明",),
    "text": ("正文", "提案内容", "内容", "全文", "text"),
}
LABELS = {
    "key": "外部编号", "number": "提案号", "title": "案由", "category": "类别",
    "type": "提案形式", "author": "提案人", "cosigners": "联名人", "together": "联名人数",
    "at": "提交时间", "situation": "情况", "analysis": "分析", "suggestion": "建议说明",
    "text": "正文",
}  # fmt: skip


def suggest(header: Sequence[str]) -> dict[str, str]:
    """Which column is probably meant by which field."""
    return suggest_columns([name for name in header if not ask_number(name)], FIELDS)


def ask_number(column: str) -> int:
    """3 for a column 建议3 or 具体建议（3）, 0 for any other."""
    found = re.fullmatch(
        r"(?:具体)?建议[（(]?(\d{1,2})[)）]?|ask[_ -]?(\d{1,2})", half_width(plain(column))
    )
    return int(found[1] or found[2]) if found else 0


def ask_columns(header: Sequence[str]) -> list[str]:
    """The columns that hold one ask each, in their order."""
    return sorted((name for name in header if ask_number(name)), key=ask_number)
