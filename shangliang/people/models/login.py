"""A log-in (登录): which person came in, on which device, and until when it is good."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class LoggedOut(models.TextChoices):
    """How a log-in came to its end."""

    LEFT = "left", _("退出登录")
    IDLE = "idle", _("长时间没有操作，自动退出")
    LIMIT = "limit", _("到了最长登录时间，自动退出")
    ELSEWHERE = "elsewhere", _("在别的设备上结束")
    PASSWORD = "password", _("密码已更换")
    CLOSED = "closed", _("账号停用")
    RIGHTS = "rights", _("职务有变动，需要重新登录")


class LogInQuerySet(models.QuerySet["LogIn"]):
    def live(self, at: datetime) -> LogInQuerySet:
        """The log-ins that still open a page at `at`."""
        return self.filter(ended_at=None, good_until__gt=at)


class LogIn(models.Model):
    """One log-in of one person, from the moment she came in until she left or was sent away.

    The row outlives the session, so that a person can see where she was logged in and the audit
    administrator who was.  `device` is the number of the device's own cookie, empty without one.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="log_ins")
    session_key = models.CharField(max_length=40, blank=True, db_index=True)
    device = models.CharField(max_length=48, blank=True)
    own_device = models.BooleanField(_("本人专用设备"), default=False)
    second_step = models.BooleanField(_("经过两步验证"), default=False)
    address = models.CharField(_("网络地址"), max_length=45, blank=True)
    agent = models.CharField(_("浏览器"), max_length=200, blank=True)
    began_at = models.DateTimeField(_("登录时间"), db_index=True)
    seen_at = models.DateTimeField(_("最近操作"))
    good_until = models.DateTimeField()
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    ended_how = models.CharField(
        _("结束方式"), max_length=12, choices=LoggedOut, blank=True, default=""
    )

    objects = LogInQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("登录记录")
        ordering = ["-began_at", "-pk"]
        indexes = [models.Index(fields=["person", "device"])]

    def __str__(self) -> str:
        return f"{self.person} {self.began_at:%F %R}"
