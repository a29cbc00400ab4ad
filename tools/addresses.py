"""By which names this machine may be called, given where its door opens."""

import os
import socket
from contextlib import suppress

LOCAL = ["localhost", "127.0.0.1", "[::1]"]
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def allowed(host: str) -> list[str]:
    """The names Django answers to: what the operator set, else this machine's own."""
    if told := os.environ.get("ALLOWED_HOSTS"):
        return told.split(",")
    return [*LOCAL, *(name for name in reached_as(host) if name not in LOCAL)]


def shown(host: str) -> list[str]:
    """The addresses to print: those a phone in the same network can use, if there are any."""
    return reached_as(host) or ["127.0.0.1"]


def answering(host: str) -> str:
    """Where we ourselves knock to hear whether the server is up."""
    return EVERYWHERE.get(host, host)


def reached_as(host: str) -> list[str]:
    if host not in EVERYWHERE:
        return [f"[{host}]" if ":" in host else host]
    found = [socket.gethostname()]
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing; only asks which address would be used
        found.insert(0, probe.getsockname()[0])
    return found
