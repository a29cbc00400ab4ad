"""The second step: setting it up, passing it, losing the phone."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache

from shangliang.matters.models import Entry
from shangliang.people.models import LogIn
from tests.people.door import browser, enter, inside, knock
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
ACTIVATE = "/accounts/2fa/totp/activate/"
STEP = "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def fresh_codes():
    cache.clear()


def code_for(secret, step=1):
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[step]))


def set_up(client):
    """Walk through the pages; the secret the phone keeps, and the recovery codes."""
    asked = client.get(ACTIVATE)
    again = asked.headers["Location"]
    assert again.startswith("/accounts/reauthenticate/")
    client.post(again, {"password": PASSWORD})
    secret = client.get(ACTIVATE).context["form"].secret
    answer = client.post(ACTIVATE, {"code": code_for(secret)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    return secret, client.get(answer.headers["Location"]).context["unused_codes"]


def test_with_a_second_step_the_password_alone_opens_nothing(world):
    secret, _codes = set_up(enter(world.gao))
    client = browser()

    assert knock(client, "高远").headers["Location"] == STEP
    assert not inside(client)
    assert client.get("/me/").status_code == 302

    answer = client.post(STEP, {"code": code_for(secret, 2)})
    assert answer.headers["Location"] == "/"
    assert inside(client)
    assert LogIn.objects.order_by("-pk").first().second_step is True


def test_the_way_asked_for_is_kept_over_the_second_step(world):
    secret, _codes = set_up(enter(world.gao))
    client = browser()
    knock(client, "高远", next="/me/log-ins/", own_device="on")

    assert client.post(STEP, {"code": code_for(secret, 2)}).headers["Location"] == "/me/log-ins/"
    assert LogIn.objects.order_by("-pk").first().own_device is True


def test_a_code_works_once(world):
    secret, _codes = set_up(enter(world.gao))
    code = code_for(secret, 2)
    first, second = browser(), browser()
    knock(first, "高远")
    knock(second, "高远")
    first.post(STEP, {"code": code})
    answer = second.post(STEP, {"code": code})

    assert inside(first)
    assert "验证码不对" in answer.content.decode()
    assert not inside(second)


def test_codes_cannot_be_tried_one_after_the_other(world):
    secret, _codes = set_up(enter(world.gao))
    client = browser()
    knock(client, "高远")
    answers = [client.post(STEP, {"code": f"{n:06}"}).status_code for n in range(5)]

    assert answers == [200] * 4 + [429]
    client.post(STEP, {"code": code_for(secret, 2)})
    assert not inside(client)


def test_without_the_phone_a_recovery_code_opens_once(world):
    _secret, codes = set_up(enter(world.gao))
    first, second = browser(), browser()
    knock(first, "高远")
    first.post(STEP, {"code": codes[0]})
    knock(second, "高远")
    second.post(STEP, {"code": codes[0]})

    assert inside(first)
    assert not inside(second)


def test_what_the_phone_shares_lies_encrypted(world):
    secret, codes = set_up(enter(world.gao))
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in stored
    assert not any(code in stored for code in codes)


def test_turning_it_off_needs_the_password_and_is_written_down(world):
    client = enter(world.gao)
    set_up(client)
    client.post("/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.exists()
    verbs = set(Entry.objects.filter(by=world.gao).values_list("verb", flat=True))
    assert {"second_step_on", "second_step_off"} <= verbs


@pytest.mark.parametrize("who", ["sys", "sec", "aud"])
def test_the_three_set_it_up_before_anything_else(world, settings, who):
    settings.REQUIRE_MFA_FOR_ADMINISTRATORS = True
    client = enter(world.people[who])

    for page in ("/", "/setup/", "/me/"):
        assert client.get(page).headers["Location"].startswith(ACTIVATE), page
    set_up(client)
    assert client.get("/setup/").status_code == 200


def test_the_three_cannot_turn_it_off(world, settings):
    settings.REQUIRE_MFA_FOR_ADMINISTRATORS = True
    client = enter(world.sys)
    set_up(client)
    page = client.post("/accounts/2fa/totp/deactivate/").content.decode()

    assert "管理员必须使用两步验证" in page
    assert Authenticator.objects.filter(user=world.sys, type="totp").exists()


def test_a_member_is_not_made_to(world, settings):
    settings.REQUIRE_MFA_FOR_ADMINISTRATORS = True

    assert enter(world.lin).get("/me/").status_code == 200


def test_one_time_password_first_then_the_second_step(world, settings):
    settings.REQUIRE_MFA_FOR_ADMINISTRATORS = True
    world.sys.must_change_password = True
    world.sys.save()

    assert enter(world.sys).get("/").headers["Location"].startswith("/accounts/password/change/")
