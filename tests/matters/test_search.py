"""One box over everything a person may see: the same answers on every engine, and no leak.

The expected answers come from a plain scan of the texts, which knows no index; run on both
engines, it holds both to the same list in the same order.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from shangliang.matters import search
from shangliang.matters.models import Matter
from shangliang.matters.search import Filters, find
from shangliang.matters.search.engines import MOST_TOKENS, engine
from shangliang.proposals.models import Proposal
from tests.world import SPRING, World, proposal, walk

DAY = SPRING.date()
# fmt: off
THINGS = [
    "电梯", "养老", "停车", "公交", "河道", "厕所", "垃圾", "校车", "图书馆", "充电桩", "老旧小区",
    "农村公路", "村医", "义务教育", "ＷｉＦｉ", "5G基站", "iPad", "AED", "Citywalk", "“一件事”", "C++",
    "盲道", "大熊猫", "々々", "□", "囧", "𠮷野", "𪚥",
]
DOINGS = ["加快", "规范", "建设", "改造", "增设", "免费开放", "治理", "补助", "移交", "①登记", "取消"]
PLACES = ["云岭", "东街", "西坝", "龙门乡", "青石镇", "县城", "沿河", "开发区"]
SIGNS = ["，", "。", "\n", "、", " ", "——", "；", "😀", "\u200b", "（", "）", "<b>", "&amp;", "'", '"']
ODD_QUERIES = [
    "", "   ", "。", "😀", "👍🏽", "*", '"', "''", "\\", "%", "_", "()", "电梯 OR 停车",
    "电梯 AND", "NOT 电梯", "NEAR(电梯 停车)", '"电梯', "电梯*", "title:电梯", "-电梯", "^电梯", "电梯'",
    "电梯 & 停车", "电梯 | 停车", "!电梯", "电梯:*", "电梯:A", "{title} : 电梯", "'; DROP TABLE x;--",
    "<b>", "&amp;", "电\u200b梯", "电 梯", "梯电", "电。梯", "wifi", "ＷＩＦＩ", "WiFi", "wif", "ifi", "5g",
    "5G基站", "g基站", "ipad", "c++", "C", "aed", "第0123号", "第123号", "0123", "123", "12", "1230",
    "第十二号", "号", "第", "0", "00", "𠮷", "𠮷野", "野", "𪚥", "囧", "々", "々々", "的", "建", "1登记",
    "①", "①登记", "一件事", "“一件事”", "加快云岭", "老旧小区改造", "旧小", "小区 老旧", "图书馆,停车",
    "电梯" * 60, " ".join(map(str, range(30))),
]
# fmt: on


def invented(number: int) -> tuple[str, str]:
    """A title and a text nobody wrote, always the same for the same number."""
    dice = random.Random(number)
    pick = dice.choice

    def sentence() -> str:
        pieces = [pick((pick(DOINGS), pick(PLACES), pick(THINGS), pick(SIGNS))) for _ in range(7)]
        official = f"第{number % 40 * 3:04d}号"
        return "".join(pieces) + pick((official, f"第{dice.randrange(200)}号", ""))

    body = "".join(sentence() + pick(SIGNS) for _ in range(dice.randrange(2, 9)))
    return f"关于{pick(DOINGS)}{pick(PLACES)}{pick(THINGS)}的建议", body


def asked() -> list[str]:
    """200 queries: the odd ones, and pieces cut out of the texts themselves."""
    dice, found = random.Random(7), list(ODD_QUERIES)
    while len(found) < 200:
        title, body = invented(dice.randrange(300))
        text = dice.choice((title, body))
        begin = dice.randrange(len(text))
        piece = text[begin : begin + dice.choice((1, 2, 2, 2, 3, 4, 6))]
        found.append(piece if dice.random() < 0.8 else f"{piece} {dice.choice(THINGS)}")
    return found


# ── the plain scan ──────────────────────────────────────────────────────────

HAN = r"[々〇\u3400-\u9fff\U00020000-\U0003ffff]"
LETTER = rf"(?:(?!{HAN})[^\W_])"


def plain(text: str) -> str:
    """One character after the other in its small, half-width form."""
    kept = (c for c in text if unicodedata.category(c) != "Cf")
    return "".join(unicodedata.normalize("NFKC", c).lower() for c in kept)


def sought(query: str) -> list[re.Pattern[str]]:
    """Each word of a query as a pattern over the plain text."""
    words = list(dict.fromkeys(re.findall(r"[^\W_]+", plain(query))))
    return [re.compile(pattern_of(word)) for word in words[:8]]


def pattern_of(word: str) -> str:
    pieces = re.findall(rf"{HAN}+|{LETTER}+", word)
    found = []
    for place, piece in enumerate(pieces, start=1):
        if re.match(HAN, piece):
            found.append(piece)
            continue
        number = piece.isdigit()
        piece = f"0*{piece.lstrip('0') or '0'}" if number else re.escape(piece[:40])
        ends = f"(?!{LETTER})" if number or place < len(pieces) else ""
        found.append(f"(?<!{LETTER}){piece}{ends}")
    return r"[\W_]*".join(found)


Line = tuple[Proposal, str, str]


def lines(matters: list[Proposal]) -> list[Line]:
    """The matters with their plain texts, read once."""
    return [(m, plain(f"{m.title}\n{m.number}"), plain(m.search_text())) for m in matters]


def scanned(query: str, texts: list[Line]) -> list[int]:
    """What a search must answer: all words in the title first, then the most recently moved."""
    words = sought(query)
    hits = [
        (not all(word.search(title) for word in words), -matter.moved_at.timestamp(), -matter.pk)
        for matter, title, body in texts
        if words and all(word.search(title) or word.search(body) for word in words)
    ]
    return [-pk for _, _, pk in sorted(hits)]


# ── the same answers ────────────────────────────────────────────────────────


@pytest.fixture
def shelf(world: World) -> list[Proposal]:
    """300 invented proposals everybody may see."""
    made = []
    for number in range(300):
        title, body = invented(number)
        moved = SPRING - timedelta(minutes=number * 37 % 300)
        paper = Proposal(
            organisation=world.county, term=world.term, kind=Proposal.KIND, state="filed",
            title=title[:200], situation=body, visibility="public",
            number=f"第五届五次会议第{number:04d}号" if number % 3 else "",
            created_at=moved, moved_at=moved,
        )  # fmt: skip
        paper.save()
        search.index(paper)
        made.append(paper)
    return made


@pytest.mark.parametrize("common", [3, 2000], ids=["from the newest", "from the word"])
def test_200_queries_over_300_texts_answer_as_a_plain_scan_does(
    world: World, shelf: list[Proposal], common: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rare words are found one way and common ones another; both end in the same list."""
    monkeypatch.setattr(type(engine()), "COMMON", common)
    queries, texts, found_something = asked(), lines(shelf), 0
    assert len(queries) == 200
    for query in queries:
        expected = scanned(query, texts)
        hits = find(world.lin, query, day=DAY)
        assert hits.object_list == expected, query
        assert hits.count == len(expected)
        found_something += bool(expected)
    assert 100 < found_something < 195


