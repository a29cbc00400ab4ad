"""Real proposals that may be read here but not kept in the repository."""

import csv
import lzma
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("SHANGLIANG_DATA", ROOT.parent / "shared" / "data"))
FILE = DATA / "proposals-jiangsu-2019" / "proposals.csv.xz"

needs_real_proposals = pytest.mark.skipif(
    not FILE.exists(),
    reason=f"no real proposals at {FILE.name}; set SHANGLIANG_DATA to the folder that holds them",
)


def real_proposals() -> list[dict[str, str]]:
    """The rows of the file, as strings under their column names."""
    with lzma.open(FILE, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
