"""The pages of documents: add one, take one back, save one."""

from __future__ import annotations

import logging
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shangliang.people.circles import Inside
from shangliang.people.models import Person

from . import documents, refusals, shelf
from .attaching import attach, detach, limits, replace
from .documents import may_attach, may_detach, may_replace
from .models import Document, DocumentVersion, Matter
from .once import needs_no_key
from .uploads.handler import too_big
from .uploads.kinds import ACCEPT
from .uploads.limits import MB
from .uploads.refusals import Refused
from .views import find

logger = logging.getLogger(__name__)


class AttachForm(forms.Form):
    """One file; whether it may come in is for the gate to say, in its own words."""

    file = forms.FileField(
        label=gettext_lazy("文件"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )

    def __init__(self, *args: Any, most: str, too_big: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        # A body that was too big arrives without its file; the reason is not that none was chosen.
        absent = Refused("too_big", most=most) if too_big else Refused("missing")
        self.fields["file"].error_messages["required"] = str(absent)
        self.fields["file"].help_text = _(
            "PDF、Word（.docx）、Excel（.xlsx）、OFD 或 JPG、PNG、WebP 图片，不超过 %(most)s。"
            "涉密的文件请不要上传。"
        ) % {"most": most}


@needs_no_key("a file is known by its content: the same one again is the same attachment")
def attach_page(request: Inside, pk: int) -> HttpResponse:
    """Add an attachment to a matter that is in this person's hands; 404 for everybody else."""
    matter = find(request, pk)
    if not may_attach(request.user, matter):
        raise Http404
    return _bring(request, matter, None)


@needs_no_key("a file is known by its content: the same one again is the same attachment")
def replace_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a newer version in place of an attachment of one's own."""
    version = _find(request, pk)
    document = version.document
    if not may_replace(request.user, document):
        raise Http404
    return _bring(request, document.matter, document)


def _bring(request: HttpRequest, matter: Matter, document: Document | None) -> HttpResponse:
    most = f"{limits(matter).bytes // MB} MB"
    form = AttachForm(most=most)
    if request.method == "POST":
        form = AttachForm(request.POST, request.FILES, most=most, too_big=too_big(request))
    if form.is_valid():
        try:
            version = _keep(request, matter, document, form.cleaned_data["file"])
        except refusals.Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("已添加附件《%(name)s》。") % {"name": version.name})
            return redirect(matter)
    context = {"matter": matter, "document": document, "form": form}
    status = 422 if form.errors else 200
    return render(request, "matters/attach.html", context, status=status)


def _keep(
    request: HttpRequest, matter: Matter, document: Document | None, file: Any
) -> DocumentVersion:
    by, at = _person(request), timezone.now()
    try:
        if document is None:
            return attach(matter, file, file.name, by=by, at=at)
        return replace(document, file, file.name, by=by, at=at)
    except OSError as error:  # no room on the disk, or the virus scanner does not answer
        logger.exception("an upload could not be kept")
        raise Refused("not_kept") from error


@require_POST
def detach_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an attachment that nobody else has received yet."""
    document = _find(request, pk).document
    if not may_detach(request.user, document):
        raise Http404
    detach(document, by=_person(request), at=timezone.now())
    messages.success(request, _("已删去附件《%(name)s》。") % {"name": document.title})
    return redirect(document.matter)


@login_not_required
@require_safe
def download(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponseBase:
    """Hand out one version; the right is asked again each time, and the bytes are checked."""
    version = _find(request, pk, number)
    try:
        file = shelf.take(version.file.digest)
    except shelf.Damaged:
        context = {"matter": version.document.matter, "version": version}
        return render(request, "matters/damaged.html", context, status=500)
    response = FileResponse(
        file, as_attachment=True, filename=version.name, content_type=version.file.content_type
    )
    # A document is never shown inside our own pages' origin, whatever a browser thinks it is.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _find(request: HttpRequest, pk: int, number: int | None = None) -> DocumentVersion:
    version = documents.find(pk, request.user, timezone.localdate(), number)
    if version is None:
        raise Http404
    return version


def _person(request: HttpRequest) -> Person:
    """Who is logged in; the pages that write are closed to everybody else."""
    return cast(Person, request.user)
