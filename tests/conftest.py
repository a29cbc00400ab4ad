"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import TransactionTestCase

from shangliang.matters import guards
from tests import chromium as chromiums
from tests import kept
from tests import world as county
from tests.browsing import Browser

pytest_plugins = ["tests.engines"]


@pytest.fixture
def world(db: Any) -> county.World:
    return kept.once(county.build)


@pytest.fixture(scope="session")
def chromium() -> Iterator[chromiums.Browser]:
    yield from chromiums.opened()


@pytest.fixture
def client() -> Browser:
    """Django's client, whose forms carry the key every form of the house carries."""
    return Browser()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in a real house: in memory, two hands at once cannot wait for each
    other, and there is no write-ahead log."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        place = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(place)


@pytest.fixture(autouse=True, scope="session")
def emptied_journal() -> Iterator[None]:
    """Between transactional tests the harness empties every table; only for that, only here,
    are the guards of the journal lifted."""
    empty = TransactionTestCase._fixture_teardown

    def without_guards(case: Any) -> None:
        for using in case._databases_names(include_mirrors=False):
            guards.lift(connections[using])
        empty(case)  # ends with the signal after migrating, which puts the guards up again

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_guards)
        yield


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Argon2 is slow on purpose; tests that are not about it use MD5."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_shelf(settings: Any, tmp_path: Path) -> Path:
    """Documents of a test stand on a shelf of its own."""
    settings.FILES = tmp_path / "files"
    return settings.FILES
