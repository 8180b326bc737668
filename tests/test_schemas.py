"""The vocabulary: what the loader takes and refuses, how files are merged, and that the default one is whole."""

from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
import yaml
from timing import least

from newsloom.graph.types import UNTYPED
from newsloom.schemas import SchemaError, builtin_schemas, check, describe, listing, load_schema, schema_from
from newsloom.schemas.errors import InputError, NotFound
from newsloom.schemas.loader import load_yaml, merge

CASES = load_yaml((Path(__file__).parent / "cases" / "schemas.yaml").read_text(encoding="utf-8"), "cases/schemas.yaml")

PLOVER = {
    "AGREE": ("verbal-cooperation", 2.5, 0),
    "CONSULT": ("verbal-cooperation", 2.5, 4),
    "SUPPORT": ("verbal-cooperation", 5.0, 0),
    "CONCEDE": ("verbal-cooperation", 4.5, 0),
    "COOPERATE": ("material-cooperation", 9.5, 0),
    "AID": ("material-cooperation", 10.0, 0),
    "RETREAT": ("material-cooperation", 6.5, 6),
    "REQUEST": ("verbal-conflict", 0.0, 4),
    "ACCUSE": ("verbal-conflict", -3.0, 3),
    "REJECT": ("verbal-conflict", -2.0, 4),
    "THREATEN": ("verbal-conflict", -3.5, 6),
    "PROTEST": ("material-conflict", -5.0, 7),
    "SANCTION": ("material-conflict", -6.0, 4),
    "MOBILIZE": ("material-conflict", -5.5, 4),
    "COERCE": ("material-conflict", -7.0, 10),
    "ASSAULT": ("material-conflict", -9.0, 15),
}
NEWS = """EARTHQUAKE FLOOD STORM WILDFIRE EPIDEMIC DROUGHT ERUPTION LANDSLIDE CRASH EXPLOSION FIRE COLLAPSE WAR
    DISPLACEMENT ELECTION APPOINTMENT DEATH INJURY TRIAL RULING PROPOSE BUSINESS MARKET LAUNCH DISCOVERY SPORT"""
LINKS = """agent recipient participant place origin destination instrument time says causes enables prevents responds-to
    before includes simultaneous part-of member-of leads represents kin-of within reported-in"""
READ_BY_STEPS = """reporting claiming thinking seeming planning desiring directing negating refusing weighing convening
    implicative occurring ongoing speaking alleged_nouns hypothetical_nouns planned_nouns negated_nouns able unable
    open_adjectives conditions negators light alleged_markers"""


def write(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES["values"], ids=lambda case: case["text"][:30])
def test_values(case):
    assert load_yaml(case["text"], "origin.yaml") == case["value"]


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["text"][:30])
def test_refused(case):
    with pytest.raises(InputError) as caught:
        load_yaml(case["text"], "origin.yaml", InputError)
    assert_in_order(str(caught.value), case["message"])


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 100_000], ids=["lists", "blocks", "mappings"])
def test_deep_nesting_is_refused(text):
    with pytest.raises(SchemaError, match="nested"):
        load_yaml(text, "deep.yaml")


@pytest.mark.parametrize("case", CASES["broken"], ids=lambda case: case["text"].removeprefix("extends: plover\n")[:60])
def test_broken(case, tmp_path):
    with pytest.raises(SchemaError) as caught:
        load_schema(write(tmp_path, case["text"]))
    assert_in_order(str(caught.value), case["message"])


def assert_in_order(message: str, words: list[str]) -> None:
    at = 0
    for word in words:
        at = message.find(word, at)
        assert at >= 0, f"{word!r} is missing in {message!r}"


def test_a_broken_entry_names_its_own_file(tmp_path):
    write(tmp_path, "extends: plover\nevents: {RAID: {extends: ASSAULT, colour: red}}", "base.yaml")
    with pytest.raises(SchemaError, match=r"base\.yaml: events\.RAID\.colour"):
        load_schema(write(tmp_path, "extends: base.yaml\nversion: '2'\n"))


