"""Which column of a table is meant by which field: a suggestion a person confirms."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence

from .tabular_values import half_width, plain


def suggest_columns(header: Sequence[str], fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each field the column whose name is one of the field's words, else contains one.

    A column serves one field only, and the fields that come first choose first.

    >>> suggest_columns(["姓　名", "手机号码"], {"name": ["姓名"], "phone": ["手机", "电话"]})
    {'name': '姓　名', 'phone': '手机号码'}
    """
    chosen: dict[str, str] = {}
    for alike in (operator.eq, _contains):
        for field, words in fields.items():
            free = [name for name in header if name not in chosen.values()]
            if field not in chosen and (found := _first(free, words, alike)):
                chosen[field] = found
    return {field: chosen[field] for field in fields if field in chosen}


def _first(
    names: Sequence[str], words: Sequence[str], alike: Callable[[str, str], bool]
) -> str | None:
    return next((name for word in words for name in names if alike(_key(name), _key(word))), None)


def _contains(name: str, word: str) -> bool:
    return len(word) > 1 and word in name


def _key(name: str) -> str:
    """A column name without spaces, brackets and case: “联系 电话（手机）” is 联系电话手机."""
    return re.sub(r"[\s（）()\[\]【】*＊:：_-]", "", half_width(plain(name))).casefold()
