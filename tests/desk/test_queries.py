"""A page asks the database as often at a thousand papers as at ten, and never more than 15 times.

The small house and the large one differ in everything that can be many: papers, signers, asks,
deadlines, talks, replies, documents, notices, members, units.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shangliang.matters.models import (
    Deadline,
    Document,
    DocumentVersion,
    Entry,
    Notice,
    Part,
    SearchText,
    StoredFile,
)
from shangliang.matters.search.engines import engine
from shangliang.proposals.models import Answer, Ask, Consultation, Proposal, Rating, Reply
from tests.proposals.test_life import PLEASED, to_handling, to_replied
from tests.world import SPRING, World, body, proposal, seated, walk

MOST = 15
STATES = ["submitted", "filed", "handling", "replied", "closed"]


def fill(world: World, papers: int) -> None:
    """Papers in every state, all of Lin Xiao's and Zhou Min's, all with the housing bureau."""
    made = []
    for n in range(papers):
        state = STATES[n % len(STATES)]
        paper = Proposal(
            kind=Proposal.KIND, organisation=world.county, term=world.term, session=world.session,
            title=f"关于第{n}部电梯的建议", situation="加装电梯。" * 5, state=state,
            is_open=state != "closed", visibility="members", category="social", sequence=n + 1,
            number=f"第五届五次会议第{n + 1:04d}号", created_at=SPRING,
            moved_at=SPRING + timedelta(minutes=n),
        )  # fmt: skip
        paper.save()
        made.append(paper)
    due = timezone.localdate() - timedelta(days=3)
    Part.objects.bulk_create(
        part
        for paper in made
        for part in (
            Part(matter=paper, role="author", person=world.lin, since=SPRING),
            Part(matter=paper, role="cosigner", person=world.zhou, since=SPRING),
            Part(matter=paper, role="lead_unit", unit=world.housing, since=SPRING),
        )
    )
    Deadline.objects.bulk_create(
        Deadline(
            matter=paper, name=name, label="答复", unit="mo", amount=3, event="交办",
            started_on=SPRING.date(), due_on=due + timedelta(days=n % 9),
        )
        for n, paper in enumerate(made) if paper.is_open
        for name in ("reply", "sign")
    )  # fmt: skip
    Reply.objects.bulk_create(
        Reply(proposal=paper, unit=world.housing, result="B", publicity="full", issued_at=SPRING)
        for paper in made
        if paper.state in ("replied", "closed")
    )
    texts = [(paper.pk, f"{paper.title}\n{paper.number}", "加装电梯") for paper in made]
    SearchText.objects.bulk_create(
        SearchText(matter_id=pk, title=title, body=text) for pk, title, text in texts
    )
    engine().write(texts)
    lines = Entry.objects.filter(matter__isnull=False)[:1]
    Notice.objects.bulk_create(
        Notice(
            person=person, matter=paper, entry=lines.first(), topic=f"{n}", sentence="有一件事。",
            created_at=SPRING,
        )
        for n, paper in enumerate(made)
        for person in (world.lin, world.gao)
    )  # fmt: skip


def furnish(world: World, bodies: int) -> None:
    """More members and more units, as a list of choices or a directory would show them."""
    for n in range(bodies):
        seated(world, f"member{n}", f"林{n}", f"137{n:08d}", ("member", world.county))
        body(world.county, "unit", f"云岭县第{n}局")


def asked(client: Client, path: str) -> int:
    """How often the page asks, once its templates are compiled and its news read."""
    assert client.get(path, follow=True).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(queries)


WHO = ["lin", "chen", "he", "tang", "gao", "liang", "wu"]
PAGES = [
    "/",
    "/proposals/",
    "/proposals/?page=2",
    "/proposals/?held=todo&state=handling&order=due",
    "/proposals/?order=number&category=social",
    "/search/?q=电梯",
    "/search/?q=梯&state=handling&category=social",
    "/search/?q=林",
]


@pytest.mark.parametrize(
    ("papers", "bodies"),
    [(10, 3), pytest.param(1000, 30, marks=pytest.mark.slow)],
    ids=["10", "1,000"],
)
def test_a_page_asks_no_oftener_than_fifteen_times(
    world: World, client: Client, papers: int, bodies: int
) -> None:
    fill(world, papers)
    furnish(world, bodies)
    too_often = {}
    for who in WHO:
        client.force_login(world.people[who], backend="shangliang.people.login.NameOrPhoneBackend")
        found = {(who, path): asked(client, path) for path in PAGES}
        too_often |= {page: n for page, n in found.items() if n > MOST}
    assert not too_often


@pytest.mark.parametrize("many", [1, 30])
def test_a_papers_own_page_asks_no_oftener_than_fifteen_times(
    world: World, client: Client, many: int
) -> None:
    lift = proposal(world)
    to_handling(world, lift)
    to_replied(world, lift)
    walk(lift, (world.lin, "rate", PLEASED))
    enlarge(world, lift, many)
    found = {}
    for who in WHO:
        client.force_login(world.people[who], backend="shangliang.people.login.NameOrPhoneBackend")
        found[who] = asked(client, f"/proposals/{lift.pk}/")
    assert {who: n for who, n in found.items() if n > MOST} == {}


def enlarge(world: World, lift: Proposal, many: int) -> None:
    """Everything a paper can have several of, `many` times."""
    reply = lift.replies.get()
    for n in range(many):
        signer = seated(world, f"signer{n}", f"联名{n}", f"136{n:08d}", ("member", world.county))
        lift.parts.create(role="cosigner", person=signer, order=n, since=SPRING)
        ask = Ask.objects.create(proposal=lift, order=10 + n, text="再加一部。")
        Answer.objects.create(reply=reply, ask=ask, text="已列入计划。")
        Reply.objects.create(
            proposal=lift, unit=world.housing, round=10 + n, result="B", issued_at=SPRING
        )
        Rating.objects.create(
            proposal=lift, round=10 + n, person=world.lin, attitude="satisfied", effect="basically",
            at=SPRING,
        )  # fmt: skip
        Consultation.objects.create(
            proposal=lift, unit=world.housing, held_on=SPRING.date(), form="visit", by=world.gao,
            participants="林晓", proposer_view="同意。", at=SPRING,
        )  # fmt: skip
        Deadline.objects.create(
            matter=lift, name=f"more{n}", label="答复", unit="mo", amount=3, event="交办",
            started_on=SPRING.date(), due_on=SPRING.date(),
        )  # fmt: skip
        add_document(world, lift, n)


def add_document(world: World, lift: Proposal, n: int) -> Any:
    file = StoredFile.objects.create(
        digest=f"{n:064x}", size=10, content_type="application/pdf", stored_at=SPRING
    )
    document: Any = Document.objects.create(
        matter=lift, title=f"附件{n}", visibility="members", by=world.lin, created_at=SPRING
    )
    return DocumentVersion.objects.create(
        document=document, number=1, file=file, name=f"附件{n}.pdf", by=world.lin, at=SPRING
    )
