"""A browser and a Chinese font for the browser tests, from Debian where we may install."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.ground import run
from tools.say import Refused, step

NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALLING = ("安装浏览器和中文字体", "installing chromium and a Chinese font")


def missing() -> str:
    """Have chromium and a Chinese font; the reason why not, or nothing."""
    if not lacking():
        return ""
    if not debian_root():
        return f"本机没有{'和'.join(lacking())} chromium or a Chinese font is not installed here"
    apt = ["apt-get", "-q", "-y", "-o", "Dpkg::Use-Pty=0"]
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        with step(*INSTALLING):
            run([*apt, "update"], *INSTALLING, **quiet)
            wanted = ["chromium", "fonts-noto-cjk", "fontconfig"]
            run([*apt, "install", "--no-install-recommends", *wanted], *INSTALLING, **quiet)
    except Refused as problem:
        return str(problem)
    return f"装好后仍然没有{'和'.join(lacking())} still missing after apt-get" if lacking() else ""


def chromium() -> str:
    """Where the browser is, or nothing."""
    return next((found for name in NAMES if (found := shutil.which(name))), "")


def lacking() -> list[str]:
    return [
        *([] if chromium() else [" chromium 浏览器"]),
        *([] if chinese_font() else ["中文字体"]),
    ]


def chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    fonts = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True)
    return bool(fonts.stdout.strip())


def debian_root() -> bool:
    """Debian itself: Ubuntu's chromium is a snap, which apt cannot give us."""
    release = Path("/etc/os-release")
    told = release.read_text().splitlines() if release.exists() else []
    return os.geteuid() == 0 and "ID=debian" in told and bool(shutil.which("apt-get"))
