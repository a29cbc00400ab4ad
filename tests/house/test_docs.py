"""The documents name what is really there."""

import re

import pytest

from tools import prove
from tools.ground import ROOT

SETTINGS = (ROOT / "shangliang/config/settings.py").read_text(encoding="utf-8")
READ = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', SETTINGS))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_is_explained_and_every_explained_one_is_read():
    rows = re.findall(r"^\| (`[^|]+) \|", text("docs/operate.md"), re.MULTILINE)
    explained = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    for_developers = set(re.findall(r"`([A-Z_]+)=", text("CONTRIBUTING.md")))

    assert explained | (for_developers & READ) == READ


@pytest.mark.parametrize(
    "name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "docs/house.md"]
)
def test_links_lead_somewhere(name):
    here = (ROOT / name).parent
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", text(name))

    assert [target for target in targets if not (here / target).exists()] == []


def test_the_words_of_test_are_the_ones_described():
    described = text("CONTRIBUTING.md") + prove.USAGE

    assert [word for word in prove.PARTS if word != "all" and word not in described] == []
