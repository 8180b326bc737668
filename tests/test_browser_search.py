"""Search in Chromium: what is found, in which order, by which keys, how quickly."""

import pytest
from msgspec import structs
from small import small_graph
from test_explorer import crowd

from newsloom.exports import explorer
from newsloom.graph.model import Graph
from newsloom.graph.types import Actor, Event

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

NAMES = [
    "Recep Erdoğan",
    "İstanbul",
    "Łódź",
    "Straße",
    "Smørrebrød",
    "Chișinău",
    "Ho Chi Minh",
    "al-Sāhil",
    "“Quoted” name",
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    graph = small_graph()
    named = [Actor(f"actor/{number}", "Person", name) for number, name in enumerate(NAMES)]
    ranks = [
        Actor("actor/said", "Person", "Somebody", ("Turan the elder",)),
        Actor("actor/within", "Person", "Saturan"),
        Actor("actor/word", "Person", "Old Turan"),
        Actor("actor/begins", "Person", "Turan of the hills"),
        Actor("actor/is", "Person", "Turan"),
    ]
    more = Graph(
        graph.schema, graph.readings, [*graph.nodes.values(), *named, *ranks], graph.relations, graph.resolution
    )
    explorer.write(more, folder / "names.html")
    meetings = crowd(graph, 2000)
    people = [
        Actor(f"actor/{number}", "Person", f"Person {number} of Ōsaka", (f"P{number}",)) for number in range(8000)
    ]
    ten_thousand = Graph(graph.schema, graph.readings, [*meetings.nodes.values(), *people], (), {})
    explorer.write(ten_thousand, folder / "crowd.html")
    return folder


@pytest.fixture
def page(open_page, files):
    return open_page(files / "names.html")


def found(page, words: str) -> list[str]:
    return page.evaluate("(words) => [...(newsloom.search.find(words) ?? new Map()).keys()]", words)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("erdogan", "Recep Erdoğan"),
        ("ERDOĞAN", "Recep Erdoğan"),
        ("erdog\u0306an", "Recep Erdoğan"),
        ("istanbul", "İstanbul"),
        ("lodz", "Łódź"),
        ("strasse", "Straße"),
        ("smorrebrod", "Smørrebrød"),
        ("chisinau", "Chișinău"),
        ("sahil", "al-Sāhil"),
        ("minh ho", "Ho Chi Minh"),
        ('"ho chi"', "Ho Chi Minh"),
        ("“ho chi”", "Ho Chi Minh"),
        ('"ho chi', "Ho Chi Minh"),
    ],
)
def test_accents_capitals_and_order_make_no_difference(page, words, name):
    assert found(page, words) == [f"actor/{NAMES.index(name)}"]


@pytest.mark.parametrize("words", ['"chi ho"', "erdogan minh", "(", ".*", "[a-z", "\\", "$", "^Iran", "Iran|Israel"])
def test_phrases_keep_their_order_and_nothing_is_a_pattern(page, words):
    assert found(page, words) == []


@pytest.mark.parametrize("words", ["", "  ", '""', '"', "“ ”", "\u200b", "\u0301"])
def test_nothing_sought_is_no_search(page, words):
    assert page.evaluate("(words) => newsloom.search.find(words)", words) is None


def test_the_best_name_stands_first(page):
    page.fill("#search", "turan")
    playwright.expect(page.locator("#panel h2")).to_have_text("“turan”")
    names = page.locator("#panel .list .jump bdi").all_inner_texts()
    assert names == ["Turan", "Turan of the hills", "Old Turan", "Saturan", "Somebody"]
    assert page.locator("#panel .snippet").inner_text() == "also Turan the elder"


def test_what_was_found_is_marked(page):
    page.fill("#search", "erdogan")
    playwright.expect(page.locator("#panel .jump mark.hit")).to_have_text("Erdoğan")
    page.fill("#search", 'drones "in response"')
    playwright.expect(page.locator("#panel .snippet mark.hit").first).to_have_text("drones")
    assert page.locator("#panel .snippet").first.locator("mark.hit").all_inner_texts() == ["drones", "in response"]


def test_places_of_words_are_counted_in_letters(page):
    places = page.evaluate(
        "(a) => newsloom.search.places(...a)", ["\U0001f600 Straße ﬁn Erdo\u0306gan", "strasse fin erdogan"]
    )
    assert places == [[2, 8], [9, 11], [12, 20]]


def test_arrows_go_through_the_results_and_enter_opens_the_first(page):
    page.keyboard.press("/")
    page.keyboard.type("turan")
    playwright.expect(page.locator("#panel h2")).to_have_text("“turan”")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.id") == "actor/begins"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "Turan"


def test_enter_waits_for_what_was_typed_last(page):
    page.keyboard.press("/")
    page.keyboard.type("saturan")
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#panel h2")).to_have_text("Saturan")


def test_a_letter_takes_less_than_a_twentieth_of_a_second(open_page, files):
    page = open_page(files / "crowd.html")
    page.focus("#search")
    times = page.evaluate("""() => ['o', 'pe', 'person 7', 'osaka', 'meeting', 'zzz', '"of o"'].map((query) => {
        const one = () => {
          const start = performance.now();
          newsloom.state.matches = newsloom.search.find(query);
          newsloom.state.query = query;
          if (newsloom.state.matches) newsloom.results.body();
          return performance.now() - start;
        };
        return Math.min(one(), one(), one());
    })""")
    assert max(times) < 50


def test_names_in_other_parts_of_the_file_are_found_and_opened(open_page, tmp_path, monkeypatch):
    monkeypatch.setattr("newsloom.exports.explorer.parts.MOST_NODES", 12)
    monkeypatch.setattr("newsloom.exports.explorer.parts.MOST_IN_OVERVIEW", 10)
    explorer.write(crowd(small_graph(), 60), tmp_path / "parts.html")
    page = open_page(tmp_path / "parts.html")
    held = set(page.evaluate("[...newsloom.data.nodes.values()].map(({ name }) => name)"))
    name = next(f"Meeting number {n}" for n in range(60) if f"Meeting number {n}" not in held)
    page.fill("#search", f'"{name}"')
    row = page.locator("#panel section", has=page.get_by_role("heading", name="In other parts")).locator(".jump")
    playwright.expect(row.locator("bdi").first).to_have_text(name)
    row.first.click()
    playwright.expect(page.locator("#panel h2")).to_have_text(name)


def test_a_hidden_node_is_found_and_says_so(open_page, tmp_path):
    graph = small_graph()
    nodes = [structs.replace(n, factuality="negated") if isinstance(n, Event) else n for n in graph.nodes.values()]
    explorer.write(Graph(graph.schema, graph.readings, nodes, graph.relations, graph.resolution), tmp_path / "g.html")
    page = open_page(tmp_path / "g.html", "#factualityOff=negated")
    page.fill("#search", "vows")
    playwright.expect(page.locator("#panel .jump small").first).to_contain_text("not shown now")
