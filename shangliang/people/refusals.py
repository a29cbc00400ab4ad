"""The ways an act of set-up can be refused, each with the sentence the person reads."""


class Refused(Exception):
    """Nothing was done; the message says why, and how to mend it."""


class Changed(Refused):
    """Somebody saved another text meanwhile."""
