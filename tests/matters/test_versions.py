"""Nobody's edit silently replaces another's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shangliang.matters import drafts, versions
from shangliang.matters.models import Draft, NamedNumber
from shangliang.matters.refusals import Stale
from shangliang.people.models import Organisation
from shangliang.proposals.models import Proposal
from tests.browsing import browser
from tests.world import SPRING, World, proposal

EDITORS = st.integers(2, 4)


class Editor:
    """Opens the text, writes below what she saw, saves; keeps her own when she is too late."""

    def __init__(self, pk: int) -> None:
        self.pk, self.seen, self.text = pk, 0, ""

    def turn(self, line: str) -> tuple[str, bool] | None:
        """Open on one turn, save on the next; says what was written and whether it counted."""
        if not self.seen:
            found = Proposal.objects.get(pk=self.pk)
            self.seen, self.text = found.version, found.situation
            return None
        written = f"{self.text}{line}\n"
        try:
            versions.write(Proposal.objects.get(pk=self.pk), self.seen, situation=written)
            saved = True
        except Stale:
            saved = False
        self.seen = 0
        return line, saved


@pytest.mark.slow
@settings(
    max_examples=1000, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data(), editors=EDITORS)
def test_no_update_is_lost_whoever_takes_turns(shared: int, data: Any, editors: int) -> None:
    """1,000 random interleavings of two to four editors."""
    turns = data.draw(st.lists(st.integers(0, editors - 1), min_size=4, max_size=16))
    mark = transaction.savepoint()
    people = [Editor(shared) for _ in range(editors)]
    saved, refused = [], []
    for n, who in enumerate(turns):
        if done := people[who].turn(f"{who}.{n}"):
            (saved if done[1] else refused).append(done[0])
    final = Proposal.objects.get(pk=shared)
    transaction.savepoint_rollback(mark)

    assert final.situation.split() == saved  # every save that counted is there, in order
    assert not set(refused) & set(final.situation.split())
    assert final.version == 1 + len(saved)


@pytest.fixture
def shared(world: World) -> int:
    return proposal(world, situation="").pk


def test_the_first_save_after_a_conflict_is_refused_and_changes_nothing(world: World) -> None:
    paper = proposal(world)
    versions.write(paper, 1, title="林晓改的")
    with pytest.raises(Stale, match="两份文字都在"):
        versions.write(Proposal.objects.get(), 1, title="周敏改的")

    found = Proposal.objects.get()
    assert (found.title, found.version) == ("林晓改的", 2)


def test_a_failure_after_the_claim_gives_the_version_back(world: World) -> None:
    paper = proposal(world)
    with pytest.raises(ValueError, match=r"non-existent field|do not exist"):
        versions.write(paper, 1, nonsense="x")
    assert Proposal.objects.get().version == 1


@pytest.mark.parametrize("seen", [0, None, 2, -1])
def test_a_version_nobody_saw_is_not_accepted(world: World, seen: int | None) -> None:
    with pytest.raises(Stale):
        versions.write(proposal(world), seen, title="改")


def test_everything_that_counts_versions_can_be_edited_so(world: World) -> None:
    number = NamedNumber.objects.create(organisation=world.county, key="reply.due", value="3 mo")
    for thing, change in ((number, {"value": "2 mo"}), (world.housing, {"short_name": "住建"})):
        versions.write(thing, 1, **change)
        with pytest.raises(Stale):
            versions.write(type(thing).objects.get(pk=thing.pk), 1, **change)
    assert Organisation.objects.get(pk=world.housing.pk).version == 2


# ── the page ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def rivals(world: World) -> Callable[[], Any]:
    """林晓 has her paper open on the phone while she saves it at the desk."""
    paper = proposal(world)

    def press() -> Any:
        desk, phone = browser(world.lin), browser(world.lin)
        url = f"/proposals/{paper.pk}/edit/"
        desk.post(url, form(paper, situation="桌面上改的。", version="1") | {"save": "1"})
        return paper, phone, phone.post(
            url, form(paper, situation="手机上改的<b>。", version="1") | {"save": "1"}
        )  # fmt: skip

    return press


def form(paper: Proposal, **changes: str) -> dict[str, Any]:
    return {
        "capacity": "individual", "title": paper.title, "situation": paper.situation,
        "analysis": paper.analysis, "ask": [ask.text for ask in paper.asks.all()],
        "not_secret": "on", "initial-situation": paper.situation,
    } | changes  # fmt: skip


def test_the_slower_device_sees_both_texts_and_loses_neither(
    world: World, rivals: Callable[[], Any]
) -> None:
    paper, _phone, page = rivals()
    text = page.content.decode()

    assert page.status_code == 409
    assert "桌面上改的。" in text.replace("<del>", "").replace("</del>", "")
    assert "手机上改的" in text.replace("<ins>", "").replace("</ins>", "")
    assert "<b>。" not in text
    assert "您自己在" in text
    paper.refresh_from_db()
    assert paper.situation == "桌面上改的。"
    kept = drafts.restore(world.lin, f"proposals.write:{paper.pk}")
    assert kept is not None
    assert kept.data["situation"] == "手机上改的<b>。"


def test_mine_goes_back_into_the_form_on_top_of_the_newer_version(
    world: World, rivals: Callable[[], Any]
) -> None:
    paper, phone, _page = rivals()
    answer = phone.post(f"/drafts/proposals.write:{paper.pk}/settle/", {"keep": "mine"})
    assert answer["Location"] == f"/proposals/{paper.pk}/edit/"
    page = phone.get(answer["Location"]).content.decode()
    assert "手机上改的&lt;b&gt;。" in page
    assert 'name="version" value="2"' in page
    assert 'name="initial-situation" value="桌面上改的。"' in page

    phone.post(
        answer["Location"], form(paper, situation="手机上改的<b>。", version="2") | {"save": "1"}
    )
    paper.refresh_from_db()
    assert paper.situation == "手机上改的<b>。"
    theirs = Draft.objects.get(form=f"proposals.write:{paper.pk}~theirs")
    assert theirs.data["situation"] == "桌面上改的。"


def test_theirs_stands_and_mine_is_put_aside(world: World, rivals: Callable[[], Any]) -> None:
    paper, phone, _page = rivals()
    phone.post(f"/drafts/proposals.write:{paper.pk}/settle/", {"keep": "theirs"})

    paper.refresh_from_db()
    assert paper.situation == "桌面上改的。"
    assert drafts.restore(world.lin, f"proposals.write:{paper.pk}") is None
    assert Draft.objects.get().data["situation"] == "手机上改的<b>。"


def test_a_choice_between_other_things_is_none(world: World, rivals: Callable[[], Any]) -> None:
    paper, phone, _page = rivals()
    url = f"/drafts/proposals.write:{paper.pk}/settle/"
    assert phone.post(url, {"keep": "everything"}).status_code == 404
    assert browser(world.zhou).post(url, {"keep": "theirs"}).status_code == 404
    assert Draft.objects.count() == 2


def test_each_side_shows_what_its_author_changed(world: World) -> None:
    from shangliang.matters.labels import compared

    found = compared(
        mine={"situation": "电梯 37 部，窗口六个。", "title": "同"},
        theirs={"situation": "电梯 73 部，窗口五个。", "title": "同"},
        base={"situation": "电梯 37 部，窗口五个。"},
    )
    assert [each["label"] for each in found] == ["情况"]
    marked = {
        side: "".join(part.text for part in found[0][side] if not part.same)
        for side in ("mine", "theirs")
    }
    assert marked == {"mine": "六", "theirs": "7"}


def test_a_draft_may_be_saved_at_any_hour(world: World) -> None:
    """A conflict that happens again replaces nothing that was put aside before."""
    for text in ("一", "二", "三"):
        drafts.save(world.lin, "f", {"t": text}, at=SPRING)
    assert sorted(draft.data["t"] for draft in Draft.objects.all()) == ["一", "三", "二"]
