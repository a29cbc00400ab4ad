"""./test: everything a change must pass, or the part that was asked for.

Every stage runs even when an earlier one failed, so that one run shows everything.
"""

import os
import tempfile
import time

from tools import browser, install, postgres
from tools.checks import check_all
from tools.report import Count, Report
from tools.say import Refused, note
from tools.suite import run_as_told, run_suite

USAGE = """./test                      全部：检查、SQLite、PostgreSQL、浏览器   everything
./test quick                两分钟以内的一部分                       at most two minutes
./test checks | sqlite | pg | browser   其中一项                     one part
./test tests/people -k 名   其余的词交给 pytest                      any other words go to pytest
"""


def prove(words: list[str]) -> int:
    if words and words[0] in ("-h", "--help"):
        print(USAGE, end="")
        return 0
    install.ensure("dev")
    with tempfile.TemporaryDirectory(prefix="shangliang-var-") as scratch:
        os.environ["SHANGLIANG_VAR"] = scratch  # a test never touches the data of this house
        os.environ["SHANGLIANG_CHROMIUM"] = browser.chromium()
        part, more = (words[0], words[1:]) if words else ("all", [])
        if part not in PARTS:
            return run_as_told(words)
        report = Report()
        for stage in PARTS[part]:
            stage(report, more)
        return report.close()


def checks(report: Report, more: list[str]) -> None:
    check_all(report)


def quick_tests(report: Report, more: list[str]) -> None:
    run_suite(report, "quick", "not slow and not browser", more)


def on_sqlite(report: Report, more: list[str]) -> None:
    run_suite(report, "SQLite", "not browser", more)


def on_postgres(report: Report, more: list[str]) -> None:
    began = time.monotonic()
    try:
        with postgres.server() as url:
            marked = "not browser and not sqlite_only"
            run_suite(report, "PostgreSQL", marked, more, DATABASE_URL=url)
    except Refused as problem:
        note(str(problem))
        report.add("pytest PostgreSQL", Count(errors=1), began)


def in_the_browser(report: Report, more: list[str]) -> None:
    began = time.monotonic()
    if reason := browser.missing():
        # On a developer's machine a skip, with its reason; where all must be proved, a failure.
        count = Count(errors=1) if os.environ.get("CI") else Count(skipped=1)
        report.add("pytest browser", count, began, f"{count}: {reason}")
        return
    run_suite(report, "browser", "browser", more, SHANGLIANG_CHROMIUM=browser.chromium())


PARTS = {
    "all": (checks, on_sqlite, on_postgres, in_the_browser),
    "quick": (checks, quick_tests),
    "checks": (checks,),
    "sqlite": (on_sqlite,),
    "pg": (on_postgres,),
    "browser": (in_the_browser,),
}
