"""Entering a notice: one administrator pastes and proposes, another confirms, all may read."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from shangliang.analysis.workdays import SpecialDay
from shangliang.matters import calendar_notices, calendars
from shangliang.matters.forms_calendar import as_table, read_table
from shangliang.matters.models import CalendarNotice, Deadline, Entry

from .test_clocks import assigned, on, reply
from .test_recompute import FEBRUARY, proposed, shortened

# A notice of our own invention, in the form of the real ones.
NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至12日（周五）放假调休，共8天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假，不调休。
六、中秋节：9月15日（周三）放假，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。
国务院办公厅
2026年11月20日
"""


@pytest.fixture(autouse=True)
def no_calendar_left_over():
    calendars.forget()
    yield
    calendars.forget()


@pytest.fixture
def today(monkeypatch):
    """The pages' own clock says 1 December 2026."""
    now = on(2026, 12, 1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def page(client, person, name, *args, **query):
    client.force_login(person)
    return client.get(reverse(name, args=args), query)


def send(client, person, name, *args, **data):
    client.force_login(person)
    return client.post(reverse(name, args=args), {"_key": str(uuid4())} | data)


def fields(**changed):
    days, _wrong = read_table(as_table(tuple(FEBRUARY)))
    return {
        "step": "propose", "title": "关于2027年部分节假日安排的通知（示例）", "issued_on": "2026-11-20",
        "year": "2027", "settles": "on", "source": "", "table": as_table(days), "text": NOTICE,
    } | changed  # fmt: skip


def test_everybody_reads_the_calendar_of_a_year(world, client, today):
    body = page(client, world.lin, "calendar", year=2026).content.decode()

    assert "国庆节" in body
    assert "10 月 1 日 周四至 10 月 7 日 周三" in body
    assert "9 月 20 日 周日，10 月 10 日 周六" in body
    assert "已公布" in body
    assert "录入新的通知" not in body


def test_a_year_to_come_says_that_it_is_guessed(world, client, today):
    body = page(client, world.lin, "calendar", year=2027).content.decode()

    assert "暂按推算" in body
    assert "2 月 5 日 周五至 2 月 8 日 周一" in body


@pytest.mark.parametrize("year", ["1999", "abc", ""])
def test_a_year_nobody_knows_shows_this_year(world, client, today, year):
    assert "2026 年工作日历" in page(client, world.lin, "calendar", year=year).content.decode()


def test_a_stranger_is_sent_to_the_door(world, client):
    assert client.get(reverse("calendar")).status_code == 302


def test_a_pasted_notice_is_read_and_shown_before_anything_is_kept(world, client, today):
    assigned(world, on(2026, 11, 9))  # due on Tuesday 9 February
    body = send(client, world.sys, "calendar_enter", step="read", text=NOTICE).content.decode()

    assert "国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕9号）" in body
    assert "2027-02-05,春节,休" in body
    assert "2027-01-31,春节,班" in body
    assert "确认后立即顺延" in body
    assert "加装电梯" not in body  # administrators read no business content
    assert not CalendarNotice.objects.exists()


def test_a_slip_in_the_notice_is_pointed_out(world, client, today):
    text = NOTICE.replace("2月5日（周五）", "2月5日（周六）")
    body = send(client, world.sys, "calendar_enter", step="read", text=text).content.decode()

    assert "请先核对这几处" in body
    assert "2 月 5 日是周五，原文写作周六" in body


def test_nothing_pasted_is_asked_for(world, client):
    response = send(client, world.sys, "calendar_enter", step="read", text="")

    assert response.status_code == 422
    assert "请填写通知原文" in response.content.decode()


def test_from_paste_to_the_moved_date(world, client, today):
    """孙系统 proposes, 安全员 confirms, and 高远 has two days more."""
    lift = assigned(world, on(2026, 11, 23))
    response = send(client, world.sys, "calendar_enter", **fields())
    notice = CalendarNotice.objects.get()
    assert response.url == reverse("calendar_notice", args=[notice.pk])
    assert reply(lift).due_on == date(2027, 2, 23)

    shown = page(client, world.sec, "calendar_notice", notice.pk).content.decode()
    assert "确认这份安排" in shown
    assert "2027 年 2 月 23 日 周二" in shown
    send(client, world.sec, "calendar_confirm", notice.pk)

    assert reply(lift).due_on == date(2027, 2, 25)
    assert Entry.objects.get(verb="calendar_confirmed").acting_as == "安全管理员"
    assert "已公布" in page(client, world.lin, "calendar", year=2027).content.decode()


def test_the_second_pair_of_eyes_sees_what_differs_from_the_text(world, client, today):
    """孙系统 left 1 January out and made a Monday of his own free."""
    table = as_table(
        (
            *FEBRUARY[:8],
            *read_table("2027-01-31,春节,班\n2027-02-20,春节,班\n2027-03-01,调整,休")[0],
        )
    )
    send(client, world.sys, "calendar_enter", **fields(table=table))
    body = page(client, world.sec, "calendar_notice", CalendarNotice.objects.get().pk)
    body = body.content.decode()

    assert "请对照原文核对" in body
    assert "原文里的“2027-01-01 元旦 休”没有录入" in body
    assert "录入的“2027-03-01 调整 休”原文里没有读到" in body
    assert "2027-02-05" not in body


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"table": "2027-02-30,春节,休"}, "第 1 行“2027-02-30,春节,休”不成一天"),
        ({"table": "2027-02-06,春节,放"}, "第 1 行"),
        ({"table": "2027-02-06,春节,休\n2027-02-06,春节,班"}, "第 2 行的日期写了两次"),
        ({"table": "2026-02-06,春节,休"}, "2026-02-06 不在 2027 年的安排之内"),
        ({"table": " \n"}, "请填写放假和上班的日子"),
        ({"title": ""}, "请填写文件"),
        ({"issued_on": ""}, "请填写发布日期"),
    ],
)
def test_a_table_that_is_not_right_is_sent_back(world, client, changed, sentence):
    response = send(client, world.sys, "calendar_enter", **fields(**changed))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not CalendarNotice.objects.exists()


