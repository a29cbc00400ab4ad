"""Clients that never give up: each sends its form, with its key, until it is answered."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode
from uuid import UUID

TOKEN = "k" * 32
TWICE = 0.2  # so often somebody presses again although the answer was there


@dataclass
class Told:
    """What was asked of the house, written before sending, and what it said was done."""

    asked: list[str | int] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    drafts: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    answers: int = 0
    tries: int = 0


class Client(threading.Thread):
    """Withdraws papers, writes new ones and keeps a draft, in a random order."""

    def __init__(self, number: int, port: int, session: str, papers: list[int], seed: int) -> None:
        super().__init__(daemon=True)
        self.number, self.port, self.session, self.papers = number, port, session, papers
        self.dice, self.told, self.enough = Random(seed), Told(), threading.Event()

    def run(self) -> None:
        papers, kept, n = iter(self.papers), 0, 0
        while not self.enough.is_set():
            n += 1
            what = self.dice.choice(("withdraw", "write", "draft"))
            if what == "withdraw":
                pk = next(papers)
                if self.form(pk, f"/matters/{pk}/withdraw/", {"note": "与他人重复。"}):
                    self.told.withdrawn.append(pk)
            elif what == "write":
                title = f"新提案第{self.number}之{n}号"
                if self.form(title, "/proposals/new/", new(title)):
                    self.told.written.append(title)
            else:
                kept += 1
                self.draft(kept)

    def form(self, thing: str | int, url: str, data: dict[str, str]) -> bool:
        self.told.asked.append(thing)
        key = str(UUID(int=self.dice.getrandbits(128), version=4))
        body = urlencode(data | {"_key": key})
        done = False
        for _ in range(2 if self.dice.random() < TWICE else 1):
            for status in self.until_answered(url, body, "application/x-www-form-urlencoded"):
                done = done or status == 302
                if status != 302:
                    self.told.refused.append(f"{url} {status}")
        return done

    def draft(self, n: int) -> None:
        form = f"kill:{self.number}"
        said = {"version": 0, "hand": f"hand{self.number}", "data": {"n": str(n)}}
        for status in self.until_answered(f"/drafts/{form}/", json.dumps(said), "application/json"):
            if status == 200:
                self.told.drafts[form] = n
            else:
                self.told.refused.append(f"draft {status}")

    def until_answered(self, url: str, body: str, kind: str) -> Iterator[int]:
        """One status at most: none when the test ended before an answer came."""
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
            "Content-Type": kind,
        }  # fmt: skip
        while not self.enough.is_set():
            self.told.tries += 1
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                line.request("POST", url, body.encode(), headers)
                answer = line.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
                continue
            finally:
                line.close()
            self.told.answers += 1
            yield answer.status
            return


def new(title: str) -> dict[str, str]:
    return {
        "capacity": "individual", "title": title, "situation": "全县有老人。", "analysis": "做饭难。",
        "ask": "办食堂。", "not_secret": "on", "save": "1",
    }  # fmt: skip
