"""What a matter is found by, beside the engine's index that is built from it."""

from __future__ import annotations

from django.db import models

from .matter import Matter


class SearchText(models.Model):
    """The words of a matter as they stand in the index, and as snippets are cut from them.

    The index itself is the engine's: an FTS5 table on SQLite, a tsvector column of this table on
    PostgreSQL.  Only `matters.search` writes here, or the index no longer matches.
    """

    matter = models.OneToOneField(
        Matter, models.CASCADE, primary_key=True, related_name="search_row"
    )
    title = models.TextField()
    body = models.TextField()
    category = models.CharField(max_length=30, blank=True)
