"""Load the demo county, or say how one logs in to it."""

from __future__ import annotations

import gc
import random
import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from shangliang.desk.demo.county import PASSWORD, ROLES, Builder
from shangliang.desk.demo.plans import chronological, plans
from shangliang.matters.models import Notice
from shangliang.people.models import Person

SEED = 20261123


class Command(BaseCommand):
    help = "装入示范县（虚构）：262 名委员、60 个承办单位、两次会议约 590 件提案。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="已有数据时不装入")
        parser.add_argument("--logins", action="store_true", help="列出每个角色的登录方式")
        parser.add_argument("--few", type=int, default=0, help="只装入前几件提案，供试验")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["logins"]:
            self.logins()
        elif not Person.objects.exists():
            self.load(options["few"])
        elif not options["if_empty"]:
            raise CommandError("数据库里已有人员，示范县只能装入空的数据库。")

    def load(self, few: int) -> None:
        began, now = time.monotonic(), timezone.now()
        gc.disable()  # a short life that throws away nothing worth looking for
        dice = random.Random(SEED)  # noqa: S311  the same county every time
        with transaction.atomic():
            county = Builder(timezone.localdate(now), dice).build(timezone.localdate(now))
            lives = chronological(plans(county, now, dice))
            for n, (life, state) in enumerate(lives[: few or None], start=1):
                life.lead_to(state)
                if n % 20 == 0:
                    self.stderr.write(f"\r  示范县：{n}/{len(lives)} 件提案", ending="")
            read_old_post(now)
        seconds = time.monotonic() - began
        gc.enable()
        self.stderr.write(f"\r  示范县：{len(lives)} 件提案，用时 {seconds:.0f} 秒")

    def logins(self) -> None:
        """One line a role; nothing where the demo county is not loaded."""
        known = set(
            Person.objects.filter(phone__in=[role[2] for role in ROLES]).values_list(
                "phone", "name"
            )
        )
        for _duty, name, phone, label in ROLES:
            if (phone, name) in known:
                self.stdout.write(f"{label}　{name}　手机号 {phone}　密码 {PASSWORD}")


def read_old_post(now: datetime) -> None:
    """People of the demo county have read what came more than a fortnight ago."""
    old = Notice.objects.filter(created_at__lt=now - timedelta(days=14), asks=False)
    old.update(read_at=F("created_at"))
