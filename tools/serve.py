"""Server and worker side by side until somebody says stop."""

import http.client
import os
import signal
import subprocess
import time

from tools.addresses import allowed, answering, shown
from tools.ground import PYTHON, ROOT, VENV, Command, var
from tools.say import Refused, step

# Pages are work for the processor, and in one process threads only get in each other's way.
WORKERS, THREADS = 2, 2
PATIENCE = 10.0  # seconds a child may take to finish what it is doing
# granian forgets a stop that comes while its process is still loading the application;
# after this it insists by itself, before we have to.
SERVER_PATIENCE = "5"


class House:
    """The two processes of a running house."""

    def __init__(self, host: str, port: int, logins: str = "") -> None:
        self.host, self.port, self.logins = host, port, logins
        self.stopping = False
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> None:
        """Start both, say where, and wait for Ctrl-C, SIGTERM or a closed terminal.

        Raises:
            Refused: one of the two ended by itself.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        try:
            with step("启动服务", "starting server and worker"):
                self.start()
                self.wait_for_an_answer()
            if not self.stopping:
                self.say_where()
            while not self.stopping:
                time.sleep(0.2)
                self.check()
        finally:
            self.end()

    def ask_to_stop(self, *_: object) -> None:
        self.stopping = True

    def start(self) -> None:
        # Links in mails lead to where this door stands, unless the operator said otherwise.
        site = {"SITE_ADDRESS": f"http://{shown(self.host)[0]}:{self.port}"}
        # What one process counts, the other must know: tries of a log-in, mails sent.
        site["CACHE_URL"] = f"filecache://{var() / 'cache'}"
        environ = site | os.environ | {"ALLOWED_HOSTS": ",".join(allowed(self.host))}
        server: Command = [
            *(VENV / "bin" / "granian", "--interface", "wsgi", "--no-ws"),
            *("--host", self.host, "--port", str(self.port)),
            *("--workers", str(WORKERS), "--workers-kill-timeout", SERVER_PATIENCE),
            *("--blocking-threads", str(THREADS), "--log-level", "warning"),
            "shangliang.config.wsgi:application",
        ]
        worker: Command = [PYTHON, "manage.py", "worker"]
        for name, command in (("服务 server", server), ("后台任务 worker", worker)):
            # A session of its own: Ctrl-C reaches us alone, and we stop them in order.
            self.children[name] = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, start_new_session=True
            )

    def check(self) -> None:
        for name, child in self.children.items():
            if child.poll() is not None:
                raise Refused(
                    f"{name} 意外退出（代码 {child.returncode}），原因见上。",
                    f"{name} ended by itself with code {child.returncode}; the reason is above.",
                )

    def wait_for_an_answer(self) -> None:
        while not self.stopping:
            time.sleep(0.05)
            self.check()
            line = http.client.HTTPConnection(answering(self.host), self.port, timeout=5)
            try:
                line.request("HEAD", "/")
                line.getresponse()
                return
            except OSError:
                continue
            finally:
                line.close()

    def say_where(self) -> None:
        print()
        for name in shown(self.host):
            print(f"商量已在 http://{name}:{self.port}/ 等您。 Shangliang is open at this address.")
        print(self.logins, end="")
        print("按 Ctrl-C 停止。 Ctrl-C stops it.", flush=True)

    def end(self) -> None:
        """Ask both to finish what they are doing; insist only after a while."""
        for patience, word in ((PATIENCE, signal.SIGINT), (2, signal.SIGTERM)):
            until = time.monotonic() + patience
            for child in self.alive():
                child.send_signal(word)
            while self.alive() and time.monotonic() < until:
                time.sleep(0.05)
        for child in self.alive():
            os.killpg(child.pid, signal.SIGKILL)  # with whatever it has started itself
            child.wait()

    def alive(self) -> list[subprocess.Popen[bytes]]:
        return [child for child in self.children.values() if child.poll() is None]
