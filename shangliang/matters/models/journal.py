"""The journal (日志): what happened, in a chain nobody can alter unnoticed.

An entry's facts are fixed for ever.  Its words lie in `EntryContent`, bound to the chain by a
salted commitment, so personal content can be blanked without breaking the chain.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .matter import Matter


class Entry(models.Model):
    """One thing that happened.  `id` counts without gaps; `matter` is empty for the house itself."""

    id = models.BigIntegerField(primary_key=True)
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    verb = models.CharField(max_length=40)
    was = models.CharField(max_length=24, blank=True)
    now = models.CharField(max_length=24, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    acting_as = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    about = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    algorithm = models.CharField(max_length=8)
    commitment = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    # Made with a key that is not in the database: a chain written anew by its owner lacks it.
    seal = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("日志")
        ordering = ["id"]
        indexes = [models.Index(fields=["matter", "id"]), models.Index(fields=["verb", "at"])]

    def __str__(self) -> str:
        return f"{self.id} {self.verb}"

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("日志不能删除。")


class EntryContent(models.Model):
    """The words of an entry, and the salt that ties them to the chain; may be blanked."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="content")
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = _("日志内容")


class ChainHead(models.Model):
    """The last link of the chain: one row, locked by whoever writes next."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
