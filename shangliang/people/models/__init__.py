"""Who there is: the tree of bodies, the terms they sit in, the people, and their seats."""

from .login import LoggedOut, LogIn
from .organisation import Kind, Level, Organisation, Session, Term
from .person import Person
from .request import AccountRequest
from .seat import Ended, HeldSeat, Seat, committee_on, recall, seats_on

__all__ = [
    "AccountRequest",
    "Ended",
    "HeldSeat",
    "Kind",
    "Level",
    "LogIn",
    "LoggedOut",
    "Organisation",
    "Person",
    "Seat",
    "Session",
    "Term",
    "committee_on",
    "recall",
    "seats_on",
]
