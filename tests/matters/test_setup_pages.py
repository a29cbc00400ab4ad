"""Named numbers, code tables, and the audit administrator's journal without words."""

from uuid import uuid4

import pytest

from shangliang.matters import audit, jobs, local
from shangliang.matters.models import Code, Entry, EntryContent, NamedNumber
from shangliang.matters.number_kinds import kind_of, said
from shangliang.people.models import Term
from tests.people.door import enter
from tests.world import proposal, walk

pytestmark = pytest.mark.django_db
CANARY = "金丝雀暗号"


def send(client, url, **words):
    return client.post(url, {"_key": str(uuid4()), **words})


def text(answer):
    return answer.content.decode()


@pytest.fixture
def sys(world):
    return enter(world.sys)


@pytest.fixture
def aud(world):
    return enter(world.aud)


class TestNumbers:
    DUE = "/setup/numbers/reply.due/"

    def test_every_number_has_words_a_kind_and_a_page(self, world, sys):
        page = text(sys.get("/setup/numbers/"))
        for key, default in local.defaults().items():
            assert default.label in page
            assert kind_of(key) in {"span", "count", "switch", "roll", "day", "types"}
            answer = sys.get(f"/setup/numbers/{key}/")
            assert answer.status_code == 200
            assert said(key, default.value) in text(answer)

    def test_a_committee_sets_its_own_and_says_why(self, world, sys):
        missing = send(sys, self.DUE, value_amount="2", value_unit="mo", law="")
        assert missing.status_code == 422
        assert "请填写依据" in text(missing)

        send(sys, self.DUE, value_amount="2", value_unit="mo", law="云岭县提案办理办法第十二条")
        assert local.value(world.county, "reply.due", world.term) == "2 mo"
        assert local.value(world.other, "reply.due") == "3 mo"
        page = text(sys.get("/setup/numbers/"))
        assert "2 个月" in page
        assert "云岭县提案办理办法第十二条" in page
        assert Entry.objects.order_by("-id").first().verb == "number_set"

    def test_one_term_may_differ_and_go_back(self, world, sys):
        sixth = Term.objects.create(organisation=world.county, number=6, since="2027-01-10")
        send(sys, f"{self.DUE}?term={sixth.pk}", value_amount="45", value_unit="wd", law="试行办法")
        assert local.value(world.county, "reply.due", sixth) == "45 wd"
        assert local.value(world.county, "reply.due", world.term) == "3 mo"
        assert "第六届：45 个工作日" in text(sys.get("/setup/numbers/"))

        send(sys, f"/setup/numbers/{NamedNumber.objects.get().pk}/reset/")
        assert local.value(world.county, "reply.due", sixth) == "3 mo"
        said_last = EntryContent.objects.order_by("-entry_id").first().data
        assert said_last["was"] == "45 wd"

    def test_a_number_that_is_changed_keeps_its_version(self, world, sys):
        send(sys, self.DUE, value_amount="2", value_unit="mo", law="甲")
        send(sys, self.DUE, value_amount="4", value_unit="mo", law="乙", version=1)
        late = send(sys, self.DUE, value_amount="5", value_unit="mo", law="丙", version=1)

        assert late.status_code == 409
        assert local.value(world.county, "reply.due") == "4 mo"

    @pytest.mark.parametrize(
        ("key", "words"),
        [
            ("reply.due", {"value_amount": "0", "value_unit": "mo"}),
            ("reply.due", {"value_amount": "三", "value_unit": "mo"}),
            ("reply.due", {"value_amount": "3", "value_unit": "year"}),
            ("reply.due", {"value_amount": "", "value_unit": "mo"}),
            ("proposal.max_chars", {"value": "-5"}),
            ("proposal.max_chars", {"value": "很多"}),
            ("reply.fixed", {"value": "02-31x"}),
            ("reply.fixed", {"value": "13-01"}),
            ("clock.roll", {"value": "sideways"}),
            ("proposal.only_in_session", {"value": ["nonsense"]}),
            ("clock.counts_start", {"value": "2"}),
        ],
    )
    def test_what_no_number_can_be(self, world, sys, key, words):
        assert send(sys, f"/setup/numbers/{key}/", law="依据", **words).status_code == 422
        assert not NamedNumber.objects.exists()

    @pytest.mark.parametrize(
        ("key", "words", "stored"),
        [
            ("reply.fixed", {"value": "08-31"}, "08-31"),
            ("reply.fixed", {"value": ""}, ""),
            ("rehandle.max", {"value_amount": "", "value_unit": "mo"}, ""),
            ("rehandle.max", {"value_amount": "6", "value_unit": "mo"}, "6 mo"),
            ("clock.roll", {"value": "previous"}, "previous"),
            ("reply.restart_on_new_unit", {"value": "0"}, "0"),
            ("proposal.max_chars", {"value": "2000"}, "2000"),
            ("proposal.only_in_session", {"value": ["sector", "group"]}, "sector group"),
            ("proposal.only_in_session", {}, ""),
        ],
    )
    def test_what_a_number_can_be(self, world, sys, key, words, stored):
        send(sys, f"/setup/numbers/{key}/", law="依据", **words)

        assert local.value(world.county, key) == stored

    def test_another_countys_term_is_not_there(self, world, sys):
        foreign = Term.objects.create(organisation=world.other, number=3, since="2022-01-10")

        assert sys.get(f"{self.DUE}?term={foreign.pk}").status_code == 404
        assert sys.get("/setup/numbers/no.such/").status_code == 404


