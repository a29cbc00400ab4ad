"""No lock file names a host: a county installs from whichever mirror it trusts."""

import shutil

import pytest

from tools import locks
from tools.ground import ROOT

GOOD = "django==5.2.19 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via shangliang\n"


def test_the_locks_of_this_house_are_in_order():
    assert locks.check() == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://mirror.example/simple",
        "--extra-index-url file:///srv/wheels",
        "--find-links /srv/wheels",
        "-i http://mirror.example/simple",
        "--trusted-host mirror.example",
        "django @ https://mirror.example/django.whl --hash=sha256:aa",
        "# pip-compile --index-url=//files.pythonhosted.org",
    ],
)
def test_a_line_that_names_a_host_is_found(line):
    found = locks.faults("requirements.txt", GOOD + line + "\n")

    assert f"requirements.txt: names a host: {line}" in found


def test_a_package_without_a_hash_is_found():
    assert locks.faults("requirements.txt", GOOD) == []
    assert locks.faults("requirements.txt", "django==5.2.19\n") != []
    assert locks.faults("requirements.txt", "django>=5 --hash=sha256:aa\n") != []


@pytest.fixture
def copy(tmp_path):
    for name in locks.LOCKS:
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def test_a_lock_that_knows_its_registry_is_never_committed(copy):
    (copy / "uv.lock").write_text("")

    assert locks.check(copy) == ["uv.lock: names its registry"]


def test_what_runs_is_what_was_tested(copy):
    lock = copy / "requirements.txt"
    version = locks.pins(lock.read_text())["django"]
    lock.write_text(lock.read_text().replace(f"django=={version} ", "django==5.2.0 "))

    assert locks.check(copy) == [f"django: 5.2.0 to run, {version} to test"]
