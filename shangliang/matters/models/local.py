"""What a local committee decides for itself: named numbers, code tables, and counters."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.people.models import Organisation, Term


class NamedNumber(models.Model):
    """A number the local regulation sets (答复时限 3 个月), for a committee and perhaps one term."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="numbers")
    term = models.ForeignKey(
        Term, models.CASCADE, null=True, blank=True, verbose_name=_("仅用于某届")
    )
    key = models.CharField(max_length=40)
    value = models.CharField(_("数值"), max_length=40)
    law = models.CharField(_("依据"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("参数")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=Q(term=None),
                name="a_number_is_set_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "term", "key"],
                condition=Q(term__isnull=False),
                name="a_number_is_set_once_a_term",
            ),
        ]


class Code(models.Model):
    """A line of a local code table: reply classes, grounds for not filing, categories."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="codes")
    table = models.CharField(max_length=30)
    code = models.CharField(_("代码"), max_length=30)
    label = models.CharField(_("名称"), max_length=120)
    meaning = models.CharField(_("含义"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    active = models.BooleanField(_("使用中"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("代码表")
        ordering = ["table", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "table", "code"], name="a_code_means_one_thing"
            )
        ]

    def __str__(self) -> str:
        return self.label


class Counter(models.Model):
    """The last official number given in a series; a rolled-back transaction gives it back."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    series = models.CharField(max_length=60)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "series"], name="one_counter_a_series")
        ]
