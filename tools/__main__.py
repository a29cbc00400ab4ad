"""Behind the doors: `python -m tools up …` and `python -m tools test …`."""

import errno
import os
import signal
import sys

from tools.ground import BASE_MB, no_room
from tools.say import Refused, note, speak_utf8


def main() -> int:
    speak_utf8()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what we started is ended
    # What is compiled once starts sooner the next time, and in every process of this one.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    door, *words = sys.argv[1:]
    try:
        if door == "up":
            from tools.up import up

            return up(words)
        from tools.prove import prove

        return prove(words)
    except Refused as refusal:
        note(f"\n{refusal}")
    except KeyboardInterrupt:
        note("\n已停止。 Stopped.")
    except OSError as problem:
        if problem.errno != errno.ENOSPC:
            raise
        note(f"\n{no_room(BASE_MB)}")
    return 1


sys.exit(main())
