"""The few nouns of the house: a matter, parts in it, entries about it, deadlines it must meet."""

from .deadline import CalendarDay, CalendarNotice, Deadline, Pause, nearest_date
from .document import Document, DocumentVersion, LetterTemplate, StoredFile
from .imports import ImportBatch, ImportLine, ImportMapping
from .journal import ChainHead, Entry, EntryContent
from .local import Code, Counter, NamedNumber
from .matter import Matter, Part, Visibility, at_least
from .notice import Delivery, Notice
from .search import SearchText
from .typed import Draft, Receipt

__all__ = [
    "CalendarDay",
    "CalendarNotice",
    "ChainHead",
    "Code",
    "Counter",
    "Deadline",
    "Delivery",
    "Document",
    "DocumentVersion",
    "Draft",
    "Entry",
    "EntryContent",
    "ImportBatch",
    "ImportLine",
    "ImportMapping",
    "LetterTemplate",
    "Matter",
    "NamedNumber",
    "Notice",
    "Part",
    "Pause",
    "Receipt",
    "SearchText",
    "StoredFile",
    "Visibility",
    "at_least",
    "nearest_date",
]
