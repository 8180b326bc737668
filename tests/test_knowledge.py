"""Knowledge: what is known, what a user adds, what is refused, and how fast it loads."""

import doctest
from importlib.resources import files

import pytest
import yaml
from timing import least

from newsloom.graph import knowledge as room
from newsloom.schemas import load_schema
from newsloom.schemas.errors import InputError


def test_every_entry_uses_the_vocabulary(knowledge):
    schema = load_schema()
    assert {actor.type for actor in knowledge.actors.values()} <= schema.actor_types.keys()
    assert {place.type for place in knowledge.places.values()} <= schema.place_types.keys()
    sectors = {sector for actor in knowledge.actors.values() for sector in actor.sectors}
    sectors |= {sector for about in knowledge.roles.descriptions.values() for sector in about.sectors}
    sectors |= set(knowledge.roles.modifiers.values())
    assert sectors <= schema.sectors.keys()
    assert {about.type for about in knowledge.roles.descriptions.values()} <= schema.actor_types.keys()
    assert set(knowledge.roles.name_words.values()) <= schema.actor_types.keys()
    assert set(knowledge.contexts["places"].values()) <= schema.place_types.keys()


def test_countries_are_states_or_plovers_values(knowledge):
    states = {key for key, actor in knowledge.actors.items() if actor.type == "State"}
    others = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", "ESH"}
    assert {actor.country for actor in knowledge.actors.values()} <= states | others
    assert {place.country for place in knowledge.places.values()} <= states | others | {None}


def test_coordinates_are_on_earth(knowledge):
    assert all(-90 <= place.lat <= 90 and -180 <= place.lon <= 180 for place in knowledge.places.values())


def test_people_lead_and_belong_to_entries(knowledge):
    ties = {key for actor in knowledge.actors.values() for key in (actor.leads, actor.member) if key}
    assert ties <= knowledge.actors.keys()


@pytest.mark.parametrize(
    ("name", "country"),
    [("paris", "FRA"), ("Cairo", "EGY"), ("Birmingham", "GBR"), ("kiev", "UKR"), ("Düsseldorf", "DEU")],
)
def test_largest_city_first(name, country, knowledge):
    assert knowledge.cities(name)[0].country == country


def test_chain_ends_at_the_state(knowledge):
    assert [place.key for place in knowledge.chain(knowledge.places["rafah"])] == ["gaza-strip", "PSE"]


def test_place_by_key(knowledge):
    assert knowledge.place("geonames:2988507").name == "Paris"
    assert knowledge.place("geonames:0") is None
    assert knowledge.place("atlantis") is None


