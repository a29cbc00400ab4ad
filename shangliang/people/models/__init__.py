"""Who there is: the tree of bodies, the terms they sit in, the people, and their seats."""

from .organisation import Kind, Level, Organisation, Session, Term
from .person import Person
from .seat import Ended, Seat

__all__ = ["Ended", "Kind", "Level", "Organisation", "Person", "Seat", "Session", "Term"]
