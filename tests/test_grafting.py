"""Articles put onto a graph that is there: what they join, what they make, and that all of it stays in order."""

import marked
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsloom import building
from newsloom.graph.decisions import merged, parted_by_name
from newsloom.graph.pipeline import graft, weave_corpus
from newsloom.graph.store import Store, check
from newsloom.graph.types import Event, Place, Report

READER = "by hand"
IRAN = "actor State key=IRN country=IRN sectors=GOV"
ISRAEL = "actor State key=ISR country=ISR sectors=GOV"
GAZIANTEP = "place City key=geonames:314830 country=TUR within=Turkey:TUR"


def fired(article: str, published: str, source: str):
    """An article of that id on what Iran fired."""
    return marked.reading(
        article,
        f"[Iran](i {IRAN}) [fired](f event ASSAULT lemma=fire mode=drone day=2024-04-13 tense=past) drones at "
        f"[Israel](s {ISRAEL}). [Israel](t {ISRAEL}) [said](x event ACCUSE lemma=say source=t tense=past) so.",
        ["f agent i .8", "f recipient s .6", "x responds-to f .7", "x agent t .9"],
        published=published,
        source=source,
    )


FIRED = fired("b1", "2024-04-14", "Invented Post")
QUAKE = marked.reading(
    "b2",
    f"An [earthquake](e event EARTHQUAKE day=2024-04-12) shook [Gaziantep](g {GAZIANTEP}) at night.",
    ["e place g"],
    published="2024-04-14",
)
HARBOUR = marked.reading(
    "b3",
    "[Ada Quill](q actor Person country=GBR) [opened](o event CONSULT lemma=open day=2024-04-11 tense=past) a harbour. "
    "[Tarn Works](w actor Company) [paid](p event AID lemma=pay tense=past) for it.",
    ["o agent q", "p agent w"],
    published="2024-04-14",
)
THERE = (FIRED, QUAKE, HARBOUR)


def again(id="c1", sure=".5", source=None, **fields):
    """Another article on the drones."""
    return marked.reading(
        id,
        f"[Iran](i {IRAN}) [fired](f event ASSAULT lemma=fire mode=drone day=2024-04-13 tense=past) drones at "
        f"[Israel](s {ISRAEL}), which was asleep.",
        [f"f agent i {sure}", f"f recipient s {sure}"],
        published="2024-04-15",
        source=source,
        **fields,
    )


class Garden:
    """A store whose graph is woven, and articles that are put onto it."""

    def __init__(self, path, schema, knowledge):
        self.path = path
        self._known = schema, knowledge

    def plant(self, *readings):
        with Store.open(self.path) as store:
            store.add_readings(readings, READER)
        self.weave()
        return self

    def weave(self):
        with Store.open(self.path) as store:
            woven = weave_corpus(store.corpus(), *self._known, store.decisions().values())
            store.keep(woven, self._known[0], (), store.revision, READER)

    def decide(self, decision):
        with Store.open(self.path) as store:
            store.add_decision(decision)
        self.weave()

    def graft(self, *readings):
        """The graph with the articles put onto it, one by one."""
        with Store.open(self.path) as store:
            for reading in readings:
                store.add_readings([reading], READER)
                made = graft(reading, store.stock(), *self._known, store.decisions().values())
                store.put(made, reading.article, (), store.revision)
        return self.graph

    @property
    def graph(self):
        return building.load(self.path)

    def check(self):
        """That the graph is in order: `newsloom check`, what it does not look at, and what is counted."""
        health = check(self.path)
        assert (health.faults, health.is_stale) == ((), False)
        with Store.open(self.path, create=False) as store:
            assert store.counts() == store._counted()
            rows = [(relation.source, relation.type, relation.target) for relation in store.relations()]
            nodes = [node.id for node in store.nodes()]
            graph = store.load()
        assert len(rows) == len(set(rows))
        assert len(nodes) == len(set(nodes))
        assert all(source != target for source, _, target in rows)
        assert {f"article/{id}" for id in graph.articles} == {
            n.id for n in graph.nodes.values() if isinstance(n, Report)
        }
        named = [one.claimed_by for relation in graph.relations for one in relation.evidence]
        for node in graph.nodes.values():
            named += [node.within] if isinstance(node, Place) else []
            named += [one.source for one in (*node.figures, *node.claims)] if isinstance(node, Event) else []
            assert len(node.mentions) == len(set(node.mentions))
        named += [merge.node for merge in graph.merges]
        assert set(named) <= {None, *nodes}
        for relation in graph.relations:
            assert len(relation.evidence) == len(set(relation.evidence))
            for one in relation.evidence if relation.type != "within" else ():
                for mention, end in ((one.source, relation.source), (one.target, relation.target)):
                    assert mention is None or graph.resolution[mention] == end
        for reading in graph.readings:
            for mention in reading.mentions:
                if isinstance(node := graph.nodes.get(graph.resolution.get(mention.id, "")), Event):
                    assert graph_line(graph, node.id, "reported-in", f"article/{reading.article.id}")
        return graph


