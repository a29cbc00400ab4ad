"""The set-up house: one administrator proposes, another confirms, the third reads."""

from datetime import date
from uuid import uuid4

import pytest

from shangliang.matters.models import Entry, EntryContent
from shangliang.people.models import (
    AccountRequest,
    LogIn,
    Organisation,
    Person,
    Seat,
    Session,
    Term,
)
from tests.people.door import browser, enter, inside, knock
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db


def send(client, url, **words):
    """A form as the page sends it: with a key of its own."""
    return client.post(url, {"_key": str(uuid4()), **words})


def text(answer):
    return answer.content.decode()


@pytest.fixture
def sys(world):
    return enter(world.sys)


@pytest.fixture
def sec(world):
    return enter(world.sec)


def newcomer(world, **more):
    return {
        "name": "宋 清", "phone": "139 1111 2222", "email": "", "work_place": "县第一中学教师",
        "seat-organisation": world.county.pk, "seat-duty": "member", "seat-title": "",
        "seat-since": "2026-03-01", "seat-start_document": "云政协发〔2026〕8号",
        "seat-decided_by": "县政协五届二十次常委会会议",
    } | more  # fmt: skip


def verbs():
    return list(Entry.objects.filter(matter=None).order_by("id").values_list("verb", flat=True))


class TestSomebodyNew:
    def test_she_counts_for_nothing_until_another_has_confirmed_her(self, world, sys, sec):
        answer = send(sys, "/setup/people/add/", **newcomer(world))
        song = Person.objects.get(phone="13911112222")
        assert answer.headers["Location"] == f"/setup/people/{song.pk}/"
        assert (song.name, song.is_active) == ("宋清", False)
        assert not Seat.objects.held_on(date(2026, 3, 2)).filter(person=song).exists()
        assert "还没有开通" in text(sys.get(f"/setup/people/{song.pk}/"))
        refused = send(sys, f"/setup/people/{song.pk}/slip/")
        assert refused.status_code == 409

        assert "有 2 个账号和职务等您确认" in text(sec.get("/setup/"))
        assert "云政协发〔2026〕8号" in text(sec.get(f"/setup/decisions/{song.pk}/"))
        send(sec, "/setup/decisions/", person=[song.pk])
        song.refresh_from_db()
        seat = Seat.objects.held_on(date(2026, 3, 2)).get(person=song)
        assert song.is_active
        assert (seat.proposed_by, seat.confirmed_by) == (world.sys, world.sec)

        assert "有 1 人的任职已经确认，还没有拿到一次性密码" in text(sys.get("/setup/"))
        page = text(sys.get(send(sys, f"/setup/people/{song.pk}/slip/").headers["Location"]))
        password = page.split('class="word">')[1].split("<")[0]
        client = browser()
        assert knock(client, "13911112222", password).status_code == 302
        assert client.get("/me/").headers["Location"].startswith("/accounts/password/change/")
        assert verbs()[-2:] == ["one_time_password", "log_in"]

    def test_the_slip_is_shown_once_and_the_password_lies_nowhere(self, world, sys):
        answer = send(sys, f"/setup/people/{world.gao.pk}/slip/")
        page = text(sys.get(answer.headers["Location"]))
        password = page.split('class="word">')[1].split("<")[0]

        assert password not in text(sys.get(answer.headers["Location"]))
        assert password not in str(sys.session.items())
        from django.apps import apps

        for model in apps.get_models():
            assert password not in str(list(model.objects.values())), model

    def test_sent_back_with_a_reason_she_stays_outside(self, world, sys, sec):
        send(sys, "/setup/people/add/", **newcomer(world))
        song = Person.objects.get(phone="13911112222")
        empty = send(sec, f"/setup/decisions/{song.pk}/", act="refuse", why="")
        assert empty.status_code == 422
        assert "请填写退回理由" in text(empty)
        send(sec, f"/setup/decisions/{song.pk}/", act="refuse", why="缺常委会决定原件。")

        song.refresh_from_db()
        assert not song.is_active
        assert not song.seats.filter(confirmed_at__isnull=False).exists()
        assert "关于宋清的申请被退回：缺常委会决定原件。" in text(sys.get("/setup/"))
        assert sec.get(f"/setup/decisions/{song.pk}/").status_code == 404
        assert verbs()[-2:] == ["account_refused", "seat_refused"]

    def test_what_is_missing_is_said_and_nothing_is_kept(self, world, sys):
        before = Person.objects.count()
        page = send(
            sys, "/setup/people/add/",
            **newcomer(world, phone="没有", **{"seat-start_document": "", "seat-duty": "unit_clerk"}),
        )  # fmt: skip

        assert page.status_code == 422
        for words in ("手机号应当全是数字", "请填写任职依据", "没有“承办单位经办人”这个职务"):
            assert words in text(page)
        assert 'value="宋 清"' in text(page)
        assert Person.objects.count() == before

    def test_a_phone_number_is_one_account(self, world, sys):
        page = send(sys, "/setup/people/add/", **newcomer(world, phone="13800000001"))

        assert "已经登记在另一个账号上" in text(page)

    def test_a_member_cannot_be_made_an_administrator(self, world, sys):
        page = send(
            sys, f"/setup/people/{world.lin.pk}/seat/", organisation=world.county.pk,
            duty="audit_admin", since="2026-03-01", start_document="文", decided_by="会",
        )  # fmt: skip

        assert page.status_code == 422
        assert "管理员不能兼任业务职务" in text(page)

    def test_a_whole_roster_is_confirmed_at_once_but_no_administrator_with_it(
        self, world, sys, sec
    ):
        for n in range(3):
            words = newcomer(world, name=f"新委员{n}", phone=f"1392222000{n}")
            send(sys, "/setup/people/add/", **words)
        send(sys, f"/setup/people/{world.aud.pk}/close/")
        assert "确认全部 3 人" in text(sec.get("/setup/decisions/"))
        send(sec, "/setup/decisions/", all="1")

        assert Person.objects.filter(phone__startswith="13922220", is_active=True).count() == 3
        world.aud.refresh_from_db()
        assert world.aud.is_active

    def test_the_same_form_twice_makes_one_person(self, world, sys):
        words = newcomer(world) | {"_key": str(uuid4())}
        first = sys.post("/setup/people/add/", words)
        second = sys.post("/setup/people/add/", words)

        assert first.headers["Location"] == second.headers["Location"]
        assert Person.objects.filter(phone="13911112222").count() == 1

    def test_a_new_administrator_logs_in_afresh(self, world, sec):
        client = enter(world.passer)
        seat = Seat(person=world.passer, organisation=world.county, duty="audit_admin",
                    since=date(2026, 1, 1), proposed_by=world.sys)  # fmt: skip
        seat.save()
        send(sec, "/setup/decisions/", person=[world.passer.pk])

        assert client.get("/me/").status_code == 302
        assert LogIn.objects.get(person=world.passer).ended_how == "rights"


