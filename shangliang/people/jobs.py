"""Sweeping up every night: lapsed sessions, and wrong passwords nobody needs any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from . import stay

# The counts look back an hour at most; what happened stands in the journal.
WRONG_KEPT = timedelta(days=7)


@db_periodic_task(crontab(hour="3", minute="20"))
@lock_task("sweep-the-door")
def every_night() -> None:
    sweep(timezone.now())


def sweep(at: datetime) -> None:
    stay.sweep(at)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    for model in (AccessAttempt, AccessFailureLog):
        model.objects.filter(attempt_time__lt=at - WRONG_KEPT).delete()
