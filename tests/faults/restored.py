"""What a house holds, told by a process of its own: python -m tests.faults.restored.

Prints the content of every table as one sum each, the journal's verdict, the files, and what
twenty pages say to the proposal office.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from typing import Any

# Of each showing alone: the mark against forged forms, the key of a form.
OF_ONE_SHOWING = re.compile(r'name="(csrfmiddlewaretoken|_key)" value="[^"]*"|nonce="[^"]*"')
GOES_ON = {"matters_entry", "matters_entrycontent", "matters_chainhead", "django_session"}


def told() -> dict[str, Any]:
    from shangliang.matters import audit, shelf
    from shangliang.matters.backups.databases import tables
    from shangliang.proposals.models import Proposal

    papers = Proposal.objects.exclude(visibility="private").order_by("pk")[:18]
    fault = audit.verify().fault
    return {
        "tables": {name: summed(name) for name in tables() if name not in GOES_ON},
        "fault": fault and fault.sentence,
        "files": {name: shelf.take(name).close() for name, _since in shelf.standing()},
        "pages": opened(["/", "/proposals/", *(paper.get_absolute_url() for paper in papers)]),
    }


def summed(table: str) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
        return hashlib.sha256(repr(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()


def opened(addresses: list[str]) -> dict[str, str]:
    """Each page by what stands in it; whoever asks is the demo county's proposal office."""
    from django.test import Client

    from shangliang.people.models import Person

    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(
        Person.objects.get(phone="13900000002"), "shangliang.people.login.NameOrPhoneBackend"
    )
    return {address: page(browser, address) for address in addresses}


def page(browser: Any, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return OF_ONE_SHOWING.sub("", answer.content.decode())


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.config.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps(told()))


if __name__ == "__main__":
    main()