class TestEndings:
    FORM = {
        "how": "resigned", "until": "2026-03-31", "document": "云政协发〔2026〕9号",
        "decided_by": "县政协五届二十一次常委会会议",
    }  # fmt: skip

    def url(self, person, duty="member"):
        return f"/setup/seats/{person.seats.get(duty=duty).pk}/end/"

    def test_first_what_it_touches_then_the_end(self, world, sys):
        page = text(send(sys, self.url(world.lin), **self.FORM))
        assert "请核对，然后确认离任" in page
        assert world.lin.seats.get().until is None

        send(sys, self.url(world.lin), **self.FORM, step="confirm")
        seat = world.lin.seats.get()
        assert (seat.until, seat.ended_how) == (date(2026, 3, 31), "resigned")
        assert seat.end_decided_by == "县政协五届二十一次常委会会议"
        assert Seat.objects.held_on(date(2026, 3, 31)).filter(person=world.lin).exists()
        assert not Seat.objects.held_on(date(2026, 4, 1)).filter(person=world.lin).exists()
        assert verbs()[-1] == "seat_ended"

    def test_the_check_page_carries_everything_over(self, world, sys):
        page = text(send(sys, self.url(world.lin), **self.FORM, close_account="on"))

        for name, value in (*self.FORM.items(), ("close_account", "on"), ("step", "confirm")):
            assert f'name="{name}" value="{value}"' in page

    def test_going_back_keeps_what_was_written(self, world, sys):
        page = text(send(sys, self.url(world.lin), **self.FORM, step="confirm", again="1"))

        assert 'value="云政协发〔2026〕9号"' in page
        assert world.lin.seats.get().until is None

    def test_a_removal_needs_its_paper_and_its_body(self, world, sys):
        page = send(sys, self.url(world.lin), how="removed", until="2026-03-31")

        assert page.status_code == 422
        assert "请写明依据文件" in text(page)
        assert "请写明由哪个机构、哪次会议决定" in text(page)

    def test_a_death_needs_none_and_ends_everything(self, world, sys):
        client = enter(world.gao_xiang)
        url = self.url(world.gao_xiang)
        page = text(send(sys, url, how="died", until="2026-03-31"))
        assert "教育界 · 召集人" in page
        assert "所有登录马上结束" in page
        send(sys, url, how="died", until="2026-03-31", step="confirm")

        assert not world.gao_xiang.seats.filter(until=None).exists()
        world.gao_xiang.refresh_from_db()
        assert not world.gao_xiang.is_active
        assert client.get("/me/").status_code == 302

    def test_an_adjustment_goes_on_elsewhere_once_confirmed(self, world, sys, sec):
        url = self.url(world.gao, "unit_clerk")
        form = self.FORM | {"how": "transferred"}
        assert "请选定调整到哪里" in text(send(sys, url, **form))

        send(sys, url, **form, moves_to=world.finance.pk, step="confirm")
        new = world.gao.seats.get(organisation=world.finance)
        assert (new.since, new.confirmed_at) == (date(2026, 4, 1), None)
        send(sec, "/setup/decisions/", person=[world.gao.pk])
        assert Seat.objects.held_on(date(2026, 4, 1)).get(person=world.gao) == new

    def test_it_ends_once(self, world, sys):
        url = self.url(world.lin)
        send(sys, url, **self.FORM, step="confirm")

        assert send(sys, url, **self.FORM, step="confirm").status_code == 404

    def test_not_before_it_began(self, world, sys):
        page = send(sys, self.url(world.lin), **self.FORM | {"until": "2021-01-01"})

        assert "最后一天不能早于任职日期" in text(page)

    def test_an_administrators_end_needs_the_other_hand(self, world, sys, sec):
        url = self.url(world.aud, "audit_admin")
        send(sys, url, **self.FORM, step="confirm")
        assert world.aud.seats.get().until is None

        send(sec, "/setup/decisions/", person=[world.aud.pk])
        assert world.aud.seats.get().until == date(2026, 3, 31)


