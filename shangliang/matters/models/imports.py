"""What came in from a table: one batch a file, one line a thing it made or changed.

A line keeps what stood there before and what the import made of it, so that a batch can be
taken back as a whole while nobody has worked on its results.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.people.models import Organisation

# A batch may be taken back this long (trust.md: 24 hours).
REGRET = timedelta(hours=24)


class ImportBatch(models.Model):
    """One file brought to one committee: looked at first, then carried out, perhaps undone."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=20)
    name = models.CharField(_("文件名"), max_length=200)
    digest = models.CharField(max_length=64)
    # The file waits here between the report and the confirmation, and is then forgotten.
    source = models.BinaryField(default=bytes, editable=False)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    brought_at = models.DateTimeField(_("上传时间"))
    applied_at = models.DateTimeField(_("导入时间"), null=True, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("导入批次")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["organisation", "kind", "digest"])]

    def __str__(self) -> str:
        return self.name

    @property
    def stands(self) -> bool:
        """Whether its results are in the house."""
        return self.applied_at is not None and self.undone_at is None

    def may_be_undone(self, at: datetime) -> bool:
        return self.stands and self.applied_at is not None and at <= self.applied_at + REGRET

    @property
    def undo_until(self) -> datetime | None:
        return self.applied_at + REGRET if self.applied_at else None


class ImportLineQuerySet(models.QuerySet["ImportLine"]):
    def standing(self, organisation: Any, kind: str) -> ImportLineQuerySet:
        """The lines of batches that were carried out and not taken back."""
        return self.filter(
            batch__organisation=organisation, batch__kind=kind,
            batch__applied_at__isnull=False, batch__undone_at=None,
        )  # fmt: skip


class ImportLine(models.Model):
    """One thing a batch made or changed: where its row stood, what it was, what it became."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="lines")
    row = models.PositiveIntegerField()
    key = models.CharField(max_length=120, blank=True)
    model = models.CharField(max_length=60)
    target = models.BigIntegerField()
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(encoder=DjangoJSONEncoder)
    # What the row said that the house has no field for, so that an export can say it again.
    kept = models.JSONField(default=dict)

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["model", "target"]), models.Index(fields=["key"])]


class ImportMapping(models.Model):
    """Which column means what in tables with a certain header, as a committee settled it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    signature = models.CharField(max_length=64)
    columns = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "signature"], name="one_mapping_a_header"
            )
        ]
