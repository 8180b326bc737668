"""The events at their places: a FeatureCollection as RFC 7946 wants it, whatever the articles say."""

import json
from math import inf, nan

import pytest
from hostile import ATTACKS, hostile_graph
from msgspec import structs
from small import FIRST, small_graph, small_schema

from newsloom import exports
from newsloom.graph.model import Graph
from newsloom.graph.types import Event, Place, Relation

PROPERTIES = {
    *("id", "kind", "type", "mode", "name", "when", "start", "end", "precision", "factuality", "killed", "injured"),
    *("sources", "agents", "recipients", "participants", "place", "place_id", "place_type", "country"),
    *("sentence", "article", "url"),
}


def collection(graph: Graph, folder) -> dict:
    """The file of a graph, parsed; it is as RFC 7946 wants it."""
    (path,) = exports.write(graph, folder / "graph.geojson")
    read = json.loads(path.read_bytes().decode("utf-8"))
    assert read["type"] == "FeatureCollection"
    assert not read.keys() & {"coordinates", "geometries", "geometry", "properties", "crs"}
    for feature in read["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert set(feature["geometry"]) == {"type", "coordinates"}
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
        assert set(feature["properties"]) == PROPERTIES
    ids = [feature["id"] for feature in read["features"]]
    assert len(set(ids)) == len(ids)
    return read


def at(*places: Place) -> Graph:
    """A graph of an event at some places."""
    event = Event("event/x", "AID", "Aid arrives")
    relations = [Relation("event/x", "place", place.id, 0.8, ()) for place in places]
    return Graph(small_schema(), [], [event, *places], relations, {})


TOWN = Place("place/town", "City", "Ostby", lat=0.12345678, lon=-179.5)
LAND = Place("place/land", "Country", "Norland", lat=1.0, lon=2.0)


def test_a_feature_tells_what_is_known(tmp_path):
    strike, launch = collection(small_graph(), tmp_path)["features"]
    assert strike["geometry"]["coordinates"] == [36.29, 33.51]
    assert launch["properties"] == {
        "id": "event/launch",
        "kind": "event",
        "type": "ASSAULT",
        "mode": "drone",
        "name": "Iran launches drones at Israel",
        "when": "2024-04-13",
        "start": "2024-04-13",
        "end": "2024-04-14",
        "precision": "day",
        "factuality": "asserted",
        "killed": None,
        "injured": None,
        "sources": 2,
        "agents": ["Iran"],
        "recipients": ["Israel"],
        "participants": [],
        "place": "Israel",
        "place_id": "place/israel",
        "place_type": "Country",
        "country": "ISR",
        "sentence": FIRST.text[:98],
        "article": "Example Wire, Iran fires drones at Israel, 2024-04-14",
        "url": "https://example.org/iran",
    }
    assert strike["properties"]["killed"] == 7


def test_what_has_no_place_is_counted(tmp_path):
    assert collection(small_graph(), tmp_path)["left_out"] == {"events": 2}


def test_an_event_of_two_places_is_two_features(tmp_path):
    read = collection(at(TOWN, LAND), tmp_path)
    assert [feature["properties"]["place"] for feature in read["features"]] == ["Norland", "Ostby"]
    assert read["features"][1]["geometry"]["coordinates"] == [-179.5, 0.123457]
    assert read["left_out"] == {"events": 0}


@pytest.mark.parametrize(
    ("lat", "lon", "shown"),
    [
        (90.0, -180.0, True),
        (0.0, 0.0, True),
        (None, 1.0, False),
        (1.0, None, False),
        (90.1, 1.0, False),
        (1.0, 180.1, False),
        (nan, 1.0, False),
        (1.0, inf, False),
    ],
)
def test_only_coordinates_on_the_earth_are_shown(tmp_path, lat, lon, shown):
    read = collection(at(structs.replace(TOWN, lat=lat, lon=lon)), tmp_path)
    assert bool(read["features"]) == shown
    assert read["left_out"] == {"events": int(not shown)}


def test_a_graph_without_places_is_a_collection_too(tmp_path):
    assert collection(at(), tmp_path) == {"type": "FeatureCollection", "left_out": {"events": 1}, "features": []}
    assert collection(Graph(small_schema(), [], [], [], {}), tmp_path)["left_out"] == {"events": 0}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_no_text_can_leave_its_field(tmp_path, attack):
    hostile = collection(hostile_graph(attack), tmp_path)
    plain = collection(small_graph(), tmp_path)
    assert [f["geometry"] for f in hostile["features"]] == [f["geometry"] for f in plain["features"]]
    names = [f["properties"][column] for f in hostile["features"] for column in ("name", "place", "sentence")]
    assert all(len(name.splitlines()) <= 1 and "\u202e" not in name for name in names)
