"""The lock files pin every package by hash and name no host, so they serve behind any mirror."""

import re
import sys
from pathlib import Path

from tools.ground import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt")
NEVER_COMMITTED = ("uv.lock", "pylock.toml", "package-lock.json")

HOST = re.compile(
    r"://|@\s*(file|git|http)|^\s*(-i|-f|--index-url|--extra-index-url|--find-links|"
    r"--trusted-host)\b|\b[\w-]+\.(com|org|net|cn|io|dev)\b",
    re.IGNORECASE,
)
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)")


def faults(name: str, text: str) -> list[str]:
    """Lines of a lock that name a host, and packages pinned without a hash."""
    lines = text.replace("\\\n", " ").splitlines()
    named = [f"{name}: names a host: {line.strip()}" for line in lines if HOST.search(line)]
    asked = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    loose = [line for line in asked if not (PIN.match(line) and "--hash=sha256:" in line)]
    return named + [f"{name}: not pinned by hash: {line.strip()}" for line in loose]


def pins(text: str) -> dict[str, str]:
    """Package to version, as a lock says it."""
    found = (PIN.match(line) for line in text.splitlines())
    return {pin[1]: pin[2] for pin in found if pin}


def check(root: Path = ROOT) -> list[str]:
    """Everything wrong with the locks of a tree, one sentence each."""
    texts = {name: (root / name).read_text(encoding="utf-8") for name in LOCKS}
    found = [fault for name, text in texts.items() for fault in faults(name, text)]
    found += [f"{name}: names its registry" for name in NEVER_COMMITTED if (root / name).exists()]
    dev = pins(texts["requirements-dev.txt"])
    for package, version in pins(texts["requirements.txt"]).items():
        if dev.get(package) != version:
            found.append(f"{package}: {version} to run, {dev.get(package)} to test")
    return found


if __name__ == "__main__":
    found = check()
    print("\n".join(found) or "ok")
    sys.exit(bool(found))
