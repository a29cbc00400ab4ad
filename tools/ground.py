"""The ground the house stands on: where it is, and whether there is room to build."""

import errno
import os
import shutil
import socket
import subprocess
from pathlib import Path

from tools.say import Refused

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# What the packages of each lock take on disk, with room to unpack them.
BASE_MB, DEV_MB = 700, 1600

Command = list[str | Path]


def var() -> Path:
    """Where data lives; the same answer as settings.VAR."""
    return Path(os.environ.get("SHANGLIANG_VAR") or ROOT / "var")


def cores() -> int:
    """How many cores this process may use, which is not always how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2


def no_room(needed: int, free: int | None = None) -> Refused:
    left = "" if free is None else f"，现在只剩 {free} MB"
    has = "" if free is None else f" and {free} MB are left"
    return Refused(
        f"磁盘空间不够：至少需要 {needed} MB{left}。请腾出空间后再运行。",
        f"The disk is full: at least {needed} MB are needed{has}. Free some space and try again.",
    )


def need_room(megabytes: int, at: Path = ROOT) -> None:
    """Better one sentence before than a half-written folder after."""
    free = shutil.disk_usage(at).free // 2**20
    if free < megabytes:
        raise no_room(megabytes, free)


def need_port(host: str, port: int) -> None:
    """Somebody else's port is found out before anything is installed."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, proto) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
    except (OSError, OverflowError) as problem:
        raise port_refusal(host, port, problem) from None


def port_refusal(host: str, port: int, problem: Exception) -> Refused:
    number = getattr(problem, "errno", None)
    if number == errno.EADDRINUSE:
        return Refused(
            f"端口 {port} 已被占用，可能是商量已经在运行。请换一个端口，例如 ./up --port {port + 1}",
            f"Port {port} is in use, perhaps by this very house. "
            f"Choose another, for instance ./up --port {port + 1}",
        )
    if number == errno.EACCES:
        return Refused(
            f"当前用户不能使用端口 {port}。请换一个 1024 以上的端口，例如 ./up --port 8000",
            f"This user may not use port {port}. Choose one above 1024, for instance 8000.",
        )
    return Refused(
        f"本机没有地址 {host}:{port}。请检查 --host 和 --port。",
        f"This machine has no address {host}:{port}. Please check --host and --port.",
    )


def run(command: Command, chinese: str, english: str, **environ: str) -> str:
    """Run one step quietly and return what it said.

    Raises:
        Refused: it failed; its own last words come first, then one sentence.  A full
            disk is told apart from everything else.
    """
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if not done.returncode:
        return done.stdout
    if "No space left on device" in done.stdout or "os error 28" in done.stdout:
        raise no_room(BASE_MB)
    raise Refused(
        f"{done.stdout[-3000:].rstrip()}\n{chinese}没有成功，原因见上。",
        f"{english.capitalize()} failed, for the reason above.",
    )