def graph_line(graph, source, type, target):
    return next((r for r in graph.relations if (r.source, r.type, r.target) == (source, type, target)), None)


@pytest.fixture
def garden(tmp_path, schema, knowledge):
    return Garden(tmp_path / "newsloom.db", schema, knowledge).plant(*THERE)


def node_of(graph, reading, words):
    mention = next(mention for mention in reading.mentions if mention.text == words)
    return graph.nodes.get(graph.resolution.get(mention.id, ""))


def test_a_known_event_is_joined(garden):
    before = node_of(garden.graph, FIRED, "fired")
    late = again()
    graph = garden.graft(late)
    node = node_of(graph, late, "fired")
    assert node.id == before.id
    assert len(node.mentions) == 2
    assert node.sources == 2
    assert [claim.article for claim in node.claims] == ["b1", "c1"]
    assert len(graph.events) == len(THERE) + 2
    garden.check()


def test_relations_have_the_evidence_of_all_and_are_as_sure_as_it_makes_them(garden):
    graph = garden.graft(again())
    event = node_of(graph, FIRED, "fired").id
    agent = graph_line(graph, event, "agent", "actor/iran")
    assert [one.article for one in agent.evidence] == ["b1", "c1"]
    assert agent.confidence == pytest.approx(1 - 0.2 * 0.5)
    assert graph_line(graph, event, "reported-in", "article/c1")


def test_one_voice_is_heard_once(garden):
    graph = garden.graft(again(source="invented post"))
    assert graph_line(graph, node_of(graph, FIRED, "fired").id, "agent", "actor/iran").confidence == pytest.approx(0.8)


def test_a_copy_adds_no_voice(garden):
    copy = fired("c1", "2024-04-15", "Another Invented Post")
    graph = garden.graft(copy)
    node = node_of(graph, copy, "fired")
    assert node.sources == 1
    assert graph_line(graph, node.id, "agent", "actor/iran").confidence == pytest.approx(0.8)
    garden.check()


def test_what_is_new_makes_nodes(garden):
    new = marked.reading(
        "c1",
        "[Bram Oster](b actor Person country=NLD) [resigned](r event COERCE lemma=resign day=2024-05-01 tense=past) in "
        "[Lyon](l place City key=geonames:2996944 country=FRA within=France:FRA).",
        ["r agent b", "r place l"],
        published="2024-05-02",
    )
    graph = garden.graft(new)
    assert node_of(graph, new, "Bram Oster").id == "actor/bram-oster"
    assert node_of(graph, new, "resigned").mentions == (new.mentions[1].id,)
    assert node_of(graph, new, "Lyon").within == "place/france"
    assert graph.nodes["place/france"].mentions == ()
    assert graph_line(graph, "place/lyon", "within", "place/france")
    garden.check()


def test_an_outer_place_that_is_there_is_the_same(garden):
    ankara = marked.reading(
        "c1",
        "Rain [fell](f event FLOOD day=2024-05-01) on [Ankara](a place City key=geonames:323786 country=TUR "
        "within=Turkey:TUR).",
        ["f place a"],
        published="2024-05-02",
    )
    graph = garden.graft(ankara)
    assert node_of(graph, ankara, "Ankara").within == node_of(graph, QUAKE, "Gaziantep").within == "place/turkey"
    garden.check()


