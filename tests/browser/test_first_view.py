"""What a member's phone fetches before she reads: little, from here alone, without complaint."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Desk
from .house import House
from .pages import address

pytestmark = pytest.mark.browser
KB = 1024


@pytest.mark.parametrize(
    "said", ["/", "/proposals/new/", "/proposals/", "closed:", "replied:rate", "/search/?q=电梯"]
)
def test_a_first_view_is_light(sit: Callable[..., Desk], house: House, said: str) -> None:
    desk = sit("lin")
    page = desk.open("about:blank")
    line = desk.context.new_cdp_session(page)
    line.send("Network.enable")
    kinds: dict[str, str] = {}
    fetched: dict[str, float] = {"": 0}
    line.on(
        "Network.responseReceived", lambda each: kinds.update({each["requestId"]: each["type"]})
    )

    def count(each: dict[str, float | str]) -> None:
        kind = kinds.get(str(each["requestId"]), "")
        fetched[kind] = fetched.get(kind, 0) + float(each["encodedDataLength"])

    line.on("Network.loadingFinished", count)
    page.goto(address(house, said), wait_until="networkidle")
    assert fetched["Document"] > 0
    assert sum(fetched.values()) <= 200 * KB, fetched
    assert fetched["Script"] <= 60 * KB, fetched
    assert fetched["Stylesheet"] <= 40 * KB, fetched
    assert "Font" not in fetched
    assert desk.foreign == []


def test_the_page_says_what_it_may_run_and_runs_nothing_else(
    sit: Callable[..., Desk],
) -> None:
    page = sit("lin").open("/")
    answer = page.reload()
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy or "default-src 'self'" in policy
    assert page.locator("[style], script:not([src])").count() == 0
