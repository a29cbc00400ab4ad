"""How long a log-in lasts, who may end it, and what a shared computer keeps."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shangliang.matters.models import Entry
from shangliang.people import stay
from shangliang.people.models import LoggedOut, LogIn
from tests.people.door import browser, enter, inside, knock
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/me/"


def pass_time(client, **time):
    """The same session, this much later."""
    session = client.session
    facts, gone = dict(session[stay.KEY]), timedelta(**time).total_seconds()
    session[stay.KEY] = facts | {"seen": facts["seen"] - gone, "ends": facts["ends"] - gone}
    session.save()


def still_in(client):
    return client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("who", "own", "idle", "whole"),
    [
        ("lin", False, 30, 600),
        ("lin", True, 24 * 60, 24 * 60),
        ("gao_xiang", True, 24 * 60, 24 * 60),  # a member who convenes her sector as well
        ("gao", True, 30, 600),
        ("chen", True, 30, 600),
        ("passer", True, 30, 600),
        ("sys", True, 15, 600),
        ("sec", False, 15, 600),
        ("aud", False, 15, 600),
    ],
)
def test_what_each_is_granted_in_minutes(world, who, own, idle, whole):
    granted = stay.allowance(world.people[who], own, timezone.now())

    assert granted.idle == timedelta(minutes=idle)
    assert granted.whole == timedelta(minutes=whole)


def test_a_clerk_who_goes_to_lunch_is_logged_out(world):
    client = enter(world.gao)
    pass_time(client, minutes=29)
    assert still_in(client)

    pass_time(client, minutes=31)
    answer = client.get(PAGE)
    assert answer.headers["Location"] == "/accounts/login/?next=/me/"
    assert "自动退出登录" in client.get("/accounts/login/").content.decode()
    assert not inside(client)
    assert LogIn.objects.get(person=world.gao).ended_how == LoggedOut.IDLE


def test_an_administrator_has_a_quarter_of_an_hour(world):
    client = enter(world.sys)
    pass_time(client, minutes=16)

    assert not still_in(client)


def test_even_the_busiest_comes_in_again_after_ten_hours(world):
    client = enter(world.gao)
    for _hour in range(39):
        pass_time(client, minutes=15)
        assert still_in(client)
    pass_time(client, minutes=16)

    assert not still_in(client)
    assert LogIn.objects.get(person=world.gao).ended_how == LoggedOut.LIMIT


def test_a_member_on_her_own_phone_stays_a_day_and_the_page_knows(world):
    client = enter(world.lin, own_device="on")
    pass_time(client, hours=23)
    assert still_in(client)
    assert client.get(PAGE).wsgi_request.own_device is True
    assert client.cookies["sessionid"]["max-age"] == 24 * 3600

    pass_time(client, hours=2)
    assert not still_in(client)


def test_a_shared_computer_forgets_when_the_browser_closes(world):
    client = enter(world.lin)

    assert client.get(PAGE).wsgi_request.own_device is False
    assert client.cookies["sessionid"]["max-age"] == ""


def test_looking_at_pages_writes_the_log_in_at_most_once_a_minute(world, django_assert_num_queries):
    client = enter(world.lin)
    client.get(PAGE)
    before = LogIn.objects.get(person=world.lin).seen_at
    client.get(PAGE)
    assert LogIn.objects.get(person=world.lin).seen_at == before

    pass_time(client, minutes=2)
    client.get(PAGE)
    assert LogIn.objects.get(person=world.lin).seen_at > before


def test_a_new_password_ends_every_other_log_in_at_once(world):
    here, there = enter(world.lin), enter(world.lin)
    new = "老旧小区加装电梯要快一点才好"
    answer = here.post(
        "/accounts/password/change/",
        {"present": PASSWORD, "password1": new, "password2": new},
    )

    assert answer.status_code == 302
    assert still_in(here)
    assert not still_in(there)
    ended = LogIn.objects.get(ended_how=LoggedOut.PASSWORD)
    assert ended.person == world.lin
    pass_time(here, minutes=2)
    assert still_in(here)
    assert LogIn.objects.live(timezone.now()).get().session_key == here.session.session_key


def test_a_closed_account_is_out_with_its_next_click(world):
    client = enter(world.gao)
    world.gao.is_active = False
    world.gao.save()

    assert not still_in(client)


def test_a_log_in_that_was_left_open_is_closed_by_the_sweep(world):
    enter(world.lin)
    later = timezone.now() + timedelta(hours=2)

    assert stay.sweep(later) == 1
    assert LogIn.objects.get(person=world.lin).ended_how == LoggedOut.IDLE


def test_the_session_gets_a_new_number_at_the_door(world):
    client = browser()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    knock(client, "林晓")

    assert client.session.session_key != planted


def test_the_journal_has_every_way_out(world):
    client = enter(world.lin)
    pass_time(client, minutes=31)
    client.get(PAGE)

    last = Entry.objects.order_by("-id").first()
    assert (last.verb, last.by) == ("log_out", world.lin)


def test_every_night_the_door_is_swept(world):
    from axes.models import AccessAttempt
    from django.contrib.sessions.models import Session

    from shangliang.people import jobs

    client = enter(world.lin)
    knock(browser(), "林晓", "不对")
    jobs.sweep(timezone.now() + timedelta(hours=1))
    assert LogIn.objects.get(person=world.lin).ended_how == LoggedOut.IDLE
    assert AccessAttempt.objects.count() == 1

    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    jobs.sweep(timezone.now() + timedelta(days=8))
    assert not AccessAttempt.objects.exists()
    assert not Session.objects.exists()
    assert client.get(PAGE).status_code == 302
