"""Reading: the list, one paper with its whole way, and what the public may read."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.matters import clocks, documents, notices, rights, way
from shangliang.matters.flow import holders, moves_for
from shangliang.matters.models import Matter, Visibility
from shangliang.matters.uploads.kinds import DOCX, PDF
from shangliang.people.circles import Inside
from shangliang.ui.languages import listed
from shangliang.ui.numerals import spoken

from .. import papers, who
from ..actions import EDITABLE
from ..filters import FilterForm
from ..models import Proposal
from .steps import find, whole

PER_PAGE = 20
KINDS = {"docx": DOCX, "pdf": PDF}


@require_safe
def index(request: Inside) -> HttpResponse:
    """Every proposal this person may know of, narrowed as she likes."""
    day = timezone.localdate()
    form = FilterForm(request.GET, person=request.user, day=day)
    found = form.narrow(Matter.objects.visible_to(request.user, day).filter(kind=Proposal.KIND))
    page = Paginator(found.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    shown: dict[int, Any] = Proposal.objects.with_names().in_bulk(list(page))
    context = {
        "form": form, "page": page, "rows": [row(shown[pk], day) for pk in page if pk in shown],
        "found": _("共 %(n)s 件") % {"n": page.paginator.count},
    }  # fmt: skip
    return render(request, "proposals/index.html", context)


def row(proposal: Proposal, day: Any) -> dict[str, Any]:
    """A proposal as one line of a list: what it is, who has it, by when."""
    owed = [d for d in proposal.deadlines.all() if d.is_running]
    deadline = way.nearest(owed)
    return {
        "proposal": proposal, "deadline": deadline, "holder": holders(proposal),
        "names": signers(proposal),
        "left": clocks.days_left(deadline, day) if deadline else None,
    }  # fmt: skip


def signers(proposal: Proposal) -> str:
    """林晓 等 4 人: the first proposer and how many signed with her."""
    parts = list(proposal.parts.all())
    first = [str(part) for part in parts if part.role == "author"]
    count = sum(part.role == "cosigner" for part in parts) + len(first)
    name = listed(first)
    return _("%(name)s 等 %(n)s 人") % {"name": name, "n": count} if count > 1 else name


def picture(request: Inside, proposal: Proposal) -> dict[str, Any]:
    """Everything a page about one proposal shows, as far as this reader may see it."""
    now = timezone.now()
    today, held = timezone.localdate(now), rights.held(request.user, proposal, timezone.localdate())
    entries = way.entries_for(proposal, held)
    owed = [deadline for deadline in proposal.deadlines.all() if deadline.is_running]
    deadline = way.nearest(owed)
    offers = moves_for(request.user, proposal, now)
    inner, drafting = who.inner.admits(held), who.lead_unit.admits(held)
    examined = who.examination(proposal.state).admits(held)
    return {
        "proposal": proposal, "matter": proposal, "held": held, "facts": facts(proposal),
        "holder": holders(proposal), "deadline": deadline,
        "deadlines": [
            {"day": d.due_on, "name": _(d.label), "left": clocks.days_left(d, today), "why": clocks.explain(d)}
            for d in sorted(owed, key=lambda d: (d.due_on, d.pk))
        ],
        "may_edit": proposal.state in EDITABLE and (who.author | who.scribe).admits(held),
        "main": next((o for o in offers if _is_main(proposal, o.move)), None),
        "others": [o for o in offers if not _is_main(proposal, o.move)],
        "steps": way.steps(proposal, entries, today),
        "journal": way.journal_lines(proposal, entries),
        "asks": asks(proposal), "files": documents.listed(proposal, request.user, held),
        "replies": [reply for reply in proposal.replies.all() if reply.issued_at],
        "consultations": proposal.consultations.all() if inner or drafting or who.supervision.admits(held) else (),
        "filing": getattr(proposal, "filing", None) if examined else None,
        "ratings": proposal.ratings.all() if who.raters.admits(held) else (),
        "papers": papers.offered(proposal, held),
        "signed": _signed(proposal, inner),
        "sees_phone": who.callers.admits(held),
        "may_attach": documents.may_attach(request.user, proposal, held),
        "today": today,
    }  # fmt: skip


def _signed(proposal: Proposal, inner: bool) -> list[dict[str, Any]]:
    """Who signed with the first proposer; who was asked and what they said is for the inner circle."""
    roles = [("cosigner", _("已同意"), "done")]
    if inner and proposal.is_open:
        roles += [("invited", _("还没有答复"), "idle"), ("declined", _("不参加"), "no")]
    return [
        {"names": listed(part for part in proposal.parts.all() if part.role == role), "word": word, "tag": tag}
        for role, word, tag in roles if any(part.role == role for part in proposal.parts.all())
    ]  # fmt: skip


def _is_main(proposal: Proposal, move: Any) -> bool:
    """The one row a holder usually takes next: the first that leads along the path."""
    path = proposal.flow.path
    if not move.target and move.name not in ("cosign",):
        return False
    here = path.index(proposal.state) if proposal.state in path else -1
    return move.name == "cosign" or (
        move.target in path and path.index(move.target) > here and move.name != "release"
    )


def facts(proposal: Proposal) -> list[Any]:
    """The quiet line under the title."""
    lead = listed(p for p in proposal.parts.all() if p.role == "lead_unit")
    found: list[Any] = [signers(proposal), proposal.get_type_display()]
    if proposal.category:
        found.append(proposal.label("category", proposal.category))
    if lead:
        found.append({"label": _("主办单位"), "value": _("主办 %(lead)s") % {"lead": lead}})
    if proposal.is_oversight:
        found.append(_("监督性提案"))
    found.append(_("可见范围：%(who)s") % {"who": proposal.get_visibility_display()})
    return found


def asks(proposal: Proposal) -> list[dict[str, Any]]:
    """The asks as they were put; what became of each stands once, in the reply."""
    return [{"number": spoken(ask.order), "text": ask.text} for ask in proposal.asks.all()]


@require_safe
def paper(request: Inside, pk: int, kind: str, ending: str) -> FileResponse:
    """One of the official papers, drawn now, as Word or PDF."""
    proposal, day = find(request, pk), timezone.localdate()
    held = rights.held(request.user, proposal, day)
    if ending not in KINDS or kind not in papers.offered(proposal, held):
        raise Http404
    try:
        content, name = papers.drawn(proposal, kind, ending, day, held)
    except LookupError as missing:
        raise Http404 from missing
    return FileResponse(
        BytesIO(content), as_attachment=True, filename=name, content_type=KINDS[ending].media_type
    )


@require_safe
def detail(request: Inside, pk: int) -> HttpResponse:
    """One proposal: who has it now, what comes next, by when and why then, and its text.

    Who has nothing to do with the committee reads of a published paper what was published.
    """
    proposal = whole(request, pk)
    held = rights.held(request.user, proposal, timezone.localdate())
    if not (held.parts or held.desks or held.duties):
        return redirect("proposals:published_detail", pk)
    if proposal.has_news:
        notices.mark_read(request.user, timezone.now(), proposal)
    return render(request, "proposals/detail.html", picture(request, proposal))


@login_not_required
@require_safe
def published(request: Inside) -> HttpResponse:
    """The public list: what was published, with the replies."""
    found = Proposal.objects.filter(visibility=Visibility.PUBLIC).order_by("-moved_at")
    word = request.GET.get("q", "").strip()[:60]
    if word:
        found = found.filter(title__icontains=word)
    found = found.select_related("session", "organisation").prefetch_related(
        "parts__person", "parts__unit"
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"proposal": p, "names": signers(p)} for p in page]
    return render(request, "proposals/published.html", {"page": page, "rows": rows, "q": word})


@login_not_required
@require_safe
def published_detail(request: Inside, pk: int) -> HttpResponse:
    """A published proposal and its reply: no phone numbers, no examination, no ratings."""
    proposal = get_object_or_404(
        Proposal.objects.select_related("organisation", "session"),
        pk=pk, visibility=Visibility.PUBLIC,
    )  # fmt: skip
    reply = proposal.replies.filter(issued_at__isnull=False).select_related("unit").last()
    if reply and reply.publicity == "not":
        reply = None
    context = {
        "proposal": proposal, "facts": facts(proposal)[:-1], "reply": reply,
        "asks": asks(proposal),
    }  # fmt: skip
    return render(request, "proposals/published_detail.html", context)