def test_extending(tmp_path, schema):
    text = """
extends: plover
version: "7"
events:
  SPORT: null
  STRIKE:
    extends: ASSAULT
    triggers: [{verbs: [zap], says: ["They **zapped** it."]}]
  AID:
    score: 9
    triggers: [{verbs: [succour], roles: {object: none}}]
lexicons: {weapons: [catapult], toys: [$weapons, ball]}
cues: [{words: thanks to, shape: preposition, relation: enables, source: complement}]
"""
    mine = load_schema(write(tmp_path, text))
    assert (mine.name, mine.version) == ("mine", "7")
    assert "SPORT" not in mine.event_types
    assert not [trigger for trigger in mine.triggers if trigger.type == "SPORT"]
    strike, assault = mine.event_types["STRIKE"], schema.event_types["ASSAULT"]
    for inherited in ("plover", "quad", "score", "colour"):
        assert getattr(strike, inherited) == getattr(assault, inherited)
    assert strike.modes == assault.modes
    assert mine.event_types["AID"].score == 9
    aid = [trigger for trigger in mine.triggers if trigger.type == "AID"]
    assert aid[-1].lemmas == ("succour",)
    assert (aid[-1].roles["object"], aid[-1].roles["subject"]) == ("", "agent")
    assert len(aid) == len([t for t in schema.triggers if t.type == "AID"]) + 1
    assert mine.lexicons["weapons"] == schema.lexicons["weapons"] | {"catapult"}
    assert mine.lexicons["toys"] == mine.lexicons["weapons"] | {"ball"}
    assert mine.cues[-1].words == "thanks to"
    assert len(mine.cues) == len(schema.cues) + 1
    assert mine.digest != schema.digest


def test_a_file_on_its_own(tmp_path):
    alone = load_schema(write(tmp_path, "events: {MOVE: {label: move, triggers: [{verbs: [move], nouns: [move]}]}}"))
    assert list(alone.event_types) == ["MOVE"]
    assert [(trigger.pos, trigger.id) for trigger in alone.triggers] == [("VERB", "MOVE/move"), ("NOUN", "MOVE/move-2")]


def test_a_circle_of_files(tmp_path):
    write(tmp_path, "extends: b.yaml", "a.yaml")
    with pytest.raises(SchemaError, match="extends itself"):
        load_schema(write(tmp_path, "extends: a.yaml", "b.yaml"))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(SchemaError, match=r"none\.yaml does not exist"):
        load_schema(tmp_path / "none.yaml")
    with pytest.raises(SchemaError, match=r"cannot be read: Is a directory\."):
        load_schema(tmp_path)
    (tmp_path / "noise.yaml").write_bytes(b"\xe9\xff")
    with pytest.raises(SchemaError, match=r"not text in UTF-8\."):
        load_schema(tmp_path / "noise.yaml")


def test_merging_changes_neither_side():
    base, over = {"a": {"triggers": [1]}, "b": [1]}, {"a": {"triggers": [2]}, "b": [2], "c": None}
    assert merge(base, over) == {"a": {"triggers": [1, 2]}, "b": [2]}
    assert (base, over) == ({"a": {"triggers": [1]}, "b": [1]}, {"a": {"triggers": [2]}, "b": [2], "c": None})


def test_stored_and_built_again(schema):
    again = schema_from(msgspec.json.decode(msgspec.json.encode(schema.raw)))
    assert again.digest == schema.digest
    assert again == schema
    assert hash(again) == hash(schema)
    assert again.event_types == schema.event_types
    assert again.triggers == schema.triggers


def test_loading_is_fast():
    shipped = [file.read_text("utf-8") for file in (files("newsloom.schemas") / "plover").glob("*.yaml")]
    bare = least(lambda: [yaml.load(text, yaml.CSafeLoader) for text in shipped])
    assert least(load_schema) < 3 * bare  # .9


def test_plover_is_whole(schema):
    assert builtin_schemas() == ["plover"]
    for name, (quad, score, modes) in PLOVER.items():
        event = schema.event_types[name]
        assert (event.plover, event.quad, event.score, len(event.modes)) == (name, quad, score, modes), name
        assert event.cameo
    needed = {name for name in PLOVER if schema.event_types[name].recipient_required}
    assert needed == {"COOPERATE", "AID", "SANCTION"}
    assert len(schema.sectors) == 25
    roots = [code for name in PLOVER for code in schema.event_types[name].cameo]
    assert len(roots) == len(set(roots))


def test_matches(schema):
    cameo = schema.schemes["cameo"]
    types = schema.event_types
    assert types["WAR"].matches == {
        "exact": ("http://www.newsreader-project.eu/domain-ontology#War", "http://www.wikidata.org/entity/Q198"),
        "close": (f"{cameo.iri}19",),
    }
    assert types["ASSAULT"].cameo == ("18", "19", "20", "175")
    matched = {code for type in types.values() for code in type.cameo}
    assert {code for code in cameo.concepts if len(code) == 2} - matched == {"01", "02", "08"}  # PLOVER drops 01, 02


