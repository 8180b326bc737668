"""The interchange format, to the letter."""

import json
from pathlib import Path

import jsonschema
import pytest
from hostile import ATTACKS, hostile_graph
from small import small_graph

from newsloom import exports
from newsloom.exports import interchange
from newsloom.graph.model import Graph
from newsloom.graph.types import (
    Actor,
    ActorValue,
    Article,
    Link,
    Mention,
    QuantityValue,
    Reading,
    Span,
    TimeValue,
)

SCHEMA = json.loads(Path(interchange.__file__).with_name("interchange.schema.json").read_text())


def written(graph: Graph, folder: Path) -> dict:
    (path,) = exports.write(graph, folder / "graph.json")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return written(small_graph(), tmp_path_factory.mktemp("json"))


def test_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_small_graph_is_valid(small):
    jsonschema.validate(small, SCHEMA, cls=jsonschema.Draft202012Validator)


def test_head(small):
    assert list(small) == ["format", "generator", "schema", "articles", "mentions", "links", "nodes", "relations"]
    assert small["format"] == 1
    assert small["generator"].startswith("newsloom ")
    assert set(small["schema"]) == {"name", "version"}


def test_article(small):
    assert (
        small["articles"][0].items()
        >= {
            "id": "a1",
            "title": "Iran fires drones at Israel",
            "source": "Example Wire",
            "published": "2024-04-14",
            "url": "https://example.org/iran",
            "language": "en",
        }.items()
    )


def test_offsets_count_code_points_of_the_text(small):
    texts = {article["id"]: article["text"] for article in small["articles"]}
    for mention in small["mentions"]:
        assert texts[mention["article"]][mention["start"] : mention["end"]] == mention["text"]


def test_event_mention(small):
    claimed = next(m for m in small["mentions"] if m["id"] == "a1:103-109:event")
    assert (
        claimed.items()
        >= {
            "kind": "event",
            "type": "ASSAULT",
            "mode": None,
            "factuality": "alleged",
            "source": "actor/iran",
            "trigger": {"start": 103, "end": 109},
            "when": "2024-04-01",
            "node": "event/strike",
        }.items()
    )
    assert all(mention["source"] is None for mention in small["mentions"] if mention.get("factuality") == "asserted")


def test_values(small):
    values = {mention["text"]: mention["value"] for mention in small["mentions"]}
    assert values["Saturday"] == "2024-04-13"
    assert values["seven officers"] == {"count": 7, "of": "killed"}
    assert values["Damascus"] is None
    assert next(m for m in small["mentions"] if m["text"] == "Saturday")["node"] is None


def test_links_name_mentions(small):
    mentions = {mention["id"] for mention in small["mentions"]}
    assert all({link["source"], link["target"]} <= mentions for link in small["links"])
    (answer,) = (link for link in small["links"] if link["type"] == "responds-to" and link["source"].startswith("a1"))
    text = small["articles"][0]["text"]
    assert text[answer["cue"]["start"] : answer["cue"]["end"]] == "in response to"
    assert text[answer["source_span"]["start"] : answer["source_span"]["end"]].startswith("Iran launched drones")
    assert text[answer["target_span"]["start"] : answer["target_span"]["end"]].endswith("in Damascus")
    agent = small["links"][0]
    assert (agent["type"], agent["cue"]) == ("agent", None)
    assert text[agent["target_span"]["start"] : agent["target_span"]["end"]] == "Iran"


def test_nodes(small):
    nodes = {node["id"]: node for node in small["nodes"]}
    assert (
        nodes["event/strike"].items()
        >= {
            "kind": "event",
            "when": "2024-04-01",
            "start": "2024-04-01",
            "end": "2024-04-02",
            "factuality": "asserted",
            "mode": "aerial",
            "killed": 7,
            "injured": None,
            "sources": 1,
        }.items()
    )
    assert nodes["event/vow"].items() >= {"when": "../2024-04-15", "start": None, "end": "2024-04-16"}.items()
    assert nodes["event/respond"].items() >= {"when": None, "start": None, "end": None}.items()
    assert nodes["actor/iran"].items() >= {"country": "IRN", "sector": ["GOV"], "wikidata": "Q794"}.items()
    assert nodes["place/damascus"].items() >= {"lat": 33.51, "geonames": "170654", "within": "place/syria"}.items()
    assert nodes["article/a1"].items() >= {"kind": "article", "name": "Iran fires drones at Israel"}.items()


