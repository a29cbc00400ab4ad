"""The house's own Python: `.venv`, filled from a hashed lock, once per lock.

uv does the work where it can be had; pip, which comes with Python, does it elsewhere.
"""

import hashlib
import importlib.util
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tools.ground import BASE_MB, DEV_MB, PYTHON, ROOT, VENV, Command, need_room, run
from tools.say import Refused, note, step

LOCKS = {"base": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
UV_LOCK = ROOT / "requirements-uv.txt"
STAMP = VENV / "shangliang.stamp"

CREATING = ("建立运行环境", "creating the environment")
INSTALLING = ("安装依赖", "installing packages")


def ensure(kind: str) -> None:
    """Have the packages of the `base` or the `dev` lock, doing nothing when they are there."""
    have = STAMP.read_text().splitlines() if STAMP.exists() and PYTHON.exists() else []
    if stamp(kind) in have:
        return
    if any(line.startswith("dev ") for line in have):
        kind = "dev"  # never leave a developer's tools behind the lock
    need_room(BASE_MB if kind == "base" else DEV_MB)
    uv = shutil.which("uv")
    if not usable(with_pip=not uv):
        with step(*CREATING):
            create(uv)
    with step(*INSTALLING):
        fill(uv or uv_by_pip(), LOCKS[kind])
        open_the_package()
    STAMP.write_text("\n".join(stamp(k) for k in ("base", "dev")[: 1 if kind == "base" else 2]))


def stamp(kind: str) -> str:
    """Changes with the lock and when the folder is moved, for scripts in `.venv` know its path."""
    seal = hashlib.sha256(LOCKS[kind].read_bytes() + UV_LOCK.read_bytes() + bytes(ROOT))
    return f"{kind} {seal.hexdigest()}"


def usable(*, with_pip: bool) -> bool:
    """Whether `.venv` holds a Python that runs and is new enough (an upgrade may remove it)."""
    question = "import sys; sys.exit(sys.version_info < (3, 11))"
    if with_pip:
        question = f"import pip; {question}"
    if not PYTHON.exists():
        return False
    return not subprocess.run([PYTHON, "-c", question], stderr=subprocess.DEVNULL).returncode


def create(uv: str | None) -> None:
    # Inside an activated .venv, sys.executable is the very file to be replaced.
    python = getattr(sys, "_base_executable", None) or sys.executable
    if uv:
        command: Command = [
            uv,
            "venv",
            "--quiet",
            "--no-python-downloads",
            "--python",
            python,
            VENV,
        ]
    elif importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        command = [python, "-m", "venv", VENV]
    else:
        name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise Refused(
            f"这份 Python 缺少 venv 模块。在 Debian 或 Ubuntu 上请先运行：sudo apt install {name}",
            f"This Python lacks the venv module. On Debian or Ubuntu run: sudo apt install {name}",
        )
    shutil.rmtree(VENV, ignore_errors=True)
    run(command, *CREATING)


def uv_by_pip() -> str | None:
    """uv from its own hashed line; None where no wheel fits, and then pip does the rest."""
    fetch: Command = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", UV_LOCK]
    try:
        run(fetch, *INSTALLING)
    except Refused as problem:
        if "No matching distribution" not in str(problem):
            raise
        note("  没有合适的 uv，改用 pip（会慢一些） no uv for this machine, pip takes longer")
        return None
    return str(VENV / "bin" / "uv")


def fill(uv: str | None, lock: Path) -> None:
    if uv:
        installer: Command = [uv, "pip", "install", "--python", PYTHON]
    else:
        installer = [PYTHON, "-m", "pip", "install"]
    run([*installer, "--quiet", "--require-hashes", "-r", lock], *INSTALLING)


def open_the_package() -> None:
    """Make `import shangliang` and the `shangliang` command work, with nothing to build."""
    site = run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], *INSTALLING
    )
    (Path(site.strip()) / "shangliang.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    launcher = VENV / "bin" / "shangliang"
    launcher.write_text(
        f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -m shangliang "$@"\n', encoding="utf-8"
    )
    launcher.chmod(0o755)
