"""Reading the chain: from the first entry to the last in small batches, until one is wrong.

A journal of any length needs little memory: an append-only table may be read page by page, and
what the reader must remember of the pages before is one hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DataError
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import chain, journal, keys
from .checkpoints import Checkpoint
from .models import ChainHead, Entry, EntryContent

BATCH = 2000
BEFORE_ALL = -(2**62)
UNREADABLE = (ValueError, TypeError, DataError)  # what the engines say of spoiled values
FIELDS = (
    "id", "matter_id", "verb", "was", "now", "by_id", "acting_as", "at", "about_id",
    "algorithm", "commitment", "previous", "hash", "seal",
    "content__entry_id", "content__note", "content__data", "content__salt",
)  # fmt: skip
FOREIGN_SEAL = gettext_lazy(
    "第 %(n)s 号日志的封印不是本系统的密钥加盖的。"
    "如果更换过密钥，请把旧密钥写入 SECRET_KEY_FALLBACKS 后再核对。"
)
CUT_OFF = gettext_lazy(
    "第 %(n)s 号日志不见了：检查点写明已有第 %(seq)s 号，现在只到第 %(last)s 号。"
)


@dataclass(frozen=True)
class Fault:
    """What is wrong first: the number of the entry where it shows, and a sentence about it."""

    seq: int | None
    sentence: str


@dataclass
class Verdict:
    """What a reading found: how many entries, how many without words, and the first fault."""

    entries: int = 0
    blanked: int = 0
    until: datetime | None = None
    fault: Fault | None = None


def read(verdict: Verdict, checkpoints: list[Checkpoint]) -> Fault | None:
    """The first fault in the chain; `checkpoints` stand in the order of their numbers."""
    for point in checkpoints:
        if not point.is_ours():
            return Fault(None, _("检查点文件不是本系统写的，或者被改动过，不能用来核对。"))
    known, agreed = keys.known(), 0
    promised = ChainHead.objects.filter(pk=1).first()
    expected, previous = 1, chain.START
    for batch in batches():
        blanked = _blanked_among(batch)
        for row in batch:
            words = blanked.get(row.id)
            if sentence := _wrong(row, expected, previous, words, known):
                return Fault(min(row.id, expected), sentence)
            while checkpoints and checkpoints[0].seq == row.id:
                point = checkpoints.pop(0)
                if point.hash != row.hash:
                    return Fault(row.id, _rewritten(row.id, agreed))
                agreed = row.id
            verdict.entries, verdict.until = verdict.entries + 1, row.at
            verdict.blanked += row.content__entry_id is None
            expected, previous = row.id + 1, row.hash
    return _tail(expected - 1, previous, promised, checkpoints)


def batches() -> Iterator[list[Any]]:
    """All entries in order, some at a time; an append-only table may be read page by page."""
    last = BEFORE_ALL
    while True:
        found = Entry.objects.filter(id__gt=last).order_by("id").values_list(*FIELDS, named=True)
        try:
            batch = list(found[:BATCH])
        except UNREADABLE:
            batch = _readable(found[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1].id


def _readable(found: QuerySet[Any]) -> list[Any]:
    """The rows before one that cannot even be read, and that one without its contents."""
    batch: list[Any] = []
    for pk in found.values_list("id", flat=True):
        try:
            batch += Entry.objects.filter(pk=pk).values_list(*FIELDS, named=True)
        except UNREADABLE:
            batch += Entry.objects.filter(pk=pk).values_list("id", named=True)
            break
    return batch


def _blanked_among(batch: list[Any]) -> dict[int | None, bool]:
    """Of the entries a batch speaks of: which were blanked by a later entry (True), and which
    blank entries speak of words that are still there (False)."""
    silent = [row.id for row in batch if getattr(row, "content__entry_id", 0) is None]
    blanks = [row for row in batch if getattr(row, "verb", "") == "blank" and row.about_id]
    erasing = {row.about_id: row.id for row in blanks}
    found: dict[int | None, bool] = {}
    if silent:
        said = Entry.objects.filter(verb="blank", about__in=silent, id__gt=F("about"))
        found = dict.fromkeys(said.values_list("about", flat=True), True)
    if erasing:
        kept = EntryContent.objects.filter(entry__in=list(erasing))
        found |= {erasing[pk]: False for pk in kept.values_list("entry", flat=True)}
    return found


def _wrong(row: Any, expected: int, previous: str, words: bool | None, known: list[bytes]) -> str:
    """Why an entry is not what was written, as a sentence; "" when it is."""
    if row.id > expected:
        return _("第 %(n)s 号日志不见了。") % {"n": expected}
    if row.id < expected:
        return _("第 %(n)s 号日志不是按顺序写下的。") % {"n": row.id}
    number = {"n": row.id}
    if not hasattr(row, "at") or row.at is None:
        return _("第 %(n)s 号日志已经损坏，无法读取。") % number
    if row.algorithm not in chain.ALGORITHMS:
        return _("第 %(n)s 号日志写明的算法不是本系统使用的。") % number
    if row.previous != previous:
        return _("第 %(n)s 号日志与上一条接不上。") % number
    if row.hash != chain.link(previous, journal.facts(row), row.algorithm):
        return _("第 %(n)s 号日志的记录被改动过。") % number
    if not any(row.seal == chain.seal(key, row.hash.encode(), row.algorithm) for key in known):
        return FOREIGN_SEAL % number
    if row.content__entry_id is None:
        return "" if words else _("第 %(n)s 号日志的内容不见了，也没有清除登记。") % number
    if words is False:
        return _("第 %(n)s 号日志登记清除的内容仍然存在。") % number
    kept = row.content__salt, row.content__note, row.content__data
    if row.commitment != chain.commitment(*kept, row.algorithm):
        return _("第 %(n)s 号日志的内容被改动过。") % number
    return ""


def _rewritten(seq: int, agreed: int) -> str:
    return _("第 %(n)s 号日志与检查点不符：从第 %(from)s 号到这里，有记录被整体改写。") % {
        "n": seq, "from": agreed + 1,
    }  # fmt: skip


def _tail(
    last: int, previous: str, promised: ChainHead | None, checkpoints: list[Checkpoint]
) -> Fault | None:
    """Whether the journal ends where it must: no entry was cut off, none hung on."""
    if checkpoints:
        told = {"n": last + 1, "seq": checkpoints[-1].seq, "last": last}
        return Fault(last + 1, CUT_OFF % told)
    if promised and promised.seq > last:
        return Fault(last + 1, _("第 %(n)s 号日志不见了。") % {"n": last + 1})
    head = ChainHead.objects.filter(pk=1).first()
    if last and (head is None or head.seq < last or (head.seq == last and head.hash != previous)):
        return Fault(last, _("第 %(n)s 号日志不是由本系统写下的。") % {"n": last})
    return None
