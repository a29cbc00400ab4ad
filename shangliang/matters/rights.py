"""The three questions a right is asked: may she, which matters, who else.

All three read the same sets of words (see `table.Who`), so the button, the list and the notice
can never disagree.  `visible` is the fourth: what she may know of at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from shangliang.people import duties
from shangliang.people.models import Person, Seat, seats_on

from .composed import Composed
from .models import Matter, Part, Visibility, at_least
from .table import REGISTRY, Held, Who

NOTHING = Q(pk__in=())

# (role, person, body) of everybody with a part in a matter.
Cast = list[tuple[str, int | None, int | None]]
# (duty, body, committee) of seats somebody holds; and people by number, each with hers.
Seats = Sequence[tuple[str, int, int]]
Roll = dict[int, list[tuple[str, int, int]]]


def held(person: Person, matter: Matter, day: date) -> Held:
    """Everything `person` holds in `matter` on `day`: the basis of every button on its page."""
    return held_by_seats(person, matter, seats_of(person, day))


def held_by_seats(person: Person, matter: Matter, seats: Seats) -> Held:
    """The same from seats already fetched, and from parts already prefetched where they are."""
    if not person.is_authenticated or not person.is_active:
        return Held(frozenset(), frozenset(), frozenset())
    fetched = "parts" in getattr(matter, "_prefetched_objects_cache", ())
    if fetched:
        parts = [(part.role, part.person_id, part.unit_id) for part in matter.parts.all()]
    return _held(person.pk, seats, matter, parts if fetched else cast(matter))


def _held(person: int, seats: Seats, matter: Matter, parts: Cast) -> Held:
    return Held(
        parts=frozenset(role for role, pk, _ in parts if pk == person),
        desks=frozenset(
            (role, duty) for role, _, unit in parts for duty, body, _c in seats if unit == body
        ),
        duties=frozenset(duty for duty, _, home in seats if home == matter.organisation_id),
    )


def may(person: Person, who: Who, matter: Matter, day: date) -> bool:
    """Whether `person` belongs to the circle `who` of `matter` on `day`."""
    seats = seats_of(person, day)
    if any(duty in who.duties and home == matter.organisation_id for duty, _, home in seats):
        return True  # by her office; who plays which part need not be asked
    return who.admits(held_by_seats(person, matter, seats))


def people(who: Who, matter: Matter, day: date) -> QuerySet[Person]:
    """Everybody in the circle `who` of `matter` who can act on `day`."""
    parts = cast(matter)
    found = members(who, matter, parts, roll([who], matter, day, parts))
    return Person.objects.filter(pk__in=found, is_active=True)


def cast(matter: Matter) -> Cast:
    """Who has a part in the matter as it is now."""
    return _cast(matter.pk)


_cast = Composed(
    lambda matter: (
        Part.objects.filter(matter=matter).order_by().values_list("role", "person_id", "unit_id")
    )
)


def roll(circles: Iterable[Who], matter: Matter, day: date, parts: Cast) -> Roll:
    """Everybody who may belong to one of `circles` on `day`, with the seats that make them so."""
    players, desks, held_duties = set[int](), list[tuple[str, list[int]]](), set[str]()
    for who in circles:
        players |= {person for role, person, _ in parts if role in who.parts and person}
        held_duties |= who.duties
        for role, duty in who.desks:
            if bodies := [body for held, _, body in parts if held == role and body]:
                desks.append((duty, bodies))
    if not desks and not held_duties:
        return {person: [] for person in players}
    desks.sort()
    asked = _acting(tuple((duty, len(bodies)) for duty, bodies in desks), frozenset(held_duties))
    bodies = [body for _duty, held in desks for body in held]
    return _by_person(players, asked(day, matter.organisation_id, *bodies))


SEAT = ("person_id", "duty", "organisation_id", "organisation__committee_id")


@lru_cache(maxsize=256)
def _acting(desks: tuple[tuple[str, int], ...], held_duties: frozenset[str]) -> Composed:
    """The seats of one of these duties in so many bodies, or of these duties in the committee."""

    def compose(day: date, home: int, *bodies: int) -> QuerySet[Seat, Any]:
        left, acting = iter(bodies), Q()
        for duty, count in desks:
            acting |= Q(duty=duty, organisation__in=list(islice(left, count)))
        if held_duties:
            acting |= Q(duty__in=held_duties, organisation__committee=home)
        return Seat.objects.held_on(day).filter(acting).order_by().values_list(*SEAT)

    return Composed(compose)


_seats = Composed(
    lambda day, *people: (
        Seat.objects.held_on(day).filter(person__in=people).order_by().values_list(*SEAT)
    )
)


def _by_person(people: Iterable[int], lines: Iterable[tuple[int, str, int, int]]) -> Roll:
    found: Roll = {person: [] for person in people}
    for person, duty, body, home in lines:
        found.setdefault(person, []).append((duty, body, home))
    return found


def members(who: Who, matter: Matter, parts: Cast, among: Roll) -> set[int]:
    """The people of a circle by number, out of a roll drawn for it."""
    return {
        person for person, seats in among.items() if who.admits(_held(person, seats, matter, parts))
    }


def matters(who: Who, person: Person, day: date) -> QuerySet[Matter]:
    """Every matter in which `person` belongs to the circle `who` on `day`."""
    return Matter.objects.filter(reach(who, person, seats_of(person, day)))


def seats_of(person: Person, day: date) -> list[tuple[str, int, int]]:
    """(duty, body, committee) of every seat `person` holds on `day`; none when she cannot act."""
    return [*seats_on(person, day)]


def reach(who: Who, person: Person, seats: Seats) -> Q:
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
            # Asked of each paper: a body's papers of many years are far more than are open.
            held = Part.objects.filter(matter=OuterRef("pk"), role=role, unit__in=bodies)
            found |= Q(Exists(held))
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


def aware(people: set[int], matter: Matter, day: date, parts: Cast) -> set[int]:
    """Those among `people`, by number, who may know of `matter`: `visible` from the other side."""
    if not people:
        return set()
    among = _by_person(people, _seats(day, *people))
    return {person for person, seats in among.items() if _knows(person, seats, matter, parts)}


def _knows(person: int, seats: Seats, matter: Matter, parts: Cast) -> bool:
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
