"""The hash chain of the journal: how an entry is bound to its words and to the entry before it.

SM3 (GB/T 32905) where this Python's OpenSSL has it, SHA-256 elsewhere; each entry names the one
it used.  The chain shows any change to whoever knows a later link (a checkpoint); the seal shows
it even without one, as long as the key of the installation is not in the same hands as its
database.  This module knows no database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

# What an entry may name; a weaker one written into the table is itself a sign of tampering.
ALGORITHMS = ("sm3", "sha256")
ALGORITHM = next(name for name in ALGORITHMS if name in hashlib.algorithms_available)
START = "0" * 64


def digest(text: bytes, algorithm: str = ALGORITHM) -> str:
    return hashlib.new(algorithm, text).hexdigest()


def canonical(value: Mapping[str, Any]) -> bytes:
    """One spelling of a record, whatever order its keys came in."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def plain(value: Mapping[str, Any]) -> dict[str, Any]:
    """A record as any engine gives it back: what is hashed is what will be read again."""
    found: dict[str, Any] = json.loads(canonical(value), parse_float=_plain_number)
    return found


def _plain_number(spelled: str) -> float:
    # PostgreSQL gives 1e+20 back without its point, and the hash would differ.
    if "e+" in spelled:
        raise ValueError(f"too large for the journal: {spelled}")
    return float(spelled)


def commitment(salt: str, note: str, data: Mapping[str, Any], algorithm: str = ALGORITHM) -> str:
    """What binds the words to the chain without being able to give them away."""
    words = canonical({"note": note, "data": data})
    return digest(b"\x00" + salt.encode() + words, algorithm)


def link(previous: str, facts: Mapping[str, Any], algorithm: str = ALGORITHM) -> str:
    """The hash of an entry: its facts, and everything that was written before it."""
    return digest(b"\x01" + previous.encode() + canonical(facts), algorithm)


def key(secret: str) -> bytes:
    """The sealing key of an installation, so that its secret serves each use under its own name."""
    return hmac.digest(secret.encode(), b"shangliang journal", "sha256")


def seal(secret_key: bytes, text: bytes, algorithm: str = ALGORITHM) -> str:
    """The mark of the installation on a link or a checkpoint: nobody makes it without the key."""
    return hmac.digest(secret_key, text, algorithm).hex()


def running(algorithm: str = ALGORITHM) -> Any:
    """A hash that is fed piece by piece."""
    return hashlib.new(algorithm)
