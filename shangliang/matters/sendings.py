"""What a form brought: told apart from another by its hash, and kept so that both can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.analysis.differences import Part, between

from . import chain, drafts, keys

OURS = frozenset({"csrfmiddlewaretoken", "_key"})
SECRET = ("password", "secret", "otp")
LARGEST_BODY = 512 * 1024


@dataclass(frozen=True)
class Sending:
    """One arrival of a form: whose, where to, and what it said."""

    person: Any
    path: str
    hash: str
    body: dict[str, list[str]]


def read(request: HttpRequest) -> Sending:
    """The words of a request; files count by their content, which is not kept here.

    The hash is sealed with the installation's key: a plain one of a short form would give its
    words away to whoever reads the table.
    """
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in OURS}
    said: dict[str, Any] = {"path": request.path, "fields": fields, "files": _files(request)}
    if not request.POST and not request.FILES:
        said["raw"] = chain.digest(request.body)
    text = chain.canonical(said)
    secret = any(word in name.lower() for name in fields for word in SECRET)
    return Sending(
        person=request.user if request.user.is_authenticated else None,
        path=request.path,
        hash=chain.seal(keys.current(), text),
        body={} if secret or len(text) > LARGEST_BODY else fields,
    )


def _files(request: HttpRequest) -> list[list[Any]]:
    return [
        [name, file.name, file.size, _digest(file)]
        for name, files in sorted(request.FILES.lists())
        for file in files
    ]


def _digest(file: UploadedFile) -> str:
    """The content, read in pieces; the view finds the file as if nobody had read it."""
    hashed = chain.running()
    for piece in file.chunks():
        hashed.update(piece)
    file.seek(0)
    return hashed.hexdigest()


def keep_as_draft(sending: Sending, request: HttpRequest) -> None:
    """Words that could not be taken: found again among the person's drafts."""
    url = page_of(request)
    data = drafts.plain(sending.body)
    drafts.save(
        sending.person, drafts.unsent(sending.path), data, at=timezone.now(),
        title=str(data.get("title") or _("没有送出的表单")), url=url,
    )  # fmt: skip


def page_of(request: HttpRequest) -> str:
    """The page the form stood on, as far as the browser says; else where it was sent to."""
    return drafts.own_path(request.headers.get("Referer", ""), request) or request.path


def differing(
    first: Mapping[str, list[str]], second: Mapping[str, list[str]]
) -> list[tuple[list[Part], list[Part]]]:
    """Each place where two arrivals of one form say different things, marked in both."""
    names = [*first, *(name for name in second if name not in first)]
    texts = (("\n".join(first.get(n, [])), "\n".join(second.get(n, []))) for n in names)
    return [between(one, two) for one, two in texts if one != two]
