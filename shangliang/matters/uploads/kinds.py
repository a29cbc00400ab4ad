"""The kinds of file that may come in, told by their first bytes and never by their name."""

from dataclasses import dataclass

from shangliang.matters.uploads.refusals import Refused


@dataclass(frozen=True)
class Kind:
    """A file format: the ending it is stored under and the media type it is served with."""

    name: str
    ending: str
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument"

PDF = Kind("pdf", ".pdf", "application/pdf")
DOCX = Kind("docx", ".docx", f"{_OFFICE}.wordprocessingml.document")
XLSX = Kind("xlsx", ".xlsx", f"{_OFFICE}.spreadsheetml.sheet")
OFD = Kind("ofd", ".ofd", "application/ofd")
JPG = Kind("jpg", ".jpg", "image/jpeg")
PNG = Kind("png", ".png", "image/png")
WEBP = Kind("webp", ".webp", "image/webp")

KINDS = {kind.name: kind for kind in (PDF, DOCX, XLSX, OFD, JPG, PNG, WEBP)}

ACCEPT = ",".join([kind.ending for kind in KINDS.values()] + [".jpeg"])
"""What a file field offers to pick; a hint for the person, no check."""

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (
    ZIP_START,
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"MSCF",
)
_HEIC_BRANDS = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"avif")

HEAD = 16
"""How many leading bytes `family` wants to see."""


def family(head: bytes) -> str:
    """The family of a file by its first bytes: "pdf", "zip", "ole", "jpg", "png" or "webp".

    "zip" and "ole" say how to open it, not yet what it is.  Raises `Refused` for the rest.
    """
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(ZIP_START):
        return "zip"
    if head.startswith(OLE_START):
        return "ole"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        raise Refused("heic")
    if is_archive(head):
        raise Refused("archive")
    raise Refused("kind")


def is_archive(head: bytes) -> bool:
    return head.startswith(_ARCHIVES)
