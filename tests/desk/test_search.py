"""The search page: what a person types, what she gets, and what nobody learns from it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from shangliang.matters import search
from shangliang.proposals.models import Proposal
from tests.world import World, proposal, walk

REVIEWED = {"category": "social", "proposed": "file"}


@pytest.fixture
def filed(world: World) -> Proposal:
    """Lin Xiao's lifts, filed: everybody in the committee may read them."""
    lift = proposal(world)
    walk(lift, (world.lin, "submit"), (world.chen, "review", REVIEWED), (world.he, "file"))
    search.index(lift)
    return lift


def look(client: Any, person: Any, **asked: Any) -> Any:
    client.force_login(person, backend="shangliang.people.login.NameOrPhoneBackend")
    return client.get(reverse("search"), asked)


def text(answer: Any) -> str:
    return answer.content.decode()


def test_a_member_finds_a_colleagues_proposal_by_two_characters(
    world: World, filed: Proposal, client: Any
) -> None:
    page = text(look(client, world.zhou, q="电梯"))
    assert "加快老旧小区加装<mark>电梯</mark>的建议" in page
    assert f'href="{reverse("proposals:detail", args=[filed.pk])}"' in page
    assert "共 1 件" in page


@pytest.mark.parametrize("word", ["梯", "94", "五个窗口", "第平0001号", "平1号", "林晓"])
def test_one_character_a_number_a_phrase_and_a_name_are_found(
    world: World, filed: Proposal, client: Any, word: str
) -> None:
    assert "共 1 件" in text(look(client, world.zhou, q=word))


def test_nothing_is_found_in_a_whole_sentence(world: World, filed: Proposal, client: Any) -> None:
    page = text(look(client, world.zhou, q="大熊猫"))
    assert "没有找到。您能看到的事项里没有写到这些字的" in page
    assert "筛选" not in page


def test_before_a_word_is_typed_the_page_says_what_it_searches(world: World, client: Any) -> None:
    page = text(look(client, world.zhou))
    assert "能找到的都是您有权查看的事项" in page
    assert "没有找到" not in page


def test_a_draft_is_found_by_its_author_and_by_nobody_else(world: World, client: Any) -> None:
    search.index(proposal(world))
    assert "共 1 件" in text(look(client, world.lin, q="电梯"))
    for other in (world.zhou, world.chen, world.gao, world.sys, world.far, world.passer):
        page = text(look(client, other, q="电梯"))
        assert "共 " not in page
        assert "加装" not in page


def test_what_is_typed_comes_back_as_text(world: World, filed: Proposal, client: Any) -> None:
    page = text(look(client, world.zhou, q='电梯"><script>alert(1)</script>'))
    assert "<script>alert" not in page
    assert 'value="电梯&quot;&gt;&lt;script&gt;' in page


def test_filters_narrow_and_keep_the_query(world: World, filed: Proposal, client: Any) -> None:
    asked = {"q": "电梯", "state": "filed", "category": "social", "session": world.session.pk}
    page = text(look(client, world.zhou, **asked))
    assert "共 1 件" in page
    assert '<input type="hidden" name="q" value="电梯"' in page
    page = text(look(client, world.zhou, q="电梯", state="closed"))
    assert "在所选的范围里没有找到" in page


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "title"},
        {"state": "no_such"},
        {"kind": "people.person"},
        {"category": "x"},
        {"unit": "999999"},
        {"unit": "abc"},
        {"session": "0 OR 1=1"},
        {"page": "0"},
        {"page": "2"},
        {"page": "x"},
        {"visibility": "private"},
        {"q": "电" * 101},
    ],
    ids=str,
)
def test_an_unknown_parameter_or_value_is_refused(
    world: World, filed: Proposal, client: Any, asked: dict[str, str]
) -> None:
    answer = look(client, world.zhou, **{"q": "电梯"} | asked)
    assert answer.status_code == 400
    assert "电梯" not in text(answer)


def test_a_unit_of_another_house_is_no_filter(world: World, filed: Proposal, client: Any) -> None:
    assert look(client, world.far, q="电梯", unit=world.housing.pk).status_code == 400
    assert look(client, world.zhou, q="电梯", organisation=world.other.pk).status_code == 400


def test_a_long_list_is_leafed_through_with_its_query(world: World, client: Any) -> None:
    for _ in range(21):
        search.index(proposal(world))
    page = text(look(client, world.lin, q="电梯"))
    assert "第 1 页，共 2 页" in page
    second = text(look(client, world.lin, q="电梯", page=2))
    assert second.count('class="result"') == 1


def test_members_find_each_other_by_name(world: World, filed: Proposal, client: Any) -> None:
    page = text(look(client, world.zhou, q="高翔"))
    assert "<h2>委员</h2>" in page
    assert "教育界召集人" in page
    assert world.gao_xiang.phone not in page


def test_units_and_strangers_do_not_read_the_members_directory(
    world: World, filed: Proposal, client: Any
) -> None:
    for outsider in (world.gao, world.far, world.passer, world.sys, world.aud):
        assert "<h2>委员</h2>" not in text(look(client, outsider, q="高翔"))


def test_a_unit_is_found_by_whoever_sits_in_the_house(world: World, client: Any) -> None:
    for insider in (world.zhou, world.gao, world.tang):
        assert "云岭县财政局" in text(look(client, insider, q="财政"))
    for outsider in (world.far, world.passer, world.sec):
        assert "云岭县财政局" not in text(look(client, outsider, q="财政"))


def test_the_page_asks_for_a_log_in(world: World, client: Any) -> None:
    assert client.get(reverse("search"), {"q": "电梯"}).status_code == 302