def test_what_changes_is_found_by_its_new_text_only(world: World, shelf: list[Proposal]) -> None:
    dice = random.Random(3)
    for paper in dice.sample(shelf, 100):
        paper.title, paper.situation = invented(1000 + paper.pk)
        paper.save()
        search.index(paper)
    for paper in dice.sample(shelf, 50):
        search.remove(paper)
        paper.delete()
    left = lines(list(Proposal.objects.all()))
    assert len(left) == 250
    for query in asked():
        expected = scanned(query, left)
        assert find(world.lin, query, day=DAY).object_list == expected, query


def test_an_index_built_anew_gives_the_same_answers(
    world: World, shelf: list[Proposal], capsys: Any
) -> None:
    call_command("reindex")
    assert "检索索引已重建，共 300 件。" in capsys.readouterr().out
    texts = lines(shelf)
    for query in asked():
        expected = scanned(query, texts)
        assert find(world.lin, query, day=DAY).object_list == expected, query


@pytest.mark.django_db(transaction=True)
def test_an_index_goes_back_with_its_transaction() -> None:
    from tests.world import build

    world = build()
    lift = proposal(world)
    search.index(lift)
    lift.title = "关于建设图书馆的建议"
    with transaction.atomic():
        lift.save()
        search.index(lift)
        transaction.set_rollback(True)
    assert not find(world.lin, "图书馆", day=DAY).count
    assert find(world.lin, "加装电梯", day=DAY).count == 1


def test_a_very_long_text_is_found_by_its_beginning(world: World) -> None:
    lift = proposal(world, situation="停车难。" + "云岭县城" * MOST_TOKENS + "图书馆")
    search.index(lift)
    assert find(world.lin, "停车", day=DAY).count == 1
    assert not find(world.lin, "图书馆", day=DAY).count


# ── what is shown ───────────────────────────────────────────────────────────


def shown(world: World, query: str) -> Any:
    return find(world.lin, query, day=DAY).page(1)[0]


def test_found_words_are_marked_and_everything_else_is_escaped(world: World) -> None:
    lift = proposal(
        world,
        title="<script>老旧小区</script>加装电梯",
        situation="装“电梯”，<img src=x>电梯 & ＷｉＦｉ",
    )
    search.index(lift)
    hit = shown(world, "电梯 wifi")
    assert hit.title == "&lt;script&gt;老旧小区&lt;/script&gt;加装<mark>电梯</mark>"
    assert (
        "“<mark>电梯</mark>”，&lt;img src=x&gt;<mark>电梯</mark> &amp; <mark>ＷｉＦｉ</mark>"
        in hit.snippet
    )