class TestCodes:
    def line(self, world, table, code):
        return Code.objects.get(organisation=world.county, table=table, code=code)

    def test_every_shipped_table_has_a_name(self, world, sys):
        page = text(sys.get("/setup/codes/"))
        for _table, _code, label, _meaning in local.default_codes():
            assert label in page

    def test_a_class_is_called_as_it_is_called_here(self, world, sys):
        line = self.line(world, "reply_class", "A")
        send(
            sys,
            f"/setup/codes/{line.pk}/",
            label="已解决",
            meaning="",
            order=1,
            active="on",
            version=1,
        )

        assert local.label(world.county, "reply_class", "A") == "已解决"
        assert Entry.objects.order_by("-id").first().verb == "code_changed"

    def test_a_line_is_added_and_put_out_of_use(self, world, sys):
        words = {"code": "health", "label": "卫生健康", "meaning": "", "order": 7}
        send(sys, "/setup/codes/category/add/", **words, active="on")
        assert "卫生健康" in [str(code) for code in local.codes(world.county, "category")]
        line = self.line(world, "category", "health")
        send(sys, f"/setup/codes/{line.pk}/", label="卫生健康", meaning="", order=7, version=1)

        assert "卫生健康" not in [str(code) for code in local.codes(world.county, "category")]
        assert local.label(world.county, "category", "health") == "卫生健康"

    def test_the_stored_code_never_changes(self, world, sys):
        line = self.line(world, "reply_class", "A")
        send(
            sys,
            f"/setup/codes/{line.pk}/",
            code="Z",
            label="A类",
            meaning="",
            order=1,
            active="on",
            version=1,
        )

        line.refresh_from_db()
        assert line.code == "A"

    def test_refusals(self, world, sys):
        words = {"label": "x", "meaning": "", "order": 1, "active": "on"}
        assert "已经有这个代码" in text(
            send(sys, "/setup/codes/reply_class/add/", code="A", **words)
        )
        assert "只能用字母" in text(send(sys, "/setup/codes/reply_class/add/", code="甲", **words))
        for line in Code.objects.filter(organisation=world.county, table="publicity").order_by(
            "pk"
        ):
            last = send(sys, f"/setup/codes/{line.pk}/", label="x", meaning="", order=1, version=1)
        assert "至少要有一行在用" in text(last)

    def test_another_countys_lines_are_not_there(self, world, sys):
        line = Code.objects.filter(organisation=world.other).first()

        assert sys.get(f"/setup/codes/{line.pk}/").status_code == 404


