"""A plan told to the person who must decide on it: in words, and as a table beside her file."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.analysis.tabular_out import Value, write_csv

from .plan import CHANGED, NEW, REFUSED, SAME, Plan, RowPlan

# Shape and word of each outcome, as tags show them.
OUTCOMES = {
    NEW: ("done", gettext_lazy("新增")),
    CHANGED: ("soon", gettext_lazy("修改")),
    SAME: ("idle", gettext_lazy("不变")),
    REFUSED: ("no", gettext_lazy("不能导入")),
}


def word(outcome: str) -> str:
    return str(OUTCOMES[outcome][1])


def as_csv(plan: Plan) -> bytes:
    """The report on every row, to work through beside the file."""
    header = [_("行号"), _("结果"), _("名称"), _("问题"), _("说明"), _("写入的内容")]
    return write_csv(header, (_line(row) for row in plan.rows))


def _line(row: RowPlan) -> list[Value]:
    said = ("\n".join(each) for each in (row.problems, row.remarks, row.told()))
    return [row.number, word(row.outcome), row.title, *said]
