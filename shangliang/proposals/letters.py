"""The official papers of a proposal, filed as documents of the matter."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from shangliang.matters import local, numbers, stationery
from shangliang.matters.clocks import local_day
from shangliang.matters.letters import contexts
from shangliang.matters.models import Document, Visibility
from shangliang.people.models import Kind, Organisation, Person
from shangliang.ui.languages import of_record

from .models import Proposal, Reply

PROPOSERS = ("author", "cosigner")


def next_letter_number(reply: Reply, at: datetime) -> str:
    """The unit's own letter number, one series a year: 〔2026〕12号, without gaps."""
    year = local_day(at).year
    short = reply.unit.short_name or reply.unit.name
    return f"{short}提〔{year}〕{numbers.draw(reply.unit, f'letters:{year}')}号"


def file_reply(reply: Reply, *, by: Any, at: datetime) -> Document:
    """Set the reply as an official letter, in Word and as PDF, and file both with the proposal."""
    proposal = reply.proposal
    with of_record():
        return stationery.file_letter(
            proposal, "reply", reply_letter(reply), organisation=reply.unit, by=by, at=at,
            name=f"关于{proposal.number}提案的答复", visibility=Visibility.MEMBERS,
        )  # fmt: skip


def reply_letter(reply: Reply) -> contexts.Reply:
    """What the letter of an issued reply says."""
    if reply.issued_at is None:
        raise ValueError("only an issued reply is a letter")
    proposal, home = reply.proposal, reply.proposal.organisation_id
    answers = reply.answers.select_related("ask").order_by("ask__order")
    return contexts.Reply(
        organ=reply.unit.name,
        letter_number=reply.letter_number,
        proposal_number=f"{proposal.organisation.name}{proposal.number}",
        proposal_title=proposal.title,
        reply_class=reply.result,
        publicity=local.label(home, "publicity", reply.publicity) if reply.publicity else "",
        addressees=tuple(addressed(proposer) for proposer in proposal.people(*PROPOSERS)),
        opening=reply.opening,
        answers=tuple(contexts.Answer(answer.ask.text, answer.text) for answer in answers),
        closing=reply.closing,
        signer=reply.signer,
        day=local_day(reply.issued_at),
        contact=contexts.Contact(reply.contact),
        copies=_copied(proposal, local_day(reply.issued_at)),
    )


def addressed(proposer: Person | Organisation) -> str:
    return f"{proposer.name}委员" if isinstance(proposer, Person) else proposer.name


def _copied(proposal: Proposal, day: date) -> tuple[str, ...]:
    """Copies go to the proposal committee and to the sections that supervise the handling."""
    home = proposal.organisation
    sections = Organisation.objects.of(home).filter(kind=Kind.SUPERVISION_OFFICE).active(day)
    return (f"{home.name}提案委员会", *sections.order_by("pinyin").values_list("name", flat=True))
