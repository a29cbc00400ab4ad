"""Everybody's home: exactly what is hers to decide, counted truly, and words when there is nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from shangliang.analysis.workdays import SpecialDay
from shangliang.desk.views.home import CARDS
from shangliang.matters import calendar_notices
from shangliang.matters.models import Deadline
from shangliang.people import seating
from shangliang.people.models import Person, Seat
from shangliang.people.record import Pen
from shangliang.proposals import letters
from shangliang.proposals.models import Proposal
from tests.browsing import browser
from tests.faults import stages
from tests.world import World, proposal, walk

NOTHING = "今天没有需要您办理的事。"

# One paper in every state stands in the county.  Whose home it is on, and the word of its button.
WAITS = {
    "lin": {
        "draft": "接着写", "cosigning": "去看看", "unconfirmed": "去确认", "returned": "去修改",
        "replied": "去评议",
    },
    "zhou": {"cosigning": "看一看"},
    "gao_xiang": {},
    "chen": {"submitted": "去初审", "filed": "去拟定", "rated": "去处理", "no_feedback": "去办结"},
    "he": {"preliminary": "去复审"},
    "tang": {"planned": "去交办"},
    "gao": {"assigned": "去签收", "handling": "去办理"},
    "liang": {"assigned": "去签收", "handling": "去办理", "reply_check": "去审签"},
    "qian": {},
    "wu": {},
    "passer": {},
    "far": {},
    "far_office": {},
}  # fmt: skip
COUNTED = {1: "一", 2: "两", 3: "三", 4: "四", 5: "五"}
FIGURES = ("gao", "liang", "qian", "tang", "wu")  # those who look after a whole
ADMINISTRATORS = {"sys": "系统管理员", "sec": "安全管理员", "aud": "审计管理员"}


def returned(world: World) -> Proposal:
    paper = stages.submitted(world)
    walk(paper, (world.chen, "return", "请补充数据。"))
    return paper


def no_feedback(world: World) -> Proposal:
    paper = stages.replied(world)
    walk(paper, (None, "lapse"))
    return paper


def closed(world: World) -> Proposal:
    paper = stages.closable(world)
    walk(paper, (world.chen, "close"))
    return paper


@pytest.fixture(autouse=True)
def no_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting a letter takes half a second; here it is enough that one went out."""
    monkeypatch.setattr(letters, "file_reply", lambda reply, **_: None)


@pytest.fixture
def papers(world: World) -> dict[str, Proposal]:
    """One proposal in every state of the table."""
    own = {"draft": proposal, "returned": returned, "no_feedback": no_feedback, "closed": closed}
    names = {state for held in WAITS.values() for state in held} | {"closed"}
    made = {name: own.get(name, getattr(stages, name, None))(world) for name in sorted(names)}
    assert {name: paper.state for name, paper in made.items()} == {name: name for name in made}
    return made


