"""A fresh house: no account, no default password, then three people named on the server."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from shangliang.matters.models import Code, Entry
from shangliang.people.models import Organisation, Person, Seat
from tests.people.door import browser, enter, inside, knock

pytestmark = pytest.mark.django_db
THREE = {
    "system": ["孙系统", "13900000011"],
    "security": ["安全员", "13900000012"],
    "audit": ["邵审计", "13900000013"],
}
HOUSE = {"committee": "政协云岭县委员会", "short": "云岭县政协", "level": "county"}


def found(**options):
    said = StringIO()
    call_command("found", stdout=said, **options)
    return said.getvalue()


def password_of(said, name):
    return re.search(rf"{name}.*一次性密码 (\S+)", said)[1]


def test_a_fresh_house_has_nobody_to_log_in():
    assert not Person.objects.exists()
    for said, password in [("admin", "admin"), ("root", "root"), ("管理员", "123456"), ("", "")]:
        client = browser()
        knock(client, said, password)
        assert not inside(client)


def test_three_people_are_named_and_come_in_once_with_their_slips():
    said = found(**HOUSE, **THREE)

    assert Organisation.objects.get().name == "政协云岭县委员会"
    assert Code.objects.filter(table="reply_class").count() == 4
    duties = dict(Seat.objects.values_list("person__name", "duty"))
    assert duties == {"孙系统": "system_admin", "安全员": "security_admin", "邵审计": "audit_admin"}
    for name, phone in THREE.values():
        client = browser()
        knock(client, phone, password_of(said, name))
        assert client.get("/setup/").headers["Location"].startswith("/accounts/password/change/")
    assert Entry.objects.filter(verb="founded").count() == 3


def test_again_it_makes_nothing_twice():
    found(**HOUSE, **THREE)

    assert "都在，没有要设立的" in found(**HOUSE, **THREE)
    assert Person.objects.count() == 3


def test_one_who_is_lost_is_replaced_alone():
    found(**HOUSE, **THREE)
    Person.objects.filter(name="安全员").update(is_active=False)
    said = found(**HOUSE, security=["安新", "13900000022"])

    assert "安全管理员　安新" in said
    assert "系统管理员" not in said


def test_the_three_are_three_people():
    with pytest.raises(CommandError, match="必须是三个人"):
        found(**HOUSE, **THREE | {"audit": ["孙系统", "13900000011"]})
    assert not Person.objects.exists()


def test_a_member_is_not_made_an_administrator_by_the_way(world):
    Seat.objects.filter(duty="audit_admin").delete()

    with pytest.raises(CommandError, match="已有别的职务"):
        found(committee=world.county.name, audit=["林晓", "13800000001"])
    with pytest.raises(CommandError, match="已经登记给林晓"):
        found(committee=world.county.name, audit=["别人", "13800000001"])


def test_it_asks_for_what_is_not_said(monkeypatch):
    answers = iter(
        ["政协云岭县委员会", "云岭县政协", "九", "1", "孙 系统", "没有", "139 0000 0011",
         "安全员", "13900000012", "邵审计", "13900000013"]
    )  # fmt: skip
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    said = found()

    assert "请再填一次" in said
    assert set(Person.objects.values_list("name", "phone")) == {
        ("孙系统", "13900000011"), ("安全员", "13900000012"), ("邵审计", "13900000013"),
    }  # fmt: skip


def test_a_lost_phone_is_mended_on_the_server(world):
    client = enter(world.sec)
    said = found(again="13800000012")

    assert client.get("/me/").status_code == 302
    again = browser()
    knock(again, "13800000012", password_of(said, "安全员"))
    assert inside(again)


def test_a_business_account_is_not_opened_that_way(world):
    with pytest.raises(CommandError, match="不是管理员的"):
        found(again="13800000001")


def test_createsuperuser_is_no_way_in(world):
    with pytest.raises(AttributeError):  # there is no such verb
        call_command("createsuperuser", phone="13900009999", name="超级", interactive=False)
    assert not Person.objects.filter(phone="13900009999").exists()
