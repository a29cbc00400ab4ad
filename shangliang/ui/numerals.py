"""Numbers as an official paper writes them, and as a page says them."""

from django.utils.translation import get_language

DIGITS = "零一二三四五六七八九"


def chinese_number(n: int) -> str:
    """A count below one hundred in characters: 5 → 五, 12 → 十二, 34 → 三十四."""
    if not 0 <= n < 100:
        raise ValueError("only counts from 0 to 99 are spelled out")
    tens, ones = divmod(n, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def spoken(n: int) -> str:
    """A small count as a sentence says it: in characters among Chinese words, else in digits."""
    return chinese_number(n) if (get_language() or "").startswith("zh") and n < 100 else str(n)
