"""Importing with and without a store: what was coded elsewhere is woven with what is read, and is never read as text.

The rows of GDELT are invented (gdelt_rows.py).
"""

import pytest
from faking import FastDesk
from gdelt_rows import POLICE, STATEMENT, STRIKE, line, table
from small import FIRST, small_graph

import newsloom
from newsloom import building, exports, importing
from newsloom.exports.happened import Happening, happenings
from newsloom.graph.model import Graph
from newsloom.graph.store import Store
from newsloom.graph.types import Article
from newsloom.schemas.coding import cameo
from newsloom.schemas.errors import InputError, UsageError


@pytest.fixture
def two(tmp_path):
    """A file of two rows."""
    return table(tmp_path, line(STRIKE), line(POLICE))


@pytest.fixture
def store(tmp_path):
    return tmp_path / "s.db"


def counts(outcome) -> tuple[int, int, int, int]:
    return outcome.read, outcome.skipped, outcome.again, len(outcome.refused)


def test_without_a_store(two):
    outcome = importing.run([two])
    assert counts(outcome) == (2, 0, 0, 0)
    assert [event.type for event in outcome.graph.events] == ["COERCE", "ASSAULT"]
    assert outcome.graph.events[1].name == "Iran's attack: Israel (Tel Aviv)"
    assert outcome.graph.timeline(actor="Iran")[0].when.earliest.isoformat() == "2024-04-13"


def test_one_event_of_several_addresses_is_one(tmp_path):
    other = line(STRIKE, GLOBALEVENTID="900000005", SOURCEURL="https://another.example.org/invented/strike")
    (event,) = importing.run([table(tmp_path, line(STRIKE), other)]).graph.events
    assert event.sources == 2


def test_rows_of_one_address_are_events_of_their_own(tmp_path):
    other = line(STRIKE, GLOBALEVENTID="900000005", Actor2Code="", Actor2Name="", Actor2CountryCode="")
    assert len(importing.run([table(tmp_path, line(STRIKE), other)]).graph.events) == 2


def test_a_store_takes_in_only_what_is_new(two, tmp_path, store):
    assert counts(importing.run([two], store=store)) == (2, 0, 0, 0)
    assert counts(importing.run([two], store=store)) == (0, 2, 0, 0)
    again = table(tmp_path, line(STRIKE), line(POLICE), line(POLICE, SOURCEURL=""), name="b.gdelt.tsv")
    outcome = importing.run([again], store=store)
    assert counts(outcome) == (1, 2, 0, 0)
    assert len(outcome.graph.articles) == 3
    assert newsloom.load(store).nodes == outcome.graph.nodes


def test_another_schema_reads_the_rows_again(two, tmp_path, store):
    importing.run([two], store=store)
    own = tmp_path / "own.yaml"
    own.write_text(
        "extends: plover\nname: own\nschemes: {cameo: {concepts: {'173': arrests}}}\n"
        "events:\n  ARREST: {label: arrest, definition: d, matches: {close: ['cameo:173']}}\n"
    )
    outcome = importing.run([two], store=store, schema=own)
    assert counts(outcome) == (1, 0, 1, 0)  # the text of one has another label now
    assert [event.type for event in outcome.graph.events] == ["ARREST", "ASSAULT"]
    assert len(outcome.graph.articles) == 2


def test_a_later_build_weaves_both_and_reads_no_row_as_text(two, store, monkeypatch, schema, knowledge):
    importing.run([two], store=store)
    monkeypatch.setattr(building, "load_schema", lambda: schema)
    monkeypatch.setattr(building, "_knowledge", lambda given: knowledge)
    monkeypatch.setattr(building, "Desk", FastDesk)
    monkeypatch.setattr(FastDesk, "reader", "another reader", raising=False)
    outcome = building.run([Article("1", "Anna hits Bert.")], store=store)
    assert counts(outcome) == (1, 0, 0, 0)
    assert len(outcome.graph.articles) == 3
    with Store.open(store) as shelf:
        assert [article.id for article in shelf.outdated("a third reader")] == ["1"]


@pytest.mark.slow
def test_it_is_woven_with_what_is_read(two, store):
    article = Article(
        "1", "Iran fired missiles at Israel on Saturday. The missiles hit Tel Aviv.", published="2024-04-14"
    )
    building.build([article], store=store)
    graph = importing.run([two], store=store).graph
    assert len(graph.articles) == 3
    (iran,) = (actor for actor in graph.actors if actor.name == "Iran")
    assert {mention.partition(":")[0].partition("-")[0] for mention in iran.mentions} == {"1", "gdelt"}


def test_what_is_left_out_is_told(tmp_path):
    outcome = importing.run([table(tmp_path, line(STRIKE), line(STATEMENT), "broken")])
    assert len(outcome.refused) == len(outcome.graph.refused) == 2


