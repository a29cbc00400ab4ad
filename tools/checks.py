"""The one list of checks that a change must pass besides its tests."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

from tools.ground import PYTHON, ROOT, VENV, Command, cores
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
    with ThreadPoolExecutor(cores()) as hands:
        runs = {name: hands.submit(check, command) for name, command in CHECKS.items()}
        for name, run in runs.items():
            words, took = run.result()
            if words is not None:
                note(f"\n{words}")
            good = Count(passed=1) if words is None else Count(failed=1)
            report.add(name, good, time.monotonic() - took)


def check(command: Command) -> tuple[str | None, float]:
    """What a check that failed has said, and how long it took."""
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"SECRET_KEY": "for checks, so that no two of them draw one at once"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    words = done.stdout.rstrip()[-8000:] if done.returncode else None
    return words, time.monotonic() - began
