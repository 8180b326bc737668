"""A server of newsloom in a process of its own, as the command line starts it."""

import hashlib
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from calling import keep
from serving import STARTS_IN
from small import small_graph

ADDRESS = re.compile(r"http://\S+")


class Served:
    """`newsloom serve` over a store; `get` and `ask` ask it, `said` is what it printed so far.

    `before` is Python that its process runs first.
    """

    def __init__(self, store: Path, *options: str, before: str = ""):
        self._log = store.with_name(f"{store.name}.log")
        verb = ["serve", "--port", "0", "--no-open", "--store", str(store), *options]
        program = f"{before}\nfrom newsloom.cli import main\nmain()"
        with open(self._log, "wb") as log:
            command = [sys.executable, "-c", program, *verb]
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=store.parent)
        until = time.monotonic() + STARTS_IN
        while not (found := ADDRESS.search(self.said)) and time.monotonic() < until and self.process.poll() is None:
            time.sleep(0.02)
        assert found, self.said
        self.address = found[0]
        self.root = self.address.rstrip("/")

    @property
    def said(self) -> str:
        return self._log.read_text(errors="replace")

    def get(self, path: str, **options) -> requests.Response:
        return requests.get(f"{self.root}{path}", timeout=30, **options)

    def ask(self, method: str, path: str, **options) -> requests.Response:
        return requests.request(method, f"{self.root}{path}", timeout=30, **options)

    def stop(self) -> int:
        """Its exit code after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(10)


def problem(answer: requests.Response, status: int) -> str:
    """The message of an error in the one form that errors have."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    error = answer.json()["error"]
    assert error["status"] == status
    return error["message"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of the small graph, whose store no request changes."""
    store = tmp_path_factory.mktemp("served") / "newsloom.db"
    keep(small_graph(), store)
    before = hashlib.sha256(store.read_bytes()).hexdigest()
    server = Served(store)
    yield server
    assert server.stop() == 0
    assert "Traceback" not in server.said
    assert hashlib.sha256(store.read_bytes()).hexdigest() == before
