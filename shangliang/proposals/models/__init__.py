"""What a proposal is: its text and asks, the reply that answers them, the rating that follows."""

from .proposal import Ask, Filing, Kind, Proposal
from .reply import Answer, Consultation, Rating, Reply, Satisfaction

__all__ = [
    "Answer",
    "Ask",
    "Consultation",
    "Filing",
    "Kind",
    "Proposal",
    "Rating",
    "Reply",
    "Satisfaction",
]
