"""What the end of a seat or a body leaves open: counted for whoever registers it, never named.

The administrator who ends a seat sees no business content, so she hears how many matters have
somebody less, and in which role.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shangliang.people.affected import Ended
from shangliang.people.models import Organisation, Seat

from .models import Matter, Part
from .table import REGISTRY, Who


@cache
def _circles() -> frozenset[Who]:
    found: set[Who] = set()
    for flow in REGISTRY.values():
        found |= {row.who for row in flow.moves} | set(flow.holders())
        found |= {row.tell for row in flow.moves if row.tell}
    return frozenset(found)


def role_name(role: str) -> str:
    """What the tables call a role: the widest circle that consists of it alone."""
    alone = [
        who for who in _circles()
        if who.parts | {each for each, _duty in who.desks} == {role} and not who.duties
    ]  # fmt: skip
    widest = max(alone, key=lambda who: (len(who.parts) + len(who.desks), who.name), default=None)
    return _(widest.name) if widest else ""


def open_parts(ended: Ended) -> list[str]:
    """How many open matters the persons or the body have a part in, by role."""
    if ended.body:
        return _said(Q(unit=ended.body), str(ended.body), ended.successor)
    sentences = []
    for person in {seat.person for seat in ended.seats}:
        sentences += _said(Q(person=person), str(person), None)
    return sentences


def _said(whose: Q, name: str, heir: Organisation | None) -> list[str]:
    parts = Part.objects.filter(whose, matter__is_open=True).values_list("role", flat=True)
    sentences = []
    for role, count in sorted(Counter(parts).items()):
        if not (called := role_name(role)):
            continue
        words = ngettext(
            "%(name)s是 %(n)s 件未办结事项的%(role)s。",
            "%(name)s是 %(n)s 件未办结事项的%(role)s。",
            count,
        )
        sentences.append(words % {"name": name, "n": count, "role": called})
    if sentences and heir:
        sentences.append(
            _("这些事项不会自动改派，请提案办或督查室改交%(heir)s办理。") % {"heir": heir}
        )
    return sentences


def desks_left_empty(ended: Ended) -> list[str]:
    """Bodies with open matters where nobody would be left to act for them."""
    if ended.body:
        return []
    leaving = [seat.pk for seat in ended.seats]
    sentences = []
    for seat in ended.seats:
        if not _acts_for_a_body(seat):
            continue
        others = Seat.objects.held_on(timezone.localdate()).filter(
            organisation=seat.organisation_id, duty=seat.duty, person__is_active=True
        )
        count = Matter.objects.open().filter(parts__unit=seat.organisation_id).distinct().count()
        if count and not others.exclude(pk__in=leaving).exists():
            words = _("%(body)s有 %(n)s 件未办结事项，离任后没有%(duty)s。请尽快补上。")
            sentences.append(
                words % {"body": seat.organisation, "n": count, "duty": seat.get_duty_display()}
            )
    return sentences


def _acts_for_a_body(seat: Seat) -> bool:
    return any(seat.duty == duty for who in _circles() for _role, duty in who.desks)
