"""The four pages people open most, 20 a second, asked for by every kind of person.

python bench/pages.py [--database URL] [--rate 20] [--seconds 60]
"""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections import defaultdict
from itertools import cycle, islice
from random import Random
from typing import NamedTuple
from urllib.parse import quote

from ground import HEAD, arguments, row, set_up
from served import PORT, cookie_of, memory, running, work

WORDS = [
    "电梯",
    "养老",
    "充电桩",
    "河道保洁",
    "预算",
    "西坝镇 公交",
    "第五届五次会议第0123号",
    "水",
    "建议",
]
LISTS = ["", "?page=3", "?state=handling", "?held=todo", "?order=due", "?category=social&page=2"]


class Ask(NamedTuple):
    page: str
    role: str
    path: str
    cookie: str


class Answer(NamedTuple):
    ask: Ask
    seconds: float
    status: int
    size: int


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    set_up(asked.database)
    plan = asks()
    Random(7).shuffle(plan)
    with running(asked.database) as server:
        send(plan[:40], rate=10)  # the first answers compile templates; they are not counted
        load, worked = os.getloadavg()[0], work(server)
        answers = send(list(islice(cycle(plan), int(asked.rate * asked.seconds))), asked.rate)
        worked, used = work(server) - worked, memory(server)
    report(answers)
    print(
        f"{1000 * worked / len(answers):.1f} ms of one core a page; memory {used:.0f} MB;", end=" "
    )
    print(f"load before {load:.1f} on {os.cpu_count()} cores")


def asks() -> list[Ask]:
    """Home, list, detail and search for two people of each role."""
    from django.utils import timezone
    from roles import by_role

    from shangliang.proposals.models import Proposal

    dice, day, found = Random(1), timezone.localdate(), []
    for role, people in by_role().items():
        for person in people[:2]:
            cookie = cookie_of(person)
            seen = Proposal.objects.filter(
                pk__in=Proposal.objects.visible_to(person, day).order_by("-moved_at")[:400]
            )
            papers = dice.sample(list(seen.values_list("pk", flat=True)), 6)
            found += [Ask("home", role, "/", cookie)] * 6
            found += [Ask("list", role, f"/proposals/{list_}", cookie) for list_ in LISTS]
            found += [Ask("detail", role, f"/proposals/{pk}/", cookie) for pk in papers]
            words = dice.sample(WORDS, 6)
            found += [Ask("search", role, f"/search/?q={quote(word)}", cookie) for word in words]
    return found


def send(plan: list[Ask], rate: float) -> list[Answer]:
    """Send each at its own moment, whether or not earlier ones have been answered."""
    answers: list[Answer] = []
    began = time.perf_counter() + 0.1

    def one(n: int, ask: Ask) -> None:
        due = began + n / rate
        time.sleep(max(0, due - time.perf_counter()))
        line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        line.request("GET", ask.path, headers={"Cookie": ask.cookie, "Host": "127.0.0.1"})
        answer = line.getresponse()
        size = len(answer.read())
        # From the moment it was due: a server that falls behind is not flattered.
        answers.append(Answer(ask, time.perf_counter() - due, answer.status, size))
        line.close()

    threads = []
    for n, ask in enumerate(plan):
        time.sleep(max(0, began + (n - 5) / rate - time.perf_counter()))
        threads.append(threading.Thread(target=one, args=(n, ask)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    return answers


def report(answers: list[Answer]) -> None:
    by_page: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_page[answer.ask.page].append(answer)
        by_page[f"  {answer.ask.page}: {answer.ask.role}"].append(answer)
    print(HEAD)
    for name in sorted(by_page, key=lambda name: (name.strip().split(":")[0], name[0] == " ")):
        found = by_page[name]
        odd = sorted({a.status for a in found if a.status != 200})
        size = max(a.size for a in found) / 1024
        more = f"{size:5.0f} KB" + (f"  status {odd}" if odd else "")
        print(row(name, [a.seconds for a in found], more))


if __name__ == "__main__":
    main()
