"""What is installed is installed once, and again when its lock has changed."""

import pytest

from tools import install
from tools.say import Refused


@pytest.fixture
def lot(monkeypatch, tmp_path):
    """A place with locks of its own, where installing is written down instead of done."""
    for name in ("base", "dev"):
        (tmp_path / f"{name}.txt").write_text("django==5.2.19\n")
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").touch()
    done: list[str] = []
    monkeypatch.setattr(install, "LOCKS", {k: tmp_path / f"{k}.txt" for k in ("base", "dev")})
    monkeypatch.setattr(install, "STAMP", venv / "stamp")
    monkeypatch.setattr(install, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(install, "usable", lambda *, with_pip: True)
    monkeypatch.setattr(install, "open_the_package", lambda: None)
    monkeypatch.setattr(install, "fill", lambda uv, lock: done.append(lock.stem))
    monkeypatch.setattr(install, "need_room", lambda megabytes: None)
    monkeypatch.setattr(install.shutil, "which", lambda name: "uv")
    return done


def test_what_is_installed_is_not_installed_again(lot):
    install.ensure("base")
    install.ensure("base")

    assert lot == ["base"]


def test_a_changed_lock_is_installed(lot):
    install.ensure("base")
    install.LOCKS["base"].write_text("django==5.2.20\n")
    install.ensure("base")

    assert lot == ["base", "base"]


def test_up_after_test_installs_nothing_and_keeps_the_test_packages(lot):
    install.ensure("dev")
    install.ensure("base")
    install.LOCKS["base"].write_text("django==5.2.20\n")
    install.ensure("base")

    assert lot == ["dev", "dev"]


def test_a_python_without_venv_is_told_and_nothing_is_removed(monkeypatch, tmp_path):
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda name: None)
    (tmp_path / "kept").touch()

    with pytest.raises(Refused, match=r"缺少 venv 模块.*\n.*apt install python3\.\d+-venv"):
        install.create(uv=None)
    assert (tmp_path / "kept").exists()
