"""Telling people: one sentence each, written in the transaction of what it tells of."""

from __future__ import annotations

from . import rights
from .models import Notice
from .table import Step


def tell(step: Step) -> None:
    """Give everybody in the row's circle its sentence, except the one who acted."""
    from .clocks import local_day

    row, matter = step.row, step.matter
    assert row.tell is not None
    told = rights.people(row.tell, matter, local_day(step.at)).exclude(
        pk=getattr(step.by, "pk", None)
    )
    sentence = (row.says or "《{title}》：" + row.label + "。").format(
        **matter.own.words() | {"by": step.by or "", "note": step.note}
    )
    stands = matter.stands
    Notice.objects.bulk_create(
        [
            Notice(
                person=person, matter=matter, entry=step.entry,
                topic=f"entry:{step.entry.pk}", sentence=sentence[:300],
                url=matter.get_absolute_url(), while_state=matter.state,
                asks=bool(stands.held_by and rights.may(person, stands.held_by, matter, local_day(step.at))),
                created_at=step.at,
            )
            for person in told
        ],
        ignore_conflicts=True,
    )  # fmt: skip
