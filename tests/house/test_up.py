"""./up says in one sentence what is missing, and never leaves a process behind."""

import os
import re
import signal
import socket
import subprocess
import sys
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


@pytest.mark.slow
@pytest.mark.sqlite_only
@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_house_opens_answers_and_closes_cleanly(tmp_path, word):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    house = subprocess.Popen(
        [sys.executable, "-m", "tools", "up", "--no-demo", "--port", port],
        cwd=ROOT,
        env=os.environ | {"SHANGLIANG_VAR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = ""
        while "http://" not in said:
            said = house.stdout.readline()
            assert said, "the door closed before it named its address"
        address = re.search(r"http://\S+", said)[0]
        assert f":{port}/" in address
        with urllib.request.urlopen(address) as page:
            assert page.status == 200
        children = running_below(house.pid)
        assert len(children) >= 2, "a server and a worker"

        house.send_signal(word)
        assert house.wait(20) == 0
    finally:
        house.kill()
        house.stdout.close()
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


def running_below(pid: int) -> list[int]:
    """The processes a process has started, and theirs."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            child, parent = (
                int(stat.parent.name),
                int(stat.read_text().rpartition(")")[2].split()[1]),
            )
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid:
            found += [child, *running_below(child)]
    return found
