"""The keys this installation seals its journal with: drawn from SECRET_KEY, old ones remembered."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from . import chain

_key = lru_cache(maxsize=16)(chain.key)


def current() -> bytes:
    return _key(settings.SECRET_KEY)


def known() -> list[bytes]:
    """Every key a seal may have been made with, the present one first."""
    return [_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
