"""The verbs that ask for causes, as a user meets them: the trees, lists to choose from, records, errors."""

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from calling import fails, keep
from lettered import lines

AFTER = "After Iran launched drones on April 13, Israel vowed to respond."
LAUNCHED = "Iran launched drones at Israel on Saturday in response to the strike on its consulate in Damascus."
WIRE = "Example Wire, Iran fires drones at Israel, 2024-04-14"


def test_why(stored, call):
    code, out, _ = call("why", "Israel vows")
    assert code == 0
    assert out[:5] == [
        "Israel vows to respond (on or before 15 April 2024)  event/vow",
        f"{' ' * 4}← responds to ← Iran launches drones at Israel (13 April 2024; 2 articles): "
        "“After Iran launched drones on April 13” (Example Post)  [0.60]  event/launch",
        f"{' ' * 8}“{AFTER}”  — Example Post, Israel promises an answer, 2024-04-15",
        f"{' ' * 8}← responds to ← Strike on the consulate in Damascus (1 April 2024; 7 killed): "
        "“in response to the strike on its consulate in Damascus” (Example Wire)  "
        "[0.90, whole way 0.54]  event/strike",
        f"{' ' * 12}“{LAUNCHED}”  — {WIRE}",
    ]


def test_effects_and_depth(stored, call):
    out = call("effects", "event/strike")[1]
    assert sum("→ was answered by →" in line for line in out) == 2
    assert sum("→ was answered by →" in line for line in call("effects", "event/strike", "--depth", "1")[1]) == 1
    assert "and 1 effect more that are less sure; raise --top" in call("effects", "event/strike", "--top", "1")[1][-1]


def test_what_fits_as_well_but_tells_nothing(stored, call):
    _, out, _ = call("why", "Israel")
    assert out[0].startswith("Israel vows")
    assert out[-2:] == [
        "As good a fit, but no cause of it is stated:",
        "  Israel responds (undated; planned)  event/respond",
    ]


def test_no_cause(stored, call):
    assert call("why", "event/strike")[1][1] == "    no cause of it is stated in the articles"
    said = call("why", "event/vow", "--by", "Example Wire")[1]
    assert said[1] == "    no cause of it is stated in the articles as the options ask"


TOLD = lines(
    "A agent x\nB agent x\nC causes A 0.8\nC causes B 0.7 y\nD causes A 0.6 may\nE intends-to-cause A 0.5\n"
    "F enables A 0.4 alleged\nG causes A not y in u\nG causes A 0.3 in v\nH prevents A\n"
    "I causes A not y\nA causes C back"
)


def test_words_for_every_kind_of_tie(place, call):
    keep(TOLD)
    out = [line.strip() for line in call("why", "A")[1] if not line.strip().startswith("“")]
    assert [line.split(" (undated)")[0] for line in out[1:6]] == [
        "← was caused by ← event C",
        "← may have been caused by ← event D",
        "← was the aim of ← event E",
        "← was allegedly made possible by ← event F",
        "← was caused by ← event G",
    ]
    assert out[6].startswith("y denies that “event G” led to “event A”: “because of that”  — Post, Untold")
    assert out[7].startswith("← was prevented by ← event H")
    assert out[8].startswith("y denies that “event I” led to “event A”")
    assert "(Wire), says y" in "".join(call("why", "B")[1])
    led = [line.strip() for line in call("effects", "D")[1]]
    assert led[1].startswith("→ may have led to → event A (undated): “because of that” (Wire)  [0.60]")
    assert "was meant to bring about → event A" in "".join(call("effects", "E")[1])
    assert "prevented → event A" in "".join(call("effects", "H")[1])
    assert "dated the other way round" in "".join(call("effects", "A", "--backwards")[1])


def test_several_events_are_offered(place, call):
    keep(TOLD)
    message = fails(call, 2, "why", "x")
    assert message.splitlines() == [
        "“x” fits 2 events about equally. Choose one by its id, or by --pick and its number:",
        "  1  event A (undated) — A",
        "  2  event B (undated) — B",
    ]
    assert call("why", "x", "--pick", "2")[1][0] == "event B (undated)  B"
    assert "no number 9" in fails(call, 2, "why", "x", "--pick", "9")
    code, out, err = call("why", "x", "--json")
    assert (code, [event["id"] for event in json.loads("\n".join(out))["offered"]]) == (2, ["A", "B"])
    assert json.loads(err)["error"]["message"].startswith("“x” fits 2")
    assert "Choose one by its id:" in fails(call, 2, "chain", "C", "x")


def test_events_by_type_and_filters(stored, call):
    assert call("why", "ASSAULT", "--on", "2024-04-13")[1][0].startswith("Iran launches drones")
    assert call("effects", "ASSAULT/aerial", "--place", "Syria")[1][0].startswith("Strike on the consulate")
    assert "none of them the filters" in fails(call, 6, "why", "ASSAULT", "--on", "1999")
    assert "is no date" in fails(call, 2, "why", "ASSAULT", "--on", "soon")
    assert "no outlet and no actor is called 'Nobody'" in fails(call, 6, "why", "event/vow", "--by", "Nobody")


