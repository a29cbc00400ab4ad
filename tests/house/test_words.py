"""The translators see every word of the tables, and every word has its English."""

from __future__ import annotations

from django.core.management import call_command


def test_the_words_of_the_tables_are_collected() -> None:
    call_command("words", check=True)
