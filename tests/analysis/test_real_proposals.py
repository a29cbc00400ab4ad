"""303 real proposals taken apart: how many split cleanly, and no letter lost."""

from shangliang.analysis.proposal_text import split_proposal
from shangliang.analysis.reflow import letters

from .real_proposals import needs_real_proposals, real_proposals


@needs_real_proposals
def test_nine_in_ten_split_cleanly_and_none_loses_a_letter() -> None:
    rows = real_proposals()
    splits = [split_proposal(row["text"]) for row in rows]

    for row, split in zip(rows, splits, strict=True):
        numbers = "".join(split.page_numbers)
        assert len(letters(split.whole())) + len(numbers) == len(letters(row["text"]))
        assert letters(split.asks.whole()) == letters(split.suggestions.text)
        if not numbers:
            assert letters(split.whole()) == letters(row["text"])
    assert len(rows) == 303
    assert sum(split.clean for split in splits) >= 268
    assert sum(len(split.asks.asks) > 1 for split in splits) >= 280
    assert all(split.asks.asks for split in splits)


@needs_real_proposals
def test_each_that_does_not_split_cleanly_says_why() -> None:
    splits = [split_proposal(row["text"]) for row in real_proposals()]

    assert all(split.reasons() for split in splits if not split.clean)
