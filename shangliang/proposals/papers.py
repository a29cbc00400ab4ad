"""Papers drawn from the file whenever somebody asks: 提案表, 立案通知, 交办通知, 征询意见表.

Only the reply is kept as it went out (`letters`); these say what the file says now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_noop as _

from shangliang.matters import local, stationery
from shangliang.matters.clocks import local_day
from shangliang.matters.letters import contexts
from shangliang.matters.table import Held, Who
from shangliang.people.models import Person, Seat
from shangliang.ui.languages import of_record

from . import who
from .letters import PROPOSERS, addressed
from .models import Proposal


def _names(proposal: Proposal, *roles: str) -> tuple[str, ...]:
    return tuple(str(each) for each in proposal.people(*(roles or PROPOSERS)))


def _addressees(proposal: Proposal) -> tuple[str, ...]:
    return tuple(addressed(each) for each in proposal.people(*PROPOSERS))


def office_contact(proposal: Proposal) -> contexts.Contact:
    """Whom to ask in the proposal office: the first clerk in the list of seats."""
    seat = (
        Seat.objects.filter(organisation__committee=proposal.organisation_id, duty="proposal_office")
        .select_related("organisation", "person").order_by("pk").first()
    )  # fmt: skip
    if seat is None:
        return contexts.Contact(str(proposal.organisation))
    return contexts.Contact(str(seat.person), seat.organisation.contact)


def always(proposal: Proposal) -> bool:
    return True


def sheet(proposal: Proposal, day: date) -> contexts.ProposalSheet:
    filing = getattr(proposal, "filing", None)
    people = [
        contexts.Person(
            str(each), work=each.work_place if isinstance(each, Person) else "",
            phone=proposal.contact_phone if place == 0 else "",
        )
        for place, each in enumerate(proposal.people("author", "cosigner"))
    ]  # fmt: skip
    return contexts.ProposalSheet(
        committee=proposal.organisation.name, session=str(proposal.session or ""),
        title=proposal.title, type=str(proposal.get_type_display()), proposers=tuple(people),
        situation=proposal.situation, analysis=proposal.analysis,
        asks=tuple(ask.text for ask in proposal.asks.all()),
        submitted_on=_day_of(proposal, "submit", "confirm"), number=proposal.number,
        category=local.label(proposal.organisation_id, "category", proposal.category),
        suggestion=proposal.suggestion, research_basis=proposal.research_basis,
        suggested_units=_names(proposal, "suggested") or (), may_publish=proposal.may_publish,
        not_secret=proposal.not_secret, is_oversight=proposal.is_oversight,
        opinion=filing.opinion if filing else "", lead="、".join(_names(proposal, "lead_unit")),
    )  # fmt: skip


def _day_of(proposal: Proposal, *verbs: str) -> date | None:
    """The civil day on which a row was last taken."""
    entry = proposal.entries.filter(verb__in=verbs).last()
    return local_day(entry.at) if entry else None


def was_filed(proposal: Proposal) -> bool:
    filing = getattr(proposal, "filing", None)
    return filing is not None and filing.filed_on is not None


def filing_notice(proposal: Proposal, day: date) -> contexts.FilingNotice | None:
    filing = getattr(proposal, "filing", None)
    if filing is None or filing.filed_on is None:
        return None
    return contexts.FilingNotice(
        organ=proposal.organisation.name, proposal_number=proposal.number,
        proposal_title=proposal.title, addressees=_addressees(proposal),
        category=local.label(proposal.organisation_id, "category", proposal.category),
        filed_on=filing.filed_on, day=filing.filed_on, contact=office_contact(proposal),
    )  # fmt: skip


def was_not_filed(proposal: Proposal) -> bool:
    return proposal.state == "not_filed"


def not_filing_notice(proposal: Proposal, day: date) -> contexts.NotFilingNotice | None:
    decided = _day_of(proposal, "not_file")
    submitted = _day_of(proposal, "submit", "confirm")
    if not was_not_filed(proposal) or decided is None or submitted is None:
        return None
    return contexts.NotFilingNotice(
        organ=proposal.organisation.name, proposal_title=proposal.title,
        submitted_on=submitted, addressees=_addressees(proposal),
        ground=proposal.filing.ground_label, day=decided,
        contact=office_contact(proposal), disposition=proposal.filing.disposition_label,
        explanation=proposal.filing.opinion,
    )  # fmt: skip


def was_assigned(proposal: Proposal) -> bool:
    filing = getattr(proposal, "filing", None)
    known = {deadline.name for deadline in proposal.deadlines.all()}
    return filing is not None and filing.assigned_on is not None and "reply" in known


def assignment_notice(proposal: Proposal, day: date) -> contexts.AssignmentNotice | None:
    """The notice for one proposal; a whole conference's list is the clerk's packet."""
    filing = getattr(proposal, "filing", None)
    dates = {d.name: d.due_on for d in proposal.deadlines.all()}
    if filing is None or filing.assigned_on is None or "reply" not in dates:
        return None
    lead = _names(proposal, "lead_unit")
    objection, _unit = local.value(proposal.organisation_id, "assign.objection").split()
    return contexts.AssignmentNotice(
        organ=proposal.organisation.name, session=str(proposal.session or ""), addressees=lead,
        proposals=(
            contexts.Assigned(proposal.number, proposal.title, "、".join(_names(proposal)),
                              "、".join(lead), dates["reply"]),
        ),
        sign_for_by=dates.get("sign", dates["reply"]), day=filing.assigned_on,
        contact=office_contact(proposal), objection_days=int(objection),
    )  # fmt: skip


def was_replied_to(proposal: Proposal) -> bool:
    known = {deadline.name for deadline in proposal.deadlines.all()}
    return "feedback" in known and any(reply.issued_at for reply in proposal.replies.all())


def feedback_form(proposal: Proposal, day: date) -> contexts.FeedbackForm | None:
    reply = proposal.replies.filter(issued_at__isnull=False).select_related("unit").last()
    due = proposal.deadlines.filter(name="feedback").last()
    if reply is None or reply.issued_at is None or due is None:
        return None
    return contexts.FeedbackForm(
        committee=proposal.organisation.name, proposal_number=proposal.number,
        proposal_title=proposal.title, proposer="、".join(_names(proposal, "author")),
        unit=reply.unit.name, letter_number=reply.letter_number,
        replied_on=local_day(reply.issued_at), reply_class=reply.result, return_by=due.due_on,
        return_to=office_contact(proposal).name,
    )  # fmt: skip


def veiled(said: contexts.Context, proposal: Proposal, held: Held) -> contexts.Context:
    """The sheet as this reader may have it: blank where the page, too, says nothing to her."""
    assert isinstance(said, contexts.ProposalSheet)
    if not who.examination(proposal.state).admits(held):
        said = replace(said, opinion="")
    if not who.callers.admits(held):
        said = replace(said, proposers=tuple(replace(each, phone="") for each in said.proposers))
    return said


def whole(said: contexts.Context, proposal: Proposal, held: Held) -> contexts.Context:
    return said


Draw = Callable[[Proposal, date], contexts.Context | None]


@dataclass(frozen=True)
class Paper:
    """A kind of paper: its name, from when on there is one, what draws it, and whose it is."""

    name: str
    ready: Callable[[Proposal], bool]
    draw: Draw
    whose: Who
    shown: Callable[[contexts.Context, Proposal, Held], contexts.Context] = whole


PAPERS = {
    "sheet": Paper(_("提案表"), always, sheet, who.inner | who.lead_unit | who.supervision, veiled),
    "filing": Paper(_("立案通知"), was_filed, filing_notice, who.inner),
    "not_filing": Paper(_("不予立案通知"), was_not_filed, not_filing_notice, who.inner),
    "assignment": Paper(
        _("交办通知"), was_assigned, assignment_notice, who.lead_unit | who.supervision | who.office
    ),
    "feedback": Paper(_("征询意见表"), was_replied_to, feedback_form, who.inner),
}


def offered(proposal: Proposal, held: Held) -> dict[str, Paper]:
    """The papers that exist by now and that this reader may draw."""
    return {
        kind: paper
        for kind, paper in PAPERS.items()
        if paper.whose.admits(held) and paper.ready(proposal)
    }


def drawn(
    proposal: Proposal, kind: str, ending: str, day: date, held: Held
) -> tuple[bytes, str]:  # fmt: skip
    """A paper's bytes for one reader, as Word or PDF, and the name to save it under.

    Raises:
        LookupError: there is no such paper yet.
    """
    paper = PAPERS[kind]
    with of_record():  # a paper is in the language of the house, whoever draws it
        said = paper.draw(proposal, day)
    if said is None:
        raise LookupError(kind)
    name = f"{paper.name}（{proposal.number or proposal.title}）.{ending}"
    with of_record():
        shown = paper.shown(said, proposal, held)
        return stationery.set_paper(kind, shown, proposal.organisation, ending), name
