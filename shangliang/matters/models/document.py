"""Documents (文书、附件): they belong to a matter, and a version once written never changes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.people.models import Organisation, Person

from .matter import Matter, Visibility


class StoredFile(models.Model):
    """Bytes on disk, named by what they are: the same content is kept once."""

    digest = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("大小"))
    content_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()


class Document(models.Model):
    """A paper in a matter's file; its visibility may be narrower than the matter's, never wider."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="documents")
    kind = models.CharField(_("类别"), max_length=24, default="attachment")
    title = models.CharField(_("名称"), max_length=200)
    visibility = models.CharField(
        _("可见范围"), max_length=10, choices=Visibility, default=Visibility.HANDLERS
    )
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("文书")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="versions_counted_once")
        ]


class LetterTemplate(models.Model):
    """A Word template an organ put in place of ours, for one kind of paper."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(_("文书类别"), max_length=30)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="one_template_a_kind")
        ]
