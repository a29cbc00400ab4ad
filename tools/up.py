"""./up: from a fresh clone to a running county in one command."""

import argparse
import os
import subprocess

from tools import install
from tools.ground import PYTHON, ROOT, Command, need_port, need_room, var
from tools.say import Refused
from tools.serve import House

RUNNING_MB = 50  # below this the database could not even take today's work


def up(words: list[str]) -> int:
    asked = options().parse_args(words)
    if not asked.prepare:
        need_port(asked.host, asked.port)
    install.ensure("base")
    var().mkdir(mode=0o700, parents=True, exist_ok=True)
    need_room(RUNNING_MB, at=var())
    logins = prepare(demo=asked.demo)
    if asked.prepare:
        print(logins, end="")
    else:
        need_port(asked.host, asked.port)
        House(asked.host, asked.port, logins).run()
    return 0


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./up", description="启动商量：安装、建库、载入演示县，然后开门。 Start Shangliang."
    )
    parser.add_argument("--port", type=int, default=8000, help="端口 port (8000)")
    parser.add_argument(
        "--host", default="127.0.0.1", help="地址；0.0.0.0 让同一网络的手机也能打开 address"
    )
    parser.add_argument(
        "--no-demo", dest="demo", action="store_false", help="不载入演示县 leave the database empty"
    )
    parser.add_argument(
        "--prepare", action="store_true", help="只准备，不启动 get ready without starting"
    )
    return parser


def prepare(*, demo: bool) -> str:
    """Bring the database up to date and, if wanted, fill it; returns the demo's log-ins."""
    command: Command = [PYTHON, "-m", "tools.prepare", *(["--demo"] if demo else [])]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, encoding="utf-8"
    )
    if done.returncode:
        raise Refused(
            "数据库没有准备好，原因见上。", "The database could not be prepared; see above."
        )
    return done.stdout
