"""What every test may ask for."""

from __future__ import annotations

from typing import Any

import pytest

from tests import world as county


@pytest.fixture
def world(db: Any) -> county.World:
    return county.build()


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Argon2 is slow on purpose; tests that are not about it use MD5."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
