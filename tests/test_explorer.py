"""The page as a file: complete, closed to the network, and deaf to hostile text."""

import re
from datetime import date
from html.parser import HTMLParser
from itertools import cycle

import pytest
from msgspec import structs
from small import small_graph

from newsloom.exports import explorer
from newsloom.exports.explorer.chunks import unpacked
from newsloom.exports.explorer.document import SCRIPTS
from newsloom.exports.explorer.layout import arrange
from newsloom.exports.explorer.libraries import LIBRARIES
from newsloom.exports.explorer.parts import part
from newsloom.exports.explorer.stories import stories
from newsloom.exports.labels import UNDATED, anchor, brief, clean, words, wrap
from newsloom.graph.model import Graph
from newsloom.graph.types import Actor, Event, When

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"onmouseover="alert(3)',
    "'><img src=x onerror=alert(4)>",
    "{{ 7*7 }}{% raw %}",
    "line\u2028separator\u2029paragraph",
    "turned \u202etxet\u202c round",
    "<!--<script>",
    "href=javascript:alert(5)",
)


class Elements(HTMLParser):
    """Tags with their attributes, and the text of each script."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.open: dict[str, str | None] | None = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open = dict(attrs) if tag == "script" else None

    def handle_data(self, data):
        if self.open is not None:
            self.scripts.append((self.open, data))
            self.open = None


def part_of(page: str, name: str = "all") -> dict:
    """A part of a page, its records complete and its nodes called by their ids, as the scripts see it."""
    elements = Elements(page)
    part = next(unpacked(text) for attributes, text in elements.scripts if attributes.get("id") == f"part/{name}")
    usual = part["defaults"]
    ids = [node["id"] for node in part["nodes"]]
    part["nodes"] = [usual["node"] | node for node in part["nodes"]]
    for node in part["nodes"]:
        for field, kind in (("evidence", "quote"), ("figures", "figure"), ("claims", "claim")):
            node[field] = [usual[kind] | record for record in node[field]]
    for relation in part["relations"]:
        relation |= {"source": ids[relation["source"]], "target": ids[relation["target"]]}
    return part


@pytest.fixture(scope="module")
def graph():
    return small_graph()


@pytest.fixture(scope="module")
def page(graph):
    return explorer.page(graph)


def hostile_graph(*words: str) -> Graph:
    """The small graph, with some words in turn as the names of nodes and the titles of articles."""
    graph = small_graph()
    turn = cycle(words)
    readings = [
        structs.replace(r, article=structs.replace(r.article, title=word, source=word, url=f"javascript:{word}"))
        for r, word in zip(graph.readings, turn, strict=False)
    ]
    nodes = [
        structs.replace(n, name=word, aliases=(next(turn),))
        for n, word in zip(graph.nodes.values(), turn, strict=False)
    ]
    return Graph(graph.schema, readings, nodes, graph.relations, graph.resolution)


def test_the_file_is_the_page_in_utf8(graph, page, tmp_path):
    explorer.write(graph, tmp_path / "graph.html")
    assert (tmp_path / "graph.html").read_bytes().decode("utf-8") == page
    assert page.startswith("<!doctype html>")


def test_the_same_graph_gives_the_same_page(graph, page):
    assert explorer.page(small_graph()) == page


def test_nothing_in_the_page_points_to_a_network(page):
    elements = Elements(page)
    links = [(tag, a) for tag, a in elements.tags if {"src", "href", "srcset", "action"} & a.keys()]
    assert {a.get("href") for _, a in links} == {"data:,", "#panel"}
    assert not any("src" in a for _, a in links)
    assert "@import" not in page
    assert "url(http" not in page
    assert not re.search(r"<(iframe|object|embed|base|form)\b", page.split("<script")[0])


def test_the_policy_names_every_script_and_allows_nothing_else(page):
    elements = Elements(page)
    policy = next(a["content"] for tag, a in elements.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    running = [text for attributes, text in elements.scripts if "type" not in attributes]
    assert len(running) == len(SCRIPTS)
    assert policy.count("sha256-") == len(running) + len(LIBRARIES)
    assert not any(name.startswith("on") for _, attributes in elements.tags for name in attributes)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words, page):
    hostile = explorer.page(hostile_graph(words))
    assert [tag for tag, _ in Elements(hostile).tags] == [tag for tag, _ in Elements(page).tags]
    assert "\u2028" not in hostile
    assert "\u202e" not in hostile
    names = {node["name"] for node in part_of(hostile)["nodes"]}
    assert names == {clean(words)}


def test_the_data_holds_nodes_relations_and_evidence(graph, page):
    shown = part_of(page)
    assert {node["id"] for node in shown["nodes"]} == set(graph.nodes)
    assert len(shown["relations"]) == len(graph.relations)
    launch = next(node for node in shown["nodes"] if node["id"] == "event/launch")
    assert (launch["date"], launch["edtf"], launch["phrase"], launch["rule"]) == (
        "13 April 2024",
        "2024-04-13",
        "on Saturday",
        "weekday",
    )
    assert [shown["sentences"][quote["sentence"]][3][:13] for quote in launch["evidence"]] == [
        "Iran launched",
        "After Iran la",
    ]
    text = shown["sentences"][launch["evidence"][0]["sentence"]][3]
    assert [text[a:b] for a, b, what in launch["evidence"][0]["marks"] if what == "trigger"] == ["launched"]


def test_a_causal_line_carries_its_cue(graph, page):
    relation = next(
        r for r in part_of(page)["relations"] if r["type"] == "responds-to" and r["source"] == "event/launch"
    )
    proof = next(r for r in graph.outgoing["event/launch"] if r.type == "responds-to").evidence[0]
    assert relation["evidence"][0]["cue"] == graph.articles["a1"].text[slice(*proof.cue)]


def test_who_says_so_and_the_figures_are_there(page):
    strike = next(node for node in part_of(page)["nodes"] if node["id"] == "event/strike")
    assert [quote.get("says") for quote in strike["evidence"]] == [None, "actor/iran"]
    [figure] = strike["figures"]
    assert (figure["count"], figure["of"], figure["article"], figure["words"]) == (7, "killed", 0, "7 killed")


def test_an_empty_graph_is_a_page_too(graph):
    assert "0 events" in explorer.page(Graph(graph.schema, (), (), (), {}))


def crowd(graph: Graph, count: int) -> Graph:
    """A graph of so many events on ten days, every third undated."""
    days = [When(date(2024, 1, day), date(2024, 1, day + 1), "day") for day in range(1, 11)]
    events = [
        Event(f"event/{n}", "CONSULT", f"Meeting number {n}", when=days[n % 10] if n % 3 else None)
        for n in range(count)
    ]
    return Graph(graph.schema, graph.readings, events, (), {})


def test_what_a_large_graph_leaves_out_is_said(graph):
    shown = part(crowd(graph, 80), most=50)
    assert len(shown["nodes"]) == 50
    assert shown["leftOut"]["events"] == 30


@pytest.mark.parametrize("count", [1, 7, 60, 300])
def test_boxes_never_overlap(graph, count):
    layout = arrange(graph, crowd(graph, count).events)
    boxes = sorted((x, y, layout.boxes[id].width) for id, (x, y) in layout.positions.items())
    for number, (x, y, width) in enumerate(boxes):
        for x2, y2, width2 in boxes[number + 1 :]:
            assert abs(y - y2) >= 32 or abs(x - x2) >= (width + width2) / 2


def test_time_runs_along_x_and_the_undated_stand_behind(graph):
    layout = arrange(graph, graph.nodes.values())
    assert [column.label for column in layout.columns] == ["1 Apr 2024", "13 Apr 2024", "by 15 Apr 2024", UNDATED]
    xs = [layout.positions[f"event/{name}"][0] for name in ("strike", "launch", "vow", "respond")]
    assert xs == sorted(xs)
    ys = {
        kind: [layout.positions[n.id][1] for n in graph.nodes.values() if n.kind == kind]
        for kind in ("actor", "event", "place")
    }
    assert max(ys["actor"]) < min(ys["event"]) <= max(ys["event"]) < min(ys["place"])


def test_effects_stand_clear_to_the_right_of_causes(graph):
    layout = arrange(graph, graph.nodes.values())
    for cause, effect in (("event/strike", "event/launch"), ("event/launch", "event/vow")):
        right = layout.positions[cause][0] + layout.boxes[cause].width / 2
        assert right < layout.positions[effect][0] - layout.boxes[effect].width / 2


def test_a_story_is_named_by_its_actors(graph):
    named = stories(graph, graph.events)
    assert sum(len(members) for _, members in named) == len(graph.events)
    assert "Iran" in named[0][0]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, None),
        (When(date(2024, 4, 13), date(2024, 4, 14), "day"), "13 April 2024"),
        (When(date(2024, 4, 1), date(2024, 5, 1), "month"), "April 2024"),
        (When(date(2024, 1, 1), date(2025, 1, 1), "year"), "2024"),
        (When(None, date(2024, 4, 14), "before"), "on or before 13 April 2024"),
        (When(date(2024, 4, 14), None, "after"), "on or after 14 April 2024"),
        (When(date(2024, 4, 8), date(2024, 4, 15), "week"), "8 April 2024 to 14 April 2024"),
    ],
)
def test_dates_are_written_for_people(when, expected):
    assert words(when) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, UNDATED),
        (When(None, None, "day"), UNDATED),
        (When(date(2024, 4, 13), date(2024, 4, 14), "day"), "13 Apr 2024"),
        (When(date(2024, 4, 1), date(2024, 5, 1), "month"), "Apr 2024"),
        (When(None, date(2024, 4, 14), "before"), "by 13 Apr 2024"),
        (When(date(2024, 4, 8), date(2024, 4, 15), "week"), "8–14 Apr 2024"),
        (When(date(2024, 3, 31), date(2024, 4, 8), "week"), "31 Mar – 7 Apr 2024"),
        (When(date(2023, 10, 7), date(2024, 4, 15), "interval"), "7 Oct 2023 – 14 Apr 2024"),
    ],
)
def test_dates_on_the_axis_are_brief(when, expected):
    assert brief(when) == expected


def test_the_axis_names_a_year_where_it_changes(page):
    labels = [column["label"] for column in part_of(page)["layout"]["columns"]]
    assert labels == ["1 Apr 2024", "13 Apr", "by 15 Apr", UNDATED]


def test_long_names_of_actors_are_shortened_in_boxes(graph):
    guards = Actor("actor/irgc", "ArmedForces", "Islamic Revolutionary Guard Corps", ("IRGC", "the corps"))
    fires = Event("event/fires", "ASSAULT", "Islamic Revolutionary Guard Corps fires missiles")
    layout = arrange(Graph(graph.schema, (), (guards, fires), (), {}), (guards, fires))
    assert layout.boxes["event/fires"].label == "IRGC fires\nmissiles"


def test_the_anchor_of_a_date_is_its_earliest_else_its_latest_day():
    assert anchor(When(None, date(2024, 4, 14), "before")) == date(2024, 4, 13)
    assert anchor(When(date(2024, 4, 1), None, "after")) == date(2024, 4, 1)
    assert anchor(When(None, None, "day")) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Talks open", "Talks open"),
        ("Talks open in Cairo", "Talks open\nin Cairo"),
        ("Talks open in Cairo and then go on", "Talks open\nin Cairo…"),
        ("Donaudampfschifffahrt", "Donaudampf\nschifffah…"),
    ],
)
def test_names_wrap_and_are_cut(name, expected):
    assert wrap(name, 10, 2) == expected
