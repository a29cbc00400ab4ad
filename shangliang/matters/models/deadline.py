"""Deadlines (期限): what must happen, by a date that is stored and can explain itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, When
from django.utils.translation import gettext_lazy as _

from shangliang.people.models import Organisation

from .journal import Entry
from .matter import Matter


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def open(self) -> DeadlineQuerySet:
        return self.filter(met_at=None, dropped_at=None)

    def running(self) -> DeadlineQuerySet:
        """Open and not paused: those whose date can pass."""
        return self.open().filter(paused_on=None)


def nearest_date(field: str = "due_on") -> Case:
    """The first running date of a matter, for lists in that order; a closed one has none left."""
    running = Deadline.objects.open().filter(matter=OuterRef("pk")).order_by("due_on", "pk")
    return Case(When(is_open=True, then=Subquery(running.values(field)[:1])))


class Deadline(models.Model):
    """One date owed in a matter: opened by an entry, met or dropped by another.

    The rule is copied from the named number when the clock starts, so a later change of the
    regulation does not move a date somebody already counts on.
    """

    class Unit(models.TextChoices):
        WORKING_DAYS = "wd", _("个工作日")
        DAYS = "cd", _("天")
        MONTHS = "mo", _("个月")

    class Roll(models.TextChoices):
        NEXT = "next", _("顺延至下一个工作日")
        PREVIOUS = "previous", _("提前至上一个工作日")
        NONE = "none", _("不作调整")

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="deadlines")
    name = models.CharField(max_length=30)
    label = models.CharField(_("期限"), max_length=40)
    owed_by_unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    rule = models.CharField(max_length=40, blank=True)
    amount = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=5, choices=Unit)
    roll = models.CharField(_("逢休息日"), max_length=8, choices=Roll, default=Roll.NEXT)
    counts_start = models.BooleanField(_("起算当日计入"), default=False)
    longest = models.PositiveSmallIntegerField(_("连同延期最长"), null=True, blank=True)
    restarts = models.BooleanField(_("改派后重新计时"), default=True)
    fixed = models.CharField(_("固定截止日"), max_length=5, blank=True)

    event = models.CharField(_("起算事由"), max_length=40)
    started_on = models.DateField(_("起算日"))
    first_started_on = models.DateField(_("首次起算日"), null=True, blank=True)
    extended_on = models.DateField(_("批准延期日"), null=True, blank=True)
    extended_to = models.DateField(_("延期至"), null=True, blank=True)
    paused_on = models.DateField(_("暂停日"), null=True, blank=True)

    # What follows from the facts above and the calendar, kept so that it can be asked for and
    # sorted by.  A date people were told never moves nearer by itself: an earlier one waits in
    # `shorter_on` for a person; `held_on` is the told date she decided to keep.
    due_on = models.DateField(_("到期日"), db_index=True)
    provisional = models.BooleanField(_("暂按推算"), default=False)
    shorter_on = models.DateField(_("推算提前至"), null=True, blank=True)
    held_on = models.DateField(_("维持的到期日"), null=True, blank=True)
    opened_by = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    met_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("终止时间"), null=True, blank=True)
    warned = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("期限")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(met_at=None, dropped_at=None),
                name="matters_deadlines_open",
            ),
            models.Index(
                fields=["matter", "due_on"],
                condition=Q(met_at=None, dropped_at=None),
                name="matters_deadlines_nearest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.due_on}"

    @property
    def is_running(self) -> bool:
        return self.met_at is None and self.dropped_at is None


class Pause(models.Model):
    """A stretch in which a clock stood still, with the reason."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="pauses")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200)


class CalendarNotice(models.Model):
    """A yearly notice on days off and make-up working days (放假安排), proposed by one, confirmed by another."""

    year = models.PositiveSmallIntegerField(_("年份"))
    title = models.CharField(_("文件"), max_length=200)
    issued_on = models.DateField(_("发布日期"))
    source = models.CharField(_("出处"), max_length=300, blank=True)
    # A yearly arrangement settles its year; a change in mid-year only moves days.
    settles = models.BooleanField(_("全年安排"), default=True)
    text = models.TextField(_("原文"), blank=True)
    proposed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", editable=False
    )
    confirmed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", editable=False
    )
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "title", "issued_on"],
                name="a_notice_is_entered_once",
                violation_error_message=_("这份通知已经录入。"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class CalendarDay(models.Model):
    """A day that differs from Monday-to-Friday: off, or worked although it is a weekend."""

    notice = models.ForeignKey(CalendarNotice, models.CASCADE, related_name="days")
    date = models.DateField()
    name = models.CharField(max_length=40)
    is_off = models.BooleanField()

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "date"], name="one_line_a_day_and_notice")
        ]
