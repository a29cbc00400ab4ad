"""Running pytest: the whole suite per engine, counted, or once with somebody's own arguments."""

import os
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from pathlib import Path

from tools.ground import PYTHON, ROOT, Command, cores
from tools.report import Count, Report
from tools.say import note

PYTEST: Command = [PYTHON, "-m", "pytest"]


def run_suite(report: Report, name: str, marked: str, more: list[str], **environ: str) -> None:
    """Run the tests so marked on all cores, its output as it comes, and count them."""
    began = time.monotonic()
    note(f"\n── pytest {name} ──")
    # One more than there are cores: a test that waits for a server it has killed, or for a
    # restored house, leaves its core to another.  A browser needs the cores for itself.
    hands = cores() + (marked != "browser")
    with tempfile.TemporaryDirectory(prefix="shangliang-count-") as folder:
        result = Path(folder) / "result.xml"
        command: Command = [*PYTEST, "-q", "-m", marked, "-n", str(hands)]
        # tests/engines.py knows the better order.
        command += ["--dist", "loadgroup", "--no-loadscope-reorder"]
        command += ["--durations", "10", "--durations-min", "1", f"--junitxml={result}", *more]
        code = subprocess.run(command, cwd=ROOT, env=os.environ | environ).returncode
        report.add(f"pytest {name}", read_count(result, code), began)


def read_count(result: Path, code: int) -> Count:
    """What pytest wrote down; an exit code it does not explain is an error of its own."""
    count = Count()
    if result.exists():
        suite = ET.parse(result).getroot().find("testsuite")  # noqa: S314  pytest wrote it
        if suite is not None:
            seen, failed, errors, skipped = (
                int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")
            )
            count = Count(max(0, seen - failed - errors - skipped), failed, skipped, errors)
    explained = count.good if code == 0 else count.failed or count.errors
    return count if explained else count + Count(errors=1)


def run_as_told(words: list[str]) -> int:
    """pytest with its own arguments; its own closing line is the last one."""
    return subprocess.run([*PYTEST, *words], cwd=ROOT).returncode