def alone(id, marks, links=()):
    """An article that tells of nothing that others tell of."""
    return marked.reading(id, marks, links, published="2025-01-01")


SPOKE = "[spoke](e event CONSULT lemma=speak day=2024-12-31 tense=past)"


@pytest.mark.parametrize(
    ("marks", "id"),
    [
        (f"[Iran](a {IRAN}) {SPOKE} again.", "actor/iran"),
        (f"[Ada Quill](a actor Person country=GBR) {SPOKE} again.", "actor/ada-quill"),
        (f"[Tarn Works](a actor Company) {SPOKE} again.", "actor/tarn-works"),
        (f"[Ada Quill](a actor Person country=USA) {SPOKE} again.", None),
        (f"[Quill](a actor Person) {SPOKE} again.", None),
    ],
    ids=["by entry", "a full name", "a body's name", "of another country", "a surname"],
)
def test_actors_are_known_by_entry_or_name(garden, marks, id):
    told = alone("c1", marks, ["e agent a"])
    graph = garden.graft(told)
    found = graph.resolution[told.mentions[0].id]
    assert found == id if id else found not in ("actor/ada-quill", "actor/iran")
    garden.check()


def test_two_places_of_one_name_stay_two(garden):
    one, other, third = (
        alone(
            f"c{n}",
            f"[Mudford](m place City key=geonames:{number} geonames={number} country={country}) was where it "
            f"[happened](e event FLOOD lemma=flood day=2024-12-{n + 10}).",
            ["e place m"],
        )
        for n, (number, country) in enumerate([(11, "GBR"), (12, "USA"), (12, "USA")])
    )
    graph = garden.graft(one)
    assert node_of(graph, one, "Mudford").id == "place/mudford"
    garden.check()
    graph = garden.graft(other, third)
    assert len({node_of(graph, reading, "Mudford").id for reading in (one, other, third)}) <= 2
    garden.check()


def test_a_hub_keeps_its_mentions(garden):
    readings = [again(f"c{n}") for n in range(12)]
    garden.graft(*readings)
    graph = garden.check()
    wanted = [reading.mentions[0].id for reading in (FIRED, *readings)]
    assert list(graph.nodes["actor/iran"].mentions) == wanted
    assert len(graph.nodes["actor/iran"].aliases) == len(set(graph.nodes["actor/iran"].aliases))


def test_who_claims_is_a_node_of_the_graph(garden):
    told = alone(
        "c1",
        "[Ada Quill](q actor Person country=GBR) [said](s event ACCUSE lemma=say source=q tense=past) that the "
        "[storm](k event STORM day=2024-12-30 "
        "source=q factuality=alleged) led to a [flood](f event FLOOD day=2024-12-31 source=q "
        "factuality=alleged).",
        ["s agent q", "k causes f .8 by=q cue=led_to"],
    )
    graph = garden.graft(told)
    (cause,) = [relation for relation in graph.relations if relation.type == "causes"]
    assert [one.claimed_by for one in cause.evidence] == ["actor/ada-quill"]
    assert {claim.source for claim in node_of(graph, told, "flood").claims} == {"actor/ada-quill"}
    garden.check()


def told_of_both(id, link):
    """An article on a storm and a strike, and what ties them."""
    return marked.reading(
        id,
        f"A [storm](k event STORM lemma=storm days=2024-04-01/2024-04-30) "
        f"hit [Gaziantep](g {GAZIANTEP}). The workers of "
        "[Tarn Works](w actor Company) went on [strike](p event PROTEST lemma=strike days=2024-04-01/2024-04-30).",
        ["k place g", "p agent w", link],
        published="2024-05-01",
    )


