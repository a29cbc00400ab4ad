"""Set-up pages: named numbers (参数) and code tables (代码表) of one committee."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangliang.people import changes
from shangliang.people.circles import Inside, for_duties
from shangliang.people.models import Term
from shangliang.people.refusals import Changed
from shangliang.people.views.frame import conflict, pen

from . import local
from .forms_setup import CodeForm, NumberForm, ScopeForm
from .models import Code, NamedNumber
from .number_kinds import GROUPS, said

TABLES = {
    "category": gettext_lazy("提案类别"),
    "origin": gettext_lazy("提案来源"),
    "not_filing_ground": gettext_lazy("不予立案的情形"),
    "disposition": gettext_lazy("不予立案后的处理"),
    "contact_form": gettext_lazy("与提案人沟通的方式"),
    "reply_class": gettext_lazy("答复类别"),
    "publicity": gettext_lazy("公开方式"),
}


@require_safe
@for_duties("system_admin")
def numbers(request: Inside) -> HttpResponse:
    """Every named number: what is in force, what it means, and what it rests on."""
    set_here = NamedNumber.objects.filter(organisation=request.committee).select_related("term")
    own: dict[str, list[NamedNumber]] = {}
    for row in set_here.order_by("term__number"):
        own.setdefault(row.key, []).append(row)
    rows = [_row(key, own.get(key, [])) for key in local.defaults()]
    groups = []
    for label, starts in GROUPS:
        mine = [row for row in rows if row["key"].startswith(starts)]
        rows = [row for row in rows if row not in mine]
        if mine:
            groups.append((label, mine))
    return render(request, "matters/setup/numbers.html", {"groups": groups})


def _row(key: str, own: list[NamedNumber]) -> dict[str, Any]:
    default = local.defaults()[key]
    general = next((row for row in own if row.term_id is None), None)
    return {
        "key": key, "label": default.label, "meaning": default.meaning,
        "value": said(key, general.value if general else default.value),
        "law": general.law if general else "", "source": default.source,
        "is_own": general is not None,
        "terms": [(row.term, said(key, row.value), row.law) for row in own if row.term_id],
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def number(request: Inside, key: str) -> HttpResponse:
    """One named number: for the committee, or with ?term= for one term alone."""
    if key not in local.defaults():
        raise Http404
    term, row = _scope(request, key)
    form = NumberForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            if row.pk:
                changes.save(row, form.changed, form.seen, "number_changed", pen(request))
            else:
                changes.add(row, "number_set", pen(request))
        except Changed:
            return conflict(request, form, request.get_full_path())
        words = _("%(label)s已改为%(value)s，对以后开始计算的期限有效。")
        label = local.defaults()[key].label
        messages.success(request, words % {"label": label, "value": said(key, row.value)})
        return redirect("setup_numbers")
    shipped = local.defaults()[key]
    context = {
        "form": form, "default": shipped, "shipped": said(key, shipped.value), "row": row,
        "term": term, "terms": Term.objects.filter(organisation=request.committee),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "matters/setup/number.html", context, status=status)


def _scope(request: Inside, key: str) -> tuple[Term | None, NamedNumber]:
    scope = ScopeForm(request.GET, committee=request.committee)
    if not scope.is_valid():
        raise Http404
    term = scope.cleaned_data["term"]
    row = NamedNumber.objects.filter(organisation=request.committee, key=key, term=term).first()
    in_force = local.value(request.committee, key, term)
    made = NamedNumber(organisation=request.committee, key=key, term=term, value=in_force)
    return term, row or made


@require_POST
@for_duties("system_admin")
def reset(request: Inside, pk: int) -> HttpResponse:
    """Back to what was shipped, or for a term back to the committee's own number."""
    row = get_object_or_404(NamedNumber, organisation=request.committee, pk=pk)
    with transaction.atomic():
        pen(request).note("number_reset", row, key=row.key, was=row.value)
        row.delete()
    messages.success(request, _("%(label)s已恢复。") % {"label": local.defaults()[row.key].label})
    return redirect("setup_numbers")


@require_safe
@for_duties("system_admin")
def codes(request: Inside) -> HttpResponse:
    """Every code table with its lines."""
    lines: dict[str, list[Code]] = {}
    for code in Code.objects.filter(organisation=request.committee):
        lines.setdefault(code.table, []).append(code)
    tables = [(name, label, lines.get(name, [])) for name, label in TABLES.items()]
    return render(request, "matters/setup/codes.html", {"tables": tables})


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def code_add(request: Inside, table: str) -> HttpResponse:
    if table not in TABLES:
        raise Http404
    last = Code.objects.filter(organisation=request.committee, table=table).last()
    order = last.order + 1 if last else 1
    return _code(request, Code(organisation=request.committee, table=table, order=order))


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def code(request: Inside, pk: int) -> HttpResponse:
    ours = Code.objects.filter(organisation=request.committee, table__in=TABLES)
    return _code(request, get_object_or_404(ours, pk=pk))


def _code(request: Inside, line: Code) -> HttpResponse:
    form = CodeForm(request.POST or None, instance=line)
    if request.method == "POST" and form.is_valid():
        try:
            if line.pk:
                changes.save(line, form.changed, form.seen, "code_changed", pen(request))
            else:
                changes.add(line, "code_added", pen(request))
        except Changed:
            return conflict(request, form, request.path)
        messages.success(request, _("“%(label)s”已保存。") % {"label": line.label})
        return redirect("setup_codes")
    context = {"form": form, "line": line, "table": TABLES[line.table]}
    status = 422 if form.is_bound else 200
    return render(request, "matters/setup/code.html", context, status=status)
