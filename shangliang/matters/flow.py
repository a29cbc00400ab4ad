"""The one place where a matter changes its state.

Everything a row says happens in one transaction or not at all: the state, the journal, the
clocks, the row's own work, and the intention to tell people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from shangliang.people.models import Person
from shangliang.ui.languages import listed

from . import clocks, journal, notices, rights
from .models import ChainHead, Entry, Matter, Visibility
from .models.matter import WIDTH
from .refusals import NotAllowed, NotReady, Stale
from .table import REGISTRY, Move, Step

__all__ = ["Offer", "begin", "holders", "move", "moves_for", "todo"]


@transaction.atomic
def begin(matter: Matter, *, by: Person | None, at: datetime, note: str = "") -> Entry:
    """Put a new matter at the start of its table and write the first line of its journal."""
    journal.hold()
    matter.kind = matter.KIND
    matter.state = matter.state or matter.flow.first
    matter.created_at = matter.moved_at = at
    matter.save(force_insert=True)
    return journal.write("begin", by=by, at=at, matter=matter, now=matter.state, note=note)


def move(
    matter: Matter,
    name: str,
    *,
    by: Person | None,
    at: datetime,
    note: str = "",
    data: Mapping[str, Any] | None = None,
) -> Entry:
    """Carry `matter` along row `name` of its table, or refuse and say why.

    `by` is None only for rows of the calendar itself.

    Raises:
        Stale: the matter is no longer where the caller saw it.
        NotAllowed: `by` is outside the row's circle.
        NotReady: a reason is missing, or one of the row's `needs` is not met.
    """
    row = matter.flow.rows[name]
    try:
        return _carry(Step(matter, row, by, at, note.strip(), data or {}))
    except NotAllowed as refusal:
        # Undone first, then written down: that somebody from outside tried is worth knowing.
        with transaction.atomic():
            journal.refused(refusal, by=by, at=at, matter=matter, step=name)
        raise


@transaction.atomic
def _carry(step: Step) -> Entry:
    """Everything a row says, in one transaction."""
    matter = step.matter
    was = _stands_ready(step)
    head = journal.hold()

    # Two people may press at once.  Who holds the journal looks again at what is there now: a
    # second signature by the same hand, or a step from where the matter no longer stands, has
    # lost.  The UPDATE says the same once more, whatever else may write to a matter.
    matter.refresh_from_db()
    if matter.state != was:
        raise _too_late(matter)
    circle = _admit(step)
    _ready(step)
    before = dict(vars(matter))
    try:
        return _happen(step, was, circle, head)
    except Exception:
        vars(matter).update(before)  # the database forgets it as well
        raise


def _happen(step: Step, was: str, circle: str, head: ChainHead) -> Entry:
    """The step is taken: the state, the journal, the clocks, the row's own work, and the news."""
    matter, row, by, at = step.matter, step.row, step.by, step.at
    now = row.leads_to(was)
    changes: dict[str, Any] = {
        "state": now,
        "moved_at": at,
        "version": F("version") + 1,
        "is_open": not matter.flow.states[now].final,
    }
    if row.shows and WIDTH[row.shows] > WIDTH[matter.visibility]:
        changes["visibility"] = Visibility(row.shows)
    if not Matter.objects.filter(pk=matter.pk, state=was).update(**changes):
        raise _too_late(matter)
    for name, value in changes.items():
        setattr(matter, name, value if name != "version" else matter.version + 1)

    step.entry = journal.write(
        row.name, by=by, at=at, matter=matter, was=was, now=now, note=step.note, data=step.data,
        acting_as=circle, head=head,
    )  # fmt: skip
    clocks.meet(matter, row.meets, at=at)
    clocks.drop(matter, row.drops, at=at)
    for due in row.opens:
        clocks.open_deadline(matter, due, at=at, entry=step.entry)
    if matter.flow.states[now].final:
        clocks.drop(matter, None, at=at)
    if row.then:
        row.then(step)
    if row.tell:
        notices.tell(step)
    return step.entry


def _too_late(matter: Matter) -> Stale:
    return Stale(_("《%(title)s》刚刚已由他人处理，请刷新后再试。") % {"title": matter.title})


def _stands_ready(step: Step) -> str:
    """The state the caller saw, if the row begins there, or a refusal."""
    matter, row = step.matter, step.row
    if matter.state not in row.sources:
        stands = _(matter.stands.label)
        raise Stale(
            _("《%(title)s》现为“%(stands)s”，不能办理“%(act)s”。")
            % {"title": matter.title, "stands": stands, "act": _(row.label)}
        )
    return str(matter.state)


def _admit(step: Step) -> str:
    """The capacity in which the person may act, or a refusal."""
    matter, row = step.matter, step.row
    if step.by is None:
        if not row.who.clock:
            raise NotAllowed(
                _("只有%(who)s可以办理“%(act)s”。") % {"who": _(row.who.name), "act": _(row.label)}
            )
        return "系统"
    if not rights.may(step.by, row.who, matter, clocks.local_day(step.at)):
        raise NotAllowed(
            _("只有%(who)s可以办理“%(act)s”。") % {"who": _(row.who.name), "act": _(row.label)}
        )
    return row.who.name


def _ready(step: Step) -> None:
    if step.row.note and not step.note:
        raise NotReady(_("请写明%(what)s。") % {"what": _(step.row.note)})
    for need in step.row.needs:
        if problem := need(step):
            raise NotReady(problem)


@dataclass(frozen=True)
class Offer:
    """A row a person may take now, and the sentence that still stands in its way, if any."""

    move: Move
    problem: str = ""


def moves_for(person: Person, matter: Matter, at: datetime) -> list[Offer]:
    """The buttons on a matter's page for this person, in the order of the table."""
    held = rights.held(person, matter, clocks.local_day(at))
    offers = []
    for row in matter.flow.moves:
        if matter.state not in row.sources or not row.who.admits(held):
            continue
        # A row with a page of its own says there what is missing.
        step = Step(matter, row, person, at)
        problem = "" if row.page else next((p for need in row.needs if (p := need(step))), "")
        offers.append(Offer(row, problem))
    return offers


def todo(person: Person, day: date) -> QuerySet[Matter]:
    """The matters that are in this person's hands: the states her circles hold."""
    seats = rights.seats_of(person, day)
    found = Q(pk__in=())
    for kind, flow in REGISTRY.items():
        for who, states in flow.holders().items():
            reach = rights.reach(who, person, seats)
            if reach != rights.NOTHING:
                found |= Q(kind=kind, state__in=states) & reach
    return Matter.objects.filter(found, is_open=True)


def holders(matter: Matter) -> str:
    """In whose hands a matter is now, by name: a unit's or a person's, else the circle's."""
    who = matter.stands.held_by
    if who is None:
        return ""
    roles = who.parts | {role for role, _duty in who.desks}
    return listed(matter.names(*roles)) or _(who.name)
