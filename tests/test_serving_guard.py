"""Who may ask a served graph, and what every answer carries."""

import re
import socket

import pytest
from calling import keep
from hostile import hostile_graph
from served import Served, problem
from small import small_graph

KNOWN = ("localhost", "LOCALHOST:80", "127.0.0.1", "[::1]", "[::1]:8765", "localhost.")
STRANGE = (
    *("evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", "0.0.0.0", "", "::1", "127.1"),
    *("localhost@evil.example", "evil.example#localhost", "localhost:x", "[::1", "localhost/", "2130706433"),
)
EVERYWHERE = ["/", "/api", "/api/part/all", "/api/node/nobody", "/nothing", "/sparql", "/sparql?query=ASK{}"]


@pytest.mark.parametrize("host", KNOWN)
def test_this_machine_is_answered_by_its_names(server, host):
    assert server.get("/api", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", STRANGE)
def test_other_names_are_not_answered(server, host):
    answer = server.get("/api", headers={"Host": host})
    assert answer.status_code in (400, 421)  # 400: what is no name at all
    assert "events" not in answer.text


def test_a_host_that_is_given_is_answered_and_no_other(tmp_path):
    keep(small_graph(), tmp_path / "newsloom.db")
    server = Served(tmp_path / "newsloom.db", "--host", "0.0.0.0")
    try:
        for host in ("localhost", "192.168.7.7:80", "[fe80::1]", socket.gethostname()):
            assert server.get("/api", headers={"Host": host}).status_code == 200
        for host in ("evil.example", "192.168.7.7.evil.example"):
            assert problem(server.get("/api", headers={"Host": host}), 421)
    finally:
        assert server.stop() == 0


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_is_locked_down(server, path):
    headers = server.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers
    assert not {"server", "set-cookie", "x-powered-by"} & {name.lower() for name in headers}


def test_the_policy_of_the_page_lets_its_own_scripts_run_and_this_server_be_asked(server):
    answer = server.get("/")
    policy = answer.headers["content-security-policy"]
    assert "connect-src 'self'" in policy
    assert "unsafe-eval" not in policy
    scripts = re.search(r"script-src ([^;]*)", policy)[1].split()
    assert scripts
    assert all(re.fullmatch(r"'sha256-[\w+/=]{44}'", script) for script in scripts)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", ["/api", "/api/part/all", "/api/search?q=iran", "/sparql?query=ASK{}"])
def test_pages_of_other_sites_may_not_ask(server, path):
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": server.root.replace("127.0.0.1", "localhost")},
    ):
        assert "another site may not ask" in problem(server.get(path, headers=headers), 403)
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": server.root}):
        assert server.get(path, headers=headers).status_code == 200
    assert server.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200  # a link to the page


def test_long_addresses_are_refused(server):
    assert "longer than 16384 bytes" in problem(server.get("/api/search?q=" + "x" * 17_000), 414)
    assert problem(server.get("/api/node/" + "x" * 17_000), 414)


def test_what_articles_say_is_sent_as_data_only(tmp_path):
    store = tmp_path / "newsloom.db"
    keep(hostile_graph("markup"), store)
    server = Served(store)
    try:
        assert "<script>alert" not in server.get("/").text
        for path in (
            "/api/search?q=iran",
            "/api/articles",
            "/api/part/all",
            "/api/node/%3Cscript%3Ealert(1)%3C/script%3E",
        ):
            answer = server.get(path)
            assert answer.headers["content-type"] == "application/json"
            assert answer.json()
    finally:
        assert server.stop() == 0
