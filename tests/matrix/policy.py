"""The policy, read from its tables: who may open which door when, and who may read what.

Written by hand from the regulations and the trust page, never from the code.  What it does not
allow is forbidden: 404, or the log-in page for somebody who is not logged in.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from .cast import CLOSED, EVERYBODY, PUBLIC, Around, is_known
from .situations import GROUPS, WHOLE, Paper, named

HERE = Path(__file__).parent
SEES = "看得到的人"
SIGHT = "proposals:detail"

# What an answer is called in the policy: its status codes.
ANSWERS = {
    "页面": (200,),
    "文件": (200,),
    "转到": (301, 302),
    "办成": (200, 302),
    "保存": (200, 204, 302),
    "说明": (409,),
    "再填": (422,),
    "受理": (200, 302, 409, 422),
    "没有": (404,),
    "登录": (302, 401),
}


@dataclass(frozen=True)
class Answer:
    """What somebody gets who knocks: the word of the policy, and what the journal then says."""

    word: str
    verbs: tuple[str, ...] = ()

    @property
    def statuses(self) -> tuple[int, ...]:
        return ANSWERS[self.word]


NOTHING, LOG_IN = Answer("没有"), Answer("登录")


@dataclass(frozen=True)
class Row:
    line: int
    doors: tuple[str, ...]
    method: str
    when: str
    who: tuple[str, ...]
    answer: Answer

    def meets(self, door: str, method: str, situation: str) -> bool:
        if method != self.method or door not in self.doors:
            return False
        return not self.when or situation in named(self.when)


class Policy:
    """The rows of policy.csv; the first that speaks of a cell decides it."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.used: set[int] = set()

    def answer(self, door: str, method: str, paper: Paper | None, account: str) -> Answer:
        """What `account` gets at a door; a door's own row beats that of the page it belongs to."""
        situation = paper.situation if paper else ""
        for row in self.rows:
            if row.meets(door, method, situation) and self.means(row.who, paper, account):
                hidden = row.answer.word in ("转到", "说明") or door.startswith("paper:")
                if hidden and paper and door != SIGHT and not self.sees(paper, account):
                    continue  # a paper one may not know of is never explained
                self.used.add(row.line)
                return row.answer
        return LOG_IN if account in (PUBLIC, CLOSED) else NOTHING

    def means(self, who: tuple[str, ...], paper: Paper | None, account: str) -> bool:
        around = paper.around if paper else Around()
        return any(
            paper is not None and self.sees(paper, account) if word == SEES
            else account in around.accounts(word)
            for word in who
        )  # fmt: skip

    def sees(self, paper: Paper, account: str) -> bool:
        """Whether the paper's own page opens to somebody, or leads her on to the public one."""
        return self.answer(SIGHT, "GET", paper, account).word in ("页面", "转到")

    def takers(self, door: str, method: str, paper: Paper) -> set[str] | None:
        """Of a row of the table or a change of a document: who may do it somewhere, when nobody
        may in this situation."""
        rows = [r for r in self.rows if door in r.doors and r.method == method]
        rows = [r for r in rows if r.answer.word in ("办成", "页面")]
        if not door.startswith(("move:", "replace:", "detach:")) or any(
            r.meets(door, method, paper.situation) for r in rows
        ):
            return None
        taking = [r.who for r in rows]
        return {a for a in EVERYBODY if any(self.means(who, paper, a) for who in taking)}

    def methods(self, door: str) -> set[str]:
        return {row.method for row in self.rows if door in row.doors}


def read_policy() -> Policy:
    rows = []
    with (HERE / "policy.csv").open(encoding="utf-8") as file:
        for line, said in enumerate(csv.DictReader(file), start=2):
            rows.append(
                Row(
                    line,
                    tuple(said["门"].split()),
                    said["方法"],
                    said["情形"],
                    tuple(said["谁可以"].split()),
                    Answer(said["结果"], tuple(said["日志"].split())),
                )
            )
    return Policy(rows)


def unknown_words(policy: Policy) -> list[str]:
    """Words of the tables that nobody has explained."""
    found = []
    for row in policy.rows:
        found += [w for w in row.who if w != SEES and not is_known(w)]
        found += [w for w in row.when.split() if w != "除" and w not in GROUPS and w not in WHOLE]
        found += [row.answer.word] if row.answer.word not in ANSWERS else []
    return found


@dataclass(frozen=True)
class Secret:
    fields: tuple[str, ...]
    when: str
    who: tuple[str, ...]
    takes_away: bool


def read_secrets() -> list[Secret]:
    with (HERE / "secrets.csv").open(encoding="utf-8") as file:
        return [
            Secret(
                tuple(said["字段"].split()),
                said["情形"],
                tuple(word for word in said["谁可以看"].split() if word != "除"),
                said["谁可以看"].startswith("除 "),
            )
            for said in csv.DictReader(file)
        ]


def readers(policy: Policy, secrets: list[Secret], paper: Paper, field: str) -> set[str]:
    """The accounts that may read one field of one paper."""
    found: set[str] = set()
    for secret in secrets:
        if field in secret.fields and paper.situation in named(secret.when):
            meant = {a for a in EVERYBODY if policy.means(secret.who, paper, a)}
            found = found - meant if secret.takes_away else found | meant
    return found
