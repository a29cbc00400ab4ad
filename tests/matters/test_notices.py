"""Who is told what, once, at a decent hour, and never of what is already done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from shangliang.matters import digest, notices
from shangliang.matters.models import Delivery, Notice
from tests.browsing import post
from tests.proposals.test_life import to_handling, to_replied
from tests.world import SHANGHAI, SPRING, World, proposal, walk

MORNING = SPRING.replace(hour=9)
NIGHT = SPRING.replace(hour=22, minute=30)


def sentences(person: Any) -> list[str]:
    return list(notices.alive(person).order_by("pk").values_list("sentence", flat=True))


@pytest.fixture
def mailed(world: World) -> World:
    for person in (world.lin, world.chen, world.gao):
        person.email = f"{person.phone}@county.invalid"
        person.save()
    return world


def test_the_office_is_asked_and_the_author_is_not_told_of_her_own_act(world: World) -> None:
    lift = proposal(world)
    walk(lift, (world.lin, "submit"))

    assert sentences(world.chen) == ["收到提案《关于加快老旧小区加装电梯的建议》，请初审。"]
    assert sentences(world.lin) == []
    assert Notice.objects.get(person=world.chen).asks


def test_what_is_done_asks_nobody_any_more(world: World) -> None:
    lift = proposal(world)
    walk(lift, (world.lin, "submit"))
    walk(lift, (world.chen, "review", {"category": "social", "proposed": "file"}))

    assert sentences(world.chen) == []
    assert not notices.unread(world.chen).exists()


def test_a_unit_hears_nothing_of_a_rating(world: World) -> None:
    lift = proposal(world)
    to_handling(world, lift)
    to_replied(world, lift)
    before = sentences(world.gao)
    walk(
        lift,
        (
            world.lin,
            "rate",
            {"attitude": "satisfied", "effect": "dissatisfied", "comment": "金丝雀"},
        ),
    )

    assert sentences(world.gao) == before
    assert "金丝雀" not in "".join(Notice.objects.values_list("sentence", flat=True))


def test_one_digest_a_day_with_acts_first(mailed: World) -> None:
    lift = proposal(mailed)
    to_handling(mailed, lift)
    to_replied(mailed, lift)

    digest.run(MORNING)
    digest.run(MORNING + timedelta(hours=3))

    to_lin = [m for m in mail.outbox if m.to == ["13800000001@county.invalid"]]
    assert len(to_lin) == 1
    first, second = to_lin[0].body.splitlines()[1:3]
    assert "待评议" in first
    assert "新进展" in second
    assert lift.title not in to_lin[0].body


def test_nobody_is_written_to_at_night(mailed: World) -> None:
    walk(proposal(mailed), (mailed.lin, "submit"))

    assert digest.run(NIGHT) == 0
    assert digest.run(SPRING.replace(hour=6, minute=59)) == 0
    assert not mail.outbox
    assert not Delivery.objects.exists()


def test_a_gateway_that_fails_is_tried_again_and_then_shown(mailed: World, settings: Any) -> None:
    settings.NOTICE_CHANNELS = {"mail": "tests.matters.test_notices.broken"}
    walk(proposal(mailed), (mailed.lin, "submit"))
    at = MORNING
    digest.run(at)
    delivery = Delivery.objects.get(person=mailed.chen)
    assert delivery.attempts == 1
    assert "占线" in delivery.problem
    assert delivery.try_after == at + timedelta(minutes=1)

    for _ in range(10):
        delivery.refresh_from_db()
        digest.send_due(max(delivery.try_after, at))
    delivery.refresh_from_db()
    assert delivery.gave_up_at
    assert delivery.attempts == len(digest.RETRY)
    assert delivery.sent_at is None


def broken(person: Any, subject: str, text: str) -> None:
    raise ConnectionError("网关占线")


def test_a_gateway_that_fails_now_and_then_loses_and_doubles_nothing(
    mailed: World, settings: Any
) -> None:
    settings.NOTICE_CHANNELS = {"mail": "tests.matters.test_notices.flaky"}
    walk(proposal(mailed), (mailed.lin, "submit"))
    for minute in range(40):
        digest.send_due(MORNING + timedelta(minutes=minute * 90))
        digest.run(MORNING + timedelta(minutes=minute))
    assert [m.to[0] for m in mail.outbox].count("13800000004@county.invalid") == 1


def flaky(person: Any, subject: str, text: str) -> None:
    from shangliang.matters.channels import mail as send

    attempts = Delivery.objects.get(person=person).attempts
    if attempts < 3:
        raise ConnectionError("网关占线")
    send(person, subject, text)


def test_the_inbox_puts_acts_first_and_can_be_read_at_once(client: Client, world: World) -> None:
    lift = proposal(world)
    to_handling(world, lift)
    to_replied(world, lift)
    client.force_login(world.lin)

    page = client.get("/notices/").content.decode()
    assert page.index("需要您办的") < page.index("新的进展")
    post(client, "/notices/read/", {})
    assert not Notice.objects.filter(person=world.lin, read_at=None).exists()


def test_the_inbox_is_ones_own(client: Client, world: World) -> None:
    walk(proposal(world), (world.lin, "submit"))
    client.force_login(world.zhou)
    assert "加装电梯" not in client.get("/notices/").content.decode()


def test_the_quiet_hours_are_those_of_the_county() -> None:
    assert digest.is_quiet(datetime(2026, 3, 2, 22, 0, tzinfo=SHANGHAI))
    assert not digest.is_quiet(datetime(2026, 3, 2, 7, 0, tzinfo=SHANGHAI))
