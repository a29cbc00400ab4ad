"""What one administrator asks of another (申请): an account opened or closed, and the like."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation
from .person import Person
from .seat import Seat


class AccountRequest(models.Model):
    """Proposed by the system administrator, decided by the security administrator.

    New seats are not here: a seat carries its own confirmation.
    """

    class What(models.TextChoices):
        OPEN = "open", _("开通账号")
        CLOSE = "close", _("停用账号")
        STEP = "step", _("关闭两步验证")
        END = "end", _("结束任职")

    committee = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    what = models.CharField(_("事项"), max_length=8, choices=What)
    person = models.ForeignKey(Person, models.PROTECT, related_name="requests")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="requests")
    data = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    granted = models.BooleanField(_("同意"), null=True)
    reason = models.CharField(_("退回理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("申请")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("person"))),
                name="a_request_is_decided_by_another",
                violation_error_message=_("提出申请的人和本人都不能处理这项申请。"),
            ),
            models.UniqueConstraint(
                fields=["what", "person"],
                condition=Q(decided_at=None, seat=None),
                name="asked_once_at_a_time",
                violation_error_message=_("同样的申请正在等候处理。"),
            ),
            models.UniqueConstraint(
                fields=["what", "seat"],
                condition=Q(decided_at=None, seat__isnull=False),
                name="asked_once_for_a_seat",
                violation_error_message=_("同样的申请正在等候处理。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.person}"
