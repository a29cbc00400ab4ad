"""Two administrators at once: one of them wins, the other is told."""

import threading
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from shangliang.matters import audit
from shangliang.people import changes, seating
from shangliang.people.models import Organisation, Person, Seat
from shangliang.people.record import Pen
from shangliang.people.refusals import Refused
from tests.world import PASSWORD, seated

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def at_once(*acts):
    """Run these together; says which of them were refused."""
    start, refused = threading.Barrier(len(acts)), []

    def run(number, act):
        start.wait()
        try:
            act()
        except Refused as refusal:
            refused.append((number, str(refusal)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_confirmed_or_sent_back_but_not_both(world):
    seated(world, "sec2", "安二", "13800000020", ("security_admin", world.county))
    for round_ in range(5):
        person = Person.objects.create_user(f"新{round_}", PASSWORD)
        seat = Seat.objects.create(
            person=person, organisation=world.county, duty="member", since=date(2026, 3, 1),
            proposed_by=world.sys,
        )  # fmt: skip
        refused = at_once(
            lambda seat=seat: seating.confirm(seat, Pen(world.sec, NOW)),
            lambda seat=seat: seating.refuse(seat, "缺件", Pen(world.sec2, NOW)),
        )

        seat.refresh_from_db()
        assert len(refused) == 1
        assert "刚刚已经处理过了" in refused[0][1]
        assert (seat.confirmed_at is None) != (seat.refused_at is None)
    assert audit.verify().fault is None


def test_two_editors_of_one_body(world):
    def rename(name):
        def act():
            body = Organisation.objects.get(pk=world.housing.pk)
            body.name = name
            changes.save(body, ["name"], 1, "body_changed", Pen(world.sys, NOW))

        return act

    refused = at_once(rename("甲局"), rename("乙局"))
    world.housing.refresh_from_db()

    assert len(refused) == 1
    assert world.housing.version == 2
    assert world.housing.name == ["甲局", "乙局"][1 - refused[0][0]]