def test_an_order_that_the_graph_denies_is_left_out(tmp_path, schema, knowledge):
    garden = Garden(tmp_path / "newsloom.db", schema, knowledge).plant(told_of_both("b1", "k before p .9"))
    late = told_of_both("c1", "p before k .9")
    graph = garden.graft(late)
    storm, strike = (node_of(graph, late, words).id for words in ("storm", "strike"))
    assert graph_line(graph, storm, "before", strike)
    assert not graph_line(graph, strike, "before", storm)
    garden.check()


def test_a_cause_against_the_days_of_the_graph_is_marked(garden):
    late = marked.reading(
        "c1",
        f"An [earthquake](e event EARTHQUAKE day=2024-04-12) shook [Gaziantep](g {GAZIANTEP}). [Ada Quill]"
        "(q actor Person country=GBR) [opened](o event CONSULT lemma=open day=2024-04-11 tense=past) "
        "a harbour because of it.",
        ["e place g", "o agent q", "e causes o .8 cue=because_of"],
        published="2024-04-15",
    )
    graph = garden.graft(late)
    (cause,) = [relation for relation in graph.relations if relation.type == "causes"]
    assert cause.backwards
    assert cause.confidence < 0.3
    garden.check()


def test_an_id_that_is_another_s_is_not_taken(garden):
    """A body of the same name in another country: neither has its mentions in the other."""
    foreign = alone("c1", f"[Tarn Works](a actor Company country=NZL) {SPOKE} again.", ["e agent a"])
    home = alone("c2", f"[Tarn Works](a actor Company country=GBR) {SPOKE} again.", ["e agent a"])
    graph = garden.graft(foreign, home)
    ids = [graph.resolution[reading.mentions[0].id] for reading in (foreign, home)]
    assert ids[0] == "actor/tarn-works"  # its country was not known
    assert ids[1].startswith("actor/tarn-works-")
    assert graph.nodes[ids[0]].country == "NZL"
    garden.check()


def paid(id, *who, published="2025-01-01"):
    """An article on who paid for something."""
    marks = " and ".join(f"[{words}](a{n} actor {type})" for n, (words, type) in enumerate(who))
    links = [f"e agent a{n}" for n in range(len(who))]
    return marked.reading(id, f"{marks} [paid](e event AID lemma=pay tense=past).", links, published=published)


TARN, MERE = ("Tarn Works", "Company"), ("Mere Holding", "Company")


near_or_far = pytest.mark.parametrize("published", ["2025-01-02", "2025-06-01"], ids=["near", "far"])


@near_or_far
@pytest.mark.parametrize("given", [(TARN,), (MERE,), (MERE, TARN)], ids=["one", "the other", "both"])
def test_what_was_merged_by_hand_is_one(garden, given, published):
    garden.graft(paid("c1", MERE))
    garden.weave()
    graph = garden.graph
    garden.decide(merged(graph, *(graph.nodes[f"actor/{name}"] for name in ("tarn-works", "mere-holding"))))
    late = paid("c2", *given, published=published)
    grafted = garden.graft(late)
    garden.check()
    garden.weave()
    for graph in (grafted, garden.graph):
        (one,) = (n for n in graph.nodes.values() if n.kind == "actor" and n.name in ("Tarn Works", "Mere Holding"))
        assert len(one.mentions) == 2 + len(given)


@near_or_far
@pytest.mark.parametrize("words", ["Iran", "Tehran"])
def test_a_name_tells_the_side_of_a_split_by_hand(garden, words, published):
    tehran = IRAN.removeprefix("actor ")
    garden.graft(paid("c1", ("Tehran", tehran)))
    garden.weave()
    garden.decide(parted_by_name(garden.graph, garden.graph.nodes["actor/iran"], "Tehran"))
    late = paid("c2", (words, tehran), published=published)
    grafted = garden.graft(late)
    garden.check()
    garden.weave()
    for graph in (grafted, garden.graph):
        assert {m for m in node_of(graph, late, words).mentions if graph.mentions[m].text != words} == set()
        assert len(node_of(graph, late, words).mentions) == 2


