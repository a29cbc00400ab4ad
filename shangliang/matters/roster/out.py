"""The roster as rows of a table: bodies first, then every seat with its person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shangliang.people import duties
from shangliang.people.models import Organisation, Person, Seat
from shangliang.ui.languages import of_record

from .fields import BODY_FACTS, LABELS, SEAT_FACTS

COLUMNS = (
    "name", "phone", "email", "work_place", "body", "kind", "duty", "title", "since", "until",
    "ended_how", "start_document", "end_document", "decided_by", "end_decided_by", "short_name", "duties_text",
    "side", "contact", "national_code", "body_since", "body_until",
)  # fmt: skip
# What a member's list usually holds, and what we hand out to be filled in.
TEMPLATE = (
    "name", "phone", "email", "work_place", "sector", "special_committee", "liaison_group",
    "duty", "since", "start_document",
)  # fmt: skip
UNIT_TEMPLATE = ("body", "short_name", "kind", "duties_text", "name", "phone", "duty", "since")


def export_header(committee: Organisation) -> list[str]:
    return [LABELS[name] for name in COLUMNS]


def export_rows(committee: Organisation) -> Iterator[list[Any]]:
    for body in Organisation.objects.of(committee).exclude(pk=committee.pk).order_by("kind", "pk"):
        yield _row(_body(body) | _body_facts(body))
    seats = Seat.objects.filter(organisation__committee=committee, refused_at=None)
    for seat in (
        seats.exclude(duty__in=duties.ADMINISTRATORS)
        .select_related("person", "organisation")
        .order_by("person__pinyin", "person_id", "pk")
    ):
        yield _row(_person(seat.person) | _body(seat.organisation) | _seat(seat))


def people_in(committee: Organisation) -> int:
    """How many persons an export would tell about."""
    seats = Seat.objects.filter(organisation__committee=committee)
    return seats.exclude(duty__in=duties.ADMINISTRATORS).values("person").distinct().count()


def _row(said: dict[str, Any]) -> list[Any]:
    return [said.get(name) for name in COLUMNS]


def _person(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in ("name", "phone", "email", "work_place")}


def _body(body: Organisation) -> dict[str, Any]:
    with of_record():
        return {"body": body.name, "kind": str(body.get_kind_display())}


def _body_facts(body: Organisation) -> dict[str, Any]:
    facts = {name: getattr(body, name) for name in BODY_FACTS}
    return facts | {"body_since": body.since, "body_until": body.until}


def _seat(seat: Seat) -> dict[str, Any]:
    names = ("since", *SEAT_FACTS)
    facts = {name: getattr(seat, name) for name in names}
    with of_record():
        ended = str(seat.get_ended_how_display()) if seat.ended_how else ""
        return facts | {"duty": str(duties.LABELS[seat.duty]), "ended_how": ended}
