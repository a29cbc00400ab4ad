"""A house for the kill test, in a process of its own: python -m tests.faults.house furnish | check.

`furnish` makes the database and prints who may come in and with which papers; `check` reads what
the clients were told from standard input and prints what of it is not true.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from typing import Any

CLIENTS = 6
PAPERS = 400  # for each client; more than it can withdraw while the test runs


def furnish() -> dict[str, Any]:
    from django.core.management import call_command

    from tests import world as county

    call_command("migrate", verbosity=0)
    world = county.build()
    return {
        "sessions": [session(world.lin) for _ in range(CLIENTS)],
        "papers": [[_paper(world) for _ in range(PAPERS)] for _ in range(CLIENTS)],
    }


def _paper(world: Any) -> int:
    from shangliang.matters.flow import begin
    from shangliang.proposals.models import Proposal
    from tests.world import SPRING

    made = Proposal(organisation=world.county, term=world.term, title="关于加装电梯的建议")
    begin(made, by=world.lin, at=SPRING)
    made.parts.create(role="author", person=world.lin, since=SPRING)
    return int(made.pk)


def session(person: Any) -> str:
    """A log-in without its page, which is not what is tested here."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "shangliang.people.login.NameOrPhoneBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def check(told: dict[str, Any]) -> dict[str, Any]:
    """What was promised and is not there, what is there twice, what is there by half."""
    from shangliang.matters import audit
    from shangliang.matters.models import Draft, Entry, Matter
    from shangliang.proposals.models import Proposal

    withdrawn = Counter(Entry.objects.filter(verb="withdraw").values_list("matter", flat=True))
    titles = Counter(Proposal.objects.values_list("title", flat=True))
    written = {title for title in titles if title.startswith("新提案")}
    drafts = {
        draft.form: int(draft.data["n"]) for draft in Draft.objects.filter(form__startswith="kill")
    }
    begun = set(Entry.objects.filter(verb="begin").values_list("matter", flat=True))
    states = set(Matter.objects.filter(state="withdrawn").values_list("pk", flat=True))
    asked = {title for title in told["asked"] if isinstance(title, str)}
    fault = audit.verify().fault
    return {
        "lost": [pk for pk in told["withdrawn"] if pk not in withdrawn]
        + [title for title in told["written"] if title not in titles]
        + [form for form, n in told["drafts"].items() if drafts.get(form, 0) < n],
        "doubled": [pk for pk, n in withdrawn.items() if n > 1]
        + [title for title in written if titles[title] > 1],
        "halves": sorted(states ^ set(withdrawn)) + [f for f in drafts if "~" in f],
        "without entry": sorted(set(Matter.objects.values_list("pk", flat=True)) - begun),
        "never asked for": sorted(written - asked),
        "fault": fault and fault.sentence,
        "entries": Entry.objects.count(),
    }  # fmt: skip


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.config.settings")
    import django

    django.setup()
    done = furnish() if sys.argv[1] == "furnish" else check(json.load(sys.stdin))
    sys.stdout.write(json.dumps(done))


if __name__ == "__main__":
    main()
