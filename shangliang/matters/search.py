"""Search (first cut: replaced by bigram indexes)."""

from .models import Matter


def index(matter: Matter) -> None:
    """Make a matter findable by its present text."""