@pytest.mark.xdist_group("verifying")  # one at a time, as in the house
class TestJournal:
    @pytest.fixture
    def paper(self, world):
        made = proposal(world, title=f"关于{CANARY}的建议", situation=CANARY)
        walk(made, (world.lin, "submit"), (world.chen, "return", f"请补充{CANARY}"))
        return made

    def test_when_who_what_and_which_number_but_no_word_of_it(self, world, aud, paper):
        page = text(aud.get("/setup/journal/"))

        assert "林晓" in page
        assert "陈立" in page
        assert f"提案 {paper.pk}" in page
        assert CANARY not in page

    def test_no_filter_finds_by_content(self, world, aud, paper):
        for name in ("name", "number", "verb", "note", "title"):
            page = text(aud.get("/setup/journal/", {name: CANARY}))
            rows = page.split("<tbody>")[1]
            assert CANARY not in rows
            # A filter that exists finds nothing by it; one that does not exist changes nothing.
            assert (f"提案 {paper.pk}" in rows) == (name in ("verb", "note", "title"))

    def test_filters(self, world, aud, paper):
        page = text(aud.get("/setup/journal/", {"name": "林晓", "verb": "submit"}))
        assert page.count("<tr>") == 2

        assert text(aud.get("/setup/journal/", {"since": "2099-01-01"})).count("<tr>") == 1

    def test_another_countys_matters_are_not_in_it(self, world, paper):
        from shangliang.people.models import Person, Seat

        other = Person.objects.create_user("邻审", "云岭县政协2026春天", phone="13800000099")
        seat = Seat.objects.create(
            person=other, organisation=world.other, duty="audit_admin", since="2022-01-10"
        )
        Seat.objects.filter(pk=seat.pk).update(confirmed_at="2022-01-10T00:00Z")
        page = text(enter(other).get("/setup/journal/"))

        assert "邻审" in page
        assert "林晓" not in page
        assert f"提案 {paper.pk}" not in page

    @pytest.mark.parametrize("who", ["sys", "sec", "chen", "wu", "lin"])
    def test_nobody_else_reads_it(self, world, who):
        assert enter(world.people[who]).get("/setup/journal/").status_code == 404

    def test_a_sound_journal_is_said_to_be_sound(self, world, aud, paper):
        assert "日志还没有核验过" in text(aud.get("/setup/"))
        jobs.verify_journal.call_local(world.aud.pk, "审计管理员")

        assert audit.verify().fault is None
        assert "日志完好，共" in text(aud.get("/setup/journal/"))
        assert "日志还没有核验过" not in text(aud.get("/setup/"))

    def test_a_fault_stands_at_the_top(self, world, aud, paper, monkeypatch):
        from shangliang.matters.links import Fault, Verdict

        broken = Verdict(3, fault=Fault(2, "第 2 号日志的记录被改动过。"))
        monkeypatch.setattr(audit, "verify", lambda: broken)
        jobs.verify_journal.call_local(world.aud.pk, "审计管理员")

        assert "第 2 号日志的记录被改动过。" in text(aud.get("/setup/journal/"))
        assert "上次核验发现问题：第 2 号日志的记录被改动过。" in text(aud.get("/setup/"))

    def test_asking_leaves_an_entry_and_does_not_ask_twice(
        self, world, aud, monkeypatch, django_capture_on_commit_callbacks
    ):
        asked = []
        monkeypatch.setattr(jobs, "verify_journal", lambda *words: asked.append(words))
        with django_capture_on_commit_callbacks(execute=True):
            send(aud, "/setup/journal/verify/")
            send(aud, "/setup/journal/verify/")

        assert asked == [(world.aud.pk, "审计管理员")]
        assert Entry.objects.filter(verb="audit_asked", by=world.aud).count() == 1
        assert "日志正在核验" in text(aud.get("/setup/journal/"))

    def test_the_journal_page_asks_as_often_for_many_as_for_few(
        self, world, aud, django_assert_max_num_queries
    ):
        for n in range(12):
            walk(proposal(world, title=f"建议{n}"), (world.lin, "submit"))
        with django_assert_max_num_queries(15):
            assert aud.get("/setup/journal/").status_code == 200


class TestEndings:
    FORM = {"how": "resigned", "until": "2026-03-31", "document": "文", "decided_by": "会"}

    def test_what_is_open_is_counted_and_not_named(self, world, sys):
        for _n in range(2):
            walk(proposal(world, title=f"关于{CANARY}的建议"), (world.lin, "submit"))
        page = text(send(sys, f"/setup/seats/{world.lin.seats.get().pk}/end/", **self.FORM))

        assert "林晓是 2 件未办结事项的第一提案人。" in page
        assert CANARY not in page

    def test_a_unit_that_would_have_nobody_left_is_named(self, world, sys):
        paper = proposal(world)
        walk(paper, (world.lin, "submit"))
        paper.parts.create(role="lead_unit", unit=world.finance, since=paper.created_at)
        page = text(send(sys, f"/setup/seats/{world.qian.seats.get().pk}/end/", **self.FORM))
        assert "县财政局有 1 件未办结事项，离任后没有承办单位经办人" in page

        form = {"until": "2026-03-31", "document": "文", "successor": world.housing.pk}
        page = text(send(sys, f"/setup/bodies/{world.finance.pk}/end/", **form))
        assert "县财政局是 1 件未办结事项的主办单位。" in page
        assert "请提案办或督查室改交县住建局办理" in page

    def test_nothing_open_is_said_too(self, world, sys):
        page = text(send(sys, f"/setup/seats/{world.zhou.seats.get().pk}/end/", **self.FORM))

        assert "没有未办结的事项受影响" in page


class TestNoBusinessForAdministrators:
    """The three are turned away from every page of the rooms, whoever wrote it."""

    @pytest.mark.parametrize("who", ["sys", "sec", "aud"])
    def test_every_room_is_404(self, world, who):
        paper = proposal(world)
        walk(paper, (world.lin, "submit"))
        client = enter(world.people[who])
        for path in (
            f"/matters/{paper.pk}/", f"/matters/{paper.pk}/file/", f"/proposals/{paper.pk}/",
            "/proposals/", "/proposals/new/", "/search/", "/notices/",
            "/deadlines/shorter/", "/documents/1/",
        ):  # fmt: skip
            assert client.get(path).status_code == 404, path
            assert send(client, path).status_code in (404, 405), path

    @pytest.mark.parametrize("who", ["sys", "sec", "aud"])
    def test_home_is_the_set_up_desk(self, world, who):
        assert enter(world.people[who]).get("/").headers["Location"] == "/setup/"