def test_chain(stored, call):
    out = call("chain", "the strike", "Israel vows")[1]
    assert out[0] == "1  Strike on the consulate in Damascus (1 April 2024; 7 killed)  event/strike  confidence 0.54"
    assert [line.split(" (")[0].strip() for line in out[1::2]] == [
        "→ was answered by → Iran launches drones at Israel",
        "→ was answered by → Israel vows to respond",
    ]
    assert out[2].strip().startswith(f"“{LAUNCHED}”")
    (route,) = json.loads("\n".join(call("chain", "the strike", "Israel vows", "--json")[1]))
    assert (route["confidence"], len(route["hops"])) == (0.54, 2)
    assert "no chain of causes leads from" in fails(call, 6, "chain", "Israel vows", "the strike")


def test_names_that_were_not_written_so_are_noted(stored, call):
    assert call("why", "event/vow", "--by", "Exmple Post")[2] == "note: 'Exmple Post' was taken for Example Post.\n"
    assert call("why", "event/vow", "--by", "the example post")[2] == ""
    assert call("roots", "--actor", "Irann")[2].startswith("note: 'Irann' was taken for Iran.")


def test_roots_and_turning_points(stored, call):
    root = "Strike on the consulate in Damascus (1 April 2024; 7 killed): 2 events followed  event/strike"
    assert call("roots")[1] == [root]
    turn = (
        "Iran launches drones at Israel (13 April 2024; 2 articles): 1 event led to it, 1 event followed  event/launch"
    )
    assert call("turning-points")[1] == [turn]
    (record,) = json.loads("\n".join(call("turning-points", "--json")[1]))
    assert (record["event"]["id"], record["causes"], record["effects"]) == ("event/launch", 1, 1)
    code, out, err = call("roots", "--until", "2020")
    assert (code, out) == (0, [])
    assert "there are none" in err


def test_conflicts(place, call):
    keep(TOLD)
    out = call("conflicts")[1]
    assert out[0] == "Whether event G (undated)  G led to event A (undated)  A"
    assert [line.strip() for line in out[1::2]] == [
        "Mirror says so: “because of that”",
        "y denies it: “because of that”",
    ]
    (record,) = json.loads("\n".join(call("conflicts", "--by", "y", "--json")[1]))
    assert (record["claimed"][0]["source_name"], record["denied"][0]["claimant"]) == ("Mirror", "y")
    code, out, err = call("conflicts", "--until", "2024-04-30")
    assert (code, out) == (0, [])
    assert "there are none" in err


def test_json_says_what_the_lines_say(stored, call):
    why = json.loads("\n".join(call("why", "Israel vows", "--json")[1]))
    assert (why["asked"], why["direction"], why["event"]["id"]) == ("Israel vows", "why", "event/vow")
    hop = why["hops"][1]
    assert (hop["depth"], hop["cause"]["id"], hop["effect"]["id"]) == (2, "event/strike", "event/launch")
    assert (hop["relation"]["type"], hop["confidence"], hop["path_confidence"]) == ("responds-to", 0.9, 0.54)
    said = hop["evidence"][0]
    assert (said["sentence"], said["cue"]) == (LAUNCHED, "in response to")
    assert f"{said['source_name']}, {said['title']}, {said['published']}" == WIRE


def test_the_page_is_printed_or_written(stored, call, monkeypatch):
    page = ModuleType("newsloom.exports.causes_page")

    def causes_page(graph, told):
        return (
            f"<p>{told[0].confidence}"
            if isinstance(told, tuple)
            else f"<p>{told.event.name} ← {told.hops[0].cause.name}"
        )

    page.causes_page = causes_page
    monkeypatch.setitem(sys.modules, page.__name__, page)
    monkeypatch.setattr("newsloom.exports.causes_page", page, raising=False)
    shown = "<p>Israel vows to respond ← Iran launches drones at Israel"
    assert call("why", "event/vow", "--html")[1] == [shown]
    assert call("chain", "event/strike", "event/vow", "--html")[1] == ["<p>0.54"]
    code, out, err = call("why", "event/vow", "--html", "why.html")
    assert (code, out) == (0, [])
    assert err.startswith("wrote ")
    assert Path("why.html").read_text() == shown
    assert "is no name of a page" in fails(call, 2, "why", "event/vow", "--html", "why.pdf")
    assert "two formats" in call("why", "event/vow", "--html", "why.html", "--json")[2]


@pytest.mark.parametrize(
    "arguments", [("why", " "), ("chain", "x", ""), ("why", "x", "--by", ""), ("roots", "--place", "")]
)
def test_empty_words(stored, call, arguments):
    assert "it is empty; give a name" in fails(call, 2, *arguments)
