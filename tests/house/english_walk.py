"""One reader going through the house by its links, and what in a page is nobody's Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urljoin
from uuid import uuid4

from django.apps import apps
from django.db import models, transaction
from django.urls import Resolver404, resolve

from shangliang.desk import catalogue
from shangliang.matters import local
from shangliang.matters.letters.pdf import FACES
from shangliang.people.sectors import national
from shangliang.proposals.models import Proposal
from tests.browsing import browser
from tests.people.door import enter
from tests.people.test_roster import MEMBERS
from tests.world import PASSWORD

from .english import CHINESE, left_in

HREF = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
SNIPPET = re.compile(r"</a></h\d>\s*<p>.*?</p>", re.S)  # under what was found, cut from its text
FORM = re.compile(r'<form\b(?=[^>]*method="post")([^>]*)>(.*?)</form>', re.S)
# Stored in Chinese, yet said in the language of the reader.
SAID = ("acting_as", "label", "event")
# Chinese in any language: its own name, what was searched for, what an official letter begins with.
FIXED = (
    "中文",
    "电梯",
    "您提出的《",
    "》收悉。经研究，现答复如下。",
    "感谢您对我们工作的关心和支持。",
)
BROUGHT = ("沈岚", "无名", *MEMBERS.replace(",", "\n").splitlines())  # in a table


def data_words() -> list[str]:
    """Every name, text and local word the house keeps, the longest first."""
    words = {*FIXED, *BROUGHT, *FACES, *(sector.name for sector in national())}
    words |= {proposal.short_number for proposal in Proposal.objects.all()}
    for model in apps.get_models():
        if model.__module__.startswith("shangliang."):
            words |= {str(row) for row in model._default_manager.all()}
            words |= _texts(model)
    for number in local.defaults().values():
        words |= {number.meaning, number.source}
    for message in catalogue.read():
        words |= set(re.findall(r"“[^”]+”|[休班]|姓名|机构", message.words[0]))
    return sorted((w for w in words if CHINESE.search(w)), key=len, reverse=True)


def _texts(model: Any) -> set[str]:
    names = [
        each.name for each in model._meta.local_fields
        if isinstance(each, models.CharField | models.TextField) and each.name not in SAID
    ]  # fmt: skip
    rows = model._default_manager.values_list(*names) if names else ()
    said = (text for row in rows for text in row if isinstance(text, str))
    return {line.strip() for text in said for line in text.splitlines()}


class Walk:
    """One reader going through the house in English."""

    def __init__(self, reader: Any, known: list[str]) -> None:
        self.who, self.known = str(reader or "公众"), known
        self.client = enter(reader) if reader else browser()
        self.client.cookies["django_language"] = "en"
        if reader:  # what touches the account asks once more who it is
            self.client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        self.seen: set[str] = set()
        self.pages: set[str] = set()
        self.wrong: list[str] = []

    def through(self, starts: Iterable[str]) -> Walk:
        waiting = list(starts)
        while waiting:
            url = unquote(waiting.pop().replace("&amp;", "&"))
            kind = self.kind(url)
            if not kind or kind in self.seen:
                continue
            self.seen.add(kind)
            answer = self.client.get(url)
            if answer.status_code in (301, 302):
                waiting.append(urljoin(url, answer.headers["Location"]))
            elif "text/html" in answer.headers.get("Content-Type", ""):
                page = self.look(url, answer)
                waiting += [urljoin(url, found) for found in HREF.findall(page)]
                for head, body in FORM.findall(page):
                    self.press(url, head, body)
        return self

    def kind(self, url: str) -> str:
        """Two pages of one list look alike."""
        path = url.partition("?")[0]
        if not path.startswith("/") or path.startswith("/ui/"):
            return ""
        try:
            match = resolve(path)
        except Resolver404:
            return path
        return f"{match.view_name} {match.kwargs}{'?' if 'q=' in url else ''}"

    def look(self, url: str, answer: Any) -> str:
        page = str(answer.content.decode())
        if answer.status_code in (200, 410):
            self.pages.add(resolve(url.partition("?")[0]).view_name)
        if answer.status_code >= 500 or ("<html" in page and '<html lang="en"' not in page):
            self.wrong.append(f"{self.who} {url}: {answer.status_code}")
        page = SNIPPET.sub("", page)
        left = left_in(page, self.known)
        if left and (left := left_in(page, data_words())):  # perhaps it was just written
            self.wrong.append(f"{self.who} {url} {answer.status_code}: {sorted(set(left))[:12]}")
        return page

    def press(self, url: str, head: str, body: str) -> None:
        """A form once and empty; whatever it did is undone."""
        found = re.search(r'\baction="([^"]*)"', head)
        action = urljoin(url, found[1] if found else "")
        names = sorted(set(re.findall(r'\bname="([^"]+)"', body)))
        sign = f"POST {self.kind(action)} {names}"
        if action.startswith("/ui/") or sign in self.seen:
            return
        self.seen.add(sign)
        cookies = self.client.cookies.copy()
        with transaction.atomic():
            answer = self.client.post(action, {"_key": str(uuid4())})
            if answer.status_code in (301, 302):
                action = urljoin(action, answer.headers["Location"])
                answer = self.client.get(action)
            if "text/html" in answer.headers.get("Content-Type", ""):
                self.look(action, answer)
            transaction.set_rollback(True)
        self.client.cookies = cookies