def home(person: Person) -> str:
    answer = browser(person).get("/", follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def cards(page: str) -> dict[str, str]:
    """The decisions of a home by their name, with the word of the button."""
    found = re.findall(r'<article class="todo[^"]*" id="([\w-]+)">(.*?)</article>', page, re.S)
    return {name: re.findall(r'<a class="button[^>]*>([^<]+)</a>', body)[0] for name, body in found}


def counted(page: str) -> int:
    """What the word 待办 in the frame says waits."""
    found = re.search(r'aria-current="page"[^>]*>\s*(?:<[^>]+>)*\s*待办(.*?)</a>', page, re.S)
    assert found, "no word for what waits"
    number = re.search(r"\d+", re.sub(r"<[^>]+>", "", found[1]))
    return int(number[0]) if number else 0


def test_every_home_holds_exactly_her_decisions(world: World, papers: dict[str, Proposal]) -> None:
    for key, held in WAITS.items():
        page = home(world.people[key])
        wanted = {f"matter-{papers[state].pk}": act for state, act in held.items()}
        assert cards(page) == wanted, key
        assert counted(page) == len(wanted), key
        assert page.count("button main") == bool(wanted), "one of them is the first"
        said = f"今天有{COUNTED[len(wanted)]}件事等您。" if wanted else NOTHING
        assert said in page, key
        assert (NOTHING in page) == (not wanted), key


def test_every_button_opens_for_her(world: World, papers: dict[str, Proposal]) -> None:
    for key, held in WAITS.items():
        hers = browser(world.people[key])
        page = hers.get("/").content.decode()
        for state in held:
            card = re.search(rf'id="matter-{papers[state].pk}">(.*?)</article>', page, re.S)
            assert card
            (url,) = re.findall(r'<a class="button[^"]*" href="([^"]+)"', card[1])
            answer = hers.get(url)
            assert answer.status_code == 200, (key, state)
            assert papers[state].title in answer.content.decode()


def test_an_empty_house_says_so_in_words(world: World) -> None:
    for key in [*WAITS, *ADMINISTRATORS]:
        page = home(world.people[key])
        assert not cards(page), key
        if key == "aud":  # the journal waits to be looked at from the first day on
            assert "日志还没有核验过。" in page
            continue
        assert NOTHING in page, key
        numbers = re.findall(r'<a class="figure[^>]*>\s*<b>(\d+)</b>', page)
        assert numbers == (["0"] * 5 if key in FIGURES else []), key


def test_the_figures_are_those_of_the_papers(world: World, papers: dict[str, Proposal]) -> None:
    """Three are with the housing bureau, three are answered; all that runs since March is late."""
    theirs, answered = 3, 3
    day = timezone.localdate()
    running = Deadline.objects.running().filter(due_on__lt=day)
    seen = {"tang": ("members",), "wu": ("members", "handlers")}
    for key in FIGURES:
        page = home(world.people[key])
        found = re.findall(r'href="[^"]*held=(\w+)[^"]*"[^>]*>\s*<b>(\d+)</b>', page)
        shown = {name: int(n) for name, n in found}
        ours = key != "qian"
        assert shown["handled"] == theirs * ours, key
        assert shown["answered"] == answered * ours, key
        assert shown["promised"] == (answered + 1) * ours, key  # the closed one promised too
        late = running.filter(matter__visibility__in=seen.get(key, ())).values("matter")
        assert shown["late"] == (late.distinct().count() if key in seen else theirs * ours), key
        assert ("全局" if key in seen else "本单位") in page


def test_an_administrators_home_knows_nothing_of_business(
    world: World, papers: dict[str, Proposal]
) -> None:
    for key, duty in ADMINISTRATORS.items():
        page = home(world.people[key])
        assert f"您是{duty}" in page
        assert "加装电梯" not in page
        assert not cards(page)


def test_the_three_administrators_have_their_own_decisions(world: World) -> None:
    newcomer = Person.objects.create_user("新人", None, phone="13800000031", is_active=True)
    seat = Seat(person=newcomer, organisation=world.county, duty="member", since=date(2026, 3, 1))
    pen = Pen(world.sys, timezone.now(), "系统管理员")
    seating.propose(seat, pen)
    assert "有 1 个账号和职务等您确认，涉及 1 人。" in home(world.sec)
    assert NOTHING in home(world.sys)

    seating.confirm(seat, Pen(world.sec, timezone.now(), "安全管理员"))
    assert NOTHING in home(world.sec)
    assert "有 1 人的任职已经确认，还没有拿到一次性密码。" in home(world.sys)

    calendar_notices.propose(
        year=2031, title="关于2031年部分节假日安排的通知", issued_on=date(2026, 3, 1), settles=False,
        days=[SpecialDay(date(2031, 10, 1), "国庆节", False)], by=world.sys, at=timezone.now(),
    )  # fmt: skip
    assert NOTHING not in home(world.sec)


# ── more than fits on one sheet ─────────────────────────────────────────────


def test_what_is_not_shown_is_counted_paper_by_paper(world: World) -> None:
    """Chen Li has six papers by themselves and a pile that comes last: eight are not shown."""
    for make, number in ((stages.submitted, 3), (stages.rated, 3), (stages.filed, 7)):
        for _ in range(number):
            make(world)
    page = home(world.chen)
    shown = cards(page)
    assert len(shown) == CARDS
    assert counted(page) == 13
    assert "今天有 13 件事等您。" in page
    assert not any(name.startswith("group-") for name in shown)
    assert "还有 8 件，查看全部" in page


def test_a_unit_with_much_in_hand_has_it_line_by_line(world: World) -> None:
    for _ in range(CARDS + 1):
        stages.assigned(world)
    stages.handling(world)
    page = home(world.gao)
    body: Any = re.search(r'<table class="[^"]*cockpit[^"]*".*?</table>', page, re.S)
    assert len(re.findall(r"<tr", body[0])) == CARDS + 2 + 1
    assert counted(page) == CARDS + 2
    assert f"一起签收 {CARDS + 1} 件" in page


def test_a_decision_taken_leaves_the_home_and_comes_to_the_next(world: World) -> None:
    paper = stages.submitted(world)
    assert list(cards(home(world.chen))) == [f"matter-{paper.pk}"]
    walk(paper, (world.chen, "review", stages.REVIEWED))
    assert cards(home(world.chen)) == {}
    assert NOTHING in home(world.chen)
    assert list(cards(home(world.he))) == [f"matter-{paper.pk}"]
