"""One-time passwords, new passwords, passwords by mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from shangliang.matters.models import Entry
from shangliang.people import passwords, resetting
from shangliang.people.models import LogIn
from tests.people.door import browser, enter, inside, knock
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
CHANGE = "/accounts/password/change/"
NEW = "老旧小区加装电梯要快一点才好"


def new_password(client, present, new=NEW, again=None, **more):
    sent = {"present": present, "password1": new, "password2": again or new, **more}
    return client.post(CHANGE, sent)


@pytest.fixture
def slip(world):
    """What the administrator read to 高远 from the slip."""
    drawn = passwords.one_time_password()
    passwords.set_one_time(world.gao, drawn, timezone.now())
    return drawn


def test_a_one_time_password_opens_one_page_only(world, slip):
    client = browser()
    knock(client, "高远", slip, next="/me/log-ins/")

    for page in ("/", "/me/", "/proposals/", "/setup/", "/accounts/2fa/"):
        assert client.get(page).headers["Location"].startswith(CHANGE), page
    assert client.post("/me/log-ins/").headers["Location"].startswith(CHANGE)
    assert "请先设一个自己的密码" in client.get(CHANGE).content.decode()


def test_after_the_change_the_way_is_free_and_the_slip_is_void(world, slip):
    client = browser()
    knock(client, "高远", slip)
    answer = new_password(client, slip, next="/me/log-ins/")

    assert answer.headers["Location"] == "/me/log-ins/"
    assert client.get("/me/").status_code == 200
    assert not inside_with(slip)
    assert inside_with(NEW)


def inside_with(password):
    client = browser()
    knock(client, "高远", password)
    return inside(client)


def test_the_slip_is_good_for_a_week(world, slip):
    world.gao.refresh_from_db()

    assert timedelta(days=6) < world.gao.one_time_until - timezone.now() <= timedelta(days=7)


def test_slips_can_be_read_aloud():
    drawn = {passwords.one_time_password() for _ in range(500)}

    assert len(drawn) == 500
    assert all(re.fullmatch(r"[2-9a-hj-km-np-z]{4}(-[2-9a-hj-km-np-z]{4}){2}", p) for p in drawn)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("短了一点", "密码太短，至少要 12 位。"),
        ("123456789012", "密码不能全是数字"),
        ("password1234", "这个密码太常见"),
        ("13800000007aa", "密码和您的姓名、手机号或邮箱太像"),
    ],
)
def test_what_is_no_good_as_a_password(world, new, words):
    client = enter(world.gao)
    page = new_password(client, PASSWORD, new).content.decode()

    assert words in page
    world.gao.refresh_from_db()
    assert world.gao.check_password(PASSWORD)


def test_the_new_one_is_not_the_old_one(world):
    client = enter(world.gao)
    new_password(client, PASSWORD)

    assert "新密码和现在的一样" in new_password(client, NEW, NEW).content.decode()


def test_the_two_must_agree_and_the_present_one_be_right(world):
    client = enter(world.gao)

    assert "两次输入的新密码不一样" in new_password(client, PASSWORD, again="x").content.decode()
    assert "现在的密码不对" in new_password(client, "不是这个").content.decode()


def test_the_present_password_cannot_be_guessed_from_an_open_screen(world):
    client = enter(world.gao)
    answers = [new_password(client, f"猜{n}").status_code for n in range(5)]

    assert answers[-1] == 429
    assert "输错的次数太多了" in new_password(client, PASSWORD).content.decode()
    world.gao.refresh_from_db()
    assert world.gao.check_password(PASSWORD)


def test_a_link_by_mail_sets_a_new_password_and_ends_every_log_in(world):
    world.gao.email = "gao@yunling.example"
    world.gao.save()
    was_in = enter(world.gao)
    resetting.send_link.call_local("GAO@yunling.example", "http://testserver/")
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]

    client = browser()
    form = client.get(link)
    assert form.headers["Location"].endswith("-set-password/")  # the key leaves the address
    page = client.get(form.headers["Location"])
    assert "设置新密码" in page.content.decode()
    answer = client.post(form.headers["Location"], {"password1": NEW, "password2": NEW})

    assert answer.headers["Location"] == "/accounts/password/reset/key/done/"
    assert inside_with(NEW)
    assert was_in.get("/me/").status_code == 302
    assert Entry.objects.filter(verb="password_reset", by=world.gao).count() == 1
    assert LogIn.objects.filter(person=world.gao, ended_how="password").count() == 1


@pytest.mark.parametrize("how", ["used", "expired", "password changed", "closed", "forged"])
def test_a_link_that_is_no_longer_good(world, how, settings):
    world.gao.email = "gao@yunling.example"
    world.gao.save()
    resetting.send_link.call_local("gao@yunling.example", "http://testserver/")
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    if how == "used":
        client = browser()
        place = client.get(link).headers["Location"]
        client.post(place, {"password1": NEW, "password2": NEW})
    elif how == "expired":
        settings.PASSWORD_RESET_TIMEOUT = -1
    elif how == "password changed":
        new_password(enter(world.gao), PASSWORD)
    elif how == "closed":
        world.gao.is_active = False
        world.gao.save()
    else:
        link = link[:-4] + "aaa/"

    page = browser().get(link)
    assert page.status_code == 200
    assert "这个链接已经失效" in page.content.decode()


def test_asking_for_a_link_tells_nobody_who_is_known(world, monkeypatch):
    asked = []
    monkeypatch.setattr(resetting, "send_link", lambda *words: asked.append(words))
    world.gao.email = "gao@yunling.example"
    world.gao.save()

    known = browser().post("/accounts/password/reset/", {"email": "gao@yunling.example"})
    unknown = browser().post("/accounts/password/reset/", {"email": "nobody@yunling.example"})
    assert known.headers["Location"] == unknown.headers["Location"]
    assert known.content == unknown.content
    assert asked == [
        ("gao@yunling.example", "http://testserver/"),
        ("nobody@yunling.example", "http://testserver/"),
    ]
    assert mail.outbox == []  # nothing is looked up or sent while the person waits


def test_nobody_gets_a_mail_he_has_no_account_for(world):
    resetting.send_link.call_local("nobody@yunling.example", "http://testserver/")

    assert mail.outbox == []
