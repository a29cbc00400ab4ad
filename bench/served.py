"""A server as ./up starts it, and people who are already logged in."""

from __future__ import annotations

import http.client
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ground import ROOT

PORT = 8461


@contextmanager
def running(database: str, port: int = PORT) -> Iterator[subprocess.Popen[bytes]]:
    """granian with the processes and threads ./up gives it."""
    from tools.ground import VENV
    from tools.serve import THREADS, WORKERS

    environ = os.environ | {"DATABASE_URL": database, "ALLOWED_HOSTS": "127.0.0.1"}
    command = [
        *(VENV / "bin" / "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS)),
        *("--blocking-threads", str(THREADS), "--log-level", "warning"),
        "shangliang.config.wsgi:application",
    ]
    child = subprocess.Popen(command, cwd=ROOT, env=environ, start_new_session=True)
    try:
        _wait(child, port)
        yield child
    finally:
        child.terminate()
        child.wait(20)


def _wait(child: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(600):
        if child.poll() is not None:
            raise SystemExit("The server ended by itself.")
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            line.request("HEAD", "/")
            line.getresponse()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            line.close()
    raise SystemExit("The server does not answer.")


def memory(process: subprocess.Popen[bytes]) -> float:
    """MB in use by the server and its children together, each shared page counted once a process."""
    return sum(_resident(pid) for pid in [process.pid, *_children(process.pid)]) / 1024


def work(process: subprocess.Popen[bytes]) -> float:
    """Seconds of one core the server and its children have used so far."""
    ticks = 0
    for pid in [process.pid, *_children(process.pid)]:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def cookie_of(person: Any) -> str:
    """The cookie of somebody who has logged in by the front door."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "shangliang.people.login.NameOrPhoneBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
