"""`shangliang WORDS` is a management command from any folder; alone it lists the house's own."""

import os
import subprocess
import sys

from django.core.management import get_commands

from tools.ground import ROOT


def shangliang(*words, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-m", "shangliang", *words],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )


def test_alone_it_lists_our_commands_and_not_djangos():
    listed = shangliang().stdout

    ours = [name for name, app in get_commands().items() if app.startswith("shangliang.")]
    assert [name for name in ours if f"shangliang {name} " not in listed] == []
    assert "collectstatic" not in listed


def test_its_words_are_a_command_from_any_folder(tmp_path):
    assert shangliang("check", cwd=tmp_path).returncode == 0


def test_a_word_it_does_not_know_is_refused():
    done = shangliang("tea")

    assert done.returncode == 1
    assert "tea" in done.stderr
