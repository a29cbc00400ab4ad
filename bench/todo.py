"""How long one person's desk takes: her open matters counted, listed, and said as decisions.

python bench/todo.py [--database URL]
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from ground import HEAD, arguments, row, set_up

ROUNDS = 5


def main() -> None:
    set_up(arguments(__doc__).parse_args().database)

    from django.utils import timezone
    from roles import by_role

    from shangliang.desk import decisions
    from shangliang.matters.flow import todo
    from shangliang.matters.models import Matter

    day = timezone.localdate()
    acts: dict[str, Callable[[Any], Any]] = {
        "count": lambda person: todo(person, day).count(),
        "first 20": lambda person: list(todo(person, day).order_by("-moved_at")[:20]),
        "decisions": lambda person: decisions.cards(person, decisions.counted(person, day), day),
        "visible, counted": lambda person: Matter.objects.visible_to(person, day).count(),
        "visible, first 20": lambda person: list(
            Matter.objects.visible_to(person, day).order_by("-moved_at", "-pk")[:20]
        ),
    }
    print(HEAD)
    for role, people in by_role().items():
        waiting = todo(people[0], day).count()
        print(f"{role}: {waiting} waiting")
        for name, act in acts.items():
            times = [measured(act, person) for _ in range(ROUNDS) for person in people[:10]]
            print(row(f"    {name}", times))


def measured(act: Callable[[Any], Any], person: Any) -> float:
    began = time.perf_counter()
    act(person)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
