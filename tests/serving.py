"""Triple stores for the tests, all on this machine: real servers, and a made-up one whose answers a test decides."""

import hashlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
import requests
from requests.auth import HTTPDigestAuth

STARTS_IN = 30  # seconds
VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{other}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 100000
"""
ENDPOINT = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
app = SparqlEndpoint(graph=Dataset(), path="/", enable_update=True)
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
"""


def missing(what: str) -> None:
    """Skip a test for which a server or the browser is not installed; in CI, where all must be there, it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed, which .ci/run should have done")
    pytest.skip(f"{what} is not installed on this machine")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A triple store in a process of its own, which can be killed and started again with what it had."""

    def __init__(self, command: list[str], folder: Path, port: int, query: str, auth=None, **environment: str):
        self.root = f"http://127.0.0.1:{port}"
        self._command = command
        self._folder = folder
        self._query = self.root + query
        self._auth = auth
        self._environment = {**os.environ, **environment}

    def start(self) -> "Server":
        with open(self._folder / "log.txt", "ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )
        until = time.monotonic() + STARTS_IN
        while time.monotonic() < until and self._process.poll() is None:
            try:
                self.select("SELECT (1 AS ?x) {}")
                return self
            except (requests.RequestException, ValueError):
                time.sleep(0.05)
        self.kill()
        raise AssertionError((self._folder / "log.txt").read_text(errors="replace")[-2000:])

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def select(self, query: str) -> list[dict]:
        """The solutions of a query, as its JSON has them."""
        headers = {"Accept": "application/sparql-results+json"}
        if self._auth is None:
            headers["Content-Type"] = "application/sparql-query"
        form = query.encode() if self._auth is None else {"query": query}  # Virtuoso reads forms only
        answer = requests.post(self._query, data=form, headers=headers, auth=self._auth, timeout=30)
        return answer.json()["results"]["bindings"]

    def put(self, url: str, body: bytes, type: str) -> None:
        """Put a file into a named graph."""
        requests.put(url, body, headers={"Content-Type": type}, auth=self._auth, timeout=30).raise_for_status()

    def triples(self, graph: str) -> list[tuple]:
        """The triples of a named graph, their literals by value."""
        rows = self.select(f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        return [(row["s"]["value"], row["p"]["value"], _value(row["o"])) for row in rows]


_POINT = re.compile(r"POINT\((\S+) (\S+)\)")


def _value(term: dict) -> object:
    if term["type"] == "uri":
        return term["value"]
    return by_value(term["value"], term.get("datatype", ""))


def by_value(text: str, datatype: str) -> object:
    """A literal as what it means: stores may write numbers and booleans in other words, Virtuoso rounds points."""
    if found := _POINT.fullmatch(text):
        return ("point", *(round(float(degrees), 4) for degrees in found.groups()))
    kind = datatype.rpartition("#")[2]
    if kind in ("decimal", "integer", "nonNegativeInteger", "int", "long", "double"):
        return float(text)
    if kind == "boolean":
        return float(text in ("true", "1"))
    return ("text", text)


def exported(lines) -> list[tuple]:
    """Lines of N-Triples as `Server.triples` gives them."""
    triples = []
    for quad in ox.parse("".join(lines), format=ox.RdfFormat.N_TRIPLES):
        term = quad.object
        value = by_value(term.value, term.datatype.value) if isinstance(term, ox.Literal) else term.value
        triples.append((quad.subject.value, quad.predicate.value, value))
    return triples


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory):
    """An Oxigraph server."""
    program = Path(sys.executable).parent / "oxigraph"
    if not program.exists():
        missing("oxigraph (pip install oxigraph)")
    folder = tmp_path_factory.mktemp("oxigraph")
    port = free_port()
    command = [str(program), "serve", "--location", str(folder / "db"), "--bind", f"127.0.0.1:{port}"]
    server = Server(command, folder, port, "/query").start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory):
    """A Virtuoso server, where dba has the password dba."""
    program = shutil.which("virtuoso-t")
    if program is None:
        missing("Virtuoso (apt-get install virtuoso-opensource-7-bin)")
    port = free_port()
    folder = tmp_path_factory.mktemp("virtuoso")
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(port=port, other=free_port()))
    command = [program, "-f", "-c", "virtuoso.ini"]
    server = Server(command, folder, port, "/sparql-auth", HTTPDigestAuth("dba", "dba")).start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory):
    """A server of rdflib-endpoint, which takes updates with the token `a-token` only."""
    for name in ("rdflib_endpoint", "uvicorn"):
        if importlib.util.find_spec(name) is None:
            missing(f"{name} (pip install {name.replace('_', '-')})")
    port = free_port()
    command = [sys.executable, "-c", ENDPOINT, str(port)]
    folder = tmp_path_factory.mktemp("endpoint")
    server = Server(command, folder, port, "/", RDFLIB_APIKEY="a-token").start()
    yield server
    server.kill()


