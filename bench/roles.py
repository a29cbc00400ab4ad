"""Whom a measurement asks for: one of each kind of desk, the fullest and the emptiest among them."""

from __future__ import annotations

from typing import Any


def by_role() -> dict[str, list[Any]]:
    """People of the filled county by what they do there."""
    from django.db.models import Count, Q

    from shangliang.people.models import Organisation, Person

    def holding(duty: str) -> list[Any]:
        return list(Person.objects.filter(seats__duty=duty).order_by("pk")[:20])

    held = Count("parts", filter=Q(parts__role="lead_unit", parts__matter__is_open=True))
    units = Organisation.objects.units().annotate(open=held).order_by("-open")
    fullest, emptiest = units.first(), units.last()
    return {
        "member": holding("member"),
        "proposal office": holding("proposal_office"),
        "proposal committee": holding("proposal_committee"),
        "supervision": holding("supervision"),
        "clerk of the fullest unit": list(Person.objects.filter(seats__organisation=fullest)[:1]),
        "clerk of the emptiest unit": list(Person.objects.filter(seats__organisation=emptiest)[:1]),
        "organ leader": holding("organ_leader"),
    }
