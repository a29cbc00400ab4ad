"""./up says in one sentence what is missing and how to mend it."""

import os
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from tools import addresses, ground
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


def test_a_house_open_to_the_network_answers_to_its_own_names_only(monkeypatch):
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)

    assert addresses.allowed("127.0.0.1") == addresses.LOCAL
    assert addresses.allowed("10.1.2.3") == [*addresses.LOCAL, "10.1.2.3"]
    assert "*" not in addresses.allowed("0.0.0.0")

    monkeypatch.setenv("ALLOWED_HOSTS", "zx.example.cn")
    assert addresses.allowed("0.0.0.0") == ["zx.example.cn"]
