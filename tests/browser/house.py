"""The house behind the browser: granian as ./up starts it, on a database of its own."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
GRANIAN = Path(sys.executable).parent / "granian"
PATIENCE = 60


class House:
    """One running house, and where everything in it is."""

    def __init__(self, place: Path, told: dict[str, Any]) -> None:
        self.place, self.port = place, free_port()
        self.sessions: dict[str, str] = told["sessions"]
        self.phones: dict[str, str] = told["phones"]
        self.papers: dict[str, int] = told["papers"]
        self.things: dict[str, int | str] = told["things"]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [
            str(GRANIAN), "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1",
            "--port", str(self.port), "--workers", "1", "--blocking-threads", "4",
            "--log-level", "warning", "shangliang.config.wsgi:application",
        ]  # fmt: skip
        with (self.place / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environ(self.place), stdout=log, stderr=log
            )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(self.url, timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError((self.place / "log").read_text()[-2000:])

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)

    def ask(self, sql: str, *values: Any) -> list[Any]:
        """What stands in the database, read from beside the server."""
        line = sqlite3.connect(f"file:{self.place / 'shangliang.sqlite3'}?mode=ro", uri=True)
        try:
            return line.execute(sql, values).fetchall()
        finally:
            line.close()

    def paper(self, name: str, page: str = "") -> str:
        return f"/proposals/{self.papers[name]}/{page}"


def environ(place: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {
        "SHANGLIANG_VAR": str(place), "PYTHONPATH": str(ROOT), "DEBUG": "0",
        "ALLOWED_HOSTS": "127.0.0.1,testserver", "SECRET_KEY": "for the browser alone",
        "EMAIL_URL": "dummymail://", "DJANGO_SETTINGS_MODULE": "shangliang.config.settings",
    }  # fmt: skip


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def opened(shared: Path, own: Path) -> Iterator[House]:
    """A house for this worker: the county is furnished by whoever comes first, then copied."""
    with (shared / "county.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        county = shared / "county"
        if not (county / "told.json").exists():
            county.mkdir(exist_ok=True)
            (county / "told.json").write_text(furnished(county))
    place = own / "house"
    shutil.copytree(county, place)
    house = House(place, json.loads((place / "told.json").read_text()))
    house.start()
    yield house
    house.stop()


def furnished(county: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.county"],
        cwd=ROOT, env=environ(county), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.fail(done.stderr[-3000:])
    return done.stdout