def test_rdf_stays_as_it_is(tmp_path, store):
    (file,) = exports.write(small_graph(), tmp_path / "graph.trig.gz")
    assert importing.run([file]).graph.nodes == small_graph().nodes
    outcome = importing.run([file], store=store)
    assert counts(outcome) == (2, 0, 0, 0)
    loaded = newsloom.load(store)
    assert loaded.nodes == small_graph().nodes
    assert loaded.readings == small_graph().readings
    assert set(loaded.relations) == set(small_graph().relations)
    assert counts(importing.run([file], store=store)) == (0, 2, 0, 0)
    with Store.open(store) as shelf:
        assert list(shelf.outdated("any")) == []
        assert not shelf.is_stale


def test_rdf_and_rows_are_woven_together(tmp_path, two, store):
    (file,) = exports.write(small_graph(), tmp_path / "graph.nq")
    graph = importing.run([file, two], store=store).graph
    assert FIRST.id in graph.articles
    assert len(graph.articles) == 4
    assert graph.nodes != small_graph().nodes


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("20240414.export.CSV", "gdelt"), ("20240414.export.CSV.zip", "gdelt"), ("a.GDELT.TSV.GZ", "gdelt")),
        *(
            ("a.trig", "rdf"),
            ("a.nq.gz", "rdf"),
            ("a.jsonld", "rdf"),
            ("a.ttl.gz", "rdf"),
            ("a.nt", "rdf"),
            ("a.rdf", "rdf"),
        ),
    ],
)
def test_the_suffix_decides(name, kind):
    assert importing.kind_of(name) == kind


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.trig.zip", "a.turtle", "export", "a.tsv"])
def test_other_suffixes(name):
    with pytest.raises(UsageError, match="its name tells no format"):
        importing.kind_of(name)


def test_no_such_file(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        importing.run([tmp_path / "missing.gdelt.tsv"])
    (tmp_path / "folder.trig").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        importing.run([tmp_path / "folder.trig"])


# To GDELT's columns and back


@pytest.fixture(scope="module")
def there_and_back(demo, tmp_path_factory):
    """The graph of the sample articles, and that of its rows."""
    (path,) = exports.write(demo, tmp_path_factory.mktemp("rows") / "demo.gdelt.tsv")
    return demo, importing.run([path]).graph


def told(graph: Graph) -> list[Happening]:
    """What rows can tell of."""
    found = happenings(graph)
    return [h for h in found if cameo().code(graph.schema, h.event.type, h.event.mode)]


def days(happening: Happening) -> tuple | None:
    """The days that GDELT's columns can tell: one, or those of a month or a year."""
    when = happening.event.when
    first, last = (when.earliest, when.last_day) if when else (None, None)
    if first is None or last is None or first.year != last.year:
        return None
    return (first, last) if first == last else (first.year, first.month if first.month == last.month else None)


def known(happening: Happening) -> set[str]:
    """Those who are known to newsloom by their names: states, people, bodies."""
    return {a.name for a in (*happening.agents, *happening.recipients, *happening.participants) if a.wikidata}


@pytest.mark.slow
def test_there_and_back_rows_are_events(there_and_back):
    """Each, but for two of one deed: the same agent, type and day, and one place in the other."""
    graph, back = there_and_back
    pairs = [pair for happening in told(graph) for pair in happening.pairs]
    assert len(pairs) - 1 <= len(back.events) <= len(pairs)
    assert len(pairs) >= 70
    assert back.refused == ()


@pytest.mark.slow
def test_there_and_back_types_survive(there_and_back):
    """But that CAMEO has no code for a resignation, which comes back as a concession."""
    before, after = ({(h.event.type, h.event.mode) for h in told(graph)} for graph in there_and_back)
    lost = {(type, mode) for type, mode in before - after if (type, None) not in after}
    assert lost == {("RETREAT", "resign")}
    assert {mode for _, mode in before - after} <= {"resign", "primitive"}  # these have no code of their own


@pytest.mark.slow
def test_there_and_back_places_survive(there_and_back):
    before, after = ({(h.event.type, place.name) for h in told(g) for place in h.places[:1]} for g in there_and_back)
    assert before <= after


@pytest.mark.slow
def test_there_and_back_days_survive(there_and_back):
    before, after = ({(h.event.type, days(h)) for h in told(g) if h.event.mode != "resign"} for g in there_and_back)
    assert {(type, when) for type, when in before if when} <= after


@pytest.mark.slow
def test_there_and_back_known_actors_survive(there_and_back):
    graph, back = there_and_back
    before, after = (set().union(*map(known, told(g))) for g in there_and_back)
    states = {a.name for a in graph.actors if a.type == "State"} & {a.name for a in back.actors}
    assert {"Russia", "Ukraine", "France", "Lebanon"} <= states
    assert before <= after