def test_evidence_is_the_sentence(small):
    (answer,) = (r for r in small["relations"] if r["source"] == "event/vow" and r["type"] == "responds-to")
    (evidence,) = answer["evidence"]
    text = next(article["text"] for article in small["articles"] if article["id"] == evidence["article"])
    assert text[evidence["start"] : evidence["end"]] == text
    assert evidence.items() >= {"cue": {"start": 0, "end": 5}, "rule": "cue:after", "confidence": 0.6}.items()


def of_one_article(mentions, links=(), nodes=(), resolution=None) -> Graph:
    article = Article("x", "The group said 1,200.5 tonnes burned for six weeks. It left.")
    reading = Reading(article, ((0, len(article.text)),), tuple(mentions), tuple(links))
    return Graph(small_graph().schema, [reading], nodes, (), resolution or {})


def mention(start, end, kind, type, value) -> Mention:
    text = "The group said 1,200.5 tonnes burned for six weeks. It left."[start:end]
    return Mention(f"x:{start}", Span("x", start, end), kind, type, text, value, "by-hand")


def test_quantities_with_unit_and_bound(tmp_path):
    quantity = mention(15, 29, "quantity", "tonne", QuantityValue(1200.5, "tonne", "at-least", "t"))
    found = written(of_one_article([quantity]), tmp_path)["mentions"][0]
    assert found["value"] == {"count": 1200.5, "of": "tonne", "bound": "at-least", "unit": "t"}


def test_a_range_has_its_upper_end_and_a_part_says_so(tmp_path):
    quantity = mention(15, 29, "quantity", "Count", QuantityValue(10, "killed", "at-least", upper=15, part=True))
    found = written(of_one_article([quantity]), tmp_path)["mentions"][0]
    assert found["value"] == {"count": 10, "of": "killed", "bound": "at-least", "upper": 15, "part": True}


def test_numbers_too_large_for_an_integer_stay_numbers(tmp_path):
    quantity = mention(15, 29, "quantity", "tonne", QuantityValue(1e30, "tonne"))
    assert written(of_one_article([quantity]), tmp_path)["mentions"][0]["value"]["count"] == 1e30


def test_a_duration_has_no_days(tmp_path):
    time = mention(41, 50, "time", "DURATION", TimeValue("P6W"))
    found = written(of_one_article([time]), tmp_path)["mentions"][0]
    assert found.items() >= {"type": "DURATION", "value": "P6W", "when": None}.items()


def test_same_as_is_the_node_and_no_link(tmp_path):
    group = mention(0, 9, "actor", "Group", ActorValue("the group", "description"))
    it = mention(52, 54, "actor", "Group", ActorValue("it", "pronoun"))
    node = Actor("actor/group", "Group", "the group")
    links = [Link(it.id, "same-as", group.id, "pronoun")]
    graph = of_one_article([group, it], links, [node], {group.id: node.id, it.id: node.id})
    found = written(graph, tmp_path)
    assert found["links"] == []
    assert [m["node"] for m in found["mentions"]] == ["actor/group", "actor/group"]


def test_empty_graph(tmp_path):
    graph = Graph(small_graph().schema, (), (), (), {})
    found = written(graph, tmp_path)
    jsonschema.validate(found, SCHEMA, cls=jsonschema.Draft202012Validator)
    assert found["articles"] == found["nodes"] == []


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_hostile_text(tmp_path, attack):
    graph = hostile_graph(attack)
    (path,) = exports.write(graph, tmp_path / "graph.json")
    content = path.read_bytes()
    found = json.loads(content.decode("utf-8"))
    jsonschema.validate(found, SCHEMA, cls=jsonschema.Draft202012Validator)
    texts = {article["id"]: article["text"] for article in found["articles"]}
    for mention, original in zip(found["mentions"], graph.mentions.values(), strict=True):
        assert (mention["start"], mention["end"]) == (original.span.start, original.span.end)
        assert mention["article"] in texts
    nodes = {node["id"] for node in found["nodes"]}
    assert all({relation["source"], relation["target"]} <= nodes for relation in found["relations"])
