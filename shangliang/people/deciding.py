"""The security administrator's side: what was asked for is granted or sent back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from . import accounts, duties, seating
from .models import AccountRequest, Organisation, Person, Seat
from .record import Pen, recording
from .refusals import Refused

What = AccountRequest.What


@dataclass
class Bundle:
    """Everything that waits about one person: her account and her seats are one decision."""

    person: Person
    requests: list[AccountRequest] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.requests) + len(self.seats)

    @property
    def is_plain(self) -> bool:
        """New people and seats of business, as a roster brings them by the hundred; what touches
        an administrator or ends something is looked at one by one."""
        ending = any(request.what != What.OPEN for request in self.requests)
        return not ending and not any(seat.duty in duties.ADMINISTRATORS for seat in self.seats)

    def mine(self, person: Person) -> bool:
        """Whether `person` asked for any of it, or is meant by it, and so cannot decide."""
        askers = {request.asked_by_id for request in self.requests}
        askers |= {seat.proposed_by_id for seat in self.seats if seat.proposed_by_id}
        return person.pk in askers or person == self.person


def waiting(committee: Organisation, person: Person | None = None) -> list[Bundle]:
    """What waits in this committee, oldest first, one bundle a person."""
    requests = AccountRequest.objects.filter(committee=committee, decided_at=None)
    seats = Seat.objects.waiting().filter(organisation__committee=committee)
    if person is not None:
        requests, seats = requests.filter(person=person), seats.filter(person=person)
    found: dict[int, Bundle] = {}
    for request in requests.select_related("person", "asked_by", "seat__organisation"):
        found.setdefault(request.person_id, Bundle(request.person)).requests.append(request)
    for seat in seats.select_related("person", "organisation", "proposed_by").order_by("pk"):
        found.setdefault(seat.person_id, Bundle(seat.person)).seats.append(seat)
    return list(found.values())


def grant_all(bundle: Bundle, pen: Pen) -> None:
    with recording():
        for request in bundle.requests:
            grant(request, pen)
        for seat in bundle.seats:
            seating.confirm(seat, pen)


def refuse_all(bundle: Bundle, why: str, pen: Pen) -> None:
    with recording():
        for request in bundle.requests:
            _decide(request, False, pen, why)
        for seat in bundle.seats:
            seating.refuse(seat, why, pen)


def grant(request: AccountRequest, pen: Pen) -> None:
    """Do what was asked for."""
    with recording():
        _decide(request, True, pen)
        if request.what == What.OPEN:
            Person.objects.filter(pk=request.person_id).update(is_active=True)
        elif request.what == What.CLOSE:
            accounts.shut(request.person, pen)
        elif request.what == What.STEP:
            accounts.remove_second_step(request.person, pen)
        elif request.what == What.END and request.seat:
            seating.close(request.seat, _ending(request), pen)


def refuse(request: AccountRequest, why: str, pen: Pen) -> None:
    _decide(request, False, pen, why)


def _decide(request: AccountRequest, granted: bool, pen: Pen, why: str = "") -> None:
    if pen.by.pk in (request.asked_by_id, request.person_id):
        raise Refused(_("提出的人和本人都不能处理，请另一位安全管理员处理。"))
    with recording():
        open_still = AccountRequest.objects.filter(pk=request.pk, decided_at=None)
        values = {"granted": granted, "decided_by": pen.by, "decided_at": pen.at, "reason": why}
        if not open_still.update(**values):
            raise Refused(_("这项申请刚刚已经处理过了。"))
        pen.note("account_granted" if granted else "account_refused", request, what=request.what)


def _ending(request: AccountRequest) -> seating.Ending:
    said = request.data
    return seating.Ending(
        date.fromisoformat(said["until"]), said["how"], said["document"], said["decided_by"]
    )


def sent_back(committee: Organisation, since: date) -> tuple[list[AccountRequest], list[Seat]]:
    """What was refused lately, for whoever asked for it."""
    requests = AccountRequest.objects.filter(
        committee=committee, granted=False, decided_at__date__gte=since
    )
    seats = Seat.objects.filter(
        organisation__committee=committee, refused_at__date__gte=since
    ).select_related("person", "organisation")
    return list(requests.select_related("person")), list(seats)
