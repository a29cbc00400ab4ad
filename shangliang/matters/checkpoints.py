"""Checkpoints: how far the journal had come, kept where its owner cannot reach it.

A cut tail, a database rolled back to yesterday, a chain written anew: each is a journal in good
order.  Only a note taken before, and kept in another place, shows it.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from . import chain, keys
from .clocks import local_day
from .models import ChainHead
from .refusals import Refused

EVERY, OFTEN = 1000, timedelta(minutes=10)
PATTERN = "checkpoint*.json"


@dataclass(frozen=True)
class Checkpoint:
    """The number and hash of the last entry at a moment, sealed by the installation."""

    seq: int
    hash: str
    at: str
    algorithm: str
    signature: str = ""

    def text(self) -> bytes:
        """What the signature covers."""
        return chain.canonical({k: v for k, v in asdict(self).items() if k != "signature"})

    def is_ours(self) -> bool:
        """Whether this installation wrote it, with the present key or a former one."""
        return self.algorithm in chain.ALGORITHMS and any(
            hmac.compare_digest(self.signature, chain.seal(key, self.text(), self.algorithm))
            for key in keys.known()
        )


def take(at: datetime) -> Checkpoint:
    """Note how far the journal has come.

    Raises:
        Refused: there is no entry yet.
    """
    head = ChainHead.objects.filter(pk=1, seq__gt=0).first()
    if head is None:
        raise Refused(_("日志还是空的，没有可以记下的检查点。"))
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    bare = Checkpoint(head.seq, head.hash, moment, chain.ALGORITHM)
    return Checkpoint(*_facts(bare), chain.seal(keys.current(), bare.text()))


def _facts(point: Checkpoint) -> tuple[int, str, str, str]:
    return point.seq, point.hash, point.at, point.algorithm


def write(point: Checkpoint, path: Path) -> None:
    """Put it into a file, whole or not at all; the file of another checkpoint is not replaced
    by an older one.

    Raises:
        Refused: the place cannot be written to, or holds a later checkpoint.
    """
    if path.exists() and read(path).seq > point.seq:
        raise Refused(_("这个文件里已有更新的检查点，请换一个文件名。"))
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8") as file:
            json.dump(asdict(point), file, ensure_ascii=False, indent=1)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise Refused(_("检查点无法写入 %(path)s：%(why)s。") % {
            "path": path, "why": error.strerror,
        }) from error  # fmt: skip


def keep(folder: Path, at: datetime) -> bool:
    """Renew the checkpoint of the day in a folder elsewhere, when enough was written or enough
    time has passed; says whether it was.

    Raises:
        Refused: the place cannot be written to, or the journal has become shorter.
    """
    head = ChainHead.objects.filter(pk=1).first()
    last = max((read(path) for path in folder.glob(PATTERN)), key=lambda p: p.seq, default=None)
    if head is None or (last and last.seq == head.seq):
        return False
    if last and last.seq > head.seq:
        raise Refused(_("日志比检查点记下的短：检查点写明第 %(told)s 号，现在只到第 %(last)s 号。") % {
            "told": last.seq, "last": head.seq,
        })  # fmt: skip
    new = last is None or head.seq - last.seq >= EVERY
    if new or (last and at - datetime.fromisoformat(last.at) >= OFTEN):
        write(take(at), folder / f"checkpoint-{local_day(at)}.json")
        return True
    return False


def read_all(path: Path) -> list[Checkpoint]:
    """The checkpoint in a file, or those in a folder."""
    return [read(each) for each in sorted(path.glob(PATTERN))] if path.is_dir() else [read(path)]


def read(path: Path) -> Checkpoint:
    """Read a checkpoint file; whether it is ours is asked later.

    Raises:
        Refused: there is no such file, or it holds something else.
    """
    try:
        said: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        point = Checkpoint(**said)
    except OSError as error:
        raise Refused(_("检查点文件 %(path)s 无法读取。") % {"path": path}) from error
    except (ValueError, TypeError) as error:
        raise Refused(_("%(path)s 不是检查点文件。") % {"path": path}) from error
    if not isinstance(point.seq, int) or not all(isinstance(s, str) for s in _facts(point)[1:]):
        raise Refused(_("%(path)s 不是检查点文件。") % {"path": path})
    return point
