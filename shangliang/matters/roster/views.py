"""Set-up pages: a roster is uploaded, looked at, carried out or not, and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangliang.analysis.tabular import Table, TableError
from shangliang.analysis.tabular_out import write_xlsx
from shangliang.people import duties
from shangliang.people.circles import Inside, for_duties
from shangliang.people.models import Kind
from shangliang.ui.languages import of_record

from .. import journal
from ..imports import batches
from ..imports.plan import Plan
from ..imports.reader import read_confined
from ..imports.report import OUTCOMES, as_csv
from ..models import ImportBatch
from ..models.imports import REGRET
from ..refusals import Refused
from . import out, planning
from .fields import LABELS, suggest
from .forms import ColumnsForm, RosterForm

A_PAGE, RECENT = 50, 10
# More people than this leave only by the command line, where two stand at the machine.
MOST_PEOPLE = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def index(request: Inside) -> HttpResponse:
    """Bring a roster: the file is kept for a day, or until it is carried out or discarded."""
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, since = form.cleaned_data["file"], form.cleaned_data["since"]
        data, now = file.read(), timezone.now()
        try:
            table = read_confined(data, file.name)
        except TableError as refusal:
            form.add_error("file", _(refusal.message) % refusal.facts)
        else:
            mine = ImportBatch.objects.filter(organisation=request.committee, kind=planning.KIND)
            mine.filter(applied_at=None, brought_at__lt=now - REGRET).delete()
            batch = mine.create(
                organisation=request.committee, kind=planning.KIND, name=file.name[:200],
                digest=table.digest, source=data, brought_at=now, by=request.user,
                options={"since": since.isoformat() if since else ""},
            )  # fmt: skip
            return redirect("roster_batch", batch.pk)
    found = ImportBatch.objects.filter(organisation=request.committee, kind=planning.KIND)
    context = {"form": form, "batches": found.defer("source")[:RECENT], "most": MOST_PEOPLE}
    status = 422 if form.errors else 200
    return render(request, "matters/roster/index.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def batch(request: Inside, pk: int) -> HttpResponse:
    """What the file would do, row by row; a POST says anew which column means what."""
    found = _find(request, pk)
    if found.applied_at:
        context = {"batch": found, "may_undo": found.may_be_undone(timezone.now())}
        return render(request, "matters/roster/done.html", context)
    table = read_confined(bytes(found.source), found.name)
    form = ColumnsForm(request.POST or None, header=table.header, mapping=_mapping(found, table))
    if request.method == "POST" and form.is_valid():
        ImportBatch.objects.filter(pk=pk).update(mapping=form.mapping)
        return redirect("roster_batch", pk)
    return _report(request, found, table, form)


def _report(
    request: Inside, found: ImportBatch, table: Table, form: ColumnsForm, refusal: str = ""
) -> HttpResponse:
    plan = _plan(request, found, table)
    rows = [*plan.worth_a_look(), *(r for r in plan.rows if not r.problems and not r.remarks)]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    counts = [(*OUTCOMES[name], n) for name, n in plan.counts.items() if n]
    context = {
        "batch": found, "form": form, "plan": plan, "page": page, "counts": counts,
        "rows": [(row, *OUTCOMES[row.outcome]) for row in page], "table": table,
        "earlier": batches.brought_before(request.committee, planning.KIND, found.digest),
        "columns": [(_(LABELS[name]), column) for name, column in plan.mapping.items()],
        "notes": table.notes[:RECENT], "refusal": refusal,
    }  # fmt: skip
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "matters/roster/report.html", context, status=status)


@require_POST
@for_duties("system_admin")
def apply(request: Inside, pk: int) -> HttpResponse:
    """Carry it out: all of it, or nothing."""
    found = _find(request, pk)
    if found.applied_at:
        return redirect("roster_batch", pk)
    table = read_confined(bytes(found.source), found.name)
    mapping = _mapping(found, table)
    plan = _plan(request, found, table)
    try:
        batches.apply(found, plan, by=request.user, at=timezone.now())
    except Refused as refusal:
        form = ColumnsForm(header=table.header, mapping=mapping)
        return _report(request, found, table, form, str(refusal))
    batches.keep_mapping(request.committee, planning.KIND, table.signature(), mapping)
    ImportBatch.objects.filter(pk=pk).update(mapping=mapping)
    messages.success(request, _("名册已导入。新的账号和任职等安全管理员确认后生效。"))
    return redirect("roster_batch", pk)


@require_POST
@for_duties("system_admin")
def undo(request: Inside, pk: int) -> HttpResponse:
    """Take the whole batch back."""
    found = _find(request, pk)
    try:
        batches.undo(found, planning.KEEPERS, by=request.user, at=timezone.now())
    except Refused as refusal:
        context = {"refusal": str(refusal), "back_url": request.path.removesuffix("undo/")}
        return render(request, "ui/refusal.html", context, status=409)
    messages.success(request, _("这一批已全部撤销。"))
    return redirect("roster_batch", pk)


@require_POST
@for_duties("system_admin")
def discard(request: Inside, pk: int) -> HttpResponse:
    """Forget a file that was only looked at."""
    ImportBatch.objects.filter(pk=_find(request, pk).pk, applied_at=None).delete()
    messages.success(request, _("文件已删除，没有导入任何内容。"))
    return redirect("roster")


@require_safe
@for_duties("system_admin")
def report(request: Inside, pk: int) -> HttpResponse:
    """The report on every row, to work through beside the file."""
    found = get_object_or_404(_batches(request), pk=pk, applied_at=None)
    plan = _plan(request, found, read_confined(bytes(found.source), found.name))
    return _file(as_csv(plan), "text/csv", _("名册导入报告.csv"))


@require_safe
@for_duties("system_admin")
def template(request: Inside, name: str) -> HttpResponse:
    """An empty table to fill in, with lists to choose from."""
    columns, title = (
        (out.UNIT_TEMPLATE, _("承办单位")) if name == "units" else (out.TEMPLATE, _("委员名册"))
    )
    places = ("unit",) if name == "units" else ("committee",)
    with of_record():  # the words a table is read by
        offered = [
            str(label) for code, label in duties.LABELS.items()
            if code not in duties.ADMINISTRATORS and set(places) & duties.PLACES[code]
        ]  # fmt: skip
        kinds = [str(kind.label) for kind in Kind if kind != Kind.COMMITTEE]
    choices = {LABELS["duty"]: offered} | ({LABELS["kind"]: kinds} if "kind" in columns else {})
    header = [LABELS[column] for column in columns]
    data = write_xlsx(header, [], title=title, widths=[16] * len(header), choices=choices)
    return _file(data, XLSX, f"{title}.xlsx")


@require_POST
@for_duties("system_admin")
def export(request: Inside) -> HttpResponse:
    """The roster as it stands; who took it out is written down."""
    people = out.people_in(request.committee)
    if people > MOST_PEOPLE:
        context = {
            "refusal": _("名册有 %(n)d 人，超过 %(most)d 人，不能在网页上整份导出。")
            % {"n": people, "most": MOST_PEOPLE},
            "mend": [_("请由两人在场，在服务器上用 shangliang export roster 导出。")],
            "back_url": "/setup/roster/",
        }
        return render(request, "ui/refusal.html", context, status=409)
    journal.write(
        "export", by=request.user, at=timezone.now(), acting_as=request.acting_as,
        data={"kind": planning.KIND, "people": people},
    )  # fmt: skip
    header, rows = out.export_header(request.committee), out.export_rows(request.committee)
    return _file(write_xlsx(header, rows, title=_("名册")), XLSX, _("名册.xlsx"))


def _batches(request: Inside) -> Any:
    return ImportBatch.objects.filter(organisation=request.committee, kind=planning.KIND)


def _find(request: Inside, pk: int) -> ImportBatch:
    return get_object_or_404(_batches(request), pk=pk)


def _mapping(found: ImportBatch, table: Table) -> dict[str, str]:
    """What was said on the page, else what was settled before for such a table, else a guess."""
    kept = batches.recalled_mapping(found.organisation_id, found.kind, table.signature())
    return dict(found.mapping) or kept or suggest(table.header)


def _plan(request: Inside, found: ImportBatch, table: Table) -> Plan:
    since = found.options.get("since")
    choices = planning.Choices(
        since=date.fromisoformat(since) if since else None, proposed_by=request.user
    )
    mapping = _mapping(found, table)
    return planning.plan_roster(table, mapping, request.committee, choices, timezone.now())


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
