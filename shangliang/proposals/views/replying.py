"""The unit's letter: written ask by ask, sent to its leader, signed and issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.matters import drafts, journal, versions
from shangliang.matters.flow import moves_for
from shangliang.matters.refusals import NotReady
from shangliang.people.circles import Inside

from ..forms import ReplyForm
from ..models import Answer, Ask, Proposal, Reply
from .reading import picture
from .steps import again, done, find_for, refused, take

FIELDS = ("result", "publicity", "opening", "closing", "contact")
TEMPLATE = "proposals/reply.html"


def reply(request: Inside, pk: int) -> HttpResponse:
    """The reply editor: asks on one side, each waiting for its answer on the other."""
    proposal = find_for(request, pk, "send_up")
    if proposal.state != "handling":
        return redirect(proposal)
    key, asks = f"proposals.reply:{pk}:{proposal.round}", list(proposal.asks.all())
    present = _present_reply(proposal)
    kept = drafts.restore(request.user, key) if request.method != "POST" else None
    form = ReplyForm(
        request.POST or None, organisation=proposal.organisation_id, asks=asks,
        initial=_words(present) | (dict(kept.data) if kept else {}),
    )  # fmt: skip
    context = picture(request, proposal) | {
        "form": form, "lines": [(ask, form[f"ask-{ask.pk}"]) for ask in asks],
        "draft_key": key, "kept": kept, "reply": present,
        "sent_back": proposal.entries.filter(verb="send_back").select_related("content").last(),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, TEMPLATE, context)
    if not form.is_valid():
        return again(request, TEMPLATE, context)
    saved = _save(proposal, present, form.cleaned_data, asks, request)
    if saved is None:
        return _conflict(request, proposal, form, asks)
    drafts.clear(request.user, key)
    if "save" in request.POST:
        messages.success(request, _("答复已保存，尚未送审。"))
        return redirect("proposals:reply", pk)
    if not form.is_whole(asks):
        form.write_on(saved.version)
        return again(request, TEMPLATE, context)
    if refusal := take(request, proposal, "send_up", form):
        form.write_on(saved.version)
        return again(request, TEMPLATE, context, refusal)
    return done(request, proposal, "send_up")


def _present_reply(proposal: Proposal) -> Reply:
    """The reply of this round, or an unsaved one that says what every letter begins with.

    It is an official paper, and so in Chinese whatever language its writer reads.
    """
    found = proposal.current_reply()
    if found:
        return found
    names = "、".join(str(person) for person in proposal.people("author", "cosigner"))
    (unit,) = proposal.people("lead_unit")
    opening = f"{names}：\n您提出的《{proposal.title}》收悉。经研究，现答复如下。"
    return Reply(
        proposal=proposal, unit_id=unit.pk, round=proposal.round,
        opening=opening, closing="感谢您对我们工作的关心和支持。",
    )  # fmt: skip


def _words(reply: Reply) -> dict[str, Any]:
    """A reply as its form holds it; a letter nobody has saved yet is of version 0."""
    answers = {f"ask-{a.ask_id}": a.text for a in reply.answers.all()} if reply.pk else {}
    version = reply.version if reply.pk else 0
    return {name: getattr(reply, name) for name in FIELDS} | {"version": version} | answers


@transaction.atomic
def _save(
    proposal: Proposal, present: Reply, said: Mapping[str, Any], asks: Sequence[Ask], request: Any
) -> Reply | None:
    """Write the reply, or nothing when somebody wrote it meanwhile."""
    journal.hold()
    fields = {name: said[name] for name in FIELDS}
    if present.pk:
        known = said["version"] or 0
        mine = Reply.objects.filter(pk=present.pk, version=known, issued_at=None)
        if not mine.update(version=F("version") + 1, **fields):
            return None
        saved = Reply.objects.get(pk=present.pk)
    else:
        saved, made = Reply.objects.get_or_create(
            proposal=proposal, unit_id=present.unit_id, round=proposal.round, defaults=fields
        )
        if not made:
            return None
    for ask in asks:
        Answer.objects.update_or_create(
            reply_id=saved.pk, ask_id=ask.pk, defaults={"text": said[f"ask-{ask.pk}"]}
        )
    journal.write("write_reply", by=request.user, at=timezone.now(), matter=proposal,
                  was=proposal.state, now=proposal.state)  # fmt: skip
    return saved


def _conflict(
    request: Inside, proposal: Proposal, form: ReplyForm, asks: Sequence[Ask]
) -> HttpResponse:
    theirs = Reply.objects.get(proposal=proposal, round=proposal.round)
    names = (*FIELDS, *(f"ask-{ask.pk}" for ask in asks))
    return versions.conflict(
        request, form=f"proposals.reply:{proposal.pk}:{proposal.round}", title=proposal.title,
        mine={name: form.cleaned_data[name] for name in names},
        theirs={name: _words(theirs).get(name, "") for name in names},
        labels={name: form.fields[name].label for name in names},
        version=theirs.version, matter=proposal,
    )  # fmt: skip


def issue(request: Inside, pk: int) -> HttpResponse:
    """The unit's leader reads the letter as it will go out, and signs it."""
    proposal = find_for(request, pk, "issue")
    if proposal.state != "reply_check":
        return redirect(proposal)
    context = picture(request, proposal) | {
        "reply": proposal.current_reply(),
        "offers": moves_for(request.user, proposal, timezone.now()),
        "back": proposal.flow.rows["send_back"],
    }  # fmt: skip
    if request.method == "POST":
        if refusal := take(request, proposal, "issue"):
            if isinstance(refusal, NotReady):
                context["problem"] = str(refusal)
                return render(request, "proposals/issue.html", context, status=422)
            return refused(request, proposal, refusal)
        return done(request, proposal, "issue")
    return render(request, "proposals/issue.html", context)
