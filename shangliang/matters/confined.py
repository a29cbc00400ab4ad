"""Running a module of ours in a child process with little memory, little time and no secrets.

Files and templates from outside are opened only there.  The child gets a clean environment
(no database address, no key), a directory to work in, and limits it cannot raise again.
"""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import shangliang

_ROOT = Path(shangliang.__file__).parent.parent
_MOST_OPEN_FILES = 64


class TooMuch(Exception):
    """The child wanted more time or memory than it was given, or died of its file."""


def run_confined(
    module: str, job: Path, *, memory: int, cpu_seconds: int, wall_seconds: int, room: int
) -> None:
    """Run `python -m module job` under limits; `room` bounds the bytes of each file it writes.

    Raises `TooMuch` unless the child ends well.
    """
    limits = [str(memory), str(cpu_seconds), str(room)]
    command = [sys.executable, "-s", "-P", "-m", __name__, *limits, module, str(job)]
    try:
        subprocess.run(
            command,
            cwd=job,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=wall_seconds,
            check=True,
            start_new_session=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise TooMuch(str(error)) from error


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join([str(_ROOT), *(place for place in sys.path if place)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
    }


def _become_confined(memory: int, cpu_seconds: int, room: int) -> None:
    """Take the limits.  Done by the child for itself, before it loads a parser: code run
    between fork and exec may deadlock in a server with threads."""
    try:
        import resource
    except ImportError:  # not a Unix; what remains is the time limit of the parent
        return
    wanted = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: room,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: _MOST_OPEN_FILES,
    }
    for kind, most in wanted.items():
        hard = resource.getrlimit(kind)[1]
        granted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (granted, granted))


if __name__ == "__main__":
    _become_confined(*map(int, sys.argv[1:4]))
    sys.argv = sys.argv[4:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
