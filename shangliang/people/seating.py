"""Seats: proposed with their paper, confirmed by another, ended with theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from . import accounts, duties, stay
from .models import AccountRequest, LoggedOut, LogIn, Organisation, Seat
from .record import Pen, recording
from .refusals import Refused


@dataclass(frozen=True)
class Ending:
    """How seats end: the last day, why, and the paper and body that decided it."""

    until: date
    how: str
    document: str = ""
    decided_by: str = ""
    close_account: bool = False
    # Where the person goes on, with the same duty, when she is only transferred.
    moves_to: Organisation | None = None

    def as_data(self) -> dict[str, str]:
        return {
            "until": self.until.isoformat(), "how": self.how,
            "document": self.document, "decided_by": self.decided_by,
        }  # fmt: skip


def propose(seat: Seat, pen: Pen) -> None:
    """Put a new seat before the security administrator; until then it counts for nothing."""
    seat.proposed_by = pen.by
    try:
        seat.full_clean()
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from problem
    with recording():
        seat.save(force_insert=True)
        pen.note("seat_proposed", seat, duty=seat.duty, person=seat.person_id)


def confirm(seat: Seat, pen: Pen) -> None:
    """Let a seat count from its first day on."""
    _by_another(seat.proposed_by_id, seat.person_id, pen)
    with recording():
        fresh = Seat.objects.waiting().filter(pk=seat.pk)
        values = {"confirmed_by": pen.by, "confirmed_at": pen.at, "version": F("version") + 1}
        if not fresh.update(**values):
            raise Refused(_("这项任职刚刚已经处理过了。"))
        pen.note("seat_confirmed", seat, duty=seat.duty, person=seat.person_id)
        if seat.duty in duties.ADMINISTRATORS:
            # Shorter limits and the second step hold from the first page on.
            hers = LogIn.objects.filter(person=seat.person_id)
            stay.end(hers, LoggedOut.RIGHTS, by=pen.by, at=pen.at, acting_as=pen.acting_as)


def refuse(seat: Seat, why: str, pen: Pen) -> None:
    """Send a proposed seat back with a reason; it never counted."""
    _by_another(seat.proposed_by_id, seat.person_id, pen)
    with recording():
        fresh = Seat.objects.waiting().filter(pk=seat.pk)
        values = {"refused_at": pen.at, "refused_why": why, "version": F("version") + 1}
        if not fresh.update(**values):
            raise Refused(_("这项任职刚刚已经处理过了。"))
        pen.note("seat_refused", seat)


def _by_another(proposer: int | None, concerned: int, pen: Pen) -> None:
    if pen.by.pk == proposer:
        raise Refused(_("提出的人不能自己确认，请另一位安全管理员处理。"))
    if pen.by.pk == concerned:
        raise Refused(_("不能确认与自己有关的事项，请另一位安全管理员处理。"))


def end(seats: Sequence[Seat], ending: Ending, committee: Organisation, pen: Pen) -> bool:
    """End seats on a day; an administrator's needs a second hand.  Says whether it was done."""
    for seat in seats:
        if seat.until is not None and seat.ended_how:
            raise Refused(_("“%(seat)s”已经结束。") % {"seat": seat.name})
        if ending.until < seat.since:
            raise Refused(_("离任日期不能早于任职日期。"))
    with recording():
        ours = [seat for seat in seats if seat.duty not in duties.ADMINISTRATORS]
        for seat in ours:
            close(seat, ending, pen)
        for seat in set(seats) - set(ours):
            data = ending.as_data()
            accounts.ask(AccountRequest.What.END, seat.person, committee, pen, seat, **data)
        if ending.moves_to:
            for seat in ours:
                _go_on(seat, ending, pen)
        if ending.close_account and len(ours) == len(seats):
            for person in {seat.person for seat in seats}:
                accounts.shut(person, pen)
    return len(ours) == len(seats)


def close(seat: Seat, ending: Ending, pen: Pen) -> None:
    """The seat itself, with its paper; a seat nobody confirmed goes back instead."""
    with recording():
        seat.until, seat.ended_how = ending.until, ending.how
        seat.end_document, seat.end_decided_by = ending.document, ending.decided_by
        changes = {
            name: getattr(seat, name)
            for name in ("until", "ended_how", "end_document", "end_decided_by")
        }
        mine = Seat.objects.filter(pk=seat.pk, ended_how="")
        if not mine.update(**changes, version=F("version") + 1):
            raise Refused(_("“%(seat)s”已经结束。") % {"seat": seat.name})
        pen.note(
            "seat_ended", seat, how=ending.how, until=ending.until.isoformat(),
            person=seat.person_id,
        )  # fmt: skip


def _go_on(seat: Seat, ending: Ending, pen: Pen) -> None:
    """The same duty in another body from the next day on, to be confirmed like any new seat."""
    propose(
        Seat(
            person=seat.person, organisation=ending.moves_to, duty=seat.duty, title=seat.title,
            since=ending.until + timedelta(days=1), start_document=ending.document,
            decided_by=ending.decided_by,
        ),
        pen,
    )  # fmt: skip


def others_of(seat: Seat, day: date) -> list[Seat]:
    """Her other seats in the same house, which a death or a removal may end as well."""
    hers = Seat.objects.standing(day).filter(person=seat.person_id, ended_how="")
    same_house = hers.filter(organisation__committee=seat.organisation.committee_id)
    return list(same_house.exclude(pk=seat.pk).select_related("organisation", "person"))
