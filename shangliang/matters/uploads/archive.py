"""The table of contents of a zip file, read and judged before anything is unpacked.

Word, Excel and OFD files are zip files.  A bomb, an overlapping or hidden entry, a path that
climbs out, a link, a twin name: all of them show in the directory, which is small and flat.
"""

import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from shangliang.matters.uploads.limits import KB, MB, Limits
from shangliang.matters.uploads.refusals import Refused

_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 0xFFFF
_BYTES_OF_DIRECTORY_PER_ENTRY = 1 * KB
_BIGGEST_DESCRIPTOR = 24
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_SIZES_FOLLOW = 0x8
_CHUNK = 64 * KB


def open_archive(path: Path, limits: Limits) -> zipfile.ZipFile:
    """The archive at `path`, its directory found sound; raises `Refused` otherwise."""
    with path.open("rb") as file:
        _check_end(file, limits)
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise Refused("damaged") from error
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise Refused("entries", most=limits.entries)
    _check_sizes(entries, limits)
    _check_names(entries)
    with path.open("rb") as file:
        _check_layout(file, entries, archive.start_dir)
    return archive


def has_archive_at_end(path: Path) -> bool:
    """Whether a file of another kind carries a zip directory in its tail."""
    with path.open("rb") as file:
        tail = _tail(file)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        return False
    _, _, _, _, count, size, _, comment = _END.unpack_from(tail, at)
    return at + _END.size + comment <= len(tail) and size >= count * 46 and count > 0


def chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of one entry in pieces; a false size or checksum raises `Refused`."""
    with archive.open(entry) as content:
        while piece := content.read(_CHUNK):
            yield piece


def _tail(file: BinaryIO) -> bytes:
    size = file.seek(0, 2)
    file.seek(max(0, size - _LONGEST_COMMENT - _END.size))
    return file.read()


def _check_end(file: BinaryIO, limits: Limits) -> None:
    """The closing record must be the last thing in the file and speak of a small directory.

    This is read by hand because `zipfile` builds an object for every entry it finds, and a
    file of 20 MB has room for 400,000 of them.
    """
    tail = _tail(file)
    size = file.tell()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise Refused("damaged")
    _, _, _, _, count, directory, offset, comment = _END.unpack_from(tail, at)
    if count > limits.entries or directory > limits.entries * _BYTES_OF_DIRECTORY_PER_ENTRY:
        raise Refused("entries", most=limits.entries)
    here = size - len(tail) + at
    if here + _END.size + comment != size or offset + directory != here:
        raise Refused("polyglot")


def _check_sizes(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused("password")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.unpacked:
        raise Refused("unpacked", most=f"{limits.unpacked // MB} MB")
    if unpacked > packed * limits.ratio or any(_is_bomb(entry, limits) for entry in entries):
        raise Refused("ratio")
    if any(e.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for e in entries):
        raise Refused("damaged")


def _is_bomb(entry: zipfile.ZipInfo, limits: Limits) -> bool:
    # Below a megabyte an honest, nearly empty sheet may be packed tighter than 100:1.
    return entry.file_size > MB and entry.file_size > entry.compress_size * limits.ratio


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    seen = set()
    for entry in entries:
        name = entry.orig_filename
        if not name or any(c < " " for c in name) or "\\" in name or ":" in name:
            raise Refused("paths")
        if name.startswith("/") or ".." in name.split("/"):
            raise Refused("paths")
        mode = entry.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise Refused("links")
        key = name.rstrip("/").casefold()
        if key in seen:
            raise Refused("duplicates")
        seen.add(key)


def _check_layout(file: BinaryIO, entries: list[zipfile.ZipInfo], directory_at: int) -> None:
    """Every byte before the directory belongs to exactly one entry, in its place.

    Overlapping entries are how a small file unpacks to petabytes; room between entries is
    where a second file hides.
    """
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        slack = entry.header_offset - end
        if not 0 <= slack <= (_BIGGEST_DESCRIPTOR if end else 0):
            raise Refused("inconsistent")
        end = entry.header_offset + _local_size(file, entry) + entry.compress_size
    if not 0 <= directory_at - end <= _BIGGEST_DESCRIPTOR:
        raise Refused("inconsistent")


def _local_size(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """The length of an entry's own heading, which must say what the directory says."""
    file.seek(entry.header_offset)
    raw = file.read(_LOCAL.size)
    if len(raw) < _LOCAL.size:
        raise Refused("damaged")
    mark, _, flags, method, _, _, _, packed, size, name_size, extra_size = _LOCAL.unpack(raw)
    if flags & _ENCRYPTED:
        raise Refused("password")
    encoding = "utf-8" if flags & 0x800 else "cp437"
    name = file.read(name_size).decode(encoding, "replace")
    if mark != b"PK\x03\x04" or method != entry.compress_type or name != entry.orig_filename:
        raise Refused("inconsistent")
    told_here = not flags & _SIZES_FOLLOW and 0xFFFFFFFF not in (packed, size)
    if told_here and (packed, size) != (entry.compress_size, entry.file_size):
        raise Refused("inconsistent")
    return _LOCAL.size + name_size + extra_size
