"""Set-up pages: an organ's own Word templates (文书模板) in place of ours."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangliang.people.circles import Inside, for_duties

from . import stationery
from .letters import pdf
from .letters.specimens import SPECIMENS
from .letters.word import standard_template
from .models import LetterTemplate
from .once import needs_no_key
from .refusals import Refused
from .uploads.kinds import DOCX

NAMES = {
    "reply": gettext_lazy("提案答复函"),
    "filing": gettext_lazy("立案通知"),
    "not_filing": gettext_lazy("不予立案通知"),
    "assignment": gettext_lazy("交办通知"),
    "sheet": gettext_lazy("提案表"),
    "feedback": gettext_lazy("征询意见表"),
}


class TemplateForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Word 模板"), required=False,
        widget=forms.FileInput(attrs={"accept": DOCX.ending}),
        help_text=gettext_lazy("下载现用的模板，在 Word 里改好版式再传上来；花括号里的字段请保留。"),
    )  # fmt: skip
    expected = "*"


@require_safe
@for_duties("system_admin")
def index(request: Inside) -> HttpResponse:
    """Every kind of paper: whose template it uses, and which fonts the machine lacks for PDF."""
    own = {t.kind: t for t in LetterTemplate.objects.filter(organisation=request.committee)}
    rows = [(kind, NAMES[kind], own.get(kind)) for kind in SPECIMENS]
    missing = pdf.missing_faces(settings.VAR / "fonts")
    return render(request, "matters/setup/templates.html", {"rows": rows, "missing": missing})


@needs_no_key("a template is known by its content: the same one again changes nothing")
@require_http_methods(["GET", "POST"])
@for_duties("system_admin")
def template(request: Inside, kind: str) -> HttpResponse:
    """Replace one template; it is filled once on trial before it counts."""
    if kind not in SPECIMENS:
        raise Http404
    form = TemplateForm(request.POST or None, request.FILES or None)
    own = LetterTemplate.objects.filter(organisation=request.committee, kind=kind).first()
    context = {"form": form, "kind": kind, "name": NAMES[kind], "own": own}
    if request.method != "POST":
        return render(request, "matters/setup/template.html", context)
    file: Any = form.files.get("file")
    if file is None:
        form.add_error("file", _("请选择一个 Word 文件。"))
        return render(request, "matters/setup/template.html", context, status=422)
    try:
        stationery.set_template(
            request.committee, kind, file, file.name or "", by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return render(request, "matters/setup/template.html", context, status=422)
    messages.success(request, _("%(name)s已改用本机关的模板。") % {"name": NAMES[kind]})
    return redirect("setup_templates")


@require_safe
@for_duties("system_admin")
def download(request: Inside, kind: str) -> FileResponse:
    """The template now in use, to start from."""
    if kind not in SPECIMENS:
        raise Http404
    content = stationery.template_for(request.committee, kind) or standard_template(kind)
    name = f"{NAMES[kind]}{DOCX.ending}"
    return FileResponse(
        BytesIO(content), as_attachment=True, filename=name, content_type=DOCX.media_type
    )


@require_POST
@for_duties("system_admin")
def reset(request: Inside, kind: str) -> HttpResponse:
    """Go back to our template."""
    if kind not in SPECIMENS:
        raise Http404
    stationery.drop_template(request.committee, kind, by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s已恢复出厂模板。") % {"name": NAMES[kind]})
    return redirect("setup_templates")
