"""The hash chain of the journal: how an entry is bound to its words and to the entry before it.

SM3 (GB/T 32905) where this Python's OpenSSL has it, SHA-256 elsewhere; each entry names the one
it used.  This module knows no database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

ALGORITHM = "sm3" if "sm3" in hashlib.algorithms_available else "sha256"
START = "0" * 64


def digest(text: bytes, algorithm: str = ALGORITHM) -> str:
    return hashlib.new(algorithm, text).hexdigest()


def canonical(value: Mapping[str, Any]) -> bytes:
    """One spelling of a record, whatever order its keys came in."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def commitment(salt: str, note: str, data: Mapping[str, Any], algorithm: str = ALGORITHM) -> str:
    """What binds the words to the chain without being able to give them away."""
    words = canonical({"note": note, "data": data})
    return digest(b"\x00" + salt.encode() + words, algorithm)


def link(previous: str, facts: Mapping[str, Any], algorithm: str = ALGORITHM) -> str:
    """The hash of an entry: its facts, and everything that was written before it."""
    return digest(b"\x01" + previous.encode() + canonical(facts), algorithm)
