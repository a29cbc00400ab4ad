"""Notices (通知): what a person is told, and over which channel it went out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .journal import Entry
from .matter import Matter


class Notice(models.Model):
    """One sentence for one person.  `asks` marks those that want an act, not only a look."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    matter = models.ForeignKey(Matter, models.CASCADE, null=True, related_name="notices")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=60)
    sentence = models.CharField(max_length=300)
    url = models.CharField(max_length=200, blank=True)
    asks = models.BooleanField(default=False)
    # The state in which the asked act is still open; once the matter left it, nobody is reminded.
    while_state = models.CharField(max_length=24, blank=True)
    due_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通知")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-created_at"]),
            models.Index(
                fields=["person"], condition=Q(read_at=None), name="matters_notices_unread"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "topic"], name="a_notice_is_given_once")
        ]


class Delivery(models.Model):
    """One message to one person over one channel: tried until it is sent, then never again."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("电子邮件")
        SMS = "sms", _("短信")
        WORK_WECHAT = "work_wechat", _("政务微信")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel)
    day = models.DateField()
    subject = models.CharField(max_length=120)
    text = models.TextField()
    attempts = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "channel", "day"], name="one_digest_a_day_and_person"
            )
        ]
