"""Runs inside `.venv`: the database brought up to date, the demo county loaded when empty.

One process for all three commands, since starting Django takes longer than they do.
Prints the log-ins of the demo roles, and nothing else, to standard output.
"""

import os
import sys

import django
from django.core.management import call_command

from tools.say import speak_utf8, step


def main(*, demo: bool) -> None:
    speak_utf8()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.config.settings")
    with step("更新数据库结构", "migrating the database"):
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
    if not demo:
        return
    with step("演示县", "demo county", counting=False):
        call_command("demo", if_empty=True, stdout=sys.stderr)
    call_command("demo", logins=True)


if __name__ == "__main__":
    main(demo="--demo" in sys.argv)
