"""`newsloom timeline` as a user meets it."""

import gzip
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import icalendar
import pytest
from calling import fails, keep
from small import small_schema

from newsloom import cli
from newsloom.graph.model import Graph
from newsloom.graph.types import Article, Event, Evidence, Reading, Relation, When

FITS = [
    (["--actor", "Iran"], ["launch"]),
    (["--place", "Syria"], ["strike"]),
    (["--type", "THREATEN,AID"], ["vow"]),
    (["--type", "assault", "--type", "THREATEN"], ["strike", "launch", "vow", "respond"]),
    (["--since", "2024-04-13", "--until", "2024-04"], ["launch", "vow"]),
    (["--top", "2"], ["strike", "launch"]),
    (["--top", "1", "--actor", "Israel"], ["launch"]),
    (["--top-days", "1"], ["launch"]),
    (["--top-days", "9", "--type", "ASSAULT"], ["strike", "launch"]),
]


def ids(lines: list[str]) -> list[str]:
    """The events in some lines, in order."""
    return [line.rpartition("event/")[2] for line in lines if "event/" in line]


def undated_graph() -> Graph:
    """Three events without a day: a week that nothing tells, a day without its year, and nothing at all."""
    said = (Evidence("t", 0, 4, "by-hand", 0.9),)
    nodes = [
        Event("event/a", "ASSAULT", "Raid on the depot", when=When(None, None, "partial", "on Friday")),
        Event("event/b", "AID", "Aid arrives", when=When(None, None, "partial", "October 7", partial="XXXX-10-07")),
        Event("event/c", "AID", "Aid is promised", factuality="planned"),
    ]
    before = Relation("event/c", "before", "event/a", 0.9, said)
    return Graph(small_schema(), [Reading(Article("t", "Text"), (), (), ())], nodes, [before], {})


def test_days_are_headings_with_their_events_beneath(stored, call):
    code, out, err = call("timeline")
    assert (code, err) == (0, "")
    assert [" ".join(line.split()) for line in out] == [
        "2024-04-01 Monday, 1 April 2024",
        "ASSAULT/aerial Strike on the consulate in Damascus (7 killed) event/strike",
        "2024-04-13 Saturday, 13 April 2024",
        "ASSAULT/drone Iran launches drones at Israel (2 articles) event/launch",
        "../2024-04-15 on or before 15 April 2024",
        "THREATEN Israel vows to respond event/vow",
        "undated",
        "ASSAULT Israel responds (planned) event/respond",
    ]
    assert [line.startswith("  ") for line in out] == [False, True] * 4


def test_undated_events_show_the_words_for_their_time_in_their_order(place, call):
    keep(undated_graph())
    assert [" ".join(line.split()[:-1]) for line in call("timeline")[1]] == [
        "",
        "AID Aid is promised (planned)",
        "ASSAULT Raid on the depot (“on Friday”)",
        "AID Aid arrives (“October 7”)",
    ]


@pytest.mark.parametrize(("options", "expected"), FITS)
def test_options_choose_events_in_every_format(stored, call, options, expected):
    assert ids(call("timeline", *options)[1]) == expected
    records = json.loads("\n".join(call("timeline", *options, "--json")[1]))
    assert [record["id"].removeprefix("event/") for record in records] == expected
    calendar = icalendar.Calendar.from_ical("\r\n".join(call("timeline", *options, "--ics")[1]))
    shown = [str(entry["uid"]).split("/")[1].split("@")[0] for entry in calendar.events]
    assert shown == [id for id in expected if id in ("strike", "launch")]


def test_what_is_left_out_is_told(stored, call):
    assert call("timeline", "--top", "1")[2] == "3 of 4 events left out; raise --top to see more.\n"
    assert call("timeline", "--top-days", "1")[2] == "3 of 4 events left out; raise --top-days to see more.\n"
    assert call("timeline", "--since", "2025") == (0, [], "no event fits (1 undated left out).\n")
    assert "no event that fits has a known day" in call("timeline", "--top-days", "1", "--type", "THREATEN")[2]
    assert "2 of 4 events have no place in a calendar" in call("timeline", "--ics")[2]


def test_records_tell_the_days(stored, call):
    timeline = json.loads("\n".join(call("timeline", "--json")[1]))
    assert [event["when"] for event in timeline] == ["2024-04-01", "2024-04-13", "../2024-04-15", None]
    assert timeline[0] | {"kind": "event", "start": "2024-04-01", "end": "2024-04-02", "killed": 7} == timeline[0]


def test_a_calendar_is_printed_or_written(stored, call):
    printed = subprocess.run([sys.executable, "-m", "newsloom", "timeline", "--ics"], capture_output=True, check=True)
    assert b"\r\nBEGIN:VEVENT\r\n" in printed.stdout
    assert call("export", "whole.ics", "whole.ics.gz")[0] == 0
    assert Path("whole.ics").read_bytes() == gzip.decompress(Path("whole.ics.gz").read_bytes()) == printed.stdout
    assert call("timeline", "--ics", "all.ics", "--since", "2020")[2].startswith(f"wrote {os.path.realpath('all.ics')}")
    assert len(icalendar.Calendar.from_ical(Path("all.ics").read_bytes()).events) == 2


def test_nonsense_is_refused(stored, call):
    assert "give one that ends in .ics" in fails(call, 2, "timeline", "--ics", "page.html")
    assert "no folder" in fails(call, 2, "timeline", "--ics", "none/x.ics")
    assert "two formats" in call("timeline", "--ics", "--json")[2]
    assert "not both" in fails(call, 2, "timeline", "--top", "1", "--top-days", "1")
    for option in ("--top", "--top-days"):
        assert "x>=1" in fails(call, 2, "timeline", option, "0")
        assert "not a valid whole number" in fails(call, 2, "timeline", option, "ten")


def test_a_misspelt_name_is_noted(stored, call):
    code, out, err = call("timeline", "--actor", "Israell")
    assert (code, err) == (0, "note: 'Israell' was taken for Israel.\n")
    assert out == call("timeline", "--actor", "Israel")[1]


def test_a_store_without_events(place, call):
    keep(Graph(small_schema(), [Reading(Article("t", "Text"), (), (), ())], [], [], {}))
    assert call("timeline") == (0, [], "no event fits.\n")
    assert json.loads("\n".join(call("timeline", "--json")[1])) == []
    assert icalendar.Calendar.from_ical("\r\n".join(call("timeline", "--ics")[1])).events == []


def test_a_narrow_terminal_shows_no_ids_and_a_pipe_all_of_them(stored, terminal, call):
    piped = call("timeline")[1]
    assert ids(piped) == ["strike", "launch", "vow", "respond"]
    shown = terminal(60)
    assert cli.run(["timeline"]) == 0
    assert "event/" not in shown.getvalue()
    assert max(map(len, shown.getvalue().splitlines())) <= 60
    words = " ".join(shown.getvalue().split())
    assert all(" ".join(line.split("  event/")[0].split()) in words for line in piped)


@pytest.mark.parametrize("year", [1, 476, 9999])
def test_years_far_away(place, call, year):
    days = When(date(year, 12, 30), date(year, 12, 31), "day", "that day", "by-hand")
    keep(Graph(small_schema(), [], [Event("event/x", "ASSAULT", "A siege ends", when=days)], [], {}))
    assert call("timeline")[1][0].startswith(f"{year:04}-12-30  ")
    assert f"DTSTART;VALUE=DATE:{year:04}1230" in call("timeline", "--ics")[1]
