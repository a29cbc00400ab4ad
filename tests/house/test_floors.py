"""Down is allowed, up and sideways is not; and the contract notices when it is broken."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.ground import ROOT

LINT = Path(sys.executable).with_name("lint-imports")
FLOORS = ("config", "desk", "proposals", "matters", "people", "ui", "analysis")


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache", "--no-logo", "--config", tree / "pyproject.toml"],
        cwd=tree,
        env={"PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
    )


def test_the_floors_of_this_house_hold():
    done = lint(ROOT)

    assert done.returncode == 0, done.stdout


@pytest.fixture
def shell(tmp_path):
    """An empty house under our own contracts."""
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for floor in FLOORS:
        room = tmp_path / "shangliang" / floor
        room.mkdir(parents=True)
        (room / "__init__.py").touch()
    for module in ("__init__", "cli", "__main__"):
        (tmp_path / "shangliang" / f"{module}.py").touch()
    return tmp_path


def test_looking_down_is_allowed(shell):
    (shell / "shangliang/desk/home.py").write_text("import shangliang.matters\n")

    assert lint(shell).returncode == 0


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("matters/flow.py", "import shangliang.proposals"),
        ("people/login.py", "from shangliang import matters"),
        ("ui/views.py", "import shangliang.people"),
        ("desk/home.py", "import shangliang.config"),
        ("analysis/clock.py", "import django"),
        ("analysis/clock.py", "from django.utils import timezone"),
    ],
)
def test_looking_up_is_refused(shell, where, what):
    (shell / "shangliang" / where).write_text(f"{what}\n")

    done = lint(shell)

    assert done.returncode == 1
    assert "BROKEN" in done.stdout


def test_a_room_without_a_floor_is_refused(shell):
    (shell / "shangliang/annex").mkdir()
    (shell / "shangliang/annex/__init__.py").touch()

    assert lint(shell).returncode == 1
