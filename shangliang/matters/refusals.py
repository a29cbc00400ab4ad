"""The ways a step can be refused, each with the sentence the person reads."""


class Refused(Exception):
    """A step was not taken; the message says why, and how to mend it."""


class Stale(Refused):
    """The matter is no longer where the person saw it."""


class NotAllowed(Refused):
    """The person is outside the row's circle."""


class NotReady(Refused):
    """Something the row needs is missing."""
