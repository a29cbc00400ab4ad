"""A proposal (提案): three parts, numbered asks, and what the examination made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from shangliang.matters import local
from shangliang.matters.models import Code, Matter
from shangliang.matters.models.matter import NAMES, Words
from shangliang.people.models import Organisation, Person
from shangliang.ui.dates import written
from shangliang.ui.languages import listed

if TYPE_CHECKING:
    from .reply import Reply


class Kind(models.TextChoices):
    """Who may submit (提案形式); all but the first two count as collective (集体提案)."""

    INDIVIDUAL = "individual", _("个人提案")
    JOINT = "joint", _("联名提案")
    SECTOR = "sector", _("界别提案")
    GROUP = "group", _("小组提案")
    PARTY = "party", _("党派提案")
    ORGANISATION = "organisation", _("人民团体提案")
    SPECIAL_COMMITTEE = "special_committee", _("专委会提案")


PERSONAL = (Kind.INDIVIDUAL, Kind.JOINT)


class Proposal(Matter):
    """One matter a member asks a unit to deal with (一事一案)."""

    KIND = "proposals.proposal"
    # Who was asked and did not sign, or is only planned to handle it, is not everybody's to know.
    SEARCH_ROLES = ("author", "cosigner", "lead_unit")
    SEARCH_NEEDS = ("asks", NAMES)

    type = models.CharField(_("提案形式"), max_length=20, choices=Kind, default=Kind.INDIVIDUAL)
    is_session = models.BooleanField(_("大会提案"), default=False)
    begun_at = models.DateTimeField(_("开始提交时间"), null=True, blank=True)
    category = models.CharField(_("类别"), max_length=30, blank=True)
    situation = models.TextField(_("情况"), blank=True)
    analysis = models.TextField(_("分析"), blank=True)
    suggestion = models.TextField(_("建议说明"), blank=True)
    research_basis = models.CharField(_("调研基础"), max_length=300, blank=True)
    origin = models.CharField(_("来源"), max_length=20, blank=True)
    is_oversight = models.BooleanField(_("监督性提案"), default=False)
    may_publish = models.BooleanField(_("同意公开"), default=False)
    not_secret = models.BooleanField(_("确认不涉密"), default=False)
    contact_phone = models.CharField(_("联系电话"), max_length=20, blank=True)
    cosign_until = models.DateField(_("请联名人于此日前确认"), null=True, blank=True)
    round = models.PositiveSmallIntegerField(_("办理轮次"), default=1, editable=False)
    sequence = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("提案")
        indexes = [models.Index(fields=["category"]), models.Index(fields=["type"])]

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.pk])

    @property
    def is_collective(self) -> bool:
        return self.type not in PERSONAL

    def search_text(self) -> str:
        asks = (ask.text for ask in self.asks.all())
        names = (str(part) for part in self.parts.all() if part.role in self.SEARCH_ROLES)
        parts = (self.situation, self.analysis, self.suggestion, *asks, *names)
        return "\n".join(part for part in parts if part)

    def search_category(self) -> str:
        return self.category

    @cached_property
    def _codes(self) -> dict[tuple[str, str], Code]:
        return local.lines(self.organisation_id)

    def label(self, table: str, code: str) -> str:
        """What a code of this paper is called in its committee; the code when the line is gone."""
        line = self._codes.get((table, code))
        return line.label if line else code

    def described(self, table: str, code: str) -> str:
        """A code with what it means here, for somebody who does not know the table by heart."""
        line = self._codes.get((table, code))
        return (
            f"{line.label}（{line.meaning}）" if line and line.meaning else self.label(table, code)
        )

    @property
    def short_number(self) -> str:
        """The number as a list shows it: 0123, with 平 before it outside a session."""
        if self.sequence is None:
            return ""
        return f"{'' if self.is_session else '平'}{self.sequence:04d}"

    @property
    def planned_lead(self) -> Organisation | None:
        """The unit the assignment plan names; nobody's but the planners' to see."""
        return next((part.unit for part in self.cast("planned_lead")), None)

    @property
    def wished_lead(self) -> Organisation | None:
        """The unit the proposer would send it to."""
        return next((part.unit for part in self.cast("suggested")), None)

    def current_reply(self) -> Reply | None:
        """The reply of the present round, issued or still being written."""
        return self.replies.filter(round=self.round).first()

    def length(self) -> int:
        """Characters of the text proper, as the limit counts them."""
        texts = (self.situation, self.analysis, self.suggestion)
        return sum(map(len, texts)) + sum(len(ask.text) for ask in self.asks.all())

    def words(self) -> Words:
        return super().words().also(
            lead=lambda: listed(self.names("lead_unit")),
            author=lambda: listed(self.names("author")),
            asks=lambda: len(self.asks.all()),
            due=self._reply_day,
        )  # fmt: skip

    def _reply_day(self) -> str:
        """The day the reply that is now running is due, as a sentence names it."""
        names = ("reply", "rehandle")
        owed = [d for d in self.deadlines.all() if d.is_running and d.name in names]
        last = max(owed, key=lambda d: d.due_on, default=None)
        # The year is said where it is not the one in which the clock began.
        return written(last.due_on, last.started_on, weekday=False) if last else ""

    def people(self, *roles: str) -> list[Person | Organisation]:
        """Who plays one of `roles`, in order of signing."""
        return [part.player for part in self.cast(*roles)]


class Ask(models.Model):
    """One numbered suggestion (建议): what the proposer wants done, answered point by point."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="asks")
    order = models.PositiveSmallIntegerField(_("序号"))
    text = models.TextField(_("建议"))

    class Meta:
        verbose_name = verbose_name_plural = _("建议")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "order"], name="asks_counted_once")
        ]

    def __str__(self) -> str:
        return self.text


class Filing(models.Model):
    """What the examination found: the proposed result, the ground if negative, where it goes."""

    class Result(models.TextChoices):
        FILE = "file", _("立案")
        NOT_FILE = "not_file", _("不予立案")

    proposal = models.OneToOneField(
        Proposal, models.CASCADE, primary_key=True, related_name="filing"
    )
    proposed = models.CharField(_("初审建议"), max_length=10, choices=Result, blank=True)
    ground = models.CharField(_("不予立案理由"), max_length=30, blank=True)
    disposition = models.CharField(_("转办方式"), max_length=20, blank=True)
    opinion = models.TextField(_("审查意见"), blank=True)
    filed_on = models.DateField(_("立案日期"), null=True, blank=True)
    handler = models.CharField(_("经办人"), max_length=40, blank=True)
    leader_in_charge = models.CharField(_("分管负责人"), max_length=40, blank=True)
    handler_phone = models.CharField(_("经办人电话"), max_length=20, blank=True)
    assigned_on = models.DateField(_("交办日期"), null=True, blank=True)
    first_assigned_on = models.DateField(_("首次交办日期"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    @property
    def ground_label(self) -> str:
        return self.proposal.label("not_filing_ground", self.ground)

    @property
    def disposition_label(self) -> str:
        return self.proposal.label("disposition", self.disposition)