class TestAccounts:
    def act(self, client, person, what):
        return send(client, f"/setup/people/{person.pk}/{what}/")

    def test_closing_is_at_once_opening_needs_the_other_hand(self, world, sys, sec):
        client = enter(world.gao)
        self.act(sys, world.gao, "close")
        assert client.get("/me/").status_code == 302
        assert "已经停用" in text(knock(browser(), "高远"))

        self.act(sys, world.gao, "open")
        assert not inside_as("高远")
        send(sec, "/setup/decisions/", person=[world.gao.pk])
        assert inside_as("高远")

    def test_nobody_closes_herself_or_another_administrator_alone(self, world, sys, sec):
        assert self.act(sys, world.sys, "close").status_code == 409
        self.act(sys, world.aud, "close")
        world.aud.refresh_from_db()
        assert world.aud.is_active

        send(sec, "/setup/decisions/", person=[world.aud.pk])
        world.aud.refresh_from_db()
        assert not world.aud.is_active

    def test_the_security_administrator_does_not_decide_about_herself(self, world, sys, sec):
        self.act(sys, world.sec, "close")
        answer = send(sec, f"/setup/decisions/{world.sec.pk}/", act="confirm")

        assert answer.status_code == 409
        assert "请另一位安全管理员处理" in text(answer)
        world.sec.refresh_from_db()
        assert world.sec.is_active

    @pytest.mark.parametrize("who", ["sec", "aud"])
    def test_the_system_administrator_cannot_take_over_another_administrator(self, world, sys, who):
        other = world.people[who]
        slip = send(sys, f"/setup/people/{other.pk}/slip/")
        edit = send(
            sys, f"/setup/people/{other.pk}/edit/", name="x", phone="13912345678",
            email="mine@example.org", version=1,
        )  # fmt: skip

        assert slip.status_code == edit.status_code == 409
        other.refresh_from_db()
        assert other.check_password(PASSWORD)
        assert other.email == ""

    def test_asked_twice_it_waits_once(self, world, sys):
        self.act(sys, world.gao, "close")
        self.act(sys, world.gao, "open")
        assert self.act(sys, world.gao, "open").status_code == 409
        assert AccountRequest.objects.count() == 1

    def test_a_locked_account_is_opened_again(self, world, sys):
        client = browser()
        for n in range(5):
            knock(client, "高远", f"猜{n}")
        assert knock(client, "高远").status_code == 429
        self.act(sys, world.gao, "lift")

        assert knock(client, "高远").status_code == 302

    def test_slips_for_many_are_drawn_together(self, world, sys, sec):
        for n in range(3):
            send(
                sys,
                "/setup/people/add/",
                **newcomer(world, name=f"新委员{n}", phone=f"1392222000{n}"),
            )
        waiting = Person.objects.filter(phone__startswith="13922220")
        send(sec, "/setup/decisions/", person=[person.pk for person in waiting])

        assert "生成 3 张密码条" in text(sys.get("/setup/people/slips/"))
        page = text(sys.get(send(sys, "/setup/people/slips/draw/").headers["Location"]))
        assert page.count('class="word"') == 3
        assert "现在没有人在等一次性密码" in text(sys.get("/setup/people/slips/"))


