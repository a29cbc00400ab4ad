"""The style sheet of the house, sewn together from one file per component.

A phone fetches one file instead of twenty.  Every app of the house may put files into
static/<label>/css/; the cascade layers, not the order of files, decide who wins.
"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.urls import reverse

FIRST = ("reset.css", "tokens.css")


def pieces() -> list[Path]:
    """Every style file of our own apps, the floor's first."""
    found: list[Path] = []
    for app in apps.get_app_configs():
        if app.name.startswith("shangliang."):
            folder = Path(app.path, "static", app.label, "css")
            found += sorted(folder.glob("*.css"))
    return sorted(found, key=lambda path: FIRST.index(path.name) if path.name in FIRST else 9)


@lru_cache(maxsize=1)
def _sewn() -> tuple[bytes, str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in pieces())
    return text.encode(), sha256(text.encode()).hexdigest()[:12]


def sewn() -> tuple[bytes, str]:
    """The whole sheet and its fingerprint; read afresh on every call while developing."""
    if settings.DEBUG:
        _sewn.cache_clear()
    return _sewn()


def address() -> str:
    return reverse("ui:stylesheet", args=[sewn()[1]])
