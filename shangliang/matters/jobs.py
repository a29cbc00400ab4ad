"""The work that nobody presses a button for; `manage.py worker` runs it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, lock_task

from shangliang.people.models import Person
from shangliang.ui.languages import of_record

from . import audit, journal, planner, recompute
from .calendars import build
from .sweeping import KEPT, sweep
from .tick import tick


@db_periodic_task(crontab(minute="*"))
@lock_task("every-minute")
def every_minute() -> None:
    tick(timezone.now())


@db_task()
def reckon(by: int, cause: str) -> None:
    """Reckon open dates again right after somebody confirmed a notice that moves very many."""
    person = Person.objects.get(pk=by)
    recompute.apply(build(), at=timezone.now(), by=person, cause=cause)


@db_task()
@lock_task("verify-the-journal")
def verify_journal(by: int, acting_as: str) -> None:
    """Read the whole journal through and write down what was found."""
    with of_record():
        verdict = audit.verify()
    found = {
        "entries": verdict.entries,
        "blanked": verdict.blanked,
        "fault": verdict.fault.sentence if verdict.fault else "",
    }
    person = Person.objects.get(pk=by)
    with transaction.atomic():
        journal.write(
            "audit_verified", by=person, at=timezone.now(), acting_as=acting_as, data=found
        )


@db_periodic_task(crontab(hour="3", minute="10"))
@lock_task("every-night")
def every_night() -> None:
    """Reckon open dates again: an upgrade may have brought a newer table of days off."""
    recompute.apply(build(), at=timezone.now(), by=None, cause=_("放假安排更新"))


@db_periodic_task(crontab(hour="3", minute="40"))
@lock_task("sweep-the-shelf")
def sweep_the_shelf() -> None:
    sweep(timezone.now() - KEPT)


@db_periodic_task(crontab(hour="3", minute="50"))
@lock_task("count-the-tables")
def count_the_tables() -> None:
    planner.take_counts()
