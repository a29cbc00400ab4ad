"""File names fit to be shown and sent back: no paths, no disguises, the ending told by content."""

import re
import unicodedata

from shangliang.matters.uploads.kinds import Kind

LONGEST = 100

_UNSEEN = {"Cc", "Cf", "Cs"}  # not the private ones: rare names are written with them
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def safe_name(name: str, kind: Kind) -> str:
    """The name a file is kept under, from the name its owner gave it.

    Controls and direction marks go, because `提案‮fdp.exe` would read as a PDF; a path is cut
    down to its last part; the ending is the one its content has earned.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c if not unicodedata.category(c).startswith("Z") else " " for c in last)
    kept = "".join(c for c in seen if unicodedata.category(c) not in _UNSEEN)
    stem = _ENDING.sub("", _FORBIDDEN.sub("_", kept).strip(" ."))
    stem = " ".join(stem.split())[:LONGEST].strip(" .")
    return (stem or "文件") + kind.ending
