"""The tree of bodies (组织), and the terms (届) and sessions (次) they count their years in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..pinyin import sort_key
from ..span import span_words


class Kind(models.TextChoices):
    COMMITTEE = "committee", _("政协委员会")
    SPECIAL_COMMITTEE = "special_committee", _("专门委员会")
    SECTOR = "sector", _("界别")
    GROUP = "group", _("委员小组")
    LIAISON_GROUP = "liaison_group", _("镇街联络组")
    OFFICE = "office", _("政协机关处室")
    SUPERVISION_OFFICE = "supervision_office", _("督查室")
    UNIT = "unit", _("承办单位")
    PARTY = "party", _("党派")
    PEOPLE_ORG = "people_org", _("人民团体")


class Level(models.TextChoices):
    NATIONAL = "national", _("全国")
    PROVINCE = "province", _("省（自治区、直辖市）")
    CITY = "city", _("市（州）")
    COUNTY = "county", _("县（区、市）")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of(self, committee: Organisation) -> OrganisationQuerySet:
        """The bodies of one committee's own house: its offices, sectors and units."""
        return self.filter(committee=committee)

    def active(self, day: date) -> OrganisationQuerySet:
        return self.filter(Q(until=None) | Q(until__gte=day))

    def units(self) -> OrganisationQuerySet:
        return self.filter(kind=Kind.UNIT)


class Organisation(models.Model):
    """A body people sit in: a committee, one of its parts, or a unit that handles its papers.

    Upper committees guide lower ones, they do not command them: `parent` draws the tree,
    `committee` says whose house a body belongs to.  A committee belongs to its own house.
    """

    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    level = models.CharField(_("层级"), max_length=10, choices=Level, default=Level.COUNTY)
    name = models.CharField(_("全称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    pinyin = models.CharField(max_length=120, editable=False, db_index=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级"),
    )
    committee = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="bodies", editable=False
    )
    national_code = models.PositiveSmallIntegerField(_("对应全国界别序号"), null=True, blank=True)
    duties_text = models.TextField(_("法定职责"), blank=True)
    side = models.CharField(_("所属系统"), max_length=20, blank=True)
    contact = models.CharField(_("联系方式"), max_length=80, blank=True)
    since = models.DateField(_("设立日期"), null=True, blank=True)
    until = models.DateField(_("撤销日期"), null=True, blank=True)
    end_document = models.CharField(_("撤销依据"), max_length=200, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("职责承接单位"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("组织")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "kind", "name"],
                name="one_body_of_a_name",
                violation_error_message=_("已有同名的组织。"),
            )
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def save(self, **kwargs: Any) -> None:
        self.pinyin = sort_key(self.name)
        super().save(**kwargs)
        if self.kind == Kind.COMMITTEE and self.committee_id is None:
            self.committee = self
            Organisation.objects.filter(pk=self.pk).update(committee=self)


class Term(models.Model):
    """A term (届) of one committee: five years, counted by the committee itself."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField(_("届"))
    since = models.DateField(_("开始日期"))
    until = models.DateField(_("结束日期"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("届")
        ordering = ["organisation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="terms_counted_once")
        ]

    def __str__(self) -> str:
        from shangliang.ui.numerals import chinese_number

        return f"第{chinese_number(self.number)}届"

    @property
    def span(self) -> str:
        return span_words(self.since, self.until)


class Session(models.Model):
    """A plenary session (次) within a term, with the moment its proposals are cut off."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("次"))
    opens_on = models.DateField(_("开幕日期"))
    closes_on = models.DateField(_("闭幕日期"))
    cutoff_at = models.DateTimeField(_("大会提案截止时间"))
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("会议届次")
        ordering = ["term", "number"]
        constraints = [
            models.UniqueConstraint(fields=["term", "number"], name="sessions_counted_once")
        ]

    def __str__(self) -> str:
        from shangliang.ui.numerals import chinese_number

        return f"{self.term}{chinese_number(self.number)}次会议"

    def takes(self, at: datetime, window_opens: date) -> bool:
        """Whether a paper begun at `at` still counts as a session proposal (大会提案)."""
        return window_opens <= at.date() and at <= self.cutoff_at
