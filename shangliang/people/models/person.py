"""A person, who is also the account she logs in with."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..pinyin import sort_key


class Theme(models.TextChoices):
    AUTO = "auto", _("跟随设备")
    LIGHT = "light", _("浅色")
    DARK = "dark", _("深色")


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, name: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(name=name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(phone=username)


class Person(AbstractBaseUser):
    """Somebody with a name.  What she may do comes from her seats and parts, never from here.

    There is no superuser: an installation is set up by three administrators who see no business
    content (三员分立), and each of them holds a seat like everybody else.
    """

    name = models.CharField(_("姓名"), max_length=40)
    pinyin = models.CharField(max_length=120, editable=False, db_index=True)
    phone = models.CharField(_("手机号"), max_length=20, unique=True, null=True, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    work_place = models.CharField(_("工作单位及职务"), max_length=120, blank=True)
    is_active = models.BooleanField(_("可以登录"), default=True)
    must_change_password = models.BooleanField(_("首次登录须修改密码"), default=False)
    # A password somebody else has seen is good for a while only.
    one_time_until = models.DateTimeField(_("一次性密码有效期至"), null=True, blank=True)
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")
    elder = models.BooleanField(_("关怀模式"), default=False)
    theme = models.CharField(_("配色"), max_length=5, choices=Theme, default=Theme.AUTO)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    USERNAME_FIELD = "phone"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    # All her seats, where she is loaded for the length of a request (see `seat.recall`).
    kept_seats: list[Any] | None = None

    class Meta:
        verbose_name = verbose_name_plural = _("人员")
        ordering = ["pinyin"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        self.pinyin = sort_key(self.name)
        if not self.phone:
            self.phone = None  # unique, but many have none
        super().save(**kwargs)
