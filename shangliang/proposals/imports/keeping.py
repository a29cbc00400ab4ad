"""How an imported proposal is written, described, changed, and taken away again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from shangliang.matters import search
from shangliang.matters.clocks import local_day
from shangliang.matters.imports.plan import Keeper, plain_keeper
from shangliang.matters.models import Code, Counter, Part
from shangliang.people.models import Organisation, Person

from ..models import Ask, Filing, Proposal

KIND = "proposals"
TEXTS = ("title", "category", "type", "situation", "analysis", "suggestion")


@dataclass
class Coming:
    """What a new proposal brings beside its own fields."""

    author: Person | Organisation
    cosigners: list[Person] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    filed: bool = False


def present(proposal: Proposal) -> dict[str, Any]:
    """The proposal as a table would have it, and where it stands."""
    parts = list(proposal.parts.all())
    return {
        **{name: str(getattr(proposal, name)) for name in TEXTS},
        "asks": [ask.text for ask in proposal.asks.all()],
        "author": next((_name(part) for part in parts if part.role == "author"), ""),
        "cosigners": [_name(part) for part in parts if part.role == "cosigner"],
        "at": submitted_at(proposal),
        "state": proposal.state,
    }


def submitted_at(proposal: Proposal) -> str:
    return f"{timezone.localtime(proposal.begun_at or proposal.created_at):%Y-%m-%d %H:%M:%S}"


def _name(part: Part) -> str:
    return part.person.name if part.person else part.unit.name if part.unit else ""


def make(proposal: Proposal, coming: Coming) -> None:
    """Write a proposal that comes from elsewhere: it begins where the table says it stands."""
    proposal.save(force_insert=True)
    _reserve_number(proposal)
    who = "unit" if isinstance(coming.author, Organisation) else "person"
    Part.objects.create(
        matter=proposal, role="author", since=proposal.created_at, **{who: coming.author}
    )
    for order, person in enumerate(coming.cosigners):
        Part.objects.create(
            matter=proposal, role="cosigner", person=person, order=order, since=proposal.created_at
        )
    _write_asks(proposal, coming.asks)
    if coming.filed:
        day = local_day(proposal.created_at)
        Filing.objects.create(proposal=proposal, proposed=Filing.Result.FILE, filed_on=day)
    search.index(proposal)


def _reserve_number(proposal: Proposal) -> None:
    """The next number drawn in this session comes after the one brought in."""
    if proposal.session_id is None or proposal.sequence is None:
        return
    series = f"proposals:{proposal.session_id}:{'session' if proposal.is_session else 'ordinary'}"
    home = proposal.organisation_id
    Counter.objects.get_or_create(organisation_id=home, series=series)
    Counter.objects.filter(organisation_id=home, series=series, last__lt=proposal.sequence).update(
        last=proposal.sequence
    )


def restore(proposal: Proposal, facts: dict[str, Any]) -> None:
    """Give a proposal the texts in `facts`."""
    for name in TEXTS:
        setattr(proposal, name, facts[name])
    proposal.save(update_fields=list(TEXTS))
    if facts["asks"] != [ask.text for ask in proposal.asks.all()]:
        proposal.asks.all().delete()
        _write_asks(proposal, facts["asks"])
    proposal.__dict__.pop("_prefetched_objects_cache", None)
    search.index(proposal)


def _write_asks(proposal: Proposal, texts: list[str]) -> None:
    Ask.objects.bulk_create(
        Ask(proposal=proposal, order=order, text=text) for order, text in enumerate(texts, 1)
    )


def _unmake(proposal: Proposal) -> None:
    search.remove(proposal)
    proposal.delete()


def _make_person(person: Person, coming: Any) -> None:
    """Somebody the table names: she is in the house, but cannot log in."""
    person.is_active = False
    person.set_unusable_password()
    person.save(force_insert=True)


PROPOSAL = Keeper(Proposal, present, make, restore, _unmake)
_person = plain_keeper(Person, "name", "phone", "is_active")
PERSON = Keeper(Person, _person.present, _make_person, _person.restore)
BODY = plain_keeper(Organisation, "name", "kind")
CATEGORY = plain_keeper(Code, "table", "code", "label")
KEEPERS = (PROPOSAL, PERSON, BODY, CATEGORY)
