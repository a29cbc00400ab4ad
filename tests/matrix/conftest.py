"""One county for all tests here, built once a process; every knock that writes is undone."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.utils import timezone

from shangliang.config import urls
from shangliang.matters import attaching
from shangliang.matters.uploads.gate import Admitted
from shangliang.matters.uploads.kinds import KINDS

from .cast import gather
from .doors import propose_earlier_dates
from .house import furnish
from .knocking import Knocker
from .policy import Policy, read_policy, read_secrets
from .situations import NOW, County


def let_in(file: Any, name: str, *limits: Any) -> Admitted:
    """The gate without its confined process; what it lets in is tested elsewhere."""
    return Admitted(name, KINDS["pdf"], file.read(), "", ())


def plain_404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not found, without the frame: tens of thousands of these are asked for.  The real page is
    knocked at once by everybody (test_outputs)."""
    return HttpResponse("没有这一页。", status=404)


@pytest.fixture(scope="package")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture(autouse=True)
def own_shelf(settings: Any, shelf: Path) -> Path:
    """The county's documents stand on one shelf for all tests here."""
    settings.FILES = shelf
    return shelf


@pytest.fixture(scope="package")
def policy() -> Policy:
    return read_policy()


@pytest.fixture(scope="package")
def knocker(
    django_db_setup: None, django_db_blocker: Any, policy: Policy, shelf: Path
) -> Iterator[Knocker]:
    """Everybody before the doors of the county, at one fixed moment."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    logging.disable(logging.ERROR)  # every refusal would be a line
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: NOW)
        patch.setattr(attaching, "admit", let_in)
        with transaction.atomic():
            with override_settings(PASSWORD_HASHERS=hashers, FILES=shelf):
                county = County(gather()).write()
                propose_earlier_dates(county)
                furnish(county)
                everybody = Knocker(county, policy, read_secrets())
            patch.setattr(urls, "handler404", plain_404, raising=False)
            yield everybody
            transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
