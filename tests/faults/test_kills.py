"""The server is killed in the middle of its work, twenty times, and nothing is lost or doubled."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from tests.faults.clients import Client

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("SHANGLIANG_KILLS", "20"))
SEED = int(os.environ.get("SHANGLIANG_SEED", "2026"))
GRANIAN = Path(sys.executable).parent / "granian"

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kills")]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a house of its own: on the engine the tests run on, in a new database."""
    environ = dict(os.environ) | {
        "SHANGLIANG_VAR": str(tmp_path), "PYTHONPATH": str(ROOT), "DEBUG": "0",
        "ALLOWED_HOSTS": "127.0.0.1", "SECRET_KEY": "for one test",
    }  # fmt: skip
    if connection.vendor == "sqlite":
        yield environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'house.sqlite3'}"}
        return
    name = f"kills_{os.getpid()}"
    parts = urlsplit(os.environ["DATABASE_URL"])
    _on_the_server(f'CREATE DATABASE "{name}"')
    try:
        yield environ | {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
    finally:
        _on_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_the_server(sql: str) -> None:
    """A database is made and dropped from beside it, outside any transaction."""
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(sql)


def ask(house: dict[str, str], word: str, said: Any = None) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.house", word], cwd=ROOT, env=house,
        input=json.dumps(said), capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Server:
    """granian as the house runs it, and the end of it without a warning."""

    def __init__(self, house: dict[str, str], log: Path) -> None:
        self.house, self.log, self.port = house, log, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [
            str(GRANIAN), "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1",
            "--port", str(self.port), "--workers", "1", "--blocking-threads", "8",
            "--log-level", "warning", "shangliang.config.wsgi:application",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.house, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + 60
        while not self.answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.05)

    def answers(self) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            line.request("GET", "/accounts/login/")
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()

    def kill(self) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.skipif(not GRANIAN.exists(), reason="granian is not installed here")
@pytest.mark.django_db
def test_twenty_kills_lose_nothing_and_double_nothing(
    house: dict[str, str], tmp_path: Path
) -> None:
    made, dice = ask(house, "furnish"), Random(SEED)
    server = Server(house, tmp_path / "server.log")
    server.start()
    clients = [
        Client(n, server.port, session, papers, SEED + n)
        for n, (session, papers) in enumerate(zip(made["sessions"], made["papers"], strict=True))
    ]
    for client in clients:
        client.start()
    try:
        for _ in range(KILLS):
            time.sleep(dice.uniform(0.1, 0.6))
            server.kill()
            server.start()
        time.sleep(1)
    finally:
        for client in clients:
            client.enough.set()
        for client in clients:
            client.join(60)
        server.kill()

    told = [client.told for client in clients]
    found = ask(house, "check", {
        "asked": [thing for each in told for thing in each.asked],
        "withdrawn": [pk for each in told for pk in each.withdrawn],
        "written": [title for each in told for title in each.written],
        "drafts": {form: n for each in told for form, n in each.drafts.items()},
    })  # fmt: skip
    answers, tries = (sum(getattr(each, name) for each in told) for name in ("answers", "tries"))
    entries = found.pop("entries")
    sys.stdout.write(f"{KILLS} kills, {tries} tries, {answers} answers, {entries} entries\n")
    assert found == {
        "lost": [], "doubled": [], "halves": [], "without entry": [], "never asked for": [],
        "fault": None,
    }, f"seed {SEED}"  # fmt: skip
    assert [each.refused for each in told] == [[]] * len(told), server.log.read_text()[-4000:]
    assert answers > 5 * KILLS  # the house worked between the kills
    assert entries > len(made["papers"]) * len(made["papers"][0])
    shutil.rmtree(tmp_path, ignore_errors=True)
