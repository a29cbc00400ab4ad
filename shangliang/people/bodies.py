"""Bodies come and go: founded, renamed, merged into another, abolished."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from shangliang.ui.languages import of_record

from .models import Ended, Organisation, Seat
from .record import Pen, recording
from .refusals import Refused
from .seating import Ending, end


def open_seats(body: Organisation) -> list[Seat]:
    """The seats in a body that would end with it."""
    seats = Seat.objects.filter(organisation=body, ended_how="", refused_at=None)
    return list(seats.select_related("person", "organisation").order_by("person__pinyin"))


def close(
    body: Organisation, until: date, document: str, successor: Organisation | None,
    carry: bool, pen: Pen,
) -> int:  # fmt: skip
    """End a body and every seat in it on one day; says how many seats that were.

    With `carry` the same people are proposed for the same duties in the successor.
    """
    if body.pk == body.committee_id:
        raise Refused(_("政协委员会不能在这里撤销。"))
    if body.children.filter(until=None).exists():
        raise Refused(_("它下面还有机构，请先把下级机构撤销或改到别处。"))
    with recording():
        mine = Organisation.objects.filter(pk=body.pk, until=None)
        values = {"until": until, "end_document": document, "successor": successor}
        if not mine.update(**values, version=F("version") + 1):
            raise Refused(_("%(body)s已经撤销。") % {"body": body})
        heir = successor.pk if successor else None
        pen.note("body_ended", body, until=until.isoformat(), successor=heir)
        seats = [seat for seat in open_seats(body) if seat.since <= until]
        _withdraw_later_ones(body, until, pen)
        with of_record():
            decided = str(_("随机构撤销"))
        moves_to = successor if carry else None
        how = Ended.TRANSFERRED
        ending = Ending(until, how, document, decided, moves_to=moves_to)
        house = body.committee or body
        end(seats, ending, house, pen)
    return len(seats)


def _withdraw_later_ones(body: Organisation, until: date, pen: Pen) -> None:
    """Seats that were to begin after the body's last day never begin."""
    for seat in Seat.objects.filter(organisation=body, since__gt=until, refused_at=None):
        Seat.objects.filter(pk=seat.pk).update(
            refused_at=pen.at, refused_why=str(_("机构已撤销")), confirmed_by=None,
            confirmed_at=None,
        )  # fmt: skip
        pen.note("seat_refused", seat)
