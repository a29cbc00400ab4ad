"""Sending a proposal: the check while it is written, everything once more, and the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from shangliang.analysis.proposal_checks import MUST, Finding
from shangliang.matters import clocks, rights
from shangliang.matters.flow import holders
from shangliang.matters.once import needs_no_key
from shangliang.matters.table import Step
from shangliang.people.circles import Inside
from shangliang.ui.dates import written_moment
from shangliang.ui.languages import clauses

from .. import actions
from ..checks import check, check_saved, refusing
from ..conditions import is_not_secret, reads_as_a_proposal
from ..models import Kind, Proposal
from .reading import signers
from .steps import WRITERS, committee_of, find, find_for, refused, take

RECEIPTS = {
    "submit": gettext_lazy("提案已经提交"),
    "confirm": gettext_lazy("提案已经确认提交"),
    "present": gettext_lazy("已请委员确认"),
    "rate": gettext_lazy("评议已经收到"),
}


@needs_no_key("a look at words still being typed; nothing is written")
@require_POST
def look_over(request: Inside) -> HttpResponse:
    """What the check notices about a text that is still being typed; nothing is kept."""
    committee = committee_of(request)
    texts = {name: request.POST.get(name, "") for name in actions.TEXTS}
    term = committee.terms.last()
    found = check(committee, term, texts, request.POST.getlist("ask"))
    return render(request, "ui/_noticed.html", {"noticed": noticed(found)})


def noticed(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings as `ui/_noticed.html` reads them."""
    return [{"words": f.said(_), "stop": f.severity == MUST} for f in findings]


def check_answers(request: Inside, pk: int) -> HttpResponse:
    """Everything once more before it is sent, and what still stands in the way."""
    proposal = find_for(request, pk, *WRITERS)
    name = {"unconfirmed": "confirm"}.get(proposal.state, "submit")
    if request.method == "POST":
        name = "present" if "present" in request.POST else name
        if refusal := take(request, proposal, name):
            return refused(request, proposal, refusal)
        return redirect("proposals:sent", proposal.pk)
    held = rights.held(request.user, proposal, timezone.localdate())
    rows = [
        row for row in (proposal.flow.rows[n] for n in (name, "present", "invite"))
        if proposal.state in row.sources and row.who.admits(held)
        and (row.name != "invite" or proposal.type == Kind.JOINT)
    ]  # fmt: skip
    if not rows:
        return redirect(proposal)
    step = Step(proposal, rows[0], request.user, timezone.now())
    if gathers := proposal.type == Kind.JOINT and proposal.state == "draft":
        # Nobody was asked yet, so nobody can have agreed: inviting comes before submitting.
        rows = [row for row in rows if row.name == "invite"]
    needs = (reads_as_a_proposal, is_not_secret) if gathers else rows[0].needs
    context = {
        "proposal": proposal, "rows": rows, "main": rows[0], "answers": answers(proposal),
        "noticed": noticed(_advice(proposal)), "gathers": gathers,
        "problems": [p for need in needs if (p := need(step))],
    }  # fmt: skip
    return render(request, "proposals/check.html", context)


def _advice(proposal: Proposal) -> list[Finding]:
    """What is only advice here; what refuses stands among the problems."""
    found = check_saved(proposal)
    return [finding for finding in found if finding not in refusing(found)]


def answers(proposal: Proposal) -> list[dict[str, Any]]:
    """What was written, line by line, each with the way back to its field."""
    edit_url = reverse("proposals:edit", args=[proposal.pk])
    wish = proposal.wished_lead
    lines: list[tuple[str, str, Any]] = [
        ("title", _("案由"), proposal.title),
        ("capacity", _("形式"), clauses(proposal.get_type_display(), signers(proposal))),
        ("situation", _("情况"), proposal.situation),
        ("analysis", _("分析"), proposal.analysis),
        ("asks", _("具体建议"), [ask.text for ask in proposal.asks.all()]),
        ("suggestion", _("建议说明"), proposal.suggestion),
        ("lead_wish", _("希望主办单位"), str(wish) if wish else _("请提案办决定")),
        ("research_basis", _("调研基础"), proposal.research_basis),
        ("contact_phone", _("联系电话"), proposal.contact_phone),
        ("may_publish", _("向社会公开"), _("同意") if proposal.may_publish else _("不同意")),
        ("not_secret", _("不涉密"), _("已确认") if proposal.not_secret else _("还没有确认")),
    ]
    anchors = {"asks": "ask_1_ask"}
    return [
        {"label": label, "url": f"{edit_url}#{anchors.get(name, f'id_{name}')}", "song": name == "title"}
        | ({"lines": value} if isinstance(value, list) else {"value": value})
        for name, label, value in lines
    ]  # fmt: skip


def sent(request: Inside, pk: int) -> HttpResponse:
    """The receipt: that it arrived, what happens next, and by when."""
    proposal = find(request, pk)
    entry = proposal.entries.filter(by=request.user, verb__in=RECEIPTS).last()
    if entry is None:
        return redirect(proposal)
    deadline = proposal.deadlines.open().first()
    following = [
        _("现在在%(who)s手里：%(state)s。")
        % {"who": holders(proposal) or _("系统"), "state": _(proposal.stands.label)}
    ]
    if deadline:
        following.append(clocks.explain(deadline))
    following.append(_("有了进展，您会收到通知；也可以随时回到提案页查看。"))
    context = {
        "proposal": proposal, "title": RECEIPTS[entry.verb], "next": following,
        "number": f"{entry.pk:08d}", "number_label": _("回执号"),
        "said": _("《%(title)s》，%(at)s。") % {
            "title": proposal.title, "at": written_moment(entry.at, timezone.localdate()),
        },
        "links": [
            {"label": _("查看提案"), "url": proposal.get_absolute_url()},
            {"label": _("回到待办"), "url": reverse("home")},
        ],
        "draft_key": "proposals.write:new", "person": request.user.pk,
    }  # fmt: skip
    return render(request, "proposals/sent.html", context)
