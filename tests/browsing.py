"""A browser for tests: it sends forms with a key, as every form of ours does."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.test import Client

from shangliang.people.models import Person

NONE = ""


class Browser(Client):
    """Django's test client with a fresh key in every POST of a form.

    `key` sends a key of one's own (twice the same, say); key=NONE sends none.
    """

    def post(self, path: Any, data: Any = None, *args: Any, key: Any = None, **extra: Any) -> Any:
        is_form = not args and "content_type" not in extra
        if is_form and key != NONE and (data is None or isinstance(data, dict)):
            data = {"_key": str(key or uuid4())} | (data or {})
        return super().post(path, data, *args, **extra)


def browser(person: Person | None = None, **options: Any) -> Browser:
    """A browser in which `person` is logged in; it shows a broken server's page as people see it."""
    opened = Browser(raise_request_exception=False, **options)
    if person is not None:
        opened.force_login(person, "shangliang.people.login.NameOrPhoneBackend")
    return opened


def post(opened: Client, url: str, data: dict[str, Any] | None = None, *, key: Any = None) -> Any:
    """Send a form with a key in any client."""
    return opened.post(url, {"_key": str(key or uuid4())} | (data or {}))