def test_weaving_all_anew_is_a_build_from_nothing(garden, tmp_path, schema, knowledge):
    late = [again(), alone("c2", f"[Bram Oster](a actor Person) {SPOKE} again.", ["e agent a"])]
    garden.graft(*late)
    garden.weave()
    whole = Garden(tmp_path / "whole.db", schema, knowledge).plant(*THERE, *late)
    for what in ("nodes", "relations", "resolution", "merges", "dropped"):
        assert getattr(garden.graph, what) == getattr(whole.graph, what)


ACTORS = (
    IRAN,
    ISRAEL,
    "actor Person country=GBR name=Ada_Quill",
    "actor Person name=Bram_Oster",
    "actor Person name=Oster",
    "actor Company name=Tarn_Works",
    "actor Company name=Tarn country=NZL",
    "actor Military form=description country=GBR name=the_army",
    "actor Group form=description plural=1 name=protesters",
)
PLACES = (
    GAZIANTEP,
    "place Country key=TUR country=TUR name=Turkey",
    "place City key=geonames:11 geonames=11 country=GBR name=Mudford",
    "place City key=geonames:12 geonames=12 country=USA name=Mudford within=Ohio:USA",
    "place Place name=Old_Harbour",
    "place Place name=prison",
)
HAPPENED = (
    "ASSAULT lemma=fire mode=drone",
    "ASSAULT lemma=strike",
    "CONSULT lemma=meet",
    "EARTHQUAKE lemma=quake",
    "EVENT lemma=rise",
    "PROTEST lemma=march",
)
WORDS = {IRAN: "Iran", ISRAEL: "Israel", GAZIANTEP: "Gaziantep"}


def name(fields):
    named = [field[5:].replace("_", " ") for field in fields.split() if field.startswith("name=")]
    return named[0] if named else WORDS[fields]


@st.composite
def small_articles(draw, id):
    """An article of one to three sentences: who did what where, on a day, and what led to what."""
    text, links = "", []
    for n in range(draw(st.integers(1, 3))):
        who, whom, where = (draw(st.sampled_from(some)) for some in (ACTORS, ACTORS, PLACES))
        day = draw(st.sampled_from(["", " day=2024-04-12", " day=2024-04-13", " days=2024-04-01/2024-04-30"]))
        status = draw(st.sampled_from(["", " factuality=negated", f" factuality=alleged source=a{n}"]))
        words = draw(st.sampled_from(["hit", "met", "shook"]))
        what = draw(st.sampled_from(HAPPENED))
        text += f"[{name(who)}](a{n} {who}) [{words}](e{n} event {what}{day}{status} tense=past) "
        text += f"[{name(whom)}](b{n} {whom}) at [{name(where)}](p{n} {where}). "
        links += [f"e{n} agent a{n} .7", f"e{n} recipient b{n} .6", f"e{n} place p{n}"]
        if n:
            type = draw(st.sampled_from(["causes", "before", "part-of", "responds-to"]))
            links.append(f"e{n} {type} e{n - 1} .6{draw(st.sampled_from(['', f' by=a{n}', ' rule=hint']))}")
    return marked.reading(
        id,
        text,
        links,
        published=draw(st.sampled_from([None, "2024-04-13", "2024-04-14", "2024-07-01"])),
        source=draw(st.sampled_from([None, "Invented Post"])),
    )


@st.composite
def collections(draw):
    """A few articles that are woven, and a few that come later."""
    woven = [draw(small_articles(f"w{n}")) for n in range(draw(st.integers(1, 4)))]
    return woven, [draw(small_articles(f"z{n}")) for n in range(draw(st.integers(1, 4)))]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(collections())
def test_any_articles_leave_the_graph_in_order(tmp_path_factory, schema, knowledge, made):
    woven, later = made
    garden = Garden(tmp_path_factory.mktemp("random") / "newsloom.db", schema, knowledge).plant(*woven)
    before = garden.graph.resolution
    for reading in later:
        garden.graft(reading)
    graph = garden.check()
    groups = {}
    for mention, node in before.items():  # what was one stays one, and what was two stays two
        groups.setdefault(node, set()).add(graph.resolution[mention])
    assert all(len(nodes) == 1 for nodes in groups.values())
    assert len({*map(min, groups.values())}) == len(groups)
