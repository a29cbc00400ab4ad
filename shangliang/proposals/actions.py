"""Verbs on a proposal that are not a change of state: begin one, write its text, invite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shangliang.matters import journal, notices, search
from shangliang.matters.clocks import local_day
from shangliang.matters.flow import begin
from shangliang.matters.models import Part
from shangliang.matters.refusals import NotAllowed, Stale
from shangliang.matters.table import Step
from shangliang.people import duties
from shangliang.people.models import Organisation, Person, Seat, Term

from .models import Ask, Proposal

UNTITLED = "（还没有案由）"
EDITABLE = ("draft", "unconfirmed", "returned")
INVITING = ("draft", "cosigning")
TEXTS = ("title", "situation", "analysis", "suggestion")
FIELDS = (
    *TEXTS, "type", "research_basis", "origin", "is_oversight", "may_publish", "not_secret",
    "contact_phone",
)  # fmt: skip


@transaction.atomic
def start(
    committee: Organisation,
    *,
    author: Person | Organisation,
    by: Person,
    at: datetime,
    fields: dict[str, Any],
    asks: Sequence[str],
) -> Proposal:
    """Begin a proposal of `author`; when somebody else types it, she becomes its scribe (代录人)."""
    term = Term.objects.filter(organisation=committee, since__lte=local_day(at)).last()
    proposal = Proposal(organisation=committee, term=term, begun_at=at)
    for name in FIELDS:
        setattr(proposal, name, fields.get(name, getattr(proposal, name)))
    proposal.title = proposal.title or UNTITLED
    begin(proposal, by=by, at=at)
    held = {"unit": author} if isinstance(author, Organisation) else {"person": author}
    proposal.parts.create(role="author", since=at, **held)
    if author != by and not isinstance(author, Organisation):
        proposal.parts.create(role="scribe", person=by, since=at)
    _set_asks(proposal, asks)
    search.index(proposal)
    return proposal


@transaction.atomic
def rewrite(
    proposal: Proposal,
    *,
    version: int,
    by: Person,
    at: datetime,
    fields: dict[str, Any],
    asks: Sequence[str],
) -> None:
    """Replace the text while it is still the author's, unless somebody saved meanwhile.

    Raises:
        NotAllowed: it has left the author's hands.
        Stale: the text is newer than the one that was edited.
    """
    if proposal.state not in EDITABLE:
        raise NotAllowed(
            _("提案现为“%(state)s”，不能修改内容。") % {"state": _(proposal.stands.label)}
        )
    journal.hold()
    mine = Proposal.objects.filter(pk=proposal.pk, version=version, state=proposal.state)
    changed = [
        name for name in FIELDS if name in fields and fields[name] != getattr(proposal, name)
    ]
    if not mine.update(version=F("version") + 1, moved_at=at):
        raise Stale(_("您打开之后，这份提案在别处又保存过。两份文字都在，请选用。"))
    for name in changed:
        setattr(proposal, name, fields[name])
    proposal.title = proposal.title or UNTITLED
    if changed:
        proposal.save(update_fields=changed)
    _set_asks(proposal, asks)
    proposal.refresh_from_db(fields=["version"])
    journal.write("rewrite_text", by=by, at=at, matter=proposal, was=proposal.state,
                  now=proposal.state, data={"changed": changed})  # fmt: skip
    search.index(proposal)


def _set_asks(proposal: Proposal, asks: Iterable[str]) -> None:
    """The asks in the order typed; a line that stays keeps its row, so answers keep their ask."""
    wanted = [text.strip() for text in asks if text.strip()]
    present = {ask.order: ask for ask in proposal.asks.all()}
    for order, text in enumerate(wanted, start=1):
        if order in present:
            if present[order].text != text:
                Ask.objects.filter(pk=present[order].pk).update(text=text)
        else:
            Ask.objects.create(proposal=proposal, order=order, text=text)
    proposal.asks.filter(order__gt=len(wanted)).delete()
    proposal.__dict__.pop("_prefetched_objects_cache", None)


def suggest_units(proposal: Proposal, units: Sequence[Organisation], at: datetime) -> None:
    """The units the proposer would send it to; a wish, which gives them no sight of it."""
    proposal.parts.filter(role="suggested").exclude(unit__in=units).delete()
    for order, unit in enumerate(units):
        Part.objects.get_or_create(
            matter=proposal, role="suggested", unit=unit, defaults={"since": at, "order": order}
        )


@transaction.atomic
def ask_to_cosign(
    proposal: Proposal, people: Iterable[Person], *, by: Person, at: datetime
) -> None:
    """The list of those invited as the author wants it now; who has signed stays.

    While signatures are being collected a changed list is an entry, and who is new on it is told.

    Raises:
        Stale: it is no longer the time for invitations.
    """
    journal.hold()
    proposal.refresh_from_db(fields=["state"])
    if proposal.state not in INVITING:
        raise Stale(_("《%(title)s》已经提交，不能再邀请联名。") % {"title": proposal.title})
    wanted = {person.pk: person for person in people}
    dropped = proposal.parts.filter(role__in=("invited", "declined")).exclude(person__in=wanted)
    gone = list(dropped.values_list("person", flat=True))
    dropped.delete()
    for person in gone:
        notices.mark_read(person, at, proposal)  # nobody waits for her answer any more
    known = proposal.parts.filter(role__in=("author", "invited", "cosigner"))
    new = set(wanted) - set(known.values_list("person", flat=True))
    proposal.parts.filter(person__in=new, role="declined").delete()
    for pk in sorted(new):
        proposal.parts.create(role="invited", person=wanted[pk], since=at)
    if proposal.state == "cosigning" and (new or gone):
        data = {"invited": sorted(new), "dropped": sorted(gone)}
        entry = journal.write("invitations", by=by, at=at, matter=proposal, was=proposal.state,
                              now=proposal.state, data=data)  # fmt: skip
        notices.tell(Step(proposal, proposal.flow.rows["invite"], by, at, entry=entry), among=new)


def plan_lead(proposal: Proposal, unit: Organisation, at: datetime) -> None:
    """The unit the assignment plan names; it learns of the paper only when assigned."""
    proposal.parts.filter(role="planned_lead").exclude(unit=unit).delete()
    Part.objects.get_or_create(
        matter=proposal, role="planned_lead", unit=unit, defaults={"since": at}
    )


def members(committee: Organisation | int, at: datetime) -> Any:
    """The members in office, in the order of a Chinese list."""
    day = local_day(at)
    seats = Seat.objects.held_on(day).filter(
        organisation__committee=committee, duty__in=duties.MEMBERS
    )
    return Person.objects.filter(pk__in=seats.values("person"), is_active=True)


def sectors(committee: Organisation | int, at: datetime) -> dict[int, str]:
    """The sector (界别) each person sits in, by her key."""
    seats = Seat.objects.held_on(local_day(at)).filter(
        organisation__committee=committee, organisation__kind="sector"
    )
    return {seat.person_id: str(seat.organisation) for seat in seats.select_related("organisation")}
