"""Faults as a hurried hand would leave them in the table: one word wrong, the rest as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shangliang.matters import clocks, flow, journal, notices, numbers, tick
from shangliang.matters.table import REGISTRY
from shangliang.proposals import conditions, who
from shangliang.proposals.models import Proposal

Fault = Callable[[Any], None]
PLANTED: dict[str, Fault] = {}


def fault(plant: Fault) -> Fault:
    PLANTED[plant.__name__] = plant
    return plant


def amend(patch: Any, name: str, **words: Any) -> None:
    """One row of the table with other words in it."""
    table = REGISTRY[Proposal.KIND]
    moves = tuple(replace(row, **words) if row.name == name else row for row in table.moves)
    patch.setitem(REGISTRY, Proposal.KIND, replace(table, moves=moves))


@fault
def the_office_files_by_itself(patch: Any) -> None:
    amend(patch, "file", who=who.examiners)


@fault
def a_unit_says_yes_to_its_own_delay(patch: Any) -> None:
    amend(patch, "extend", who=who.supervision | who.lead_leader)


@fault
def a_letter_sent_back_is_still_to_be_signed(patch: Any) -> None:
    amend(patch, "send_back", drops=())


@fault
def a_paper_signed_for_is_still_to_be_signed_for(patch: Any) -> None:
    amend(patch, "sign_for", meets=())


@fault
def a_late_rating_opens_a_second_clock(patch: Any) -> None:
    amend(patch, "rate", drops=())


@fault
def an_end_leaves_clocks_behind(patch: Any) -> None:
    drop = clocks.drop

    def only_by_name(matter: Any, names: Any, *, at: Any) -> None:
        drop(matter, names or (), at=at)

    patch.setattr(clocks, "drop", only_by_name)


@fault
def a_number_is_drawn_twice(patch: Any) -> None:
    patch.setattr(numbers, "draw", lambda organisation, series: 1)


@fault
def a_paper_goes_out_before_those_invited_have_answered(patch: Any) -> None:
    table = REGISTRY[Proposal.KIND]
    needs = tuple(n for n in table.rows["submit"].needs if n is not conditions.cosigners_agreed)
    amend(patch, "submit", needs=needs)


@fault
def a_signature_outlives_the_text(patch: Any) -> None:
    amend(patch, "rewrite", then=None)


@fault
def a_filed_paper_stays_with_those_who_filed_it(patch: Any) -> None:
    amend(patch, "file", shows="")


@fault
def a_letter_waits_on_the_clerks_desk_as_well(patch: Any) -> None:
    table = REGISTRY[Proposal.KIND]
    state = replace(table.states["reply_check"], held_by=who.lead_unit)
    states = {**table.states, "reply_check": state}
    patch.setitem(REGISTRY, Proposal.KIND, replace(table, states=states))


@fault
def the_unit_is_not_told_of_its_paper(patch: Any) -> None:
    amend(patch, "assign", tell=who.proposers)


@fault
def who_has_signed_is_asked_again(patch: Any) -> None:
    patch.setattr(notices, "mark_read", lambda *args: 0)


@fault
def a_refusal_comes_too_late(patch: Any) -> None:
    """What was written before the refusal stays written."""
    patch.setattr(flow, "_carry", flow._carry.__wrapped__)


@fault
def the_calendar_forgets(patch: Any) -> None:
    patch.setattr(tick, "lapse", lambda at: 0)


@fault
def an_entry_forgets_who_it_was(patch: Any) -> None:
    write = journal.write
    patch.setattr(journal, "write", lambda verb, **said: write(verb, **said | {"by": None}))
