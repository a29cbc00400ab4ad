"""The official papers of a proposal, filed as documents of the matter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shangliang.matters import numbers
from shangliang.matters.clocks import local_day
from shangliang.matters.models import Document

from .models import Reply


def next_letter_number(reply: Reply, at: datetime) -> str:
    """The unit's own letter number, one series a year: 〔2026〕12号, without gaps."""
    year = local_day(at).year
    short = reply.unit.short_name or reply.unit.name
    return f"{short}提〔{year}〕{numbers.draw(reply.unit, f'letters:{year}')}号"


def file_reply(reply: Reply, *, by: Any, at: datetime) -> Document | None:
    """Write the reply as an official letter and file it (wired to the letter templates later)."""
    return None
