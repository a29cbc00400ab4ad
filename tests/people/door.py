"""Knocking at the front door the way a browser does: fetch the page, then send the form."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.world import PASSWORD

LOGIN = "/accounts/login/"
VENUE = "203.0.113.7"  # the one address of a plenary's wireless network


def browser(address: str = VENUE) -> Client:
    """A fresh browser on a device that was never here."""
    return Client(REMOTE_ADDR=address, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Edg/120")


def knock(client: Client, said: str, password: str = PASSWORD, **more: Any) -> Any:
    client.get(LOGIN)
    return client.post(LOGIN, {"username": said, "password": password, **more})


def inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


def enter(person: Any, password: str = PASSWORD, **more: Any) -> Client:
    """A browser in which this person is logged in."""
    client = browser()
    assert knock(client, person.phone, password, **more).status_code == 302
    assert inside(client)
    return client
