"""How long a search takes, from the word to twenty hits with their snippets.

python bench/search.py [--database URL]
"""

from __future__ import annotations

import time
from typing import Any

from ground import HEAD, arguments, row, set_up

ROUNDS = 3
ASKED = {
    "two characters": ["电梯", "养老", "村医", "盲道", "预算"],
    "three to six": ["充电桩", "河道保洁", "老旧小区加装", "农村互助养老"],
    "two words": ["电梯 补助", "西坝镇 公交", "住房 物业"],
    "a number": ["第五届五次会议第0123号", "0123", "2027"],
    "a name": ["王", "李军", "陈伟"],
    "in every paper": ["建议", "我市", "的"],
    "one character": ["梯", "桩", "水"],
    "in none": ["大熊猫", "zzz"],
}


def main() -> None:
    set_up(arguments(__doc__).parse_args().database)

    from django.utils import timezone
    from roles import by_role

    from shangliang.matters.search import find

    day = timezone.localdate()

    def measured(person: Any, query: str) -> tuple[float, int]:
        began = time.perf_counter()
        hits = find(person, query, day=day)
        list(hits.page(1))
        return time.perf_counter() - began, hits.count

    print(HEAD)
    for role, people in by_role().items():
        print(role)
        for kind, queries in ASKED.items():
            tries = [measured(people[0], query) for _ in range(ROUNDS) for query in queries]
            counts = "/".join(str(n) for _, n in tries[: len(queries)])
            print(row(f"    {kind}", [seconds for seconds, _ in tries], f"{counts} hits"))


if __name__ == "__main__":
    main()
