"""What the inspection of a file found: the report a child process hands back."""

from dataclasses import dataclass, field

# Things worth telling the person who brought the file; the words are in `gate`.
COMMENTS = "comments"
FIRST_FRAME = "first_frame"


@dataclass
class Findings:
    """The kind of a file, the words in it, and what its owner ought to know."""

    kind: str
    rewritten: bool = False
    heading: str = ""
    """The words of page headers, footers and watermarks: where secrecy marks are printed."""
    text: str = ""
    notes: list[str] = field(default_factory=list)


class Words:
    """Collects the words of a document up to a bound, so that a book does not fill the memory."""

    def __init__(self, most: int) -> None:
        self.room = most
        self.pieces: list[str] = []

    def add(self, piece: str) -> None:
        if self.room > 0:
            self.pieces.append(piece[: self.room])
            self.room -= len(piece)

    def __str__(self) -> str:
        return "".join(self.pieces)
