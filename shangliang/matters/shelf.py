"""The shelf the bytes of documents stand on: files named by the hash of what they hold.

The same content stands there once.  A file is safe on disk before any row speaks of it, it is
never changed afterwards, and whoever takes it down checks that it is still what its name says.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_CHUNK = 256 * 1024
_READ_ONLY = 0o440
_PART = ".part"


class Damaged(Exception):
    """The bytes are gone, or no longer what they were when they were put here."""


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def path(name: str) -> Path:
    """Where the file of this digest stands: FILES/ab/abcdef…"""
    return Path(settings.FILES) / name[:2] / name


def put(content: bytes) -> str:
    """Set `content` on the shelf and return its digest; it survives a power cut from here on."""
    name = digest(content)
    place = path(name)
    if place.exists() and place.stat().st_size == len(content):
        os.utime(place)
        return name
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(suffix=_PART, dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(_READ_ONLY)
        Path(part).replace(place)
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise
    _sync_directories(place.parent)
    return name


def take(name: str) -> BinaryIO:
    """The file of this digest, open at its start, checked to its last byte.

    Raises:
        Damaged: it is missing or holds something else.
    """
    try:
        file = path(name).open("rb")
    except OSError as error:
        raise Damaged(name) from error
    try:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != name:
            raise Damaged(name)
        file.seek(0)
    except (OSError, Damaged) as error:
        file.close()
        raise Damaged(name) from error
    return file


def looks_whole(name: str, size: int) -> bool:
    """A cheap look: the file is there and as long as it was.  `take` looks properly."""
    try:
        return path(name).stat().st_size == size
    except OSError:
        return False


def drop(name: str) -> None:
    path(name).unlink(missing_ok=True)


def standing() -> Iterator[tuple[str, float]]:
    """Every finished file on the shelf, with the time it was last put there."""
    for place in sorted(Path(settings.FILES).glob("??/" + "[0-9a-f]" * 64)):
        yield place.name, place.stat().st_mtime


def drop_unfinished(older_than: float) -> int:
    """Throw away what a killed process left half written before `older_than` (epoch seconds)."""
    old = [
        place
        for place in Path(settings.FILES).glob(f"??/*{_PART}")
        if place.stat().st_mtime < older_than
    ]
    for place in old:
        place.unlink(missing_ok=True)
    return len(old)


def _sync_directories(directory: Path) -> None:
    """A new name is only safe when the directory that holds it has been written too."""
    for place in (directory, directory.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
