"""The three questions a right is asked: may she, which matters, who else.

All three read the same sets of words (see `table.Who`), so the button, the list and the notice
can never disagree.  `visible` is the fourth: what she may know of at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from shangliang.people import duties
from shangliang.people.models import Person, Seat, seats_on

from .models import Matter, Part, Visibility, at_least
from .table import REGISTRY, Held, Who

NOTHING = Q(pk__in=())


def held(person: Person, matter: Matter, day: date) -> Held:
    """Everything `person` holds in `matter` on `day`: the basis of every button on its page."""
    return held_by_seats(person, matter, seats_of(person, day))


def held_by_seats(person: Person, matter: Matter, seats: Sequence[tuple[str, int, int]]) -> Held:
    """The same from seats already fetched, and from parts already prefetched where they are."""
    if not person.is_authenticated or not person.is_active:
        return Held(frozenset(), frozenset(), frozenset())
    parts = [(part.role, part.person_id, part.unit_id) for part in matter.parts.all()]
    return Held(
        parts=frozenset(role for role, pk, _ in parts if pk == person.pk),
        desks=frozenset(
            (role, duty) for role, _, unit in parts for duty, body, _c in seats if unit == body
        ),
        duties=frozenset(duty for duty, _, home in seats if home == matter.organisation_id),
    )


def may(person: Person, who: Who, matter: Matter, day: date) -> bool:
    """Whether `person` belongs to the circle `who` of `matter` on `day`."""
    return who.admits(held(person, matter, day))


def people(who: Who, matter: Matter, day: date) -> QuerySet[Person]:
    """Everybody in the circle `who` of `matter` who can act on `day`."""
    return Person.objects.filter(pk__in=members(who, matter, day, cast(matter)), is_active=True)


def cast(matter: Matter) -> list[tuple[str, int | None, int | None]]:
    """(role, person, body) of everybody with a part in the matter as it is now."""
    return list(Part.objects.filter(matter=matter).values_list("role", "person_id", "unit_id"))


def members(
    who: Who, matter: Matter, day: date, parts: list[tuple[str, int | None, int | None]]
) -> set[int]:
    """The people of a circle by number, from parts already fetched; two plain queries at most."""
    found = {person for role, person, _ in parts if role in who.parts and person}
    seats = Seat.objects.held_on(day)
    acting = Q()
    for role, duty in who.desks:
        if bodies := [body for held, _, body in parts if held == role and body]:
            acting |= Q(duty=duty, organisation__in=bodies)
    if who.duties:
        acting |= Q(duty__in=who.duties, organisation__committee=matter.organisation_id)
    if acting:
        found |= set(seats.filter(acting).values_list("person_id", flat=True))
    return found


def matters(who: Who, person: Person, day: date) -> QuerySet[Matter]:
    """Every matter in which `person` belongs to the circle `who` on `day`."""
    return Matter.objects.filter(reach(who, person, seats_of(person, day)))


def seats_of(person: Person, day: date) -> list[tuple[str, int, int]]:
    """(duty, body, committee) of every seat `person` holds on `day`; none when she cannot act."""
    return [*seats_on(person, day)]


def reach(who: Who, person: Person, seats: Sequence[tuple[str, int, int]]) -> Q:
    """The matters of `matters()` as a condition, from seats already fetched."""
    if not person.is_authenticated or not person.is_active:
        return NOTHING
    found = NOTHING
    if who.parts:
        mine = Part.objects.filter(person=person, role__in=who.parts)
        found |= Q(pk__in=mine.values("matter"))
    for role, duty in who.desks:
        bodies = [body for held_duty, body, _ in seats if held_duty == duty]
        if bodies:
            found |= Q(pk__in=Part.objects.filter(role=role, unit__in=bodies).values("matter"))
    homes = {home for held_duty, _, home in seats if held_duty in who.duties}
    if homes:
        found |= Q(organisation__in=homes)
    return found


def visible(person: Any, day: date) -> Q:
    """What `person` may know of on `day`, as a condition on matters.

    Administrators see no business content at all.  A part shows its matter when its role is one
    of the table's `sight`, to the person herself or to those who act for the body; duties and
    membership show the rest as far as its visibility reaches.
    """
    if not person.is_authenticated:
        return Q(visibility=Visibility.PUBLIC)
    seats = seats_of(person, day)
    if any(duty in duties.ADMINISTRATORS for duty, _, _ in seats):
        return NOTHING
    held_at: dict[int, set[str]] = defaultdict(set)
    for duty, _, home in seats:
        held_at[home].add(duty)
    # What shows most comes first: an engine stops at the first condition that holds.
    found = NOTHING
    for home, held_duties in held_at.items():
        found |= Q(organisation=home) & _within(held_duties)
    sight = frozenset().union(*(flow.sight for flow in REGISTRY.values()))
    bodies = [body for duty, body, _ in seats if duty not in duties.BELONGING]
    mine = Part.objects.filter(Q(person=person) | Q(unit__in=bodies), role__in=sight)
    return found | Q(visibility=Visibility.PUBLIC) | Q(pk__in=mine.values("matter"))


def aware(
    people: set[int], matter: Matter, day: date, parts: list[tuple[str, int | None, int | None]]
) -> set[int]:
    """Those among `people`, by number, who may know of `matter`: `visible` from the other side."""
    columns = ("person_id", "duty", "organisation_id", "organisation__committee_id")
    found: dict[int, list[tuple[str, int, int]]] = {person: [] for person in people}
    for person, *seat in Seat.objects.held_on(day).filter(person__in=people).values_list(*columns):
        found[person].append((seat[0], seat[1], seat[2]))
    return {person for person, seats in found.items() if _knows(person, seats, matter, parts)}


def _knows(
    person: int, seats: Sequence[tuple[str, int, int]], matter: Matter,
    parts: list[tuple[str, int | None, int | None]],
) -> bool:  # fmt: skip
    if any(duty in duties.ADMINISTRATORS for duty, _, _ in seats):
        return False
    bodies = {body for duty, body, _ in seats if duty not in duties.BELONGING}
    for role, holder, body in parts:
        if role in matter.flow.sight and (holder == person or body in bodies):
            return True
    here = {duty for duty, _, home in seats if home == matter.organisation_id}
    levels: set[str] = {Visibility.PUBLIC}
    if here:
        levels.update(at_least(Visibility.MEMBERS if here - duties.UNITS else Visibility.ORGAN))
    if here & matter.flow.handlers.duties:
        levels.update(at_least(Visibility.HANDLERS))
    return matter.visibility in levels


def _within(held_duties: set[str]) -> Q:
    """What somebody with these duties in a committee may know of its matters."""
    level = Visibility.MEMBERS if held_duties - duties.UNITS else Visibility.ORGAN
    shown = Q(visibility__in=at_least(level))
    kinds = [kind for kind, flow in REGISTRY.items() if flow.handlers.duties & held_duties]
    if not kinds:
        return shown
    handled = Q(visibility__in=at_least(Visibility.HANDLERS))
    return handled if len(kinds) == len(REGISTRY) else shown | handled & Q(kind__in=kinds)