def test_the_promised_names_are_there(schema):
    assert not set(NEWS.split()) - set(schema.event_types)
    assert not set(LINKS.split()) - set(schema.relations)
    assert not set(READ_BY_STEPS.split()) - set(schema.lexicons)
    assert {name: r.causal for name, r in schema.relations.items() if r.causal} == {
        "causes": "source",
        "intends-to-cause": "source",
        "enables": "source",
        "responds-to": "target",
    }


def test_every_entry_is_explained(schema):
    for section in ("event_types", "relations", "roles", "actor_types", "place_types", "sectors"):
        for name, entry in getattr(schema, section).items():
            assert entry.definition, f"{section}: {name}"
    for event in schema.event_types.values():
        assert event.name == UNTYPED or any(trigger.type == event.name for trigger in schema.triggers), event.name
        assert all(mode.definition for mode in event.modes.values()), event.name


def test_every_trigger_has_a_proving_sentence(schema):
    assert not [trigger.id for trigger in schema.triggers if not trigger.says]
    assert len({trigger.id for trigger in schema.triggers}) == len(schema.triggers)


def test_roles_of_a_trigger_are_complete(schema):
    roles = {(trigger.id, trigger.pos): trigger.roles for trigger in schema.triggers}
    attack, invasion = roles["ASSAULT/attack", "VERB"], roles["ASSAULT/attack-2", "NOUN"]
    assert (attack["subject"], attack["object"], attack["by"], attack["poss"]) == (
        "agent",
        "recipient",
        "agent",
        "agent",
    )
    assert (invasion["poss"], invasion["modifier"], invasion["of"], invasion["on"]) == (
        "agent",
        "agent",
        "recipient",
        "recipient",
    )
    assert {roles["CONSULT/meet", "VERB"][place] for place in ("subject", "object", "with")} == {"participant"}
    assert {roles["CONSULT/talk-2", "NOUN"][place] for place in ("with", "between", "modifier", "poss")} == {
        "participant"
    }
    died = roles["DEATH/die", "VERB"]
    assert (died["subject"], died["by"], died["poss"]) == ("recipient", "", "")
    assert "agent" not in roles["EARTHQUAKE/earthquake", "NOUN"].values()


def test_no_word_announces_two_types_outright(schema):
    claims: dict[tuple[str, str], set[str]] = {}
    for trigger in schema.triggers:
        if not trigger.when and not trigger.unless:
            for lemma in trigger.lemmas:
                claims.setdefault((lemma, trigger.pos), set()).add(trigger.type)
    assert not {word: types for word, types in claims.items() if len(types) > 1}


def test_describing(schema, tmp_path):
    told = describe(schema, "assault")
    assert_in_order(told, ["ASSAULT", "PLOVER: ASSAULT", "CAMEO: 18", "drone (-9.5)", "triggers", "says:", "not:"])
    assert "faro" in describe(schema, "causes")
    assert "missile" in describe(schema, "munitions")
    assert_in_order(listing(schema), ["AGREE", "EARTHQUAKE", "causes", "agent", "Person", "City", "GOV"])
    with pytest.raises(NotFound, match="ASSAULT"):
        describe(schema, "asault")
    mine = write(tmp_path, "events: {MOVE: {triggers: [{verbs: [move]}]}, GO: {triggers: [{verbs: [move]}]}}")
    advice = ["mine 0 is fine: 2 event types", "no proving sentence", "move (verb) announces GO and MOVE"]
    assert_in_order(check(mine), advice)


def test_checking_a_built_in_vocabulary_and_one_without_events(tmp_path):
    assert check("plover").startswith("plover ")
    told = check(write(tmp_path, "events: {}"))
    assert_in_order(told, ["0 event types", "no event types", "extends: plover"])


def test_a_stored_schema_of_earlier_keys_is_read():
    raw = load_schema().raw
    assault = {key: value for key, value in raw["events"]["ASSAULT"].items() if key != "matches"}
    own = {"label": "arrest", "definition": "Takes in.", "cameo": ["17", "999"], "iris": ["eso:Arresting"]}
    events = {**raw["events"], "ASSAULT": {**assault, "cameo": ["18"]}, "ARREST": own}
    found = schema_from({**{key: value for key, value in raw.items() if key != "schemes"}, "events": events})
    assert found.event_types["ASSAULT"].matches == load_schema().event_types["ASSAULT"].matches
    assert found.event_types["ARREST"].cameo == ("17",)
