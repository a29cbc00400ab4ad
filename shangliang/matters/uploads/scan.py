"""Looking for viruses: a port for the scanner an organ already has.  Off by default."""

import socket
import struct
from pathlib import Path
from typing import Protocol

_CHUNK = 64 * 1024

# The harmless test signature every scanner knows, in two halves so that no scanner takes
# this source for the real thing.
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner(Protocol):
    """Says the name of what it found in a file, or None."""

    def find(self, path: Path) -> str | None: ...


class NoScanner:
    """The default: nothing is looked for."""

    def find(self, path: Path) -> str | None:
        return None


NO_SCANNER = NoScanner()


class TrialScanner:
    """Knows only the EICAR test signature: shows that the port is connected."""

    def find(self, path: Path) -> str | None:
        return "EICAR" if _EICAR in path.read_bytes() else None


class Clamd:
    """Asks a ClamAV daemon through its Unix socket.  A daemon that does not answer raises."""

    def __init__(self, address: str, seconds: float = 30.0) -> None:
        self.address = address
        self.seconds = seconds

    def find(self, path: Path) -> str | None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as daemon, path.open("rb") as file:
            daemon.settimeout(self.seconds)
            daemon.connect(self.address)
            daemon.sendall(b"zINSTREAM\0")
            while piece := file.read(_CHUNK):
                daemon.sendall(struct.pack("!L", len(piece)) + piece)
            daemon.sendall(struct.pack("!L", 0))
            answer = _read_answer(daemon)
        if answer.endswith(" FOUND"):
            return answer.removeprefix("stream: ").removesuffix(" FOUND")
        if answer.endswith(" OK"):
            return None
        raise OSError(f"clamd answered: {answer}")


def _read_answer(daemon: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and (piece := daemon.recv(4096)):
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
