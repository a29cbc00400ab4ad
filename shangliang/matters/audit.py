"""The audit of the journal: is it whole, and does the house stand where the journal says?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Lag
from django.utils.translation import gettext as _

from . import guards, journal, links
from .checkpoints import Checkpoint
from .links import Fault, Verdict
from .models import Entry, Matter

__all__ = ["Fault", "Verdict", "export", "verify"]


def verify(checkpoints: Sequence[Checkpoint] = ()) -> Verdict:
    """Read the whole journal, then compare every matter with the state its journal gives it."""
    verdict = Verdict()
    verdict.fault = (
        links.read(verdict, sorted(checkpoints, key=lambda point: point.seq))
        or _compare_states()
        or _count_guards()
    )
    return verdict


def export(*, by: Any, at: datetime) -> Iterator[dict[str, Any]]:
    """The facts of every entry with their links, no words; that it was taken is an entry itself.

    With the facts and the links anybody can check the chain without this house.
    """
    with transaction.atomic():
        entry = journal.write("export", by=by, at=at, data={"what": "journal"})
    for batch in links.batches():
        for row in batch:
            if row.id <= entry.id:
                yield journal.facts(row) | {
                    "algorithm": row.algorithm, "previous": row.previous, "hash": row.hash,
                }  # fmt: skip


def _compare_states() -> Fault | None:
    """Replaying the journal of every matter leaves it in the state where it stands."""
    moves = Entry.objects.exclude(now="").exclude(matter=None)
    before = Window(Lag("now", default=Value("")), partition_by=["matter"], order_by="id")
    jumps = moves.annotate(before=before).exclude(was=F("before")).order_by("id")
    if jump := jumps.values("id", "was", "before").first():
        return Fault(
            jump["id"],
            _("第 %(id)s 号日志写明从“%(was)s”开始，而此前是“%(before)s”。") % jump,
        )
    gone = Entry.objects.exclude(matter=None).filter(
        ~Exists(Matter.objects.filter(pk=OuterRef("matter_id")))
    )
    if lost := gone.order_by("id").first():
        return Fault(lost.id, _("第 %(n)s 号日志所记的事项已经不存在。") % {"n": lost.id})
    last = moves.filter(matter=OuterRef("pk")).order_by("-id").values("now")[:1]
    stands = Matter.objects.annotate(told=Subquery(last))
    strays = stands.filter(~Q(state=F("told")) | Q(told=None))
    stray = strays.order_by("pk").values("pk", "state", "told").first()
    if stray is None:
        return None
    entry = moves.filter(matter=stray["pk"]).order_by("id").last()
    if entry is None:
        return Fault(None, _("事项 %(pk)s 现为“%(state)s”，日志中却没有它。") % stray)
    told = stray | {"n": entry.id}
    return Fault(
        entry.id, _("事项 %(pk)s 现为“%(state)s”，而第 %(n)s 号日志写明“%(told)s”。") % told
    )


def _count_guards() -> Fault | None:
    if not guards.absent(connection):
        return None
    return Fault(
        None, _("日志完好，但防止改动日志的触发器缺失。请查明原因，并重新执行数据库迁移。")
    )
