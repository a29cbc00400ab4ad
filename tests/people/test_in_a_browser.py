"""The front door, “我的” and the set-up house in Chromium: no script needed, keys enough.

That no page of them holds a barrier is seen in tests/browser/test_pages.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from shangliang.people.models import LogIn, Person, Seat
from tests.chromium import DESK
from tests.looking import barriers
from tests.world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_wrong_password_is_announced_and_what_was_typed_is_kept(world, sit_down):
    page = sit_down()
    page.goto("/accounts/login/")
    page.fill("[name=username]", "林晓")
    page.fill("[name=password]", "不是这个密码")
    page.keyboard.press("Enter")
    page.wait_for_selector("#errors")

    assert page.evaluate("document.activeElement.id") == "errors"
    assert page.title().startswith("错误：")
    assert page.input_value("[name=username]") == "林晓"
    assert page.input_value("[name=password]") == ""


def test_the_whole_way_of_a_new_member_without_javascript(world, sit_down):
    sys = sit_down(world.sys, java_script_enabled=False)
    sys.goto("/setup/people/")
    sys.click("text=新增人员")
    sys.fill("[name=name]", "宋清")
    sys.fill("[name=phone]", "13911112222")
    sys.select_option("[name=seat-organisation]", label="政协云岭县委员会")
    sys.select_option("[name=seat-duty]", label="委员")
    sys.fill("[name=seat-since]", "2026-03-01")
    sys.fill("[name=seat-start_document]", "云政协发〔2026〕8号")
    sys.fill("[name=seat-decided_by]", "县政协五届二十次常委会会议")
    sys.click("text=提交确认")
    assert "有 2 项等安全管理员确认" in sys.inner_text("main")

    sec = sit_down(world.sec, java_script_enabled=False)
    assert sec.url.endswith("/setup/")
    sec.click("text=去确认")
    sec.check("[name=person]")
    sec.click("text=确认选中的")
    assert "没有等候确认" in sec.inner_text("main")

    sys.goto("/setup/")
    sys.click("text=生成密码条 >> nth=0")
    sys.click("text=生成 1 张密码条")
    password = sys.inner_text(".slip .word")

    song = sit_down(java_script_enabled=False)
    song.goto("/me/")
    song.fill("[name=username]", "13911112222")
    song.fill("[name=password]", password)
    song.check("[name=own_device]")
    song.click("main button.main")
    assert "请先设一个自己的密码" in song.inner_text("h1")
    song.fill("[name=present]", password)
    song.fill("[name=password1]", "老旧小区加装电梯要快一点才好")
    song.fill("[name=password2]", "老旧小区加装电梯要快一点才好")
    song.click("main button.main")
    assert song.url.endswith("/me/")
    assert "云岭县政协 · 委员" in song.inner_text("main")
    song.locator("text=退出登录").click()
    assert song.url.endswith("/accounts/login/")
    assert LogIn.objects.get(person__name="宋清").ended_how == "left"


def test_the_second_step_is_set_up_with_a_phone(world, sit_down, settings):
    from tests.people.test_second_step import code_for

    settings.REQUIRE_MFA_FOR_ADMINISTRATORS = True
    page = sit_down(world.sys)
    page.fill("[name=password]", PASSWORD)
    page.click("main button.main")
    secret = page.inner_text("code")
    assert page.locator("img.square").evaluate("image => image.naturalWidth") > 0
    assert barriers(page) == []
    page.fill("[name=code]", code_for(secret))
    page.click("main button.main")
    assert page.locator(".codes li").count() == 10
    assert barriers(page) == []
    page.click("text=抄好了，继续")
    page.wait_for_url("**/setup/")


def test_keys_alone_confirm_and_send_back(world, sit_down):
    for n, name in enumerate(("宋清", "韩梅")):
        person = Person.objects.create_user(name, None, phone=f"1391111222{n}")
        Seat.objects.create(
            person=person, organisation=world.county, duty="member", since=date(2026, 3, 1),
            proposed_by=world.sys,
        )  # fmt: skip
    page = sit_down(world.sec, DESK)
    page.goto("/setup/decisions/")
    page.locator("[name=person]").first.focus()
    page.keyboard.press("Space")
    page.locator("text=确认选中的").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=已确认 1 项")
    assert Seat.objects.filter(confirmed_by=world.sec).count() == 1

    page.get_by_role("link", name="韩梅").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('韩梅')")
    page.locator("[name=why]").focus()
    page.keyboard.type("缺文件。")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=已退回")
    assert Seat.objects.filter(refused_why="缺文件。").count() == 1


def test_my_look_goes_with_me_to_the_next_device(world, sit_down):
    page = sit_down(world.lin)
    page.goto("/me/")
    page.check("label:has-text('大字版')")
    page.check("label:has-text('深色')")
    page.click("text=保存显示方式")
    page.wait_for_selector("html[data-elder][data-theme=dark]")

    other = sit_down(world.lin, DESK)
    other.goto("/me/")
    assert other.locator("html[data-elder][data-theme=dark]").count() == 1


def test_logging_out_leaves_nothing_behind_the_back_button(world, sit_down):
    page = sit_down(world.lin)
    page.goto("/me/")
    page.evaluate("localStorage.setItem('draft', '关于电梯')")
    page.click("main >> text=退出登录")
    page.wait_for_url("**/accounts/login/")
    page.goto("/accounts/login/")
    assert page.evaluate("localStorage.getItem('draft')") is None
    page.go_back()
    assert "林晓" not in page.inner_text("body")
