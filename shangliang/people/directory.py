"""The directory (名录): who may look up whom by name.

Members and the organ know each other's names and seats; the units and their names are known to
everybody with a seat.  Phone numbers are not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from . import duties
from .models import Organisation, Person, Seat, seats_on

SHOWN = 8  # a longer list of names answers no question; a longer name does


@dataclass(frozen=True)
class Listed:
    """A person as the directory shows her."""

    name: str
    seats: tuple[str, ...]


def members_named(name: str, viewer: Any, day: date) -> list[Listed]:
    """Members in office whose name holds `name`, in the committees whose directory is open to
    the viewer."""
    homes = _homes(viewer, day, inside=True)
    if not homes or not name.strip():
        return []
    seats = Seat.objects.held_on(day).filter(organisation__committee__in=homes)
    sitting = seats.filter(duty__in=duties.MEMBERS).values("person")
    found = Person.objects.filter(name__icontains=name.strip(), pk__in=sitting)[:SHOWN]
    said: dict[int, tuple[str, tuple[str, ...]]] = {p.pk: (p.name, ()) for p in found}
    for seat in seats.filter(person__in=said).select_related("organisation"):
        if seat.duty not in duties.ADMINISTRATORS:
            name, held = said[seat.person_id]
            said[seat.person_id] = name, (*held, _seat(seat))
    return [Listed(name, held) for name, held in said.values()]


def units_named(name: str, viewer: Any, day: date) -> list[Organisation]:
    """Handling units in being whose name holds `name`, in the viewer's own houses."""
    homes = _homes(viewer, day, inside=False)
    if not homes or not name.strip():
        return []
    units = Organisation.objects.units().active(day).filter(committee__in=homes)
    return list(units.filter(name__icontains=name.strip()).order_by("pinyin")[:SHOWN])


def _homes(viewer: Any, day: date, *, inside: bool) -> set[int]:
    """The committees in which the viewer sits; `inside` leaves out those she only answers to."""
    seats = seats_on(viewer, day)
    if any(seat.duty in duties.ADMINISTRATORS for seat in seats):
        return set()
    return {seat.committee for seat in seats if not (inside and seat.duty in duties.UNITS)}


def _seat(seat: Seat) -> str:
    """市政协委员, 教育界召集人: the body and what she is there."""
    return f"{seat.organisation}{seat.title or seat.get_duty_display()}"