Answer = tuple[int, dict[str, str], bytes]
Rule = Callable[["Request"], Answer | None]


class Request:
    """A request that the made-up store got."""

    def __init__(self, method: str, path: str, params: dict, headers, body: bytes):
        self.method, self.path, self.headers, self.body = method, path, headers, body
        self.graph = params.get("graph", [None])[0]
        self.form = {name: values[0] for name, values in parse_qs(body.decode()).items()} if path == "/query" else {}

    @property
    def changes(self) -> bool:
        return self.path in ("/store", "/update") and self.method in ("PUT", "POST", "DELETE")


class Fake:
    """A store like Oxigraph's server; `rule` may answer a request in its place, `requests` are those that came."""

    def __init__(self):
        self.store = ox.Store()
        self.requests: list[Request] = []
        self.rule: Rule = lambda request: None
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self.root = f"http://127.0.0.1:{self._http.server_port}"
        self.url = f"{self.root}/store"
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    @property
    def changes(self) -> list[Request]:
        return [request for request in self.requests if request.changes]

    def count(self, graph: str) -> int:
        return sum(1 for _ in self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))

    def answer(self, request: Request) -> Answer:
        self.requests.append(request)
        found = self.rule(request)
        return found or getattr(self, f"_{request.path.strip('/') or 'root'}", self._nothing)(request)

    def _query(self, request: Request) -> Answer:
        found = self.store.query(request.form["query"])
        results = found.serialize(format=ox.QueryResultsFormat.JSON)
        return 200, {"Content-Type": "application/sparql-results+json"}, results

    def _update(self, request: Request) -> Answer:
        self.store.update(request.body.decode())
        return 204, {}, b""

    def _store(self, request: Request) -> Answer:
        if request.method == "HEAD":
            return 200, {}, b""
        graph = ox.NamedNode(request.graph)
        if request.method in ("PUT", "DELETE"):
            self.store.remove_graph(graph)
        if request.method in ("PUT", "POST"):
            self.store.load(request.body, format=ox.RdfFormat.TURTLE, to_graph=graph)
        return 204, {}, b""

    def _nothing(self, request: Request) -> Answer:
        return 404, {"Content-Type": "text/html"}, b"<html><title>Not here</title></html>"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                request = Request(self.command, parts.path, parse_qs(parts.query), self.headers, body)
                status, headers, content = fake.answer(request)
                if status == 0:  # cut off
                    self.close_connection = True
                    self.connection.close()
                    return
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(content))}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_any

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@pytest.fixture
def fake():
    """A made-up store."""
    store = Fake()
    yield store
    store.close()


def wants_basic(request: Request) -> Answer | None:
    """Lets `ada` with the password `söcret` in, by Basic authentication."""
    given = request.headers.get("Authorization", "")
    if given.startswith("Basic ") and b64decode(given[6:]).decode() == "ada:söcret":
        return None
    return 401, {"WWW-Authenticate": 'Basic realm="store"'}, b""


def wants_digest(request: Request) -> Answer | None:
    """Lets `ada` with the password `secret` in, by Digest authentication (RFC 7616, MD5)."""
    given = dict(re.findall(r'(\w+)="?([^",]*)"?', request.headers.get("Authorization", "")))

    def md5(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    if given.get("nonce") == "n1":
        one, two = md5("ada:store:secret"), md5(f"{request.method}:{given['uri']}")
        if given["response"] == md5(f"{one}:n1:{given['nc']}:{given['cnonce']}:auth:{two}"):
            return None
    return 401, {"WWW-Authenticate": 'Digest realm="store", nonce="n1", qop="auth", algorithm="MD5"'}, b""


def wants_token(request: Request) -> Answer | None:
    """Lets those in who have the token."""
    is_right = request.headers.get("Authorization") == "Bearer a-token"
    return None if is_right else (401, {"WWW-Authenticate": 'Bearer realm="store"'}, b"")
