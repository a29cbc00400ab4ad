"""Knocking at doors as everybody, and saying what is wrong with the answers.

Three questions are asked of every answer: is its status the one the policy gives, does it hold a
mark somebody must not read, and did it write anything it should not have.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from functools import cache
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from pypdf import PdfReader

from shangliang.matters.models import Entry
from shangliang.people.login import NameOrPhoneBackend
from shangliang.people.models import Person

from .cast import EVERYBODY, person
from .doors import Door, form, of_paper
from .house import UNSENT, of_house
from .policy import Answer, Policy, readers
from .situations import County
from .watching import JOURNAL, Trace, fingerprint, watched

BACKEND = "shangliang.people.login.NameOrPhoneBackend"
MARK = re.compile(r"暗记(\d{4})处|0871-66(\d{6})")


@contextmanager
def faces_known() -> Iterator[None]:
    """Who an account is, and which seats she has, is looked up at her first knock only.

    The look is the same whatever the door, and a fifth of all work; that every request takes it
    anew is held by test_a_file_closes_with_the_right_to_it.
    """
    look, known = NameOrPhoneBackend.get_user, dict[int, Person | None]()

    def recognise(backend: NameOrPhoneBackend, pk: int) -> Person | None:
        if pk not in known:
            known[pk] = look(backend, pk)
        return copy(known[pk])  # what a request does to her is forgotten with it

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NameOrPhoneBackend, "get_user", recognise)
        yield


class Knocker:
    """Everybody of the county, each with a browser of her own, and the policy in hand."""

    def __init__(self, county: County, policy: Policy, secrets: Any) -> None:
        self.county, self.policy = county, policy
        self.seen: dict[str, set[str]] = {}
        self.marks: dict[
            str, str
        ] = {}  # what is found in a page: the field and paper it gives away
        self.may_read: dict[str, set[str]] = {account: set() for account in EVERYBODY}
        for paper in county.papers.values():
            for name, mark in paper.marks.items():
                found = MARK.search(mark)
                assert found, mark
                self.marks[found[0]] = f"{name}（{paper.situation}）"
                for account in readers(policy, secrets, paper, name):
                    self.may_read[account].add(found[0])
        self.forms: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.house = ClientHandler(enforce_csrf_checks=False)
        found = MARK.search(UNSENT)
        assert found
        self.marks[found[0]] = "草稿箱"
        self.may_read["lin"].add(found[0])
        self.browsers = {account: self._browser(account) for account in EVERYBODY}
        self.cookies = {a: b.cookies.output(header="", sep=";") for a, b in self.browsers.items()}
        # Everything is undone after each knock, so this stays the last line of the journal.
        self.last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def _browser(self, account: str) -> Client:
        browser = Client(raise_request_exception=False)
        browser.handler = self.house
        who = person(self.county.world, account)
        if who is not None:
            browser.force_login(who, BACKEND)
        return browser

    def cells(self, situation: str) -> Iterator[tuple[Door, str, str]]:
        """Every door of the paper in this situation, everybody the policy can tell apart, and
        every method.

        Members who have nothing to do with the paper take turns at its doors.  What cannot be
        done from here by anybody (a row of the table, a change of a document) is tried by those
        who may do it elsewhere and by every third of the others, another third at each door.
        """
        paper = self.county.papers[situation]
        alike = paper.around.uninvolved()
        for place, door in enumerate(of_paper(paper)):
            idle = {*alike} - {alike[place % len(alike)]}
            for method in sorted(self.policy.methods(door.key)):
                takers = self.policy.takers(door.key, method, paper)
                for n, account in enumerate(EVERYBODY):
                    tries = takers is None or account in takers or (n + place) % 3 == 0
                    if tries and account not in idle:
                        yield door, account, method

    def house_cells(self) -> Iterator[tuple[Door, str, str]]:
        """Every door that belongs to no paper, by everybody."""
        for door in of_house(self.county):
            for method in sorted(self.policy.methods(door.key)):
                for account in EVERYBODY:
                    yield door, account, method

    # One knock.

    def send(self, account: str, door: Door, method: str, **said: Any) -> tuple[Any, Trace]:
        browser = self.browsers[account]
        with watched() as trace:
            if method == "GET":
                answer = browser.get(door.url)
            else:
                answer = browser.post(door.url, self.form(door, account) | said)
        browser.cookies = SimpleCookie(self.cookies[account])  # as if she had not left
        return answer, trace

    def form(self, door: Door, account: str) -> dict[str, Any]:
        """A complete form, made once: every knock finds the county as it was built."""
        place = (door.key, door.url, account)
        if place not in self.forms:
            self.forms[place] = form(self.county, door, account)
        said = self.forms[place] | {"_key": str(uuid4())}
        return {n: v() if callable(v) else v for n, v in said.items()}

    def knock(self, account: str, door: Door, method: str) -> Iterator[str]:
        """Send one request and yield a sentence for everything that is wrong with the answer."""
        due = self.policy.answer(door.key, method, door.paper, account)
        with transaction.atomic():
            answer, trace = self.send(account, door, method)
            verbs = self._verbs() if trace.rows["matters_entry"] else ()
            problems = [*_status(door, due, answer), *self._leaks(account, answer)]
            wrong = _written(due, trace, verbs)
            if method == "POST" or wrong or problems:
                transaction.set_rollback(True)
        if wrong is True:
            problems.append(f"日志应为 {due.verbs}，实为 {verbs}")
        elif wrong and (changed := self._changed(account, door, method) - allowed(due)):
            problems.append(f"不该有任何改动，却改了 {sorted(changed)} {verbs}")
        where = f"{door.key} {method} {door.paper.situation if door.paper else ''} {account}"
        yield from (f"{where}: {problem}" for problem in problems)

    def _verbs(self) -> tuple[str, ...]:
        new = Entry.objects.filter(pk__gt=self.last).order_by("pk")
        return tuple(new.values_list("verb", flat=True))

    def _leaks(self, account: str, answer: Any) -> Iterator[str]:
        found = {match[0] for match in MARK.finditer(text_of(answer))}
        self.seen.setdefault(account, set()).update(found)
        for mark in sorted(found - self.may_read[account]):
            yield f"读到了不该读的{self.marks.get(mark, mark)}"

    def _changed(self, account: str, door: Door, method: str) -> set[str]:
        """The tables that differ after a request: what was written and taken back does not count."""
        with transaction.atomic():
            before = fingerprint()
            self.send(account, door, method)
            after = fingerprint()
            transaction.set_rollback(True)
        return {table for table in before if before[table] != after[table]}


def _status(door: Door, due: Answer, answer: Any) -> Iterator[str]:
    status, where = answer.status_code, answer.headers.get("Location", "")
    if status not in due.statuses:
        yield f"应为“{due.word}”{due.statuses}，实为 {status} {where}"
        return
    # The pages of the log-in lead to each other of themselves.
    is_at_door = door.name.startswith(("account_", "mfa_"))
    if where and not is_at_door and (due.word == "登录") != ("/accounts/login/" in where):
        yield f"应为“{due.word}”，却去了 {where}"


def _written(due: Answer, trace: Trace, verbs: tuple[str, ...]) -> bool | set[str]:
    """True when the journal says something else than it should; else the tables that were
    written to and may not have been."""
    if due.verbs and verbs == due.verbs:
        return set()
    if due.word == "办成":
        return verbs != due.verbs
    if due.word == "受理" or (due.word == "保存" and not set(verbs) - {"log_out", "log_in_ended"}):
        return set()
    if due.word == "说明" and set(verbs) <= {"refused"}:
        return trace.business - JOURNAL
    return trace.business


def allowed(due: Answer) -> frozenset[str]:
    """Who is told why not may leave one line in the journal: that she tried."""
    return JOURNAL if due.word == "说明" else frozenset()


def text_of(answer: Any) -> str:
    """Everything an answer says: body or file, headers, where it leads."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = unquote(" ".join(f"{name}: {value}" for name, value in answer.headers.items()))
    is_page = answer.headers.get("Content-Type", "").startswith(("text/html", "application/json"))
    return f"{headers}\n{body.decode() if is_page else words_of(body)}"


@cache
def words_of(file: bytes) -> str:
    """The words of a downloaded file, whatever it is, without the breaks between lines."""
    if file.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            parts = [archive.read(n).decode("utf-8", "replace") for n in archive.namelist()]
        text = re.sub(r"<[^>]+>", "", "".join(parts))
    elif file.startswith(b"%PDF") and b"startxref" in file:
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
    else:
        text = file.decode("utf-8", "replace")
    return re.sub(r"\s", "", text)
