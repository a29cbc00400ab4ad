"""The handling unit: sign for, talk, write the reply ask by ask, sign and issue it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.matters import drafts, journal, rights, versions
from shangliang.matters.flow import moves_for, todo
from shangliang.matters.refusals import NotReady
from shangliang.people import duties
from shangliang.people.circles import Inside

from ..forms import ExtendForm, ReplyForm, SignForForm, TalkForm
from ..models import Answer, Proposal, Reply
from .reading import picture
from .steps import again, find_for, refused, take

FIELDS = ("result", "publicity", "opening", "closing", "contact")


def sign_for(request: Inside, pk: int) -> HttpResponse:
    """Receive the paper: who works on it, who answers for it."""
    proposal = find_for(request, pk, "sign_for")
    form = SignForForm(request.POST or None, initial={"handler": request.user.name})
    return _one_step(request, proposal, "sign_for", form, lambda: form.cleaned_data)


def sign_many(request: Inside) -> HttpResponse:
    """Receive all that came on one day in one form: the ticked papers, one handler for them."""
    day = timezone.localdate()
    if not {duty for duty, _body, _home in rights.seats_of(request.user, day)} & duties.UNITS:
        raise Http404
    waiting = Proposal.objects.filter(pk__in=todo(request.user, day).values("pk"), state="assigned")
    waiting = waiting.select_related("session").prefetch_related("parts__person", "parts__unit")
    form = SignForForm(request.POST or None, initial={"handler": request.user.name})
    context: dict[str, Any] = {
        "form": form, "proposals": waiting.order_by("moved_at", "pk"),
        "chosen": request.POST.getlist("proposal") if request.method == "POST" else None,
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "proposals/sign_many.html", context)
    if form.is_valid() and not context["chosen"]:
        form.add_error(None, _("请勾选要签收的提案。"))
    if not form.is_valid():
        return render(request, "proposals/sign_many.html", context, status=422)
    results = [
        (proposal, str(take(request, proposal, "sign_for", data=form.cleaned_data) or ""))
        for proposal in list(context["proposals"]) if str(proposal.pk) in context["chosen"]
    ]  # fmt: skip
    context |= {
        "proposals": waiting.order_by("moved_at", "pk"),
        "done": sum(not problem for _p, problem in results),
        "failed": [(p, problem) for p, problem in results if problem],
    }
    return render(request, "proposals/sign_many.html", context)


def log(request: Inside, pk: int) -> HttpResponse:
    """Record a talk with the proposer; she is told and can object."""
    proposal = find_for(request, pk, "log")
    people = "、".join(str(person) for person in proposal.people("author"))
    initial = {"held_on": timezone.localdate(), "participants": f"{request.user.name}、{people}"}
    form = TalkForm(request.POST or None, organisation=proposal.organisation_id, initial=initial)
    return _one_step(request, proposal, "log", form, form.data_for_move)


def extend(request: Inside, pk: int) -> HttpResponse:
    """Grant a later date, before the present one has passed."""
    proposal = find_for(request, pk, "extend")
    form = ExtendForm(request.POST or None)
    return _one_step(request, proposal, "extend", form, form.data_for_move, note="note")


def _one_step(
    request: Inside, proposal: Proposal, name: str, form: Any, data: Any, note: str = ""
) -> HttpResponse:
    """A page with one form that takes one row of the table."""
    row = proposal.flow.rows[name]
    if proposal.state not in row.sources:
        return redirect(proposal)
    context = picture(request, proposal) | {"form": form, "row": row}
    if request.method != "POST":
        return render(request, "proposals/step.html", context)
    if not form.is_valid():
        return again(request, "proposals/step.html", context)
    said = form.cleaned_data.get(note, "") if note else ""
    if refusal := take(request, proposal, name, form, data=data(), note=said):
        return again(request, "proposals/step.html", context, refusal)
    return redirect(proposal)


def reply(request: Inside, pk: int) -> HttpResponse:
    """The reply editor: asks on one side, each waiting for its answer on the other."""
    proposal = find_for(request, pk, "send_up")
    if proposal.state != "handling":
        return redirect(proposal)
    draft, key = _present_reply(proposal), f"proposals.reply:{pk}:{proposal.round}"
    answered = {a.ask_id: a.text for a in draft.answers.all()} if draft.pk else {}
    initial = {name: getattr(draft, name) for name in FIELDS} | {"version": draft.version}
    kept = drafts.restore(request.user, key) if request.method != "POST" else None
    if kept:
        initial |= {k: v for k, v in kept.data.items() if not k.startswith("ask-")}
    form = ReplyForm(request.POST or None, organisation=proposal.organisation_id, initial=initial)
    typed = request.POST if request.method == "POST" else (kept.data if kept else {})
    lines = [
        (ask, typed.get(f"ask-{ask.pk}", answered.get(ask.pk, ""))) for ask in proposal.asks.all()
    ]
    context = picture(request, proposal) | {
        "form": form, "lines": lines, "draft_key": key, "kept": kept, "reply": draft,
        "sent_back": proposal.entries.filter(verb="send_back").select_related("content").last(),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "proposals/reply.html", context)
    if not form.is_valid():
        return again(request, "proposals/reply.html", context)
    if not _save(proposal, draft, form.cleaned_data, {a.pk: t for a, t in lines}, request):
        return _conflict(request, proposal, draft, form, lines)
    drafts.clear(request.user, key)
    if "save" in request.POST:
        messages.success(request, _("答复已保存，尚未送审。"))
        return redirect("proposals:reply", pk)
    if refusal := take(request, proposal, "send_up", form):
        context["form"].data = context["form"].data.copy()
        context["form"].data["version"] = Reply.objects.get(pk=draft.pk).version
        return again(request, "proposals/reply.html", context, refusal)
    return redirect(proposal)


def _present_reply(proposal: Proposal) -> Reply:
    """The reply of this round, or an unsaved one that says what every letter begins with."""
    found = proposal.current_reply()
    if found:
        return found
    names = "、".join(str(person) for person in proposal.people("author", "cosigner"))
    (unit,) = proposal.people("lead_unit")
    opening = _("%(names)s：\n您提出的《%(title)s》收悉。经研究，现答复如下。") % {
        "names": names, "title": proposal.title,
    }  # fmt: skip
    return Reply(
        proposal=proposal, unit_id=unit.pk, round=proposal.round,
        opening=opening, closing=_("感谢您对我们工作的关心和支持。"),
    )  # fmt: skip


@transaction.atomic
def _save(
    proposal: Proposal, draft: Reply, fields: dict[str, Any], texts: dict[int, str], request: Any
) -> bool:
    """Write the reply unless somebody wrote it meanwhile; says whether it was written."""
    journal.hold()
    for name in FIELDS:
        setattr(draft, name, fields[name])
    if draft.pk is None:
        draft, made = Reply.objects.get_or_create(
            proposal=proposal, unit_id=draft.unit_id, round=proposal.round,
            defaults={name: fields[name] for name in FIELDS},
        )  # fmt: skip
        if not made:
            return False
    else:
        mine = Reply.objects.filter(pk=draft.pk, version=fields["version"] or 0, issued_at=None)
        values = {name: fields[name] for name in FIELDS}
        if not mine.update(version=F("version") + 1, **values):
            return False
    for ask_id, text in texts.items():
        Answer.objects.update_or_create(reply_id=draft.pk, ask_id=ask_id, defaults={"text": text})
    journal.write("write_reply", by=request.user, at=timezone.now(), matter=proposal,
                  was=proposal.state, now=proposal.state)  # fmt: skip
    return True


def _conflict(
    request: Inside, proposal: Proposal, draft: Reply, form: ReplyForm, lines: list[Any]
) -> HttpResponse:
    theirs = Reply.objects.get(proposal=proposal, round=proposal.round)
    answers = {answer.ask_id: answer.text for answer in theirs.answers.all()}
    mine = {name: form.cleaned_data[name] for name in FIELDS}
    mine |= {f"ask-{ask.pk}": text for ask, text in lines}
    labels = {name: ReplyForm.base_fields[name].label for name in FIELDS}
    labels |= {f"ask-{ask.pk}": _("第%(n)s项的答复") % {"n": ask.order} for ask, _t in lines}
    return versions.conflict(
        request, form=f"proposals.reply:{proposal.pk}:{proposal.round}", title=proposal.title,
        mine=mine, labels=labels, version=theirs.version, matter=proposal,
        theirs={name: getattr(theirs, name) for name in FIELDS}
        | {f"ask-{ask.pk}": answers.get(ask.pk, "") for ask, _t in lines},
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
        return redirect(proposal)
    return render(request, "proposals/issue.html", context)
