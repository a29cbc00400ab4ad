"""./test runs every stage, and its last line tells the truth about all of them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tools import browser, checks, postgres, prove, suite
from tools.report import Count, Report

OK, BAD = [sys.executable, "-c", ""], [sys.executable, "-c", "import sys; sys.exit('一处不对')"]


def closing_line(capsys) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def test_a_failed_check_stops_nothing_and_is_counted(monkeypatch, capsys):
    monkeypatch.setattr(checks, "CHECKS", {"first": BAD, "second": OK})
    report = Report()
    checks.check_all(report)

    assert "一处不对" in capsys.readouterr().err
    assert report.close() == 1
    assert re.fullmatch(r"=+ 1 failed, 1 passed in \d+\.\d\ds =+", closing_line(capsys))


def test_all_good_is_good(monkeypatch, capsys):
    monkeypatch.setattr(checks, "CHECKS", {"first": OK, "second": OK})
    report = Report()
    checks.check_all(report)

    assert report.close() == 0
    assert re.fullmatch(r"=+ 2 passed in \d+\.\d\ds =+", closing_line(capsys))


def test_an_empty_run_proves_nothing(capsys):
    assert Report().close() == 1
    assert "no tests ran" in closing_line(capsys)


def test_pytest_is_counted_as_pytest_counts(tmp_path):
    (tmp_path / "test_four.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert False\n"
        "@pytest.mark.skip\ndef test_later(): pass\n"
        "@pytest.fixture\ndef broken(): raise OSError\n"
        "def test_broken(broken): pass\n"
    )
    result = tmp_path / "result.xml"
    code = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c/dev/null", f"--junitxml={result}", tmp_path],
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        stdout=subprocess.DEVNULL,
    ).returncode

    assert suite.read_count(result, code) == Count(passed=1, failed=1, skipped=1, errors=1)


def test_a_crash_that_pytest_could_not_count_is_an_error(tmp_path):
    assert suite.read_count(tmp_path / "never-written.xml", 3) == Count(errors=1)


def test_collecting_no_test_is_an_error(tmp_path):
    result = tmp_path / "result.xml"
    result.write_text(
        '<testsuites><testsuite tests="0" failures="0" errors="0" skipped="0"/></testsuites>'
    )

    assert suite.read_count(result, 5) == Count(errors=1)


@pytest.mark.parametrize(("ci", "good"), [("", True), ("true", False)])
def test_a_missing_browser_is_skipped_here_and_fails_in_ci(monkeypatch, capsys, ci, good):
    monkeypatch.setattr(browser, "missing", lambda: "本机没有 chromium 浏览器")
    monkeypatch.setenv("CI", ci)
    report = Report(total=Count(passed=1))
    prove.in_the_browser(report, [])

    assert (report.close() == 0) is good
    assert "本机没有 chromium 浏览器" in capsys.readouterr().out


@pytest.mark.sqlite_only
def test_postgresql_serves_and_leaves_nothing_behind():
    with postgres.server() as url:
        home = Path(url.partition("host=")[2])
        with psycopg.connect(url) as line:
            assert line.execute("select '提案'").fetchone() == ("提案",)
            assert line.execute("show listen_addresses").fetchone() == ("",)
        assert home.exists()

    assert not home.exists()