def test_a_query_that_looks_like_markup_marks_no_markup(world: World) -> None:
    search.index(proposal(world, title="A<b>粗</b>&amp;粗"))
    for query in ("b", "amp", "粗", "lt", "mark"):
        for hit in find(world.lin, query, day=DAY).page(1):
            bare = re.sub(r"</?mark>", "", hit.title)
            assert bare == "A&lt;b&gt;粗&lt;/b&gt;&amp;amp;粗"


def test_the_snippet_begins_shortly_before_the_place(world: World) -> None:
    lift = proposal(world, situation="前面很长。" * 100 + "这里有充电桩。" + "后面很长。" * 100)
    search.index(lift)
    snippet = shown(world, "充电桩").snippet
    assert (snippet[0], snippet[-1]) == ("…", "…")
    assert 0 < snippet.index("<mark>充电桩</mark>") < 40
    assert len(snippet) < 160


def test_a_number_is_marked_with_its_zeros_and_never_in_another_number(world: World) -> None:
    Matter.objects.filter(pk=proposal(world).pk).update(number="第五届五次会议第0012号")
    lift = Proposal.objects.get()
    search.index(lift)
    assert shown(world, "12").number == "第五届五次会议第<mark>0012</mark>号"
    assert shown(world, "第12号").number == "第五届五次会议<mark>第0012号</mark>"
    assert not find(world.lin, "1", day=DAY).count


# ── who finds it ────────────────────────────────────────────────────────────


def to_filed(world: World, lift: Proposal) -> None:
    review = {"category": "social", "proposed": "file"}
    walk(lift, (world.lin, "submit"), (world.chen, "review", review), (world.he, "file"))
    search.index(lift)


@pytest.mark.parametrize(
    ("act", "finders"),
    [
        (lambda world, lift: search.index(lift), "lin"),
        (to_filed, "lin zhou gao_xiang chen he tang wu"),
    ],
    ids=["draft", "filed"],
)
def test_only_those_who_may_see_it_find_it(
    world: World, act: Callable[[World, Proposal], None], finders: str
) -> None:
    lift = proposal(world)
    act(world, lift)
    found = {key for key, who in world.people.items() if find(who, "电梯", day=DAY).count}
    visible = {
        key
        for key, who in world.people.items()
        if Matter.objects.visible_to(who, DAY).filter(pk=lift.pk).exists()
    }
    assert found == visible == set(finders.split())


def test_who_was_invited_or_is_only_planned_is_not_given_away(world: World) -> None:
    lift = proposal(world)
    lift.parts.create(role="invited", person=world.zhou, since=SPRING)
    to_filed(world, lift)
    lift.parts.create(role="planned_lead", unit=world.finance, since=SPRING)
    search.index(lift)
    assert find(world.gao_xiang, "林晓", day=DAY).count == 1
    assert not find(world.gao_xiang, "周敏", day=DAY).count
    assert not find(world.gao_xiang, "财政局", day=DAY).count
    assert not find(world.gao_xiang, "电梯", day=DAY, filters=Filters(unit=world.finance.pk)).count


def test_a_filter_narrows_and_never_widens(world: World) -> None:
    lift, other = proposal(world), proposal(world, title="关于电梯维护的建议", category="other")
    to_filed(world, lift)
    lift.parts.create(role="lead_unit", unit=world.housing, since=SPRING)
    search.index(other)

    def found(**by: Any) -> set[int]:
        hits = find(world.lin, "电梯", day=DAY, filters=Filters(**by))
        return set(hits.object_list)

    both = {lift.pk, other.pk}
    assert found() == found(kind=Proposal.KIND) == found(organisation=world.county.pk) == both
    assert found(state="filed") == found(category="social") == {lift.pk}
    assert found(unit=world.housing.pk) == found(session=lift.session_id) == {lift.pk}
    assert found(category="other") == found(state="draft") == {other.pk}
    assert found(organisation=world.other.pk) == found(kind="no.such") == set()
    assert not find(world.far, "电梯", day=DAY, filters=Filters(organisation=world.county.pk)).count


def test_hits_beyond_the_last_page_are_said_to_be_more(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr("shangliang.matters.search.finding.MOST_HITS", 30)
    for _ in range(31):
        search.index(proposal(world))
    hits = find(world.lin, "电梯", day=DAY)
    assert (hits.count, hits.more, hits.num_pages) == (30, True, 2)
    assert len(list(hits.page(2))) == 10


def test_a_move_brings_the_index_up_to_date(world: World) -> None:
    """The number, the category and a signer's name come with a move; no room has to think of it."""
    lift = proposal(world, type="joint")
    lift.parts.create(role="invited", person=world.zhou, since=SPRING)
    walk(lift, (world.lin, "invite"), (world.zhou, "cosign"))
    assert find(world.lin, "周敏", day=DAY).count == 1
    to_filed(world, lift)
    assert find(world.zhou, "平1号", day=DAY, filters=Filters(category="social")).count == 1
