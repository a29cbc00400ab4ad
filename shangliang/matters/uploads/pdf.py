"""PDF files: no scripts, no actions that reach out, no files inside; and the words in it."""

import re
import time
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from shangliang.matters.uploads.archive import has_archive_at_end
from shangliang.matters.uploads.findings import Findings, Words
from shangliang.matters.uploads.kinds import PDF
from shangliang.matters.uploads.limits import KB, Limits
from shangliang.matters.uploads.refusals import Refused

_FORBIDDEN = {
    "/JavaScript": "pdf_script",
    "/JS": "pdf_script",
    "/XFA": "pdf_script",
    "/Launch": "pdf_launch",
    "/SubmitForm": "pdf_launch",
    "/ImportData": "pdf_launch",
    "/GoToE": "pdf_launch",
    "/EmbeddedFile": "pdf_attachment",
    "/EmbeddedFiles": "pdf_attachment",
    "/FileAttachment": "pdf_attachment",
    "/EF": "pdf_attachment",
    "/RichMedia": "pdf_attachment",
    "/Movie": "pdf_attachment",
    "/Sound": "pdf_attachment",
    "/3D": "pdf_attachment",
}
# Names too short to be looked for in raw bytes turn up in any compressed picture.
_IN_THE_RAW = [name for name in _FORBIDDEN if len(name) > 6]
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT = re.compile(rb"\d obj\b")
_SECONDS_FOR_TEXT = 5.0


def inspect_pdf(path: Path, limits: Limits) -> Findings:
    """What the PDF at `path` says; raises `Refused` if it would do more than be read."""
    raw = path.read_bytes()
    if b"%%EOF" not in raw[-2 * KB :]:
        raise Refused("damaged")
    if has_archive_at_end(path):
        raise Refused("polyglot")
    if len(_OBJECT.findall(raw)) > limits.pdf_objects:
        raise Refused("too_complex")
    _check_raw(raw)
    reader = _open(path)
    _check_objects(reader, limits)
    return Findings(PDF.name, text=_words(reader, limits))


def _check_raw(raw: bytes) -> None:
    """Look through the bytes too: another reader may find an object that ours does not."""
    plain = _HEX.sub(lambda m: bytes([int(m[1], 16)]), raw) if b"#" in raw else raw
    for name in _IN_THE_RAW:
        if re.search(re.escape(name.encode()) + rb"[^A-Za-z]", plain):
            raise Refused(_FORBIDDEN[name])


def _open(path: Path) -> PdfReader:
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("password")
        if not len(reader.pages):
            raise Refused("damaged")
    except PyPdfError as error:
        raise Refused("damaged") from error
    return reader


def _check_objects(reader: PdfReader, limits: Limits) -> None:
    numbers = {
        (number, generation) for generation in reader.xref for number in reader.xref[generation]
    }
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > limits.pdf_objects:
        raise Refused("too_complex")
    for number, generation in sorted(numbers):
        try:
            found = reader.get_object(IndirectObject(number, generation, reader))
        except PyPdfError:
            continue  # an entry that leads nowhere; the page tree itself was read above
        _check_object(found)


def _check_object(found: Any) -> None:
    """Walk one object, without following references: every object gets its own visit."""
    waiting = [found]
    while waiting:
        item = waiting.pop()
        if isinstance(item, NameObject) and item in _FORBIDDEN:
            raise Refused(_FORBIDDEN[item])
        if isinstance(item, DictionaryObject):
            waiting.extend(item.keys())
            waiting.extend(item.values())
        elif isinstance(item, ArrayObject):
            waiting.extend(item)


def _words(reader: PdfReader, limits: Limits) -> str:
    """The text of the pages, as far as it comes within a few seconds.  A scan has none."""
    words = Words(limits.text_characters)
    end = time.process_time() + _SECONDS_FOR_TEXT
    for page in reader.pages:
        if words.room <= 0 or time.process_time() > end:
            break
        try:
            words.add(page.extract_text() + "\n")
        except LimitReachedError as error:
            raise Refused("too_complex") from error
        except MemoryError:
            raise
        except Exception:  # a page that cannot be read out may still be printed
            words.add("\n")
    return str(words)
