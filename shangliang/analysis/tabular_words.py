"""What a table's reader tells its owner: a refusal, or a remark about one cell."""

from collections.abc import Mapping
from dataclasses import dataclass


class TableError(ValueError):
    """A table that cannot be read or written, said in one sentence with its row and column."""

    def __init__(self, message: str, facts: Mapping[str, object] | None = None) -> None:
        self.message = message
        self.facts = dict(facts or {})
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The refusal in Chinese; pages translate `message` first."""
        return self.message % self.facts if self.facts else self.message

    @property
    def row(self) -> int | None:
        return self._place("row")

    @property
    def column(self) -> int | None:
        return self._place("column")

    def _place(self, name: str) -> int | None:
        place = self.facts.get(name)
        return place if isinstance(place, int) else None


@dataclass(frozen=True)
class Note:
    """A remark about a cell that was left out or may have lost something."""

    row: int
    column: int
    sentence: str