def inside_as(said):
    client = browser()
    knock(client, said)
    return inside(client)


class TestBodies:
    def unit(self, **more):
        return {"name": "云岭县数据局", "short_name": "县数据局", "side": "政府",
                "duties_text": "统筹数据资源整合共享。", "contact": "", "since": ""} | more  # fmt: skip

    def test_a_unit_is_added_with_its_duties(self, world, sys):
        send(sys, "/setup/bodies/add/unit/", **self.unit(parent=world.county.pk))
        made = Organisation.objects.get(name="云岭县数据局")

        assert (made.committee, made.kind) == (world.county, "unit")
        assert made.pinyin.startswith("yun ling xian")
        assert "云岭县数据局" in text(sys.get("/setup/bodies/"))
        assert verbs()[-1] == "body_added"

    def test_two_of_a_name_are_refused(self, world, sys):
        page = send(
            sys, "/setup/bodies/add/unit/",
            **self.unit(name="云岭县 财政局", parent=world.county.pk),
        )  # fmt: skip

        assert page.status_code == 422
        assert "已经有同名的了" in text(page)

    def test_a_sector_says_which_national_one_it_is(self, world, sys):
        url = f"/setup/bodies/{world.sector.pk}/"
        assert "23 教育界" in text(sys.get(url))
        send(
            sys,
            url,
            name="教育界",
            short_name="",
            parent=world.county.pk,
            national_code=23,
            version=1,
        )

        world.sector.refresh_from_db()
        assert world.sector.national_code == 23

    def test_two_editors_at_once_see_both_texts(self, world, sys):
        url = f"/setup/bodies/{world.housing.pk}/"
        other = self.unit(name="云岭县住房城乡建设局", parent=world.county.pk, version=1)
        send(sys, url, **other)
        mine = self.unit(name="云岭县住建委", parent=world.county.pk, version=1)
        answer = send(sys, url, **mine)

        assert answer.status_code == 409
        page = text(answer)
        assert "您填的" in page
        assert "云岭县住建委" in page
        assert "云岭县住房城乡建设局" in page
        world.housing.refresh_from_db()
        assert world.housing.name == "云岭县住房城乡建设局"

        send(sys, url, **mine | {"version": 2})
        world.housing.refresh_from_db()
        assert (world.housing.name, world.housing.version) == ("云岭县住建委", 3)

    def test_the_journal_says_what_it_was_and_what_it_is(self, world, sys):
        send(sys, f"/setup/bodies/{world.housing.pk}/",
             **self.unit(name=world.housing.name, parent=world.county.pk, version=1))  # fmt: skip
        entry = Entry.objects.order_by("-id").first()

        assert (entry.verb, entry.by, entry.acting_as) == ("body_changed", world.sys, "系统管理员")
        said = EntryContent.objects.get(entry=entry).data
        assert said["was"]["short_name"] == "县住建局"
        assert said["now"]["short_name"] == "县数据局"

    def test_a_merger_ends_the_seats_and_proposes_them_next_door(self, world, sys, sec):
        url = f"/setup/bodies/{world.housing.pk}/end/"
        form = {"until": "2026-03-31", "document": "云编发〔2026〕3号",
                "successor": world.finance.pk, "carry": "on"}  # fmt: skip
        page = text(send(sys, url, **form))
        assert "梁静" in page
        assert "将转到县财政局" in page
        assert Organisation.objects.get(pk=world.housing.pk).until is None

        send(sys, url, **form, step="confirm")
        world.housing.refresh_from_db()
        assert (world.housing.until, world.housing.successor) == (date(2026, 3, 31), world.finance)
        assert not world.housing.seats.filter(until=None).exists()
        assert world.finance.seats.filter(confirmed_at=None).count() == 2
        assert "云岭县住房和城乡建设局" not in text(sys.get("/setup/bodies/"))
        assert "云岭县住房和城乡建设局" in text(sys.get("/setup/bodies/?gone=1"))

    def test_the_committee_itself_is_not_abolished_here(self, world, sys):
        assert sys.get(f"/setup/bodies/{world.county.pk}/end/").status_code == 404


