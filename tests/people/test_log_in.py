"""Coming in: by phone number or name; one answer for everything that is wrong."""

from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.utils import timezone

from shangliang.matters.models import Entry, EntryContent
from shangliang.people.models import LogIn, Person
from tests.people.door import browser, inside, knock

pytestmark = pytest.mark.django_db
WRONG = "手机号（或姓名）和密码对不上"


@pytest.mark.parametrize("said", ["13800000001", "林晓", " 138 0000 0001 ", "+8613800000001"])
def test_lin_xiao_comes_in_by_phone_or_by_name(world, said):
    client = browser()

    assert knock(client, said).headers["Location"] == "/"
    assert inside(client)


def test_after_the_door_she_is_where_she_wanted_to_be(world):
    client = browser()
    asked = client.get("/me/log-ins/")
    assert asked.headers["Location"] == "/accounts/login/?next=/me/log-ins/"

    assert knock(client, "林晓", next="/me/log-ins/").headers["Location"] == "/me/log-ins/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:0"])
def test_the_door_leads_nowhere_else(world, elsewhere):
    assert knock(browser(), "林晓", next=elsewhere).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("said", "password"),
    [("林晓", "不是这个密码啊啊啊"), ("13800000001", "x"), ("没有此人", "x"), ("13900000000", "x")],
)
def test_everything_wrong_is_answered_alike(world, said, password):
    client = browser()
    answer = knock(client, said, password)

    assert answer.status_code == 200
    assert WRONG in answer.content.decode()
    assert "请用手机号登录" in answer.content.decode()
    assert not inside(client)


def test_a_name_borne_by_two_is_no_way_in_and_is_not_told(world):
    Person.objects.create_user("林晓", "另一位林晓的密码呀", phone="13800009999")

    by_name = knock(browser(), "林晓")
    unknown = knock(browser(), "没有此人")
    assert WRONG in by_name.content.decode()
    assert len(by_name.content) - len("林晓".encode()) == len(unknown.content) - len(
        "没有此人".encode()
    )
    assert knock(browser(), "13800000001").status_code == 302


@pytest.mark.slow
@pytest.mark.one_engine
def test_the_answer_takes_as_long_for_nobody_as_for_somebody(world, settings):
    """The two are asked in turns, so that a busy machine slows both alike, and for longer where
    it is not yet clear."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    world.lin.set_password("云岭县的一句长长的话")
    world.lin.save()
    took = {"13800000001": [], "13900000000": []}
    for n in range(200):
        if n in (40, 80, 120) and 0.95 < ratio(took) < 1.05:
            break
        said = list(took)[n % 2]
        client = browser()
        client.get("/accounts/login/")
        began = perf_counter()
        client.post("/accounts/login/", {"username": said, "password": "猜一个密码试试"})
        took[said].append(perf_counter() - began)
        for counted in (AccessAttempt, AccessFailureLog):
            counted.objects.all().delete()

    assert 0.9 < ratio(took) < 1.1, took


def ratio(took):
    known, unknown = (median(times) for times in took.values())
    return known / unknown


def test_a_closed_account_hears_of_it_only_with_the_right_password(world):
    world.lin.is_active = False
    world.lin.save()

    assert "已经停用" in knock(browser(), "13800000001").content.decode()
    assert WRONG in knock(browser(), "13800000001", "不是这个").content.decode()


def test_a_one_time_password_runs_out(world):
    world.lin.must_change_password = True
    world.lin.one_time_until = timezone.now() - timedelta(minutes=1)
    world.lin.save()

    client = browser()
    assert "已经过期" in knock(client, "13800000001").content.decode()
    assert not inside(client)


def test_log_ins_and_failures_are_in_the_journal_without_what_was_typed(world):
    knock(browser(), "13800000001", "我的银行密码888888")
    knock(browser(), "我的银行密码888888", "x")
    client = browser()
    knock(client, "13800000001")

    verbs = [entry.verb for entry in Entry.objects.filter(matter=None).order_by("id")]
    assert verbs[-3:] == ["log_in_failed", "log_in_failed", "log_in"]
    last = Entry.objects.order_by("-id").first()
    assert last.by == world.lin
    assert EntryContent.objects.get(entry=last).data["address"] == "203.0.113.7"
    kept = [str(list(model.objects.values())) for model in (AccessAttempt, AccessFailureLog)]
    kept.append(str(list(EntryContent.objects.values())))
    assert not any("888888" in text or "13800000001" in text for text in kept)


def test_going_out_ends_the_log_in_and_clears_the_browser(world):
    client = browser()
    knock(client, "林晓")
    answer = client.post("/accounts/logout/")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not inside(client)
    assert LogIn.objects.get(person=world.lin).ended_how == "left"
    assert Entry.objects.order_by("-id").first().verb == "log_out"


def test_going_out_needs_a_button_not_a_link(world):
    client = browser()
    knock(client, "林晓")

    assert "要退出登录吗" in client.get("/accounts/logout/").content.decode()
    assert inside(client)
