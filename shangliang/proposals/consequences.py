"""What a row of the table does besides moving: each runs inside the move's transaction."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from shangliang.matters import clocks, notices, numbers, search
from shangliang.matters.models import Part
from shangliang.matters.refusals import NotReady
from shangliang.matters.table import Step

from . import letters
from .models import Consultation, Filing, Rating, Satisfaction
from .sessions import latest_session, session_for


def change_role(step: Step, was: str, now: str) -> None:
    """Let the person who acts play another role in the matter."""
    step.matter.parts.filter(role=was, person=step.by).update(role=now, since=step.at)


def set_cosign_date(step: Step) -> None:
    """The date on the invitation is the clock's date, unless the author named a later one."""
    due = step.matter.deadlines.open().filter(name="cosign").first()
    if due:
        step.matter.cosign_until = due.due_on
        step.matter.save(update_fields=["cosign_until"])


def sign(step: Step) -> None:
    order = step.matter.parts.filter(role="cosigner").count() + 1
    step.matter.parts.filter(role="invited", person=step.by).update(
        role="cosigner", order=order, since=step.at
    )
    notices.mark_read(step.by, step.at, step.matter)  # others are still asked, she no longer
    search.index(step.matter)


def step_aside(step: Step) -> None:
    change_role(step, "invited", "declined")
    notices.mark_read(step.by, step.at, step.matter)


def unsign(step: Step) -> None:
    """A changed text is signed anew: consent given to the old one does not carry over."""
    step.matter.parts.filter(role="cosigner").update(role="invited", since=step.at)
    search.index(step.matter)


def receive(step: Step) -> None:
    """Take the paper in: session or ordinary by the moment its submitting began."""
    proposal = step.matter
    began = proposal.begun_at or step.at
    session = session_for(proposal, began)
    proposal.is_session = session is not None
    proposal.session = session or latest_session(proposal.organisation_id, began)
    if proposal.session:
        proposal.term = proposal.session.term
    proposal.save(update_fields=["is_session", "session", "term"])
    proposal.parts.filter(role="invited").update(role="declined", since=step.at)
    Filing.objects.get_or_create(proposal=proposal)


def note_review(step: Step) -> None:
    _note(step, "category", "proposed", "ground", "disposition", "opinion")


def note_refusal(step: Step) -> None:
    _note(step, "category", "ground", "disposition", "opinion")


def note_handler(step: Step) -> None:
    _note(step, "handler", "leader_in_charge", "handler_phone")


def _note(step: Step, *names: str) -> None:
    """Write what the form brought where it belongs: the category on the paper, the rest beside it."""
    filing, _made = Filing.objects.get_or_create(proposal=step.matter)
    for name in names:
        if name == "category":
            if step.data.get("category") not in ("", None, step.matter.category):
                step.matter.category = step.data["category"]
                step.matter.save(update_fields=["category"])
                search.index(step.matter)
        elif name in step.data:
            setattr(filing, name, step.data[name])
    filing.save()


def give_it_a_number(step: Step) -> None:
    """File it under the next number of its session; never reused, without gaps."""
    proposal = step.matter
    _note(step, "category", "opinion")
    Filing.objects.filter(proposal=proposal).update(filed_on=clocks.local_day(step.at))
    session = proposal.session
    if session is None:
        raise NotReady(_("还没有设置会议届次，请先在设置中补充后再立案。"))
    series = f"proposals:{session.pk}:{'session' if proposal.is_session else 'ordinary'}"
    proposal.sequence = numbers.draw(proposal.organisation_id, series)
    mark = "" if proposal.is_session else "平"
    proposal.number = f"{session}第{mark}{proposal.sequence:04d}号"
    proposal.save(update_fields=["sequence", "number"])
    search.index(proposal)


def hand_over(step: Step) -> None:
    """The planned unit becomes the lead unit, and from now on sees the paper."""
    proposal, day = step.matter, clocks.local_day(step.at)
    Part.objects.filter(matter=proposal, role="planned_lead").update(
        role="lead_unit", since=step.at
    )
    filing = Filing.objects.get(proposal=proposal)
    filing.assigned_on, filing.first_assigned_on = day, filing.first_assigned_on or day
    filing.save(update_fields=["assigned_on", "first_assigned_on"])
    search.index(proposal)


def record_consultation(step: Step) -> None:
    proposal = step.matter
    unit = proposal.parts.filter(role="lead_unit").first()
    Consultation.objects.create(
        proposal=proposal, unit_id=unit.unit_id, round=proposal.round, by=step.by, at=step.at,
        held_on=date.fromisoformat(str(step.data["held_on"])), form=step.data["form"],
        participants=step.data["participants"], proposer_view=step.data["proposer_view"],
    )  # fmt: skip


def extend_reply(step: Step) -> None:
    """A new date replaces the old one; it must be asked for before the old one has passed."""
    until = date.fromisoformat(str(step.data["until"]))
    names = ("reply", "rehandle")
    deadline = step.matter.deadlines.open().filter(name__in=names).last()
    if deadline is None:
        raise NotReady(_("没有正在计时的答复期限。"))
    clocks.extend(deadline, until=until, at=step.at, by=step.by, reason=step.note)


def issue_letter(step: Step) -> None:
    """Fix the reply as it was signed and put the official letter into the file."""
    reply = step.matter.current_reply()
    reply.issued_at, reply.signer = step.at, str(step.by)
    reply.version = F("version") + 1
    reply.letter_number = letters.next_letter_number(reply, step.at)
    reply.save(update_fields=["issued_at", "signer", "version", "letter_number"])
    reply.refresh_from_db()
    reply.letter = letters.file_reply(reply, by=step.by, at=step.at)
    reply.save(update_fields=["letter"])


def record_rating(step: Step) -> None:
    proposal = step.matter
    Rating.objects.update_or_create(
        proposal=proposal, round=proposal.round,
        defaults={
            "person": step.by, "attitude": step.data["attitude"], "effect": step.data["effect"],
            "comment": step.data.get("comment", ""), "at": step.at,
        },
    )  # fmt: skip


def note_silence(step: Step) -> None:
    """No feedback is counted apart and is never a kind of satisfaction."""
    silent = Satisfaction.NO_FEEDBACK
    Rating.objects.get_or_create(
        proposal=step.matter, round=step.matter.round,
        defaults={"attitude": silent, "effect": silent, "at": step.at},
    )  # fmt: skip


def next_round(step: Step) -> None:
    step.matter.round += 1
    step.matter.save(update_fields=["round"])
