"""GDELT's columns: 61 of them, tab-separated, only what happened, and nothing that nobody knows."""

from datetime import date

import pytest
from hostile import ATTACKS, hostile_graph
from msgspec import structs
from small import small_graph, small_schema

from newsloom import exports
from newsloom.graph.model import Graph
from newsloom.graph.types import Actor, Event, Place, Relation, When
from newsloom.schemas.coding import gdelt


def rows(graph: Graph, folder) -> list[dict[str, str]]:
    """The rows of a graph's file by column, without empty cells."""
    (path,) = exports.write(graph, folder / "graph.gdelt.tsv")
    found = []
    for text in path.read_text(encoding="utf-8").split("\n")[:-1]:
        cells = text.split("\t")
        assert len(cells) == 61
        found.append({column: cell for column, cell in zip(gdelt().columns, cells, strict=True) if cell})
    return found


def acting(*actors: tuple[str, Actor], type: str = "CONSULT", when: When | None = None) -> Graph:
    """A graph of one event and who has which role in it."""
    event = Event("event/x", type, "An event", when=when)
    relations = [Relation("event/x", role, actor.id, 0.8, ()) for role, actor in actors]
    return Graph(small_schema(), [], [event, *(actor for _, actor in actors)], relations, {})


def test_a_row_tells_what_is_known(tmp_path):
    strike, launch, vow = rows(small_graph(), tmp_path)
    assert launch.pop("GLOBALEVENTID").isdigit()
    assert launch == {
        "SQLDATE": "20240413",
        "MonthYear": "202404",
        "Year": "2024",
        "FractionDate": "2024.2822",
        "Actor1Code": "IRN",
        "Actor1Name": "IRAN",
        "Actor1CountryCode": "IRN",
        "Actor2Code": "ISR",
        "Actor2Name": "ISRAEL",
        "Actor2CountryCode": "ISR",
        "EventCode": "195",
        "EventBaseCode": "195",
        "EventRootCode": "19",
        "QuadClass": "4",
        "GoldsteinScale": "-10.0",
        "NumMentions": "2",
        "NumSources": "2",
        "NumArticles": "2",
        "ActionGeo_Type": "1",
        "ActionGeo_FullName": "Israel",
        "ActionGeo_CountryCode": "IS",
        "ActionGeo_Lat": "31.5",
        "ActionGeo_Long": "34.75",
        "DATEADDED": "20240414000000",
        "SOURCEURL": "https://example.org/iran",
    }
    assert strike["ActionGeo_FullName"] == "Damascus, Syria"
    assert "Actor1Name" not in strike
    assert "SOURCEURL" not in vow


def test_what_did_not_happen_is_left_out(tmp_path):
    graph = small_graph()
    events = [node for node in graph.nodes.values() if isinstance(node, Event)]
    for status in ("negated", "planned", "hypothetical"):
        changed = [structs.replace(event, factuality=status) for event in events]
        assert rows(Graph(graph.schema, graph.readings, changed, [], {}), tmp_path) == []
    alleged = [structs.replace(event, factuality="alleged") for event in events]
    assert len(rows(Graph(graph.schema, graph.readings, alleged, [], {}), tmp_path)) == len(events)


def test_what_cameo_has_no_code_for_is_left_out(tmp_path):
    assert rows(acting(type="EARTHQUAKE"), tmp_path) == []


@pytest.mark.parametrize(
    ("first", "too_late", "told"),
    [
        (date(2024, 4, 13), date(2024, 4, 14), {"SQLDATE": "20240413", "MonthYear": "202404", "Year": "2024"}),
        (date(2024, 4, 13), date(2024, 4, 20), {"MonthYear": "202404", "Year": "2024"}),
        (date(2024, 4, 13), date(2024, 6, 1), {"Year": "2024"}),
        (date(2023, 4, 13), date(2024, 6, 1), {}),
        (None, date(2024, 6, 1), {}),
        (date(2024, 4, 13), None, {}),
    ],
)
def test_days_that_are_not_known_are_not_told(tmp_path, first, too_late, told):
    (row,) = rows(acting(when=When(first, too_late, "interval")), tmp_path)
    row.pop("FractionDate", None)
    assert {
        column: cell for column, cell in row.items() if "Date" in column or "DATE" in column or "Year" in column
    } == told


def test_actors_have_codes_for_state_and_role(tmp_path):
    minister = Actor("actor/m", "Person", "A minister", country="ROU", sector=("GOV", "MIL", "PTY"))
    doctors = Actor("actor/d", "Group", "Doctors", sector=("MED",))
    (row,) = rows(acting(("agent", minister), ("recipient", doctors)), tmp_path)
    assert (row["Actor1Code"], row["Actor1CountryCode"]) == ("ROMGOVMIL", "ROM")
    assert (row["Actor1Type1Code"], row["Actor1Type2Code"]) == ("GOV", "MIL")
    assert (row["Actor2Code"], row["Actor2Type1Code"]) == ("HLH", "HLH")
    assert "Actor2CountryCode" not in row


def test_bodies_of_no_state(tmp_path):
    council = Actor("actor/un", "InternationalOrganisation", "Security Council", country="UNO")
    (row,) = rows(acting(("agent", council)), tmp_path)
    assert (row["Actor1Code"], row["Actor1KnownGroupCode"], row["Actor1Type1Code"]) == ("IGOUNO", "UNO", "IGO")


def test_a_row_for_each_pair(tmp_path):
    one, two, three = (Actor(f"actor/{n}", "Person", f"Person {n}") for n in (1, 2, 3))
    pairs = rows(acting(("agent", one), ("agent", two), ("recipient", three)), tmp_path)
    assert [(row["Actor1Name"], row["Actor2Name"]) for row in pairs] == [
        ("PERSON 1", "PERSON 3"),
        ("PERSON 2", "PERSON 3"),
    ]
    assert len({row["GLOBALEVENTID"] for row in pairs}) == 2
    meeting = rows(acting(("participant", one), ("participant", two), ("participant", three)), tmp_path)
    assert [(row["Actor1Name"][-1], row["Actor2Name"][-1]) for row in meeting] == [("1", "2"), ("1", "3"), ("2", "3")]
    (alone,) = rows(acting(("participant", one)), tmp_path)
    assert "Actor2Name" not in alone
    (visit,) = rows(acting(("agent", one), ("participant", two)), tmp_path)
    assert (visit["Actor1Name"], visit["Actor2Name"]) == ("PERSON 1", "PERSON 2")


@pytest.mark.parametrize(
    ("type", "country", "number"),
    [
        ("Country", "USA", "1"),
        ("Region", "USA", "2"),
        ("Region", "FRA", "5"),
        ("City", "USA", "3"),
        ("City", None, "4"),
    ],
)
def test_kinds_of_places(tmp_path, type, country, number):
    place = Place("place/p", type, "Somewhere", country=country)
    graph = Graph(
        small_schema(),
        [],
        [Event("event/x", "AID", "Aid"), place],
        [Relation("event/x", "place", place.id, 1.0, ())],
        {},
    )
    (row,) = rows(graph, tmp_path)
    assert row["ActionGeo_Type"] == number
    assert "ActionGeo_Lat" not in row


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_hostile_text(tmp_path, attack):
    assert len(rows(hostile_graph(attack), tmp_path)) == 3
