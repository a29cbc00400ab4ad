"""`shangliang WORDS`: the house's commands for the person who looks after it.

The words are a management command and its arguments, so `shangliang audit verify` is
`manage.py audit verify` from any folder.
"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.config.settings")
    from django.core.management import execute_from_command_line

    words = sys.argv[1:]
    if not words or words in (["help"], ["--help"], ["-h"]):
        sys.stdout.write(overview())
    else:
        execute_from_command_line(["shangliang", *words])


def overview() -> str:
    """The house's own commands, one line each; Django's are for developers."""
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    lines = [
        f"  shangliang {name:<12} {load_command_class(app, name).help}"
        for name, app in sorted(get_commands().items())
        if app.startswith("shangliang.")
    ]
    return "\n".join(
        ["商量的命令：", *lines, "", "用法：shangliang 命令 --help 可看每个命令的说明。", ""]
    )
