"""What people type, kept until it has become something: drafts, and receipts of what was sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What a person has typed into a form so far, found again on any device."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=80)
    title = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    # The open page that wrote last: the same hand never stands in its own way.
    hand = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("草稿")
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["person", "form"], name="one_draft_a_form")]


class Receipt(models.Model):
    """That a form with this key was taken, and what was answered: sent twice, done once."""

    key = models.UUIDField(primary_key=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    path = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    body = models.JSONField(default=dict)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=300, blank=True)
    answer = models.BinaryField(default=b"")
    content_type = models.CharField(max_length=100, blank=True)
    taken_at = models.DateTimeField(db_index=True)
