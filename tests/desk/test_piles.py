"""Many papers in one state are one card; a few are cards of their own."""

from __future__ import annotations

from django.test import Client

from shangliang.desk import decisions
from tests.world import SPRING, World, proposal, walk

DAY = SPRING.date()


def submitted(world: World, n: int) -> None:
    for number in range(n):
        walk(proposal(world, title=f"关于第{number}条巷道照明的建议"), (world.lin, "submit"))


def test_three_papers_are_three_cards(world: World) -> None:
    submitted(world, 3)
    cards, count = decisions.of(world.chen, DAY)
    assert count == 3
    assert [card["act"] for card in cards] == ["去初审"] * 3


def test_five_papers_are_one_card_with_the_first_date(world: World, client: Client) -> None:
    submitted(world, 5)
    cards, count = decisions.of(world.chen, DAY)
    assert count == 5
    (card,) = cards
    assert card["sentence"] == "有 5 件提案待初审，请您初审。"
    assert card["day"] is not None

    client.force_login(world.chen)
    assert "有 5 件提案待初审" in client.get("/").content.decode()
    assert client.get(card["url"], follow=True).status_code == 200


def test_nothing_waits_for_whoever_owes_nothing(world: World) -> None:
    submitted(world, 2)
    assert decisions.of(world.gao, DAY) == ([], 0)
