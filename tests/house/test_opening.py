"""A house opens, answers, and leaves no process behind when it is told to stop."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tools.ground import ROOT


@pytest.fixture
def house(tmp_path):
    """A real house on a free port with an empty database; gone when the test is over."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    door = subprocess.Popen(
        [sys.executable, "-m", "tools", "up", "--no-demo", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"SHANGLIANG_VAR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    yield door
    for pid in [door.pid, *running_below(door.pid)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    door.communicate()


def running_below(pid: int) -> dict[int, str]:
    """The processes a process has started, and theirs, with their command lines."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            child, parent = (
                int(stat.parent.name),
                int(stat.read_text().rpartition(")")[2].split()[1]),
            )
            if parent == pid:
                found[child] = stat.with_name("cmdline").read_text().replace("\0", " ")
                found |= running_below(child)
    return found


def still_there(pids) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


@pytest.mark.slow
@pytest.mark.sqlite_only
@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_house_opens_answers_and_closes_cleanly(house, word):
    said = ""
    while "http://" not in said:
        said = house.stdout.readline()
        assert said, "the door closed before it named its address"
    with urllib.request.urlopen(re.search(r"http://\S+", said)[0]) as page:
        assert page.status == 200
    children = running_below(house.pid)
    assert any("granian" in line for line in children.values())
    assert any("worker" in line for line in children.values())

    house.send_signal(word)

    assert house.wait(20) == 0
    assert still_there(children) == []


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_a_house_stopped_while_opening_leaves_nothing_behind(house):
    children: dict[int, str] = {}
    while not any("granian" in line for line in children.values()):
        assert house.poll() is None, "the door closed before the server began"
        time.sleep(0.05)
        children = running_below(house.pid)
    time.sleep(0.5)  # the server is loading the application now
    children = running_below(house.pid)

    house.send_signal(signal.SIGTERM)

    assert house.wait(30) == 0
    assert still_there(children) == []
