"""What happens because time passes: rows whose actor is the calendar, reminders, digests.

Run every minute; `at` may be any moment, so a year can be replayed.  Everything is worked out
from what stands in the database, so a run that was missed is made up by the next.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from django.conf import settings

from . import checkpoints, digest, once
from .clocks import local_day
from .flow import move
from .models import Deadline
from .refusals import Refused
from .reminders import remind
from .table import REGISTRY

log = logging.getLogger(__name__)


def tick(at: datetime) -> dict[str, int]:
    """Do everything that is due at this moment; how much of each was done."""
    return {
        "lapsed": lapse(at), "reminded": remind(at), "sent": digest.run(at),
        "forgotten": once.forget(at), "noted": note_the_journal(at),
    }  # fmt: skip


def note_the_journal(at: datetime) -> int:
    """Keep a checkpoint of the journal in the place set for it; 1 when one was written."""
    if not settings.CHECKPOINTS:
        return 0
    try:
        return int(checkpoints.keep(Path(settings.CHECKPOINTS), at))
    except Refused as refused:  # the rest of the minute's work must go on
        log.error("checkpoint: %s", refused)
        return 0


def lapse(at: datetime) -> int:
    """Carry matters along the rows that follow from a date having passed."""
    done = 0
    for kind, flow in REGISTRY.items():
        rows = {due.name: due.lapses for due in flow.dues().values() if due.lapses}
        passed = Deadline.objects.running().filter(
            matter__kind=kind, name__in=rows, due_on__lt=local_day(at)
        )
        for deadline in passed.select_related("matter").order_by("due_on", "pk"):
            done += _carry(deadline, rows[deadline.name], at)
    return done


def _carry(deadline: Deadline, row: str, at: datetime) -> bool:
    """One matter along one row; a matter that cannot go must not hold up the others."""
    try:
        move(deadline.matter.own, row, by=None, at=at)
    except Refused as refused:
        log.info("%s of matter %s did not happen: %s", row, deadline.matter_id, refused)
    except Exception:
        log.exception("%s of matter %s failed", row, deadline.matter_id)
    else:
        return True
    return False
