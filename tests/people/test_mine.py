"""“我的”: what a person sees and settles about herself, and nothing about anybody else."""

from uuid import uuid4

import pytest

from shangliang.matters.models import Entry
from shangliang.people.models import LoggedOut, LogIn
from tests.people.door import enter
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db


def send(client, url, **words):
    return client.post(url, {"_key": str(uuid4()), **words})


def text(answer):
    return answer.content.decode()


def test_she_sees_her_seats_and_a_masked_number(world):
    page = text(enter(world.gao_xiang).get("/me/"))

    assert "云岭县政协 · 委员" in page
    assert "教育界 · 召集人" in page
    assert "2022.1.10 起" in page
    assert "138****0003" in page
    assert "13800000003" not in page.replace('value="13800000003"', "")


def test_a_seat_that_waits_or_is_over_says_so(world):
    seats = world.gao_xiang.seats.order_by("pk")
    seats.filter(duty="convener").update(confirmed_at=None)
    seats.filter(duty="member").update(until="2023-01-01", ended_how="resigned")
    page = text(enter(world.gao_xiang).get("/me/"))

    assert "等候确认" in page
    assert "2022.1.10 至 2023.1.1" in page
    assert "辞去" in page


def test_her_look_is_kept(world):
    client = enter(world.lin)
    answer = send(client, "/me/look/", elder="1", theme="dark", language="en")
    world.lin.refresh_from_db()

    assert (world.lin.elder, world.lin.theme, world.lin.language) == (True, "dark", "en")
    assert answer.cookies["elder"].value == "1"
    assert answer.cookies["theme"].value == "dark"
    send(client, "/me/look/", elder="1", theme="neon", language="en")
    world.lin.refresh_from_db()
    assert world.lin.theme == "dark"


def test_her_address_needs_her_password(world):
    client = enter(world.lin)
    wrong = send(client, "/me/address/", email="lin@yunling.example", password="不是这个")
    assert wrong.status_code == 422
    assert "密码不对" in text(wrong)
    world.lin.refresh_from_db()
    assert world.lin.email == ""

    send(client, "/me/address/", email="lin@yunling.example", password=PASSWORD)
    world.lin.refresh_from_db()
    assert world.lin.email == "lin@yunling.example"
    assert Entry.objects.order_by("-id").first().verb == "person_changed"


def test_she_ends_one_log_in_or_all_the_others(world):
    here, there, elsewhere = (enter(world.lin) for _ in range(3))
    page = text(here.get("/me/log-ins/"))
    assert page.count("就是这里") == 1
    assert "203.0.113.7" in page

    second = LogIn.objects.filter(person=world.lin).order_by("pk")[1]
    send(here, f"/me/log-ins/{second.pk}/end/")
    assert there.get("/me/").status_code == 302
    assert elsewhere.get("/me/").status_code == 200

    send(here, "/me/log-ins/end/")
    assert elsewhere.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200
    assert LogIn.objects.filter(ended_how=LoggedOut.ELSEWHERE).count() == 2
    assert Entry.objects.filter(verb="log_in_ended", by=world.lin).count() == 2


def test_nobody_ends_somebody_elses_log_in(world):
    zhou, lin = enter(world.zhou), enter(world.lin)
    hers = LogIn.objects.get(person=world.zhou)

    assert send(lin, f"/me/log-ins/{hers.pk}/end/").status_code == 404
    send(lin, "/me/log-ins/end/")
    assert zhou.get("/me/").status_code == 200
    assert "周敏" not in text(lin.get("/me/log-ins/"))


def test_the_log_in_she_sits_at_is_not_ended_by_its_number(world):
    client = enter(world.lin)
    own = LogIn.objects.get(person=world.lin)

    assert send(client, f"/me/log-ins/{own.pk}/end/").status_code == 404
    assert client.get("/me/").status_code == 200
