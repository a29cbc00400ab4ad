"""A leader's number and the list behind it are one; a person's kept seats are her seats."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from shangliang.people.models import Person, Seat
from shangliang.people.models.seat import recall, seats_on
from tests.desk.test_queries import fill
from tests.world import World, seated

DAY = date(2026, 3, 2)


@pytest.mark.parametrize("who", ["wu", "tang", "gao", "liang", "qian"])
def test_every_number_opens_a_list_of_that_length(world: World, client: Client, who: str) -> None:
    fill(world, 23)
    client.force_login(world.people[who], backend="shangliang.people.login.NameOrPhoneBackend")
    figures = client.get("/").context["figures"]
    assert len(figures) == 5
    for figure in figures:
        listed = client.get(figure["url"]).content.decode()
        if figure["number"]:
            assert re.search(rf"共 {figure['number']} 件", listed), figure
        else:
            assert "没有符合条件的提案" in listed, figure


def test_the_seats_kept_for_a_request_are_those_the_database_counts(world: World) -> None:
    seated(world, "moved", "调任", "13900000001", ("unit_clerk", world.housing))
    world.moved.seats.update(until=DAY)
    Seat.objects.create(
        person=world.moved, organisation=world.finance, duty="unit_clerk",
        since=DAY + timedelta(days=1), confirmed_at=None,
    )  # fmt: skip
    Seat.objects.filter(person=world.qian).update(since=DAY + timedelta(days=2))
    for person in Person.objects.all():
        kept = recall(person.pk)
        for n in range(-1, 4):
            day = DAY + timedelta(days=n)
            counted = Seat.objects.held_on(day).filter(person=person)
            assert {seat.duty for seat in seats_on(kept, day)} == {s.duty for s in counted}
            assert seats_on(kept, day) == seats_on(person, day)


def test_somebody_who_may_no_longer_log_in_is_not_recalled_into_a_request(
    world: World, client: Client
) -> None:
    client.force_login(world.lin, backend="shangliang.people.login.NameOrPhoneBackend")
    assert client.get("/proposals/").status_code == 200
    Person.objects.filter(pk=world.lin.pk).update(is_active=False)
    assert client.get("/proposals/").status_code == 302
