"""Which language is spoken where: pages in the reader's, letters in the addressee's, the record in ours.

What is stored, filed or set on official paper is written in the language of the house, whatever
language the person reads who happens to write it.
"""

from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _


def of_record() -> AbstractContextManager[Any]:
    """While this holds, sentences come out in the language of the house."""
    return translation.override(settings.LANGUAGE_CODE)


def of(person: Any) -> AbstractContextManager[Any]:
    """While this holds, sentences come out in the language a person reads."""
    return known(getattr(person, "language", ""))


def known(language: str) -> AbstractContextManager[Any]:
    """The same by the code of a language; one this house does not speak is its own."""
    spoken = language in dict(settings.LANGUAGES)
    return translation.override(language if spoken else settings.LANGUAGE_CODE)


def listed(words: Any) -> str:
    """Names or words one after the other: 林晓、周敏."""
    return _("、").join(str(word) for word in words)


def clauses(*facts: Any) -> str:
    """Short facts in one line: 12 月 10 日，还有 3 个工作日."""
    return _("，").join(str(fact) for fact in facts)


def inside(words: str) -> str:
    """A word of a table in the middle of a sentence: English begins it small there."""
    return words[:1].lower() + words[1:]
