"""Reading the XML parts of an office file as a stream: no DTD, no entities, no tree in memory."""

from collections.abc import Iterable
from xml.parsers import expat

from shangliang.matters.uploads.refusals import Refused

DEEPEST = 256

Attributes = dict[str, str]


class Listener:
    """Hears the elements of one XML part, named without their namespace; by itself it is deaf."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, characters: str) -> None:
        """Characters inside the element that began last."""


def read_xml(pieces: Iterable[bytes], listener: Listener) -> None:
    """Tell `listener` what the XML says; raises `Refused` if it is broken or declares a DTD."""
    depth = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Refused("too_complex")
        listener.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        listener.end(_local(name))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.EntityDeclHandler = _refuse_dtd
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = listener.text
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused("damaged") from error


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_dtd(*_: object) -> None:
    raise Refused("dtd")
