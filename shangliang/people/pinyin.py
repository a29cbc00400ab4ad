"""Chinese names in the order of a Chinese list: by pinyin, on every engine alike."""


def sort_key(text: str, length: int = 120) -> str:
    """The text spelled in toneless pinyin: 林晓 → "lin xiao"."""
    # The dictionary takes 57 MB, and most of a server's life is spent reading, not naming.
    from pypinyin import Style, lazy_pinyin

    return " ".join(lazy_pinyin(text, style=Style.NORMAL)).lower()[:length]
