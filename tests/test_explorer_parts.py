"""Parts of the page: what they hold, where it stands, how they are packed, and how a large graph is divided."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from filled import filled
from hypothesis import given, settings
from msgspec import structs
from random_graphs import graphs, random_graph
from small import small_graph
from test_explorer import HOSTILE, crowd, hostile_graph

from newsloom.exports import explorer
from newsloom.exports.explorer.bands import LABEL, Gaps, in_rows, spread
from newsloom.exports.explorer.choice import Choice, Whole
from newsloom.exports.explorer.chunks import packed, unpacked
from newsloom.exports.explorer.columns import MOST, column_of, periods
from newsloom.exports.explorer.cutting import NAME, is_cut, named
from newsloom.exports.explorer.dividing import divide
from newsloom.exports.explorer.packing import HEIGHT
from newsloom.exports.explorer.parts import MOST_IN_OVERVIEW, Names, Parts, part
from newsloom.exports.explorer.records import DEFAULTS
from newsloom.exports.explorer.sentences import LONGEST
from newsloom.exports.explorer.sharing import shared
from newsloom.graph.model import Graph
from newsloom.graph.types import UNTYPED, Actor, Event, Evidence, Place, Relation, When


@pytest.fixture(scope="module")
def graph():
    return small_graph()


def dated(number: int) -> When:
    """A day in one of many months."""
    day = date(2015, 1, 1) + timedelta(days=number * 11 % 3000)
    return When(day, day + timedelta(days=1), "day")


def wide(graph: Graph, events: int, of: int = 5) -> Graph:
    """A graph of so many events, each with an actor that `of` events share, in a place that all share."""
    nodes = [Event(f"event/{n}", "CONSULT", f"Meeting {n}", when=dated(n) if n % 7 else None) for n in range(events)]
    actors = [Actor(f"actor/{n}", "Person", f"Person {n}") for n in range(-(-events // of))]
    evidence = (Evidence(graph.readings[0].article.id, 0, 10, "cue", 0.9),)
    ties = [Relation(f"event/{n}", "agent", f"actor/{n // of}", 0.9, evidence) for n in range(events)]
    ties += [Relation(f"event/{n}", "place", "place/hall", 0.9, evidence) for n in range(events)]
    return Graph(graph.schema, graph.readings, [*nodes, *actors, Place("place/hall", "City", "Hall")], ties, {})


# --- what a part holds


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_a_part_holds_everything_and_fits_together(graph):
    made = part(graph)
    assert unpacked(packed(made)) == json.loads(json.dumps(made))
    whole = filled(made)
    assert [node["id"] for node in made["nodes"]] == list(graph.nodes)
    assert len(made["relations"]) == len(graph.relations)
    assert [(r["source"], r["type"], r["target"]) for r in whole["relations"]] == [
        (r.source, r.type, r.target) for r in graph.relations
    ]
    assert all({"x", "y"} <= node.keys() for node in made["nodes"])
    assert {node["type"] for node in whole["nodes"]} == made["types"].keys()
    texts = [article.text for article in graph.articles.values()]
    for article, start, end, text in made["sentences"]:
        assert article < len(made["articles"])
        assert any(one[start:end] == text for one in texts)
    for quotes in (record["evidence"] for record in (*whole["nodes"], *whole["relations"])):
        for quote in quotes:
            text = made["sentences"][quote["sentence"]][3]
            assert all(0 <= a < b <= len(text) for a, b, _ in quote["marks"])


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_a_part_of_some_events_holds_what_goes_with_them(graph):
    events = graph.events[::2]
    made = part(graph, events, "some", "Some")
    held = {node["id"] for node in made["nodes"]}
    assert held >= {event.id for event in events}
    assert not held & {event.id for event in graph.events[1::2]}
    for relation in graph.relations:
        ends = {relation.source, relation.target}
        kinds = {graph.nodes[end].kind for end in ends}
        if ends & {event.id for event in events} and "event" in kinds and len(ends - held) == 1:
            (missing,) = ends - held
            assert graph.nodes[missing].kind == "event"
    assert len(made["relations"]) == sum({r.source, r.target} <= held for r in graph.relations)


def test_records_leave_out_what_is_usual(graph):
    made = part(graph)
    for kind, records in (("node", made["nodes"]), ("relation", made["relations"])):
        assert made["defaults"][kind] == DEFAULTS[kind]
        usual = DEFAULTS[kind].items()
        assert not any(field in record and record[field] == value for record in records for field, value in usual)
    (strike,) = [node for node in filled(made)["nodes"] if node["id"] == "event/strike"]
    assert strike["drawn"] is True
    assert strike["figures"][0].keys() >= DEFAULTS["figure"].keys()


def test_a_part_says_how_much_each_node_matters(graph):
    nodes = {node["id"]: node for node in filled(part(graph))["nodes"]}
    strike = graph.nodes["event/strike"]
    assert nodes[strike.id]["importance"] == round(graph.importance(strike), 1)
    assert nodes["actor/iran"]["importance"] > 0
    assert nodes["actor/iran"]["degree"] == len(
        {end for r in graph.relations for end in (r.source, r.target) if "actor/iran" in (r.source, r.target)}
        - {"actor/iran"}
    )


def test_the_degree_is_that_of_the_whole_graph(graph):
    everything = {node["id"]: node.get("degree") for node in part(graph)["nodes"]}
    some = part(graph, [graph.nodes["event/vow"]])
    assert len(some["nodes"]) < len(graph.nodes)
    assert all(node.get("degree") == everything[node["id"]] for node in some["nodes"])


def test_articles_and_their_sources_are_those_of_the_part(graph):
    made = part(graph)
    assert sum(made["sources"].values()) == len(made["articles"]) == len(graph.articles)
    assert set(made["sources"]) == {article.source for article in graph.articles.values()}


def test_what_has_no_room_is_counted(graph):
    made = part(wide(graph, 60), most=30)
    assert len(made["nodes"]) == 30
    held = Counter(node.get("kind", "event") for node in made["nodes"])
    assert made["leftOut"]["events"] == 60 - held["event"]
    assert made["leftOut"]["actors"] == 12 - held["actor"]


def test_a_claim_brings_who_makes_it_along(graph):
    whole = Whole(graph)
    choice = Choice(whole, [graph.nodes["event/strike"]])
    assert "actor/iran" in {node.id for node in choice.held}


@settings(max_examples=20, deadline=None)
@given(graphs())
def test_the_same_graph_gives_the_same_letters(graph):
    assert packed(part(graph)) == packed(part(graph))


def test_the_letters_do_not_depend_on_the_run():
    program = (
        "import sys, hashlib; sys.path.insert(0, 'tests')\n"
        "from random_graphs import random_graph\n"
        "from test_explorer_parts import wide, small_graph\n"
        "from newsloom.exports.explorer import parts, chunks\n"
        "made = [*parts.Parts(random_graph(3, 60)), *parts.Parts(wide(small_graph(), 9000))]\n"
        "print(hashlib.sha256(''.join(map(chunks.packed, made)).encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


# --- hostile and long texts


@pytest.mark.parametrize("words", HOSTILE)
def test_packed_letters_are_letters(words):
    letters = packed(part(hostile_graph(words)))
    assert letters.isascii()
    assert not set(letters) & set("<>&\"' \n")


def test_names_of_a_megabyte_are_cut_and_counted(graph):
    words = ["x" * 1_000_000, "long words " * 100_000, "\u202e" * 1_000_000]
    long = hostile_graph(*words)
    made = part(long)
    assert all(len(node["name"]) <= NAME for node in made["nodes"])
    assert made["leftOut"]["cut"] == sum(is_cut(node.name) for node in long.nodes.values()) > 0
    assert all(len(article["title"]) <= NAME and article["url"] is None for article in made["articles"])
    assert len(explorer.page(long)) < len(explorer.page(graph)) + 20_000


def test_a_sentence_of_a_megabyte_is_quoted_around_its_words(graph):
    reading = graph.readings[0]
    text = f"{'word ' * 100_000}{reading.article.text}{' word' * 100_000}"
    shift = text.index(reading.article.text)

    def moved(span):
        return structs.replace(span, start=span.start + shift, end=span.end + shift)

    mentions = [
        structs.replace(
            mention,
            span=moved(mention.span),
            value=structs.replace(mention.value, trigger=tuple(at + shift for at in mention.value.trigger))
            if hasattr(mention.value, "trigger")
            else mention.value,
        )
        for mention in reading.mentions
    ]
    article = structs.replace(reading.article, text=text)
    long = structs.replace(reading, article=article, sentences=((0, len(text)),), mentions=tuple(mentions))
    made = part(Graph(graph.schema, [long, *graph.readings[1:]], graph.nodes.values(), (), graph.resolution))
    assert all(text[start:end] == sentence for number, start, end, sentence in made["sentences"] if number == 0)
    assert max(len(sentence) for *_, sentence in made["sentences"]) == LONGEST
    (launch,) = [node for node in made["nodes"] if node["id"] == "event/launch"]
    quote = launch["evidence"][0]
    sentence = made["sentences"][quote["sentence"]][3]
    assert next(sentence[a:b] for a, b, what in quote["marks"] if what == "trigger") == "launched"


@pytest.mark.parametrize("text", ["", "a" * NAME, "a" * (NAME + 1), "a " * 5000, "\u200b" * 400 + "a", "\n"])
def test_a_cut_name_says_so(text):
    assert len(named(text)) <= NAME
    assert named(text).endswith("…") is is_cut(text)


# --- where it stands


def boxes(made: dict) -> list[tuple[float, float, float, float]]:
    """Centre, width and height of what stands in a part: boxes of events, names of the others."""
    return [
        (node["x"], node["y"], node["width"], HEIGHT - 2)
        if node["kind"] == "event"
        else (node["x"], node["y"], LABEL - 2, HEIGHT)
        for node in filled(made)["nodes"]
    ]


def overlapping(made: dict) -> list[tuple]:
    return [
        (one, other)
        for one, other in combinations(boxes(made), 2)
        if abs(one[0] - other[0]) < (one[2] + other[2]) / 2 and abs(one[1] - other[1]) < (one[3] + other[3]) / 2
    ]


@pytest.mark.parametrize("seed", range(12))
def test_nothing_overlaps_drawn_or_not(seed):
    assert overlapping(part(random_graph(seed, 40))) == []


@pytest.mark.parametrize("count", [3, 50, 300])
def test_events_without_a_type_stand_in_gaps(graph, count):
    large = crowd(graph, count)
    nodes = [structs.replace(n, type=UNTYPED) if at % 4 == 0 else n for at, n in enumerate(large.nodes.values())]
    made = part(Graph(graph.schema, large.readings, nodes, (), {}))
    assert overlapping(made) == []
    assert [n for n in filled(made)["nodes"] if n["type"] == UNTYPED and n["drawn"]] == []
    assert made["leftOut"]["undrawn"] == {"untyped event": -(-count // 4)}


def test_a_page_of_events_without_a_type_draws_them(graph):
    nodes = [Event(f"event/{n}", UNTYPED, f"Something {n}") for n in range(5)]
    made = part(Graph(graph.schema, (), nodes, (), {}))
    assert len(made["order"]) == 5


def test_bands_hold_more_where_the_page_is_wide(graph):
    event = Event("event/all", "CONSULT", "Everybody meets")
    actors = [Actor(f"actor/{n}", "Person", f"Person {n}") for n in range(500)]
    ties = [Relation(event.id, "agent", actor.id, 0.9, ()) for actor in actors]
    narrow, broad = part(Graph(graph.schema, (), [event, *actors], ties, {})), part(wide(graph, 500, 1))
    drawn = [sum(n["drawn"] for n in filled(made)["nodes"] if n["kind"] == "actor") for made in (narrow, broad)]
    assert drawn[0] == 40 < drawn[1]
    assert narrow["leftOut"]["undrawn"] == {"actor": 460}
    assert overlapping(narrow) == []
    band = broad["layout"]["bands"][0]
    assert band["bottom"] - band["top"] < 350


def test_numbers_are_spread_as_near_as_can_be():
    assert spread([], 10, 0, 100) == []
    assert spread([50, 50, 50], 10, 0, 100) == [40, 50, 60]
    assert spread([0, 0, 100, 100], 10, 0, 100) == [0, 10, 90, 100]


def test_rows_near_the_first_fill_first():
    wanted = {"a": 100, "b": 100, "c": 400}
    places = in_rows([*wanted, "d"], wanted, 300, 0.0)
    assert [places[id][1] for id in "abc"] == [0, 46, 0]


def test_a_gap_is_the_nearest_one():
    gaps = Gaps([(100, 0, 100), (300, 0, 100)])
    assert gaps.put(200, 50, [0]) == (200, 0)
    assert gaps.put(200, 50, [0, 40]) == (200, 40)
    assert gaps.put(110, 60, [0])[0] > 362


# --- large graphs


@pytest.fixture(scope="module")
def large(graph):
    return wide(graph, 12_000)


@pytest.fixture(scope="module")
def made(large):
    return list(Parts(large))


def test_a_graph_that_fits_is_one_part(graph):
    (only,) = Parts(graph)
    assert only["name"] == "all"
    assert "cells" not in only


def test_every_event_of_a_large_graph_is_in_one_part(large, made):
    overview, *rest = made
    found = Counter(node["id"] for one in rest for node in one["nodes"] if "kind" not in node)
    assert found == Counter(event.id for event in large.events)
    assert len(overview["order"]) == MOST_IN_OVERVIEW
    assert all(len(one["nodes"]) <= 10_000 for one in made)
    assert len({one["name"] for one in made}) == len({one["title"] for one in made}) == len(made)


def test_cells_count_the_events_and_name_their_parts(large, made):
    overview, *rest = made
    held = {one["name"]: {node["id"] for node in one["nodes"]} for one in rest}
    assert sum(cell["events"] for cell in overview["cells"]) == len(large.events)
    assert len({cell["id"] for cell in overview["cells"]}) == len(overview["cells"])
    for cell in overview["cells"]:
        assert sum(cell["types"].values()) == cell["events"]
        assert any(cell["topId"] in held[name] for name in (cell["part"], *cell["more"]))
        assert large.nodes[cell["topId"]].name == cell["top"]
    places = [(c["x"], c["y"], c["width"], c["height"]) for c in overview["cells"]]
    for one, other in combinations(places, 2):
        assert abs(one[0] - other[0]) >= one[2] or abs(one[1] - other[1]) >= one[3]
    grid = overview["grid"]
    assert all(0 < x < grid["width"] and 0 < y < grid["height"] for x, y, *_ in places)


def test_names_lead_to_the_part_that_holds_most(large, made):
    names = Names()
    for one in made:
        names.add(one)
    found = names.data()
    by_name = {one["name"]: one for one in made}
    assert len(found["names"]) == len({node["id"] for one in made for node in one["nodes"]}) == len(large.nodes)
    for at, number, kind, name in found["names"]:
        node = by_name[found["parts"][at]]["nodes"][number]
        assert (node.get("kind", "event"), node["name"]) == (kind, name)
        assert found["parts"][at] != "overview"


def test_what_a_large_graph_leaves_out_matters_least(large):
    division = divide(Whole(large), 6000, 2000)
    kept = {event.id for section in division.sections for event in section.events}
    assert division.left_out["events"] == 12_000 - len(kept) > 0
    whole = Whole(large)
    least = min(whole.importance[id] for id in kept)
    assert all(whole.importance[event.id] <= least for event in large.events if event.id not in kept)


def test_events_of_one_day_are_cut_into_parts_too(graph):
    same = [Event(f"event/{n}", "CONSULT", f"Meeting {n}", when=dated(1)) for n in range(900)]
    division = divide(Whole(Graph(graph.schema, (), same, (), {})), 10_000, 200)
    assert [len(section.events) for section in division.sections] == [200, 200, 200, 200, 100]
    assert len({section.title for section in division.sections}) == 5
    (cell,) = division.cells
    assert len(cell.sections) == 5


def test_what_goes_with_no_event_has_a_part_of_its_own(graph):
    lone = [Actor(f"actor/lone-{n}", "Person", f"Lone {n}") for n in range(5)]
    small = wide(graph, 50)
    with_lone = Graph(graph.schema, graph.readings, [*small.nodes.values(), *lone], small.relations, {})
    section = divide(Whole(with_lone), 1000, 100).sections[-1]
    assert (section.name, section.events, len(section.others)) == ("apart", (), 5)
    held = part(with_lone, (), section.name, section.title, others=section.others)["nodes"]
    assert {node["id"] for node in held} == {node.id for node in lone}


@pytest.mark.parametrize("days", [1, 40, 4000, 400_000])
def test_there_are_never_too_many_columns(days):
    dates = [date(1000, 1, 1) + timedelta(days=n * days // 1000) for n in range(1000)]
    columns = periods([*dates, None])
    assert len(columns) <= MOST + 1
    assert columns[-1].label == "undated"
    assert len({column.label for column in columns}) == len(columns)
    numbers = [column_of(day, columns) for day in dates]
    assert numbers == sorted(numbers)
    assert column_of(None, columns) == len(columns) - 1


def test_what_several_parts_quote_is_kept_once(graph):
    parts = [part(graph, name="a"), part(graph, graph.events[:2], "b"), part(graph, graph.events[2:], "c")]
    common, lean = shared(parts)
    for before, after in zip(parts, lean, strict=True):
        texts = [[*at, common["texts"][text] if isinstance(text, int) else text] for *at, text in after["sentences"]]
        known = [common["articles"][one] if isinstance(one, int) else one for one in after["articles"]]
        assert (texts, known) == (before["sentences"], before["articles"])
    left = [text for one in lean for *_, text in one["sentences"] if isinstance(text, str)]
    assert len({*left, *common["texts"]}) == len(left) + len(common["texts"])
