"""How much memory the server takes: fresh, after every page once, and after thousands.

python bench/memory.py [--database URL] [--requests 3000]
"""

from __future__ import annotations

from itertools import cycle, islice

from ground import arguments, set_up
from pages import asks, send
from served import memory, running

RATE = 20


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--requests", type=int, default=3000)
    asked = parser.parse_args()
    set_up(asked.database)
    plan = asks()
    with running(asked.database) as server:
        print(f"fresh                    {memory(server):6.0f} MB")
        send(plan, RATE)
        print(f"every page once          {memory(server):6.0f} MB")
        send(list(islice(cycle(plan), asked.requests)), RATE)
        print(f"{asked.requests:>6} more              {memory(server):6.0f} MB")


if __name__ == "__main__":
    main()
