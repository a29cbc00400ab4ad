"""What each kind of paper says, as plain data: no rows, no requests, only words and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Paragraphs = tuple[str, ...]


@dataclass(frozen=True)
class Contact:
    """Whom to ask about a paper."""

    name: str
    phone: str = ""


@dataclass(frozen=True)
class Answer:
    """What a reply says to one ask."""

    ask: str
    answer: str


@dataclass(frozen=True)
class Person:
    """A proposer as the proposal sheet lists her."""

    name: str
    sector: str = ""
    work: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Reply:
    """The answer of a unit to a proposal （答复函）."""

    organ: str
    letter_number: str
    proposal_number: str
    proposal_title: str
    reply_class: str
    addressees: tuple[str, ...]
    answers: tuple[Answer, ...]
    day: date
    signer: str
    contact: Contact
    opening: str = ""
    closing: str = ""
    publicity: str = ""
    signatures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ("提案办理情况征询意见表",)


@dataclass(frozen=True)
class FilingNotice:
    """To the proposers: the proposal is on file （立案通知）."""

    organ: str
    proposal_number: str
    proposal_title: str
    addressees: tuple[str, ...]
    category: str
    filed_on: date
    day: date
    contact: Contact
    letter_number: str = ""
    merged_titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotFilingNotice:
    """To the proposers: the proposal is not put on file, why, and where it goes （不予立案通知）."""

    organ: str
    proposal_title: str
    submitted_on: date
    addressees: tuple[str, ...]
    ground: str
    day: date
    contact: Contact
    disposition: str = ""
    explanation: str = ""
    letter_number: str = ""


@dataclass(frozen=True)
class Assigned:
    """One proposal on an assignment notice."""

    number: str
    title: str
    proposers: str
    lead: str
    due: date
    assisting: str = ""


@dataclass(frozen=True)
class AssignmentNotice:
    """To the units: these proposals are yours to answer, by these dates （交办通知）."""

    organ: str
    session: str
    addressees: tuple[str, ...]
    proposals: tuple[Assigned, ...]
    sign_for_by: date
    day: date
    contact: Contact
    objection_days: int
    letter_number: str = ""
    signatures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProposalSheet:
    """The proposal as it is kept （提案表）： who, what, the text, and what was decided."""

    committee: str
    session: str
    title: str
    type: str
    proposers: tuple[Person, ...]
    situation: str
    analysis: str
    asks: tuple[str, ...]
    submitted_on: date | None
    number: str = ""
    category: str = ""
    suggestion: str = ""
    research_basis: str = ""
    suggested_units: tuple[str, ...] = ()
    may_publish: bool = False
    not_secret: bool = False
    is_oversight: bool = False
    opinion: str = ""
    lead: str = ""


@dataclass(frozen=True)
class FeedbackForm:
    """For the proposer to judge a reply on paper （征询意见表）."""

    committee: str
    proposal_number: str
    proposal_title: str
    proposer: str
    unit: str
    letter_number: str
    replied_on: date
    reply_class: str
    return_by: date
    return_to: str
    ratings: tuple[str, ...] = ("满意", "基本满意", "理解", "不满意")
    forms: tuple[str, ...] = ("走访", "座谈", "电话", "网络", "没有沟通")


Context = Reply | FilingNotice | NotFilingNotice | AssignmentNotice | ProposalSheet | FeedbackForm

KINDS: dict[str, type[Context]] = {
    "reply": Reply,
    "filing": FilingNotice,
    "not_filing": NotFilingNotice,
    "assignment": AssignmentNotice,
    "sheet": ProposalSheet,
    "feedback": FeedbackForm,
}
