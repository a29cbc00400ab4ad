"""The one list of checks that a change must pass besides its tests."""

import subprocess
import time

from tools.ground import PYTHON, ROOT, VENV, Command
from tools.report import Count, Report
from tools.say import note

BIN = VENV / "bin"

# In this order: what is cheapest to mend speaks first.
CHECKS: dict[str, Command] = {
    "locks": [PYTHON, "-m", "tools.locks"],
    "ruff check": [BIN / "ruff", "check", "--quiet", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "djlint lint": [BIN / "djlint", "--lint", "--quiet", "shangliang"],
    "djlint format": [BIN / "djlint", "--check", "shangliang"],
    "mypy": [BIN / "mypy"],
    "import-linter": [BIN / "lint-imports", "--no-logo"],
    "makemigrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "manage.py check": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
}


def check_all(report: Report) -> None:
    """Run every check, also after one has failed; only a failed one shows its words."""
    for name, command in CHECKS.items():
        began = time.monotonic()
        done = subprocess.run(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode:
            note(f"\n{done.stdout.rstrip()[-8000:]}")
        report.add(name, Count(failed=1) if done.returncode else Count(passed=1), began)
