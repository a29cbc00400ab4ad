"""Guessers stay outside; the owner of an account, and her five hundred neighbours, do not."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.db.models import F

from shangliang.matters.models import Entry
from shangliang.people import lockout
from shangliang.people.models import Person
from tests.people.door import browser, inside, knock
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
LIN, ZHOU = "13800000001", "13800000002"


def later(**time):
    """Let time pass, as far as wrong passwords are concerned."""
    for model in (AccessAttempt, AccessFailureLog):
        model.objects.update(attempt_time=F("attempt_time") - timedelta(**time))


def guess(client, said, times):
    return [knock(client, said, f"猜第{n}次").status_code for n in range(times)]


def test_five_wrong_ones_lock_the_account_on_this_device(world):
    client = browser()

    assert guess(client, LIN, 4) == [200] * 4
    fifth = knock(client, LIN, "猜最后一次")
    assert fifth.status_code == 429
    assert "请 15 分钟以后再试" in fifth.content.decode()
    assert fifth.headers["Retry-After"] == "900"

    sixth = knock(client, LIN)
    assert sixth.status_code == 429  # even with the right password
    assert not inside(client)


def test_the_page_says_how_long_is_left_and_then_the_door_opens(world):
    client = browser()
    guess(client, LIN, 5)

    later(minutes=9, seconds=30)
    assert "请 6 分钟以后再试" in knock(client, LIN).content.decode()
    later(minutes=6)
    assert knock(client, LIN).status_code == 302


def test_knocking_at_a_locked_door_does_not_lock_it_longer(world):
    client = browser()
    guess(client, LIN, 5)
    later(minutes=14)
    guess(client, LIN, 3)
    later(minutes=1, seconds=1)

    assert knock(client, LIN).status_code == 302


def test_name_and_phone_are_one_account(world):
    client = browser()
    guess(client, LIN, 3)

    assert guess(client, "林晓", 2) == [200, 429]


def test_her_neighbour_on_the_same_device_and_address_comes_in(world):
    client = browser()
    guess(client, LIN, 5)

    assert knock(client, ZHOU).status_code == 302


def test_a_right_password_forgives_the_wrong_ones_before_it(world):
    client = browser()
    guess(client, LIN, 4)
    knock(client, LIN)
    client.post("/accounts/logout/")

    assert guess(client, LIN, 4) == [200] * 4


def test_somebody_who_is_not_there_is_locked_just_the_same(world):
    known, unknown = browser(), browser()

    assert guess(known, LIN, 5) == guess(unknown, "13999999999", 5)


@pytest.mark.parametrize("cookies", ["a new device each time", "no cookies at all"])
def test_a_stranger_cannot_lock_her_out_of_her_own_phone(world, cookies):
    phone = browser()
    knock(phone, LIN)
    phone.post("/accounts/logout/")

    for n in range(30):
        stranger = browser(f"198.51.100.{n}")
        if cookies == "no cookies at all":
            stranger.post("/accounts/login/", {"username": LIN, "password": f"猜{n}"})
        else:
            knock(stranger, LIN, f"猜{n}")

    late = browser("198.51.100.99")
    assert knock(late, LIN).status_code == 429
    assert not inside(late)
    assert knock(phone, LIN).status_code == 302


def test_twenty_wrong_ones_from_strangers_close_an_hour_not_longer(world):
    for n in range(20):
        knock(browser(f"198.51.100.{n}"), LIN, "猜")

    assert "60 分钟以后" in knock(browser("198.51.100.50"), LIN).content.decode()
    later(minutes=61)
    assert knock(browser("198.51.100.51"), LIN).status_code == 302


def test_one_device_that_tries_everybody_is_stopped(world):
    client = browser()
    answers = [knock(client, f"139000000{n:02}", "123456").status_code for n in range(25)]

    assert answers == [200] * 19 + [429] * 6
    assert knock(client, LIN).status_code == 429


def test_a_forged_device_cookie_is_no_device(world):
    phone = browser()
    knock(phone, LIN)
    number = phone.cookies["device"].value
    forger = browser()
    forger.cookies["device"] = number[:-3] + "abc"
    for n in range(20):
        knock(browser(f"198.51.100.{n}"), LIN, "猜")

    assert knock(forger, LIN).status_code == 429


def test_the_administrator_can_lift_a_lock(world):
    client = browser()
    guess(client, LIN, 5)
    lockout.lift(world.lin.pk)

    assert knock(client, LIN).status_code == 302


def test_each_wrong_password_is_an_entry_and_knocking_on_is_not(world):
    client = browser()
    guess(client, LIN, 9)
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))

    assert verbs.count("log_in_failed") == 5
    assert verbs.count("log_in_locked") == 1


@pytest.mark.slow
@pytest.mark.one_engine
def test_five_hundred_members_behind_one_address_come_in_beside_a_guesser(world):
    ready = Person(name="x")
    ready.set_password(PASSWORD)
    phones = [f"137{n:08}" for n in range(500)]
    Person.objects.bulk_create(
        Person(name=f"委员{n}", pinyin=f"{n}", phone=phone, password=ready.password)
        for n, phone in enumerate(phones)
    )
    came, stopped, guesser = 0, 0, browser()
    for n, phone in enumerate(phones):
        member = browser()
        if n % 10 == 0:  # fat fingers
            knock(member, phone, "打错了一个字")
        came += knock(member, phone).status_code == 302

        # Beside her: one device at members who are still to come, without cookies, and with a
        # new cookie for every try at members who are in already.
        ahead, behind = phones[(n + 40) % 500], phones[n % 7]
        device = [guesser, browser(), browser()][n % 3]
        if n % 3 == 1:
            words = {"username": ahead, "password": f"猜{n}"}
            answer = device.post("/accounts/login/", words)
        else:
            answer = knock(device, behind if n % 3 else ahead, f"猜{n}")
        stopped += answer.status_code == 429
        assert not inside(device)

    assert came == 500
    # What was let through before the counts were full: a device's 20 twice, 7 accounts' 20.
    assert stopped > 500 - 2 * 20 - 7 * 20
