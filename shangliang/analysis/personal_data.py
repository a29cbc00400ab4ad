"""Numbers in a text that belong to a person: identity cards, telephones, mail addresses."""

import re

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_FULL = str.maketrans("０１２３４５６７８９Ｘｘ－＠", "0123456789XX-@")
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])(\d{6}(?:18|19|20)\d{2}[01]\d[0-3]\d{4}[\dXx])(?![0-9A-Za-z])"
)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![0-9A-Za-z%元万亿吨人])"
)
_LANDLINE = re.compile(r"(?<![0-9A-Za-z./-])(0\d{2,3}[-—]\d{7,8})(?![0-9-])")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


def identity_numbers(text: str) -> list[str]:
    """The 18-character identity numbers whose check character is right (GB 11643-1999)."""
    found = _IDENTITY.findall(text.translate(_FULL))
    return [number for number in found if _check_character(number) == number[-1].upper()]


def _check_character(number: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK[total % 11]


def phone_numbers(text: str) -> list[str]:
    """Mobile and landline numbers; public short numbers such as 12345 are none."""
    plain = text.translate(_FULL)
    return [*_MOBILE.findall(plain), *_LANDLINE.findall(plain)]


def mail_addresses(text: str) -> list[str]:
    """Mail addresses as they stand."""
    return _MAIL.findall(text.translate(_FULL))
