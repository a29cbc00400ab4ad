"""The papers a clerk asks for, drawn from the file as it stands."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.proposals.test_life import to_handling, to_replied
from tests.world import World, proposal, walk


@pytest.fixture
def office(client: Client, world: World) -> Client:
    client.force_login(world.chen)
    return client


@pytest.mark.parametrize("kind", ["sheet", "filing", "assignment", "feedback"])
@pytest.mark.parametrize(("ending", "magic"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_office_draws_every_paper(
    office: Client, world: World, kind: str, ending: str, magic: bytes
) -> None:
    lift = proposal(world)
    to_handling(world, lift)
    to_replied(world, lift)

    answer = office.get(f"/proposals/{lift.pk}/papers/{kind}.{ending}")
    assert answer.status_code == 200
    assert answer.getvalue().startswith(magic)


def test_a_refusal_has_a_notice_with_its_ground(office: Client, world: World) -> None:
    lift = proposal(world)
    walk(
        lift,
        (world.lin, "submit"),
        (world.chen, "review", {"category": "social", "proposed": "not_file"}),
        (world.he, "not_file", {"ground": "empty", "disposition": "to_letter"}),
    )
    assert office.get(f"/proposals/{lift.pk}/papers/not_filing.pdf").status_code == 200
    assert office.get(f"/proposals/{lift.pk}/papers/filing.pdf").status_code == 404


def test_another_unit_draws_nothing(client: Client, world: World) -> None:
    lift = proposal(world)
    to_handling(world, lift)
    client.force_login(world.qian)
    assert client.get(f"/proposals/{lift.pk}/papers/sheet.pdf").status_code == 404


def test_a_paper_that_is_no_paper_is_not_there(office: Client, world: World) -> None:
    lift = proposal(world)
    walk(lift, (world.lin, "submit"))
    assert office.get(f"/proposals/{lift.pk}/papers/letter.pdf").status_code == 404
    assert office.get(f"/proposals/{lift.pk}/papers/sheet.exe").status_code == 404