def test_the_same_notice_twice_is_refused_on_the_page(world, client):
    send(client, world.sys, "calendar_enter", **fields())
    response = send(client, world.sys, "calendar_enter", **fields())

    assert response.status_code == 422
    assert "这份通知已经录入" in response.content.decode()


def test_a_table_may_be_typed_without_a_text(world, client):
    assert page(client, world.sys, "calendar_enter", table="").status_code == 200
    send(
        client,
        world.sys,
        "calendar_enter",
        **fields(text="", table="日期,名称,休或班\n2027-02-06，春节，休"),
    )

    assert CalendarNotice.objects.get().days.get().date == date(2027, 2, 6)


@pytest.mark.parametrize("who", ["lin", "chen", "he", "gao", "wu", "sec", "aud", "passer"])
def test_only_the_system_administrator_sees_the_form(world, client, who):
    person = world.people[who]

    assert page(client, person, "calendar_enter").status_code == 404
    assert send(client, person, "calendar_enter", **fields()).status_code == 404
    assert not CalendarNotice.objects.exists()


@pytest.mark.parametrize("who", ["lin", "chen", "gao", "wu", "sys", "aud", "passer"])
def test_only_the_security_administrator_has_the_button(world, client, who):
    notice, person = proposed(world), world.people[who]

    assert send(client, person, "calendar_confirm", notice.pk).status_code == 404
    notice.refresh_from_db()
    assert notice.confirmed_at is None
    seen = page(client, person, "calendar_notice", notice.pk)
    assert seen.status_code == (200 if who in ("sys", "aud") else 404)
    assert "确认这份安排" not in seen.content.decode()


def test_the_audit_administrator_reads_and_changes_nothing(world, client):
    notice = proposed(world)

    assert send(client, world.aud, "calendar_discard", notice.pk, note="x").status_code == 404
    assert CalendarNotice.objects.exists()


def test_taking_a_notice_back_needs_a_reason(world, client):
    notice = proposed(world)
    response = send(client, world.sys, "calendar_discard", notice.pk, note="")
    assert response.status_code == 409
    assert "请写明撤下的理由" in response.content.decode()

    send(client, world.sys, "calendar_discard", notice.pk, note="日期录错")
    assert not CalendarNotice.objects.exists()


def test_a_second_press_finds_it_confirmed(world, client):
    notice = proposed(world)
    calendar_notices.confirm(notice, by=world.sec, at=on(2026, 12, 7))

    response = send(client, world.sec, "calendar_confirm", notice.pk)
    assert response.status_code == 409
    assert "已由他人处理" in response.content.decode()


def test_who_handles_the_matter_decides_on_an_earlier_date(world, client, today):
    lift = shortened(world)
    body = page(client, world.chen, "shorter").content.decode()
    assert lift.title in body
    assert "维持 2027 年 3 月 1 日" in body
    assert "提前至 2027 年 2 月 28 日" in body

    response = send(client, world.chen, "shorter_decide", reply(lift).pk, decision="shorten")

    assert response.url == reverse("shorter")
    assert reply(lift).due_on == date(2027, 2, 28)
    assert "没有等您决定的期限" in page(client, world.chen, "shorter").content.decode()


def test_keeping_the_date_and_pressing_twice(world, client, today):
    lift = shortened(world)
    send(client, world.chen, "shorter_decide", reply(lift).pk, decision="keep")
    again = send(client, world.he, "shorter_decide", reply(lift).pk, decision="shorten")

    assert again.status_code == 409
    assert reply(lift).due_on == date(2027, 3, 1)


@pytest.mark.parametrize("who", ["lin", "gao", "liang", "tang", "sys", "far_office", "passer"])
def test_to_everybody_else_there_is_no_such_date(world, client, today, who):
    lift, person = shortened(world), world.people[who]

    response = send(client, person, "shorter_decide", reply(lift).pk, decision="shorten")
    assert response.status_code == 404
    assert reply(lift).due_on == date(2027, 3, 1)
    assert lift.title not in page(client, person, "shorter").content.decode()


def test_many_rows_cost_no_more_queries(world, client, today, django_assert_max_num_queries):
    for _ in range(12):
        assigned(world, on(2026, 11, 23))
    notice = proposed(world)
    client.force_login(world.sec)

    with django_assert_max_num_queries(15):
        client.get(reverse("calendar_notice", args=[notice.pk]))

    Deadline.objects.filter(name="reply").update(
        shorter_on=date(2027, 2, 20), held_on=date(2027, 2, 23)
    )
    client.force_login(world.chen)
    with django_assert_max_num_queries(15):
        body = client.get(reverse("shorter")).content.decode()
    assert body.count("提前至") == 12


def test_a_table_is_read_as_it_was_written():
    days = (
        SpecialDay(date(2027, 2, 6), "春节", works=False),
        SpecialDay(date(2027, 2, 20), "春节", works=True),
    )

    assert read_table(as_table(days)) == (days, [])
    shipped = "year,date,name,is_off_day\n2027,2027-02-06,春节,1\n2027,2027-02-20,春节,0"
    assert read_table(shipped) == (days, [])
