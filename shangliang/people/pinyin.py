"""Chinese names in the order of a Chinese list: by pinyin, on every engine alike."""

from pypinyin import Style, lazy_pinyin


def sort_key(text: str, length: int = 120) -> str:
    """The text spelled in toneless pinyin: 林晓 → "lin xiao"."""
    return " ".join(lazy_pinyin(text, style=Style.NORMAL)).lower()[:length]
