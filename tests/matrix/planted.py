"""Holes as a hurried hand would leave them: one check taken away, everything else as it is.

Each names the doors where it is likely to show, which are then knocked at first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db.models import Q

from shangliang.matters import (
    attaching,
    documents,
    flow,
    recompute,
    rights,
    views_documents,
    views_drafts,
    views_shorter,
    way,
)
from shangliang.matters.models import Matter
from shangliang.matters.models.matter import MatterQuerySet
from shangliang.matters.table import Who
from shangliang.people import circles, middleware, register
from shangliang.people.models import Person, Seat
from shangliang.people.models.seat import SeatQuerySet
from shangliang.proposals import papers, who
from shangliang.proposals.views import examining, handling, rating, reading, sending, steps, writing

Plant = Callable[[Any], None]
HOLES: dict[str, tuple[Plant, tuple[str, ...]]] = {}


def hole(*doors: str) -> Callable[[Plant], Plant]:
    def keep(plant: Plant) -> Plant:
        HOLES[plant.__name__] = plant, doors
        return plant

    return keep


class Anybody(Who):
    """A circle that asks nobody who she is."""

    def admits(self, held: Any) -> bool:
        return True


ANYBODY = Anybody("任何人")


def yes(*args: Any, **named: Any) -> bool:
    return True


@hole()
def everybody_sees_every_matter(patch: Any) -> None:
    patch.setattr(rights, "visible", lambda person, day: Q())


@hole()
def a_matter_by_its_number_is_not_asked_for(patch: Any) -> None:
    patch.setattr(MatterQuerySet, "visible_to", lambda self, person, day: self)


@hole()
def administrators_see_business(patch: Any) -> None:
    patch.setattr(middleware.AccountStateMiddleware, "_circle", lambda *args: None)
    patch.setattr(rights.duties, "ADMINISTRATORS", frozenset())


@hole()
def any_part_shows_the_matter(patch: Any) -> None:
    """Who declined, and the unit that is only planned, see it."""
    table = rights.REGISTRY["proposals.proposal"]
    more = table.sight | {"declined", "planned_lead"}
    patch.setitem(rights.REGISTRY, "proposals.proposal", replace(table, sight=more))


@hole("proposals:")
def a_form_page_opens_to_whoever_sees_the_paper(patch: Any) -> None:
    for module in (examining, handling, rating, sending, writing):
        patch.setattr(module, "find_for", lambda request, pk, *names: steps.find(request, pk))


@hole("proposals:", "move:")
def anybody_takes_a_step(patch: Any) -> None:
    patch.setattr(flow.rights, "may", yes)


@hole("proposals:detail")
def the_journal_is_read_by_everybody(patch: Any) -> None:
    def all_entries(matter: Matter, held: Any) -> list[Any]:
        return list(matter.entries.select_related("by", "content").order_by("id"))

    patch.setattr(way, "entries_for", all_entries)


@hole("document")
def every_document_is_read_by_everybody(patch: Any) -> None:
    patch.setattr(documents, "readable", lambda *args, **named: Q())


@hole("document")
def a_units_private_papers_are_the_handlers(patch: Any) -> None:
    reach = documents.reach
    patch.setattr(documents, "reach", lambda *args: reach(*args) | {"private"})


@hole("attach")
def anybody_attaches(patch: Any) -> None:
    for module in (documents, attaching, views_documents):
        patch.setattr(module, "may_attach", yes)


@hole("detach")
def anybody_takes_an_attachment_away(patch: Any) -> None:
    for module in (documents, attaching, views_documents):
        patch.setattr(module, "may_detach", yes)


@hole("proposals:detail")
def the_phone_is_shown_to_everybody(patch: Any) -> None:
    patch.setattr(who, "callers", ANYBODY)


@hole("proposals:detail")
def the_proposer_reads_the_examination_before_it_is_decided(patch: Any) -> None:
    patch.setattr(who, "examination", lambda state: who.inner)


@hole("proposals:detail")
def ratings_are_shown_to_everybody(patch: Any) -> None:
    patch.setattr(who, "raters", ANYBODY)


@hole("proposals:detail")
def what_was_talked_about_is_shown_to_everybody(patch: Any) -> None:
    patch.setattr(who, "supervision", ANYBODY)


@hole("proposals:detail")
def a_reply_is_shown_before_it_is_signed(patch: Any) -> None:
    picture = reading.picture

    def too_early(request: Any, proposal: Any) -> dict[str, Any]:
        return picture(request, proposal) | {"replies": list(proposal.replies.all())}

    patch.setattr(reading, "picture", too_early)


@hole("paper:sheet")
def the_sheet_is_printed_whole(patch: Any) -> None:
    patch.setitem(papers.PAPERS, "sheet", replace(papers.PAPERS["sheet"], shown=papers.whole))


@hole("proposals:published_detail")
def the_public_page_shows_what_was_not_published(patch: Any) -> None:
    get = reading.get_object_or_404
    patch.setattr(reading, "get_object_or_404", lambda found, **asked: get(found, pk=asked["pk"]))


@hole()
def nobody_need_be_logged_in(patch: Any) -> None:
    patch.setattr(LoginRequiredMiddleware, "handle_no_permission", lambda *args: None)


@hole("draft")
def anothers_draft_opens(patch: Any) -> None:
    get = views_drafts.get_object_or_404

    def anybodys(model: Any, **asked: Any) -> Any:
        asked.pop("person", None)
        return get(model, **asked)

    patch.setattr(views_drafts, "get_object_or_404", anybodys)


@hole("shorter")
def anybody_decides_that_a_date_comes_nearer(patch: Any) -> None:
    patch.setattr(recompute, "may_decide", yes)
    patch.setattr(views_shorter.recompute, "_deciders", lambda matter, day: {*Person.objects.all()})


@hole()
def a_seat_that_has_ended_still_counts(patch: Any) -> None:
    patch.setattr(Seat, "is_held_on", yes)
    patch.setattr(SeatQuerySet, "held_on", lambda self, day: self)


@hole("setup")
def set_up_pages_ask_for_no_duty(patch: Any) -> None:
    seats = circles.seats_of

    def every_duty(request: Any) -> Any:
        return [s._replace(duty=d) for s in seats(request) for d in ("system_admin", "audit_admin")]

    patch.setattr(circles, "seats_of", every_duty)


@hole("setup_person")
def the_neighbours_people_are_ours(patch: Any) -> None:
    patch.setattr(register, "kept_by", lambda committee: Person.objects.all())
