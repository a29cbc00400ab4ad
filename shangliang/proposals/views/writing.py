"""Writing a proposal: the page, the check, the invitation to co-sign, the receipt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.matters import drafts, rights, versions
from shangliang.matters.models import Entry
from shangliang.matters.refusals import Refused, Stale
from shangliang.people import duties
from shangliang.people.circles import Inside
from shangliang.people.models import Organisation, Person

from .. import actions
from ..checks import check
from ..forms import COLLECTIVE, AskLine, CosignForm, WriteForm
from ..models import Kind, Proposal
from .sending import noticed
from .steps import WRITERS, again, committee_of, find_for, take

SPARE = 3  # empty lines for asks where no script grows the list


def capacities(request: Inside, committee: Organisation) -> list[tuple[str, Any]]:
    """In whose name this person may write: her own, a body she convenes, or a member's she serves."""
    seats = rights.seats_of(request.user, timezone.localdate())
    held = {duty for duty, _body, home in seats if home == committee.pk}
    found: list[tuple[str, Any]] = []
    if held & duties.MEMBERS:
        found += [(kind.value, kind.label) for kind in (Kind.INDIVIDUAL, Kind.JOINT)]
    convened = [body for duty, body, home in seats if duty == "convener" and home == committee.pk]
    for body in Organisation.objects.filter(pk__in=convened, kind__in=COLLECTIVE):
        kind = COLLECTIVE[body.kind]
        found.append(
            (
                f"{kind.value}:{body.pk}",
                _("%(kind)s（%(body)s）") % {"kind": kind.label, "body": body},
            )
        )
    if "proposal_office" in held:
        members = actions.members(committee, timezone.now())
        # Nobody's name is chosen before the clerk has chosen it.
        found += [] if found else [("", _("请选择委员"))]
        found += [(f"for:{member.pk}", _("代%s委员录入") % member.name) for member in members]
    return found


def _author(request: Inside, capacity: str) -> tuple[Person | Organisation, str]:
    """Whose proposal it is, and of which kind, from the capacity chosen on the form."""
    kind, _colon, pk = capacity.partition(":")
    if kind == "for":
        return Person.objects.get(pk=pk), Kind.INDIVIDUAL
    return (Organisation.objects.get(pk=pk) if pk else request.user), kind


def _typed(request: Inside) -> list[str]:
    return request.POST.getlist("ask")


def _texts(form: WriteForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in actions.TEXTS}


def write(request: Inside) -> HttpResponse:
    """A blank page; saved, it becomes a proposal in draft with an address of its own."""
    committee = committee_of(request)
    allowed = capacities(request, committee)
    if not allowed:
        raise Http404
    kept = drafts.restore(request.user, "proposals.write:new")
    if request.method != "POST":
        start = dict(kept.data) if kept else {}
        asks = drafts.many(start.pop("ask", []))
        form = WriteForm(initial=start, committee=committee, capacities=allowed)
        return _page(request, form, asks, "proposals.write:new", kept=kept)

    form, asks = WriteForm(request.POST, committee=committee, capacities=allowed), _typed(request)
    if "more" in request.POST or not form.is_valid():
        return _page(request, form, asks, "proposals.write:new", typed=form.is_bound)
    author, kind = _author(request, form.cleaned_data["capacity"])
    proposal = actions.start(
        committee, author=author, by=request.user, at=timezone.now(),
        fields=form.cleaned_data | {"type": kind}, asks=asks,
    )  # fmt: skip
    _wish(proposal, form)
    drafts.clear(request.user, "proposals.write:new")
    return _onwards(request, proposal)


def edit(request: Inside, pk: int) -> HttpResponse:
    """The same page for a draft, a returned paper, or one a clerk typed for a member."""
    proposal = find_for(request, pk, *WRITERS)
    if proposal.state not in actions.EDITABLE:
        return redirect(proposal)
    key, committee = f"proposals.write:{pk}", proposal.organisation
    kind = proposal.get_type_display()
    allowed = [(proposal.type, kind)] if proposal.is_collective else [
        (k.value, k.label) for k in (Kind.INDIVIDUAL, Kind.JOINT)
    ]  # fmt: skip
    if request.method != "POST":
        kept = drafts.restore(request.user, key)
        start = _saved(proposal)
        asks = [ask.text for ask in proposal.asks.all()]
        if kept:
            start |= dict(kept.data)
            asks = drafts.many(start.pop("ask", asks))
        form = WriteForm(initial=start, committee=committee, capacities=allowed)
        return _page(request, form, asks, key, proposal=proposal, kept=kept)

    form, asks = WriteForm(request.POST, committee=committee, capacities=allowed), _typed(request)
    if "more" in request.POST or not form.is_valid():
        return _page(request, form, asks, key, proposal=proposal, typed=True)
    fields = form.cleaned_data | {"type": form.cleaned_data["capacity"].partition(":")[0]}
    try:
        actions.rewrite(
            proposal, version=fields["version"] or 0, by=request.user, at=timezone.now(),
            fields=fields, asks=asks,
        )  # fmt: skip
    except Stale:
        return _conflict(request, proposal, fields, asks)
    _wish(proposal, form)
    drafts.clear(request.user, key)
    return _onwards(request, proposal)