class TestTerms:
    def test_a_term_and_its_session(self, world, sys):
        send(sys, "/setup/terms/add/", number=6, since="2027-01-10", until="")
        term = Term.objects.get(number=6)
        send(
            sys, f"/setup/terms/{term.pk}/sessions/add/", number=1, opens_on="2027-01-12",
            closes_on="2027-01-15", cutoff_at="2027-01-14T18:00",
        )  # fmt: skip

        session = Session.objects.get(term=term)
        assert str(session) == "第六届一次会议"
        assert session.cutoff_at.isoformat() == "2027-01-14T10:00:00+00:00"

    def test_each_number_once_and_the_days_in_order(self, world, sys):
        twice = send(sys, "/setup/terms/add/", number=5, since="2027-01-10")
        assert "这个序号已经有了" in text(twice)

        page = send(
            sys, f"/setup/sessions/{world.session.pk}/", number=5, opens_on="2026-01-23",
            closes_on="2026-01-20", cutoff_at="2026-01-22T18:00", version=1,
        )  # fmt: skip
        assert "闭幕日期不能早于开幕日期" in text(page)


class TestTheCircle:
    """Each page has its circle; to everybody else it is not there."""

    PAGES = {
        "system_admin": ["/setup/bodies/", "/setup/bodies/add/unit/", "/setup/terms/",
                         "/setup/terms/add/", "/setup/people/", "/setup/people/add/",
                         "/setup/people/slips/"],
        "security_admin": ["/setup/decisions/"],
        "audit_admin": ["/setup/log-ins/"],
    }  # fmt: skip

    @pytest.mark.parametrize(
        "who",
        ["lin", "chen", "he", "tang", "gao", "liang", "wu", "passer", "far", "sys", "sec", "aud"],
    )
    def test_who_sees_what(self, world, who):
        person = world.people[who]
        held = set(person.seats.values_list("duty", flat=True))
        client = enter(person)
        for duty, pages in self.PAGES.items():
            for page in pages:
                expected = 200 if duty in held else 404
                assert client.get(page).status_code == expected, page

    @pytest.mark.parametrize("path", ["/setup/", "/setup/people/", "/setup/decisions/"])
    def test_a_stranger_is_sent_to_the_door(self, world, path):
        assert browser().get(path).headers["Location"].startswith("/accounts/login/")

    def test_another_countys_people_and_bodies_are_not_there(self, world, sys):
        foreign = Organisation.objects.create(
            kind="unit", name="青川县财政局", committee=world.other
        )
        for path in (
            f"/setup/people/{world.far.pk}/", f"/setup/people/{world.far.pk}/edit/",
            f"/setup/bodies/{foreign.pk}/", f"/setup/bodies/{world.other.pk}/",
            f"/setup/seats/{world.far.seats.get().pk}/end/",
        ):  # fmt: skip
            assert sys.get(path).status_code == 404, path
        assert "方远" not in text(sys.get("/setup/people/"))

    def test_what_is_asked_next_door_does_not_wait_here(self, world, sec):
        Seat.objects.create(person=world.passer, organisation=world.other, duty="member",
                            since=date(2026, 1, 1))  # fmt: skip

        assert "没有等候确认" in text(sec.get("/setup/decisions/"))
        send(sec, "/setup/decisions/", person=[world.passer.pk])
        assert not world.passer.seats.filter(confirmed_at__isnull=False).exists()

    def test_queries_do_not_grow_with_the_house(self, world, sys, django_assert_max_num_queries):
        for n in range(40):
            person = Person.objects.create_user(f"委员{n}", None, phone=f"136{n:08}")
            Seat.objects.create(person=person, organisation=world.county, duty="member",
                                since=date(2026, 1, 1))  # fmt: skip
            Organisation.objects.create(kind="unit", name=f"单位{n}", committee=world.county)
        for page in ("/setup/people/", "/setup/bodies/", "/setup/", "/me/"):
            with django_assert_max_num_queries(15):
                assert sys.get(page).status_code == 200
