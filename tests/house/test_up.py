"""./up says in one sentence what is missing, and never leaves a process behind."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import namedtuple
from pathlib import Path

import pytest

from tools import addresses, ground, install
from tools.ground import ROOT
from tools.say import Refused


def up(*words, **environ):
    return subprocess.run(
        [sys.executable, "-m", "tools", "up", *words],
        cwd=ROOT,
        env=os.environ | environ,
        capture_output=True,
        text=True,
    )


def door_with(folder: Path, **programs: str) -> subprocess.CompletedProcess[str]:
    """Run ./up where nothing but a shell and these programs is to be found."""
    (folder / "dirname").symlink_to("/usr/bin/dirname")
    (folder / "sh").symlink_to("/bin/sh")
    for name, script in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return subprocess.run([ROOT / "up"], env={"PATH": str(folder)}, capture_output=True, text=True)


def test_an_old_python_is_told_so(tmp_path):
    old = 'case "$2" in *print*) echo 3.9.18;; *) exit 1;; esac'
    done = door_with(tmp_path, python3=old)

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "需要 Python 3.11 或更新的版本，本机只有 Python 3.9.18，请先安装新版本再运行。",
        "Python 3.11 or newer is needed and this machine has only Python 3.9.18.",
    ]


def test_no_python_at_all_is_told_so(tmp_path):
    done = door_with(tmp_path)

    assert done.returncode == 1
    assert "本机没有找到 Python" in done.stderr


def test_a_newer_python_beside_an_old_one_is_found(tmp_path):
    old = 'case "$2" in *print*) echo 3.9.18;; *) exit 1;; esac'
    new = 'case "$2" in *print*) echo 3.12.1;; -m|tools) echo "came in: $*";; esac'
    done = door_with(tmp_path, **{"python3": old, "python3.12": new})

    assert done.stdout == "came in: -m tools up\n"


def test_a_port_in_use_is_told_before_anything_is_installed():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = up("--port", str(port))

    assert done.returncode == 1
    assert f"端口 {port} 已被占用" in done.stderr
    assert f"Port {port} is in use" in done.stderr
    assert "安装" not in done.stderr


def test_an_address_that_is_not_ours_is_told():
    done = up("--host", "192.0.2.7", "--port", "8123")

    assert done.returncode == 1
    assert "本机没有地址 192.0.2.7:8123" in done.stderr


def test_a_nearly_full_disk_is_told(monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(ground.shutil, "disk_usage", lambda at: usage(1, 1, 699 * 2**20))

    with pytest.raises(Refused, match="至少需要 700 MB，现在只剩 699 MB"):
        ground.need_room(700)
    ground.need_room(699)


def test_a_disk_that_fills_up_on_the_way_is_told():
    words = "import sys; sys.exit('OSError: [Errno 28] No space left on device')"

    with pytest.raises(Refused, match="磁盘空间不够"):
        ground.run([sys.executable, "-c", words], "安装", "installing")


def test_a_python_without_venv_is_told_and_nothing_is_removed(monkeypatch, tmp_path):
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda name: None)
    (tmp_path / "kept").touch()

    with pytest.raises(Refused, match=r"缺少 venv 模块.*\n.*apt install python3\.\d+-venv"):
        install.create(uv=None)
    assert (tmp_path / "kept").exists()


@pytest.fixture
def lot(monkeypatch, tmp_path):
    """A place with locks of its own, where installing is written down instead of done."""
    for name in ("base", "dev"):
        (tmp_path / f"{name}.txt").write_text("django==5.2.19\n")
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").touch()
    done: list[str] = []
    monkeypatch.setattr(install, "LOCKS", {k: tmp_path / f"{k}.txt" for k in ("base", "dev")})
    monkeypatch.setattr(install, "STAMP", venv / "stamp")
    monkeypatch.setattr(install, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(install, "usable", lambda *, with_pip: True)
    monkeypatch.setattr(install, "open_the_package", lambda: None)
    monkeypatch.setattr(install, "fill", lambda uv, lock: done.append(lock.stem))
    monkeypatch.setattr(install, "need_room", lambda megabytes: None)
    monkeypatch.setattr(install.shutil, "which", lambda name: "uv")
    return done


def test_what_is_installed_is_not_installed_again(lot):
    install.ensure("base")
    install.ensure("base")

    assert lot == ["base"]


def test_a_changed_lock_is_installed(lot):
    install.ensure("base")
    install.LOCKS["base"].write_text("django==5.2.20\n")
    install.ensure("base")

    assert lot == ["base", "base"]


def test_up_after_test_installs_nothing_and_keeps_the_test_packages(lot):
    install.ensure("dev")
    install.ensure("base")
    install.LOCKS["base"].write_text("django==5.2.20\n")
    install.ensure("base")

    assert lot == ["dev", "dev"]


def test_a_house_open_to_the_network_answers_to_its_own_names_only(monkeypatch):
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)

    assert addresses.allowed("127.0.0.1") == addresses.LOCAL
    assert addresses.allowed("10.1.2.3") == [*addresses.LOCAL, "10.1.2.3"]
    assert "*" not in addresses.allowed("0.0.0.0")

    monkeypatch.setenv("ALLOWED_HOSTS", "zx.example.cn")
    assert addresses.allowed("0.0.0.0") == ["zx.example.cn"]


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
