"""Writing the journal: one entry at a time, each bound to the one before it.

Whoever writes holds the head of the chain until her transaction ends, so entries stand in one
order and count without gaps.  Take it first (`hold`), before any other row: two writers that
lock in the same order never wait for each other in a circle.

What the journal covers: every step of a matter, set-up changes, log-ins and log-outs, exports,
the blanking of words, and steps refused because somebody was outside the circle.  A form that
was only incomplete is no event.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from . import chain, keys
from .composed import Composed
from .models import ChainHead, Entry, EntryContent
from .refusals import Refused


def hold() -> ChainHead:
    """Lock the head of the chain until the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("the journal is held inside a transaction")
    if not (found := _head()):
        ChainHead.objects.get_or_create(pk=1, defaults={"hash": chain.START})
        found = _head()
    ((seq, last),) = found
    return ChainHead(pk=1, seq=seq, hash=last)


_head = Composed(
    lambda: ChainHead.objects.select_for_update().filter(pk=1).values_list("seq", "hash")
)


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
    head: ChainHead | None = None,
) -> Entry:
    """Write one entry and return it; must run inside the transaction of what it records.

    `data` must be JSON; names of personal keys go into data["personal"] so that blanking knows.
    """
    entry = Entry(
        matter_id=matter.pk if matter else None,
        verb=verb,
        was=was,
        now=now,
        by=by,
        acting_as=acting_as[:80],
        at=at,
        about=about,
    )
    return write_many([(entry, note, data or {})], head)[0]


def write_many(
    lines: Iterable[tuple[Entry, str, Mapping[str, Any]]], head: ChainHead | None = None
) -> list[Entry]:
    """Write (entry, note, data) one after another, in one go: for imports and measurements.

    `head` spares fetching it again for who has held it since and written nothing.
    """
    head, entries, contents = head or hold(), [], []
    for entry, note, data in lines:
        salt, words = secrets.token_hex(16), chain.plain(data)
        entry.id, entry.previous = head.seq + 1, head.hash
        entry.algorithm = chain.ALGORITHM
        entry.commitment = chain.commitment(salt, note, words)
        entry.hash = chain.link(head.hash, facts(entry))
        entry.seal = chain.seal(keys.current(), entry.hash.encode())
        entries.append(entry)
        contents.append(EntryContent(entry=entry, note=note, data=words, salt=salt))
        head.seq, head.hash = entry.id, entry.hash
    if len(entries) == 1:
        entries[0].save(force_insert=True)
        contents[0].save(force_insert=True)
    else:
        Entry.objects.bulk_create(entries, batch_size=1000)
        EntryContent.objects.bulk_create(contents, batch_size=1000)
    ChainHead.objects.filter(pk=head.pk).update(seq=head.seq, hash=head.hash)
    return entries


def facts(entry: Entry) -> dict[str, Any]:
    """What the chain fixes about an entry; its words only through their commitment."""
    if entry.at.tzinfo is None:
        raise ValueError("an entry's time needs its time zone")
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


@transaction.atomic
def blank(entry: Entry, *, by: Any, at: datetime, reason: str) -> Entry:
    """Erase the words of an entry for good, and say that, by whom and why it was done.

    The chain goes on verifying: it holds a salted commitment to the words, and the salt goes
    with them.  That the entry was made, when and by whom, stays.

    Raises:
        Refused: no reason is given, or there is nothing left to erase.
    """
    if not reason.strip():
        raise Refused(_("请写明清除的理由。"))
    if entry.verb == "blank":
        raise Refused(_("清除登记本身不能清除。"))
    if not EntryContent.objects.filter(entry=entry).exists():
        raise Refused(_("这条日志的内容已经清除。"))
    said = write("blank", by=by, at=at, matter=entry.matter, note=reason.strip(), about=entry)
    EntryContent.objects.filter(entry=entry).delete()
    return said


def refused(refusal: Refused, *, by: Any, at: datetime, matter: Any, step: str) -> Entry:
    """Record that somebody outside the circle tried a step.

    It stands beside the matter's own journal, not in it: what never happened is no part of the
    matter's story, and its readers need not know who tried.
    """
    data = {"matter": matter.pk, "step": step, "answer": str(refusal)}
    return write("refused", by=by, at=at, data=data)
