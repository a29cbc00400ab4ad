"""Official numbers without gaps: drawn inside the transaction that uses them."""

from __future__ import annotations

from django.db.models import F

from shangliang.people.models import Organisation

from .models import Counter


def draw(organisation: Organisation | int, series: str) -> int:
    """The next number of a series, from 1.

    The counter's row is locked until the transaction ends, so a number given back by a rollback
    goes to the next in line and nobody sees a gap or a twin.
    """
    home = organisation.pk if isinstance(organisation, Organisation) else organisation
    Counter.objects.get_or_create(organisation_id=home, series=series)
    counter = Counter.objects.select_for_update().get(organisation_id=home, series=series)
    Counter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    return counter.last + 1
