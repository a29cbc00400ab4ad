"""Text that a spreadsheet would run as a formula, shielded in CSV and unshielded again.

A cell that begins with = + - @, a tab, a line break or their full-width forms is run by
some spreadsheet when it opens a CSV file.  A leading apostrophe keeps it text.  The
shield is put on once and taken off once, so that what went out comes back the same.
"""

import re

_DANGER = "=+\\-@\t\r\n＝＋－＠"
_SHIELDED = re.compile(rf"'(?='*\s*[{_DANGER}])")


def shield(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet would run it."""
    return f"'{text}" if re.match(rf"'*\s*[{_DANGER}]", text) else text


def unshield(text: str) -> str:
    """The text as it was before `shield`."""
    return text[1:] if _SHIELDED.match(text) else text
