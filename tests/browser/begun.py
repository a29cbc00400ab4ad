"""What else was begun in the county: papers, a calendar, rosters, newcomers, a second step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any


def begin(world: Any, at: Any) -> dict[str, Any]:
    """Each thing that has a page of its own, by the word that stands for its key in pages.py."""
    from shangliang.matters.models import CalendarNotice, Code, Deadline, Draft, ImportBatch
    from shangliang.people.models import Seat
    from tests.house.english_county import in_the_set_up

    in_the_set_up(world)
    Draft.objects.create(
        person=world.he, form="proposals.write:new", title="写了一半", url="/proposals/new/",
        data={"title": "写了一半", "situation": "写了一半"}, saved_at=at,
    )  # fmt: skip
    running = Deadline.objects.running().filter(name="reply").first()
    running.shorter_on = running.due_on - timedelta(days=1)
    running.save()
    _second_step(world.aud)
    return {
        "attached": world.attached.pk, "lin": world.lin.pk, "housing": world.housing.pk,
        "seat": world.lin.seats.get().pk, "term": world.term.pk, "session": world.session.pk,
        "code": Code.objects.filter(table="category").first().pk,
        "roster": ImportBatch.objects.order_by("pk").first().pk,
        "wrong roster": ImportBatch.objects.order_by("pk").last().pk,
        "calendar": CalendarNotice.objects.filter(confirmed_at=None).first().pk,
        "waiting": Seat.objects.filter(confirmed_at=None, refused_at=None).first().pk,
        "reset": _reset_link(world.passer),
    }  # fmt: skip


def _second_step(person: Any) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    from .pages import SECRET

    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)


def _reset_link(person: Any) -> str:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    return f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
