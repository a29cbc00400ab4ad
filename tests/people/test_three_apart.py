"""三员分立: no account holds two of the three, and none of the three has business here."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shangliang.people.models import Seat

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
THREE = ("system_admin", "security_admin", "audit_admin")


def seat(person, body, duty, since=date(2026, 1, 1), until=None, **more):
    return Seat(person=person, organisation=body, duty=duty, since=since, until=until, **more)


def refused_by_the_database(made):
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)
    return True


@pytest.mark.parametrize("duty", THREE)
@pytest.mark.parametrize("who", ["sys", "sec", "aud"])
def test_the_database_refuses_a_second_of_the_three(world, who, duty):
    person = world.people[who]
    already = person.seats.get().duty

    assert duty == already or refused_by_the_database(seat(person, world.county, duty))


@pytest.mark.parametrize("ends", [date(2027, 1, 1), date(2026, 1, 1)])
def test_an_end_in_the_future_is_no_way_round(world, ends):
    """Two seats that both have an end slip past a unique index; the trigger sees the overlap."""
    seat(world.passer, world.county, "system_admin", until=date(2027, 1, 1)).save()

    assert refused_by_the_database(seat(world.passer, world.county, "audit_admin", until=ends))


def test_moving_an_old_seat_over_another_is_refused(world):
    old = seat(world.passer, world.county, "audit_admin", until=date(2026, 1, 31))
    old.save()
    seat(world.passer, world.county, "system_admin", since=date(2026, 3, 1)).save()

    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=old.pk).update(until=date(2026, 4, 1))


@pytest.mark.parametrize("duty", THREE)
def test_an_administrator_beside_business_is_refused_by_the_database(world, duty):
    assert refused_by_the_database(seat(world.lin, world.county, duty))


def test_one_after_the_other_is_allowed(world):
    seat(world.passer, world.county, "audit_admin", until=date(2026, 1, 31)).save()
    seat(world.passer, world.county, "system_admin", since=date(2026, 2, 1)).save()

    assert world.passer.seats.count() == 2


def test_two_business_seats_are_nobodys_concern(world):
    seat(world.lin, world.sector, "convener").save()

    assert world.lin.seats.count() == 2


def test_a_refused_seat_stands_in_nobodys_way(world):
    seat(world.passer, world.county, "audit_admin", refused_at=NOW).save()
    seat(world.passer, world.county, "system_admin").save()


def test_the_form_says_why(world):
    with pytest.raises(ValidationError, match="不能兼任系统、安全、审计管理员中的两项"):
        seat(world.sys, world.county, "audit_admin").full_clean()
    with pytest.raises(ValidationError, match="管理员不能兼任业务职务"):
        seat(world.lin, world.county, "audit_admin").full_clean()


@pytest.mark.parametrize("who", ["sys", "sec"])
def test_a_seat_is_confirmed_by_another_than_the_proposer_and_the_person(world, who):
    by = world.people[who]
    own = seat(world.passer, world.county, "member")
    own.proposed_by, own.confirmed_by, own.confirmed_at = by, by, NOW

    assert refused_by_the_database(own)


def test_nobody_confirms_her_own_seat(world):
    own = seat(world.passer, world.county, "member", proposed_by=world.sys)
    own.confirmed_by, own.confirmed_at = world.passer, NOW

    assert refused_by_the_database(own)


def test_a_duty_has_its_places(world):
    with pytest.raises(ValidationError, match="没有“承办单位经办人”这个职务"):
        seat(world.passer, world.sector, "unit_clerk").full_clean()
