"""How far long work has come: the rate, what is left, lines where there is no terminal, a bar where there is one."""

import logging
import sys

import pytest
from calling import Terminal

from newsloom import logs, progress
from newsloom.progress import Pace


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass as the test says."""
    now = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def heard(caplog):
    logs.listen(1)
    with caplog.at_level(logging.INFO, "newsloom"):
        yield caplog
    logs.listen(0)


def test_loading_the_models_is_no_part_of_the_rate():
    pace = Pace(0.0)
    pace.note(20.0, 20)
    assert pace.rate == 1.0
    for second in range(1, 11):
        pace.note(20.0 + second, 20 + 17 * second)
    assert pace.rate == 17.0
    assert pace.told(190, 190 + 17 * 60, "article") == "17 articles a second, 1 min left"
    assert pace.told(190, 190, "article") == "17 articles a second"


def test_the_rate_is_that_of_the_last_minute():
    pace = Pace(0.0)
    for second in range(1, 101):
        pace.note(second, second)
    for second in range(101, 200):
        pace.note(second, 100 + 10 * (second - 100))
    assert pace.rate == pytest.approx(10.0, abs=0.01)


def test_nothing_is_told_before_anything_is_known():
    assert Pace(0.0).told(0, 10, "article") == ""


def test_lines_every_so_often(clock, heard):
    with progress.progress("reading", "weaving", "article") as shown:
        for second in range(1, 31):
            clock[0] = float(second)
            shown(second * 20, 600)
    assert [record.getMessage() for record in heard.records] == [
        "reading: 200 of 600 articles, 20 articles a second, 20 s left",
        "reading: 400 of 600 articles, 20 articles a second, 10 s left",
        "reading: 600 of 600 articles, 20 articles a second; weaving",
    ]


def test_nothing_where_nobody_would_see_it():
    logs.listen(0)
    with progress.progress("reading", "weaving", "article") as shown:
        assert shown is None


def test_a_bar_on_a_terminal(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with progress.progress("reading", "weaving", "article") as shown:
        shown(5, 10)
        shown(10, 10)
    text = terminal.getvalue()
    assert "weaving" in text
    assert "10/10" in text
    assert "articles a second" in text
