"""Word, Excel and OFD files: which of them it is, what hides in it, and what it says.

Only streams are read.  A document library would build the whole tree: a .docx of 231 KB has
been seen to take 371 MB.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from shangliang.matters.uploads.archive import chunks, open_archive
from shangliang.matters.uploads.findings import COMMENTS, Findings, Words
from shangliang.matters.uploads.kinds import DOCX, OFD, OLE_START, XLSX, Kind, is_archive
from shangliang.matters.uploads.limits import Limits
from shangliang.matters.uploads.refusals import Refused
from shangliang.matters.uploads.relations import Relations
from shangliang.matters.uploads.rewriting import rewrite
from shangliang.matters.uploads.xmlparts import Attributes, Listener, read_xml

CONTENT_TYPES = "[Content_Types].xml"
_MAIN_PARTS = {
    "wordprocessingml.document.main+xml": DOCX,
    "spreadsheetml.sheet.main+xml": XLSX,
}
_FIELD = re.compile(r"\bDDE(AUTO)?\b|\bINCLUDE\w*\s+\"?(https?:|ftp:|\\\\|//)", re.IGNORECASE)
_PARAGRAPHS = {"p", "si", "is", "comment", "TextCode"}
_HEADERS = {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
_HEADER_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Z])')


def inspect_office(path: Path, rewritten: Path, limits: Limits) -> Findings:
    """What the zip file at `path` is; a Word or Excel file is written anew, without its author."""
    with open_archive(path, limits) as archive:
        types = _content_types(archive)
        kind = _kind(archive, types)
        words = Words(limits.text_characters)
        heading = Words(limits.text_characters)
        relations = Relations()
        notes: set[str] = set()
        for entry in archive.infolist():
            part = PartText(words, heading, notes)
            listener = relations.reader(entry) if entry.filename.endswith(".rels") else part
            _examine(archive, entry, listener)
            part.check_fields()
        if kind is not OFD:
            rewrite(archive, rewritten, types.properties, relations.own_templates)
    return Findings(kind.name, kind is not OFD, str(heading), str(words), sorted(notes))


class ContentTypes(Listener):
    """The list of parts of a Word or Excel file, each with what it is."""

    def __init__(self) -> None:
        self.types: set[str] = set()
        self.properties: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        declared = attributes.get("ContentType", "")
        self.types.add(declared)
        if "properties+xml" in declared and name == "Override":
            self.properties[attributes.get("PartName", "").lstrip("/")] = declared


def _content_types(archive: zipfile.ZipFile) -> ContentTypes:
    types = ContentTypes()
    if CONTENT_TYPES in archive.namelist():
        read_xml(chunks(archive, archive.getinfo(CONTENT_TYPES)), types)
    return types


def _kind(archive: zipfile.ZipFile, types: ContentTypes) -> Kind:
    names = {name.casefold() for name in archive.namelist()}
    if any("macro" in declared.casefold() or "vba" in declared for declared in types.types):
        raise Refused("macros")
    for ending, kind in _MAIN_PARTS.items():
        if any(declared.endswith(ending) for declared in types.types):
            return kind
    if "ofd.xml" in names:
        return OFD
    raise Refused("kind" if types.types else "archive")


def _examine(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, listener: Listener) -> None:
    """Read one part to its end; raises `Refused` for what must not be inside a document."""
    pieces = chunks(archive, entry)
    first = next(pieces, b"")
    name = entry.filename.casefold()
    if "vbaproject" in name or "vbadata" in name or "macrosheet" in name:
        raise Refused("macros")
    if "/activex/" in name or name.endswith((".html", ".htm", ".mht", ".js")):
        raise Refused("embedded")
    if is_archive(first):
        raise Refused("nested")
    if first.startswith(OLE_START):
        raise _ole(chain([first], pieces))
    if _is_program(first):
        raise Refused("embedded")
    if name.endswith((".xml", ".rels")):
        read_xml(chain([first], pieces), listener)
    else:
        _read_to_the_end(first, pieces)


def _ole(pieces: Iterable[bytes]) -> Refused:
    """An OLE container inside a document: a macro project under any name, or an object."""
    content = b"".join(pieces)
    return Refused("macros" if "VBA".encode("utf-16le") in content else "embedded")


def _is_program(first: bytes) -> bool:
    return first.startswith(b"\x7fELF") or (first.startswith(b"MZ") and b"PE\0\0" in first[:4096])


def _read_to_the_end(first: bytes, pieces: Iterator[bytes]) -> None:
    if b"<!ENTITY" in first:
        raise Refused("dtd")
    for _ in pieces:  # the checksum and the true size are found out only by reading
        pass


class PartText(Listener):
    """The words of one part, and the signs in it that the file would reach out when opened."""

    def __init__(self, words: Words, heading: Words, notes: set[str]) -> None:
        self.body, self.heading, self.notes = words, heading, notes
        self.words = words
        self.element = ""
        self.fields: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        self.element = name
        if name in ("hdr", "ftr") or name in _HEADERS:
            self.words = self.heading
        elif name in ("ddeLink", "oleLink"):
            raise Refused("dde")
        elif name == "fldSimple":
            self.fields.append(attributes.get("instr", ""))
        elif name == "textpath":
            self.heading.add(attributes.get("string", "") + "\n")
        elif name in ("ins", "del", "commentReference") and attributes.get("id"):
            self.notes.add(COMMENTS)

    def end(self, name: str) -> None:
        self.element = ""
        if name in _PARAGRAPHS:
            self.words.add("\n")
            self.fields.append("\n")
        elif name in _HEADERS:
            self.words.add("\n")
            self.words = self.body
        elif name in ("tab", "br", "cr"):
            self.words.add(" ")

    def text(self, characters: str) -> None:
        if self.element in ("t", "TextCode"):
            self.words.add(characters)
        elif self.element in _HEADERS:
            self.words.add(_HEADER_CODES.sub(" ", characters))
        elif self.element == "instrText":
            self.fields.append(characters)

    def check_fields(self) -> None:
        # A field code may be cut into runs of one letter each, so the whole is looked at.
        found = _FIELD.search("".join(self.fields))
        if found:
            raise Refused("dde" if found.group().upper().startswith("DDE") else "remote")
