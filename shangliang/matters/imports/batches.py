"""Carrying a plan out as one batch, and taking a batch back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from shangliang.people.models import Person

from .. import journal
from ..models import ImportBatch, ImportLine, ImportMapping
from ..refusals import NotReady, Stale
from .plan import Deed, Keeper, Plan

Tick = Callable[[int, int], None]


def apply(
    batch: ImportBatch, plan: Plan, *, by: Person | None, at: datetime, tick: Tick | None = None
) -> ImportBatch:
    """Write everything the plan says, or nothing.

    Raises:
        NotReady: a row of the plan is refused.
        Stale: the batch was carried out already.
    """
    if not plan.may_apply:
        raise NotReady(_("表格中有不能导入的行，请先改好再导入。"))
    with transaction.atomic():
        journal.hold()
        claimed = ImportBatch.objects.filter(pk=batch.pk, applied_at=None)
        if not claimed.update(applied_at=at, source=b"", counts=plan.counts, by=by):
            raise Stale(_("这份文件刚刚已经导入，请刷新后查看。"))
        for done, row in enumerate(plan.rows, 1):
            for deed in row.deeds:
                _carry_out(batch, row.number, row.key, deed)
            if tick:
                tick(done, len(plan.rows))
        facts = {"batch": batch.pk, "kind": batch.kind, "digest": batch.digest, **plan.counts}
        journal.write("import", by=by, at=at, data=facts)
    batch.refresh_from_db()
    return batch


def _carry_out(batch: ImportBatch, row: int, key: str, deed: Deed) -> None:
    keeper, thing = deed.keeper, deed.thing
    if deed.before is None:
        keeper.make(thing, deed.coming)
    else:
        keeper.restore(thing, deed.after or {})
    ImportLine.objects.create(
        batch=batch, row=row, key=key, model=keeper.label, target=thing.pk,
        before=deed.before, after=keeper.present(thing), kept=deed.kept,
    )  # fmt: skip


def undo(batch: ImportBatch, keepers: Iterable[Keeper], *, by: Person | None, at: datetime) -> None:
    """Take back all a batch did, as long as nobody has worked on it since.

    Raises:
        NotReady: too late, or something it made has changed or is in use.
    """
    if not batch.stands:
        raise NotReady(_("这一批没有导入，或者已经撤销。"))
    if not batch.may_be_undone(at):
        raise NotReady(_("导入已超过 24 小时，不能整批撤销，请逐条修改。"))
    by_label = {keeper.label: keeper for keeper in keepers}
    with transaction.atomic():
        journal.hold()
        if not ImportBatch.objects.filter(pk=batch.pk, undone_at=None).update(undone_at=at):
            raise Stale(_("这一批刚刚已经撤销。"))
        for line in batch.lines.order_by("-pk"):
            _take_back(line, by_label[line.model])
        journal.write("import_undone", by=by, at=at, data={"batch": batch.pk, "kind": batch.kind})
    batch.refresh_from_db()


def _take_back(line: ImportLine, keeper: Keeper) -> None:
    thing = apps.get_model(line.model)._default_manager.filter(pk=line.target).first()
    if thing is None or _said(keeper.present(thing)) != line.after:
        raise NotReady(_("第 %(row)d 行导入后又有变动，不能整批撤销。") % {"row": line.row})
    if line.before is not None:
        keeper.restore(thing, line.before)
        return
    try:
        keeper.unmake(thing)
    except (ProtectedError, RestrictedError):
        raise NotReady(
            _("第 %(row)d 行导入的内容已经在使用，不能整批撤销。") % {"row": line.row}
        ) from None


def _said(facts: dict[str, Any]) -> Any:
    """Facts as they look after being kept."""
    return json.loads(json.dumps(facts, cls=DjangoJSONEncoder))


def brought_before(organisation: Any, kind: str, digest: str) -> ImportBatch | None:
    """The batch in which the very same file came in, if it still stands."""
    return ImportBatch.objects.filter(
        organisation=organisation, kind=kind, digest=digest,
        applied_at__isnull=False, undone_at=None,
    ).first()  # fmt: skip


def recalled_mapping(organisation: Any, kind: str, signature: str) -> dict[str, str]:
    """The columns this committee settled on for such a table, if it ever did."""
    kept = ImportMapping.objects.filter(organisation=organisation, kind=kind, signature=signature)
    return next((dict(mapping.columns) for mapping in kept), {})


def keep_mapping(organisation: Any, kind: str, signature: str, columns: dict[str, str]) -> None:
    """Remember what the columns of such a table mean."""
    ImportMapping.objects.update_or_create(
        organisation=organisation, kind=kind, signature=signature, defaults={"columns": columns}
    )