def _saved(proposal: Proposal) -> dict[str, Any]:
    wish = proposal.parts.filter(role="suggested").first()
    found = {name: getattr(proposal, name) for name in actions.FIELDS}
    return found | versions.base_of(found, *actions.TEXTS) | {
        "capacity": proposal.type, "version": proposal.version,
        "lead_wish": wish.unit_id if wish else None,
    }  # fmt: skip


def _wish(proposal: Proposal, form: WriteForm) -> None:
    unit = form.cleaned_data["lead_wish"]
    actions.suggest_units(proposal, [unit] if unit else [], timezone.now())


def _onwards(request: Inside, proposal: Proposal) -> HttpResponse:
    if "save" in request.POST:
        messages.success(request, _("已保存。您可以随时接着写。"))
        return redirect("proposals:edit", proposal.pk)
    return redirect("proposals:check", proposal.pk)


def _page(
    request: Inside,
    form: WriteForm,
    asks: list[str],
    key: str,
    *,
    proposal: Proposal | None = None,
    kept: Any = None,
    typed: bool = False,
) -> HttpResponse:
    lines = [text for text in asks if text.strip()] + [""] * SPARE
    context = {
        "form": form, "draft_key": key, "proposal": proposal,
        "asks": [AskLine.row(n, text) for n, text in enumerate(lines, start=1)],
        "kept": kept, "returned": _why_returned(proposal),
        "noticed": _noticed(form, asks, proposal.organisation if proposal else committee_of(request)),
    }  # fmt: skip
    status = 422 if typed and form.errors else 200
    return render(request, "proposals/write.html", context, status=status)


def _noticed(
    form: WriteForm, asks: list[str], committee: Organisation
) -> list[dict[str, Any]] | None:
    """What the check says to the words on the page; None to a blank one."""
    texts = {name: str(form[name].value() or "") for name in actions.TEXTS}
    if not any(text.strip() for text in (*texts.values(), *asks)):
        return None
    return noticed(check(committee, committee.terms.last(), texts, asks))


def _why_returned(proposal: Proposal | None) -> Entry | None:
    """What the examiners asked to be changed, shown above the text it is about."""
    if proposal is None or proposal.state != "returned":
        return None
    return proposal.entries.filter(verb="return").select_related("content").last()


def _conflict(
    request: Inside, proposal: Proposal, fields: dict[str, Any], asks: list[str]
) -> HttpResponse:
    """Somebody saved meanwhile: both texts, neither thrown away."""
    mine = {name: fields[name] for name in actions.TEXTS} | {"ask": asks}
    theirs = _saved(proposal) | {"ask": [ask.text for ask in proposal.asks.all()]}
    labels = {name: WriteForm.base_fields[name].label for name in actions.TEXTS} | {
        "ask": _("具体建议")
    }
    return versions.conflict(
        request, form=f"proposals.write:{proposal.pk}", title=proposal.title, mine=mine,
        theirs=theirs, labels=labels, version=proposal.version, matter=proposal,
    )  # fmt: skip


def invite(request: Inside, pk: int) -> HttpResponse:
    """Choose who is asked to co-sign; each of them answers by one tap before a date."""
    proposal = find_for(request, pk, "invite")
    if proposal.state not in actions.INVITING:
        return redirect(proposal)
    members = actions.members(proposal.organisation_id, timezone.now()).exclude(pk=request.user.pk)
    chosen = proposal.parts.filter(role__in=("invited", "cosigner")).values_list(
        "person", flat=True
    )
    form = CosignForm(
        request.POST or None, members=members, initial={"people": list(chosen)},
        sectors=actions.sectors(proposal.organisation_id, timezone.now()),
    )  # fmt: skip
    context = {"form": form, "proposal": proposal}
    if request.method != "POST":
        return render(request, "proposals/invite.html", context)
    if not form.is_valid():
        return again(request, "proposals/invite.html", context)
    if refusal := _invite(request, proposal, form):
        return again(request, "proposals/invite.html", context, refusal)
    return redirect(proposal)


def _invite(request: Inside, proposal: Proposal, form: CosignForm) -> Refused | None:
    """Write the list down and, from a draft, send it: nobody sees a draft she was not sent."""
    people = form.cleaned_data["people"]
    with transaction.atomic():
        actions.ask_to_cosign(proposal, people, by=request.user, at=timezone.now())
        refusal = take(request, proposal, "invite", form) if proposal.state == "draft" else None
        if refusal is not None:
            transaction.set_rollback(True)
    return refusal