def test_own_entries_come_on_top(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "organisations:\n- {name: Harbour Watch, type: Organisation, country: NGO, sectors: [SOC]}\n"
        "- {name: Hamas, type: Party, country: PSE, sectors: [PTY]}\n"
        "people:\n- {name: Ada Quill, leads: Harbour Watch}\n"
        "places:\n- {name: Salt Row, type: Area, lat: 1.5, lon: 2.5}\n",
        encoding="utf-8",
    )
    knowledge = room.load(own)
    assert knowledge.actors["ada-quill"].leads == "harbour-watch"
    assert knowledge.actors["hamas"].type == "Party"
    assert knowledge.places["salt-row"].lon == 2.5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("organizations: []", "Did you mean organisations"),
        ("- a list", "a mapping"),
        ("people:\n- {gender: f}", "people.1: `name` is missing"),
        ("people: 5", "people: must be a list, not a whole number"),
        ("people:\n- {name: 5}", "people.1.name: must be text, not a whole number"),
        ("people:\n- {name: Ada Quill, sectors: GOV}", "people.1.sectors: must be a list, not text"),
        ("people:\n- {name: Ada Quill, alias: [Ada]}", "people.1.alias: .*Did you mean aliases"),
        ("places:\n- {name: Nowhere, type: City}", "`lat` is missing"),
        ("places:\n- {name: Nowhere, type: City, lat: high, lon: 2}", "places.1.lat: must be a number, not text"),
        ("places:\n- {name: Nowhere, type: City, lat: 91, lon: 2}", "places.1.lat: .* <= 90"),
        ("organisations:\n- {name: Harbour Watch}", "`type` is missing"),
        ("people:\n- {name: Ada Quill, leads: Nothing At All}", "own.yaml: .*no entry"),
        ("people: [", "line"),
    ],
)
def test_refuses_what_it_cannot_use(text, message, tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        room.load(own)


def test_refuses_a_missing_file(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        room.load(tmp_path / "none.yaml")


def test_loads_in_little_more_than_its_files_take():
    shipped = [file.read_text("utf-8") for file in (files("newsloom.schemas") / "knowledge").glob("*.yaml")]
    bare = least(lambda: [yaml.load(text, yaml.CSafeLoader) for text in shipped])
    assert least(room.load) < 6 * bare  # 3; that of YAML, and of 34,000 cities in a table


def test_doctests():
    assert doctest.testmod(room).failed == 0


def test_a_table_of_names_is_read(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(
        "id,schema,name,aliases,countries\n1,Organization,Harbour Watch,HW;Watchers of the Harbour,ie\n"
        "2,Person,Ada Quill,,gb\n",
        encoding="utf-8",
    )
    knowledge = room.load(own)
    watch = knowledge.actors["harbour-watch"]
    assert (watch.type, watch.country, watch.aliases) == ("Organisation", "IRL", ("HW", "Watchers of the Harbour"))
    assert knowledge.actors["ada-quill"].type == "Person"


def test_entities_of_followthemoney_are_read(tmp_path):
    own = tmp_path / "own.ftm"
    own.write_text(
        '{"id": "a", "schema": "Person", "properties": {"name": ["Ada Quill", "Ada B. Quill"], "gender": ["female"],'
        ' "country": ["gb"], "wikidataId": ["Q1"]}}\n\n'
        '{"id": "b", "schema": "Vessel", "properties": {"name": ["Eel"]}}\n',
        encoding="utf-8",
    )
    knowledge = room.load(own)
    ada = knowledge.actors["ada-quill"]
    assert (ada.aliases, ada.gender, ada.country, ada.wikidata) == (("Ada B. Quill",), "f", "GBR", "Q1")
    assert "eel" not in knowledge.actors


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("own.csv", "id,title\n1,2\n", "no column `name`"),
        ("own.jsonl", '{"schema": "Person", "properties": 5}\n', "line 1 is no entity"),
        ("own.yaml", "offices:\n- {state: ISR, office: king, held: Saul | long ago}\n", "is not like"),
        ("own.yaml", "offices:\n- {state: XXX, office: king, held: Saul | 1900-1901}\n", "no entry for 'XXX'"),
    ],
)
def test_refuses_lists_it_cannot_read(name, text, message, tmp_path):
    own = tmp_path / name
    own.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        room.load(own)


def test_office_holders_are_joined_with_what_is_known_of_them(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "people:\n- {name: Ada Quill, country: GBR, office: minister, member: GBR}\n"
        "offices:\n- {state: GBR, office: prime minister, held: 'Ada Quill; Ada Quyll | 1990-1994 | f'}\n"
        "- {state: FRA, office: president, held: 'Ada Quill | 2001- | f'}\n",
        encoding="utf-8",
    )
    knowledge = room.load(own)
    ada, other = knowledge.actors["ada-quill"], knowledge.actors["ada-quill-fra"]
    assert [(o.title, o.of, o.start, o.end) for o in ada.offices] == [("prime minister", "GBR", 1990, 1994)]
    assert ada.aliases == ("Ada Quyll",)
    assert other.offices[0].covers(2026)
    assert not ada.offices[0].covers(1995)
    assert len(knowledge.bearers("Quill")) == 2
