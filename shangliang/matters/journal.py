"""Writing the journal: one entry at a time, each bound to the one before it.

Whoever writes holds the head of the chain until her transaction ends, so entries stand in one
order and count without gaps.  Take it first (`hold`), before any other row: two writers that
lock in the same order never wait for each other in a circle.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from . import chain
from .models import ChainHead, Entry, EntryContent


def hold() -> ChainHead:
    """Lock the head of the chain until the transaction ends."""
    head = ChainHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        ChainHead.objects.get_or_create(pk=1, defaults={"hash": chain.START})
        head = ChainHead.objects.select_for_update().get(pk=1)
    return head


def write(
    verb: str,
    *,
    by: Any,
    at: datetime,
    matter: Any = None,
    was: str = "",
    now: str = "",
    note: str = "",
    data: Mapping[str, Any] | None = None,
    about: Entry | None = None,
    acting_as: str = "",
) -> Entry:
    """Write one entry and return it; must run inside the transaction of what it records.

    `data` must be JSON; names of personal keys go into data["personal"] so that blanking knows.
    """
    head, words, salt = hold(), dict(data or {}), secrets.token_hex(16)
    entry = Entry(
        id=head.seq + 1,
        matter_id=matter.pk if matter else None,
        verb=verb,
        was=was,
        now=now,
        by=by,
        acting_as=acting_as[:80],
        at=at,
        about=about,
        algorithm=chain.ALGORITHM,
        commitment=chain.commitment(salt, note, words),
        previous=head.hash,
    )
    entry.hash = chain.link(head.hash, facts(entry), entry.algorithm)
    entry.save(force_insert=True)
    content = EntryContent(entry=entry, note=note, data=words, salt=salt)
    content.save(force_insert=True)
    ChainHead.objects.filter(pk=head.pk).update(seq=entry.id, hash=entry.hash)
    return entry


def facts(entry: Entry) -> dict[str, Any]:
    """What the chain fixes about an entry; its words only through their commitment."""
    return {
        "id": entry.id,
        "matter": entry.matter_id,
        "verb": entry.verb,
        "was": entry.was,
        "now": entry.now,
        "by": entry.by_id,
        "acting_as": entry.acting_as,
        "at": entry.at.astimezone(UTC).isoformat(),
        "about": entry.about_id,
        "commitment": entry.commitment,
    }
