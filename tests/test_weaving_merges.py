"""Why mentions are one node, and what a user decides of it: the table in cases/merges.yaml, both ways round."""

import random
from itertools import permutations
from pathlib import Path

import marked
import pytest
from msgspec import structs

from newsloom.graph import decisions as deciding
from newsloom.graph.pipeline import weave
from newsloom.schemas.errors import NotFound, UsageError
from newsloom.schemas.loader import load_yaml

FILE = Path(__file__).parent / "cases" / "merges.yaml"
CASES = load_yaml(FILE.read_text(encoding="utf-8"), str(FILE))


class Handled:
    """A woven graph whose mentions are found by their handles in the marked articles."""

    def __init__(self, articles, schema, knowledge, decisions=(), backwards=False):
        self.readings = tuple(marked.reading(**article) for article in articles)
        self.handles = {h: m for a in articles for h, m in marked.handles(a["id"], a["text"]).items()}
        self.graph = weave(self.readings[:: -1 if backwards else 1], schema, knowledge, (), tuple(decisions))

    def id(self, handle):
        return self.graph.resolution.get(self.handles[handle])

    def node(self, handle):
        return self.graph.nodes[self.id(handle)]

    def check(self, same=(), apart=(), nobody=()):
        for group in same:
            ids = {handle: self.id(handle) for handle in group}
            assert None not in ids.values(), ids
            assert len(set(ids.values())) == 1, ids
        for group in apart:
            ids = [self.id(handle) for handle in group]
            assert None not in ids, ids
            assert len(set(ids)) == len(ids), ids
        assert [handle for handle in nobody if self.id(handle)] == []


def decide(woven, step):
    """The decision that a step of a case is."""
    if "merge" in step:
        return deciding.merged(woven.graph, *map(woven.node, step["merge"]))
    node = woven.node(step["split"])
    if "name" in step:
        return deciding.parted_by_name(woven.graph, node, step["name"])
    if "article" in step:
        return deciding.parted_by_article(woven.graph, node, step["article"])
    (least,) = deciding.doubtful(woven.graph, node)
    return deciding.unmerged(woven.graph, node, least)


def decided(case, schema, knowledge):
    """The decisions of a case, made in turn."""
    made = {}
    for number, step in enumerate(case["decisions"], 1):
        if "forget" in step:
            del made[step["forget"]]
        else:
            made[number] = decide(Handled(case["articles"], schema, knowledge, made.values()), step)
    return tuple(made.values())


@pytest.fixture(scope="module", params=CASES, ids=[case["name"] for case in CASES])
def case(request):
    return request.param


@pytest.fixture(scope="module", params=[False, True], ids=["in order", "reversed"])
def woven(request, case, schema, knowledge):
    again = {article["id"]: article for article in case.get("again", [])}
    articles = [again.get(a["id"], a) for a in [*case["articles"], *case.get("later", [])]]
    return Handled(articles, schema, knowledge, decided(case, schema, knowledge), request.param)


def test_before_the_decisions(case, schema, knowledge):
    Handled(case["articles"], schema, knowledge).check(**case.get("before", {}))


def test_after_the_decisions(case, woven):
    woven.check(**{what: case[what] for what in ("same", "apart", "nobody") if what in case})


def test_names_ids_and_countries(case, woven):
    for what, of in (("names", "name"), ("ids", "id"), ("countries", "country")):
        for handle, expected in case.get(what, {}).items():
            found = getattr(woven.node(handle), of)
            assert found == expected or (what == "ids" and found.startswith(f"{expected}-")), handle


def test_every_node_has_an_id_of_its_own(woven):
    assert len({node.mentions for node in woven.graph.nodes.values() if node.mentions}) == len(
        {node.id for node in woven.graph.nodes.values() if node.mentions}
    )
    assert set(woven.graph.resolution.values()) <= set(woven.graph.nodes)


def test_merges_make_the_nodes_what_they_are(woven):
    for merge in woven.graph.merges:
        node = woven.graph.nodes[merge.node]
        assert {merge.one.mention, merge.other.mention} <= set(node.mentions)
        assert merge.other.mention in merge.parts
        assert merge.one.mention not in merge.parts
        assert set(merge.parts) < set(node.mentions)
        assert f"{merge.reason} ({merge.confidence:.2f})" in node.reasons
        assert 0 < merge.confidence <= 1
    sure = [merge.confidence for merge in woven.graph.merges]
    assert sure == sorted(sure)


RULES = [
    {
        "id": "a1",
        "published": "2024-01-02",
        "text": "[Ismail Haniyeh](x actor Person country=PSE) of [WFP](w actor Body).",
    },
    {
        "id": "a2",
        "published": "2024-01-03",
        "text": "[Ismail A. Haniyeh](x actor Person country=PSE) of [WFP](w actor Body).",
    },
    {"id": "a3", "published": "2024-01-04", "text": "[Ismail Haniyyeh](x actor Person country=PSE)."},
    {"id": "a4", "published": "2024-01-05", "text": "[Karimi](x actor Person) and [Iran](i actor State key=IRN)."},
    {
        "id": "a5",
        "published": "2024-01-06",
        "text": "[Hassan Karimi](x actor Person) and [Iran](i actor State key=IRN).",
    },
    {"id": "a6", "text": "[The Israeli police](p actor Police form=description country=ISR)."},
    {"id": "a7", "text": "[The Israeli police](p actor Police form=description country=ISR) and [WFP](w actor Body)."},
]


def test_every_rule_has_its_confidence(schema, knowledge):
    handled = Handled([*RULES], schema, knowledge)
    found = {(merge.rule, merge.confidence) for merge in handled.graph.merges}
    assert {
        ("entry", 0.99),
        ("name", 0.85),
        ("first-and-last-name", 0.75),
        ("spelling", 0.7),
        ("surname", 0.6),
    } <= found
    handled.check(same=[["a1.x", "a2.x", "a3.x"], ["a4.x", "a5.x"], ["a1.w", "a2.w", "a7.w"]])
    assert handled.node("a4.x").reasons == ("the only surname of its kind, hassan karimi (0.60)",)


def test_the_order_of_articles_changes_no_merge(schema, knowledge):
    articles = RULES[:5]
    first = Handled(articles, schema, knowledge)
    split = deciding.unmerged(first.graph, first.node("a4.x"), deciding.doubtful(first.graph, first.node("a4.x"))[0])
    join = deciding.merged(first.graph, first.node("a1.w"), first.node("a1.x"))
    graphs = [Handled(order, schema, knowledge, (split, join)).graph for order in permutations(articles)]
    assert len({graph.merges for graph in graphs}) == 1
    assert len({tuple(sorted(graph.resolution.items())) for graph in graphs}) == 1


def test_pronouns_are_not_told(schema, knowledge):
    case = next(case for case in CASES if case["name"].startswith("a description that stood"))
    (merge,) = Handled(case["articles"], schema, knowledge).graph.merges
    assert (merge.other.words, merge.rule, merge.confidence) == ("The group", "by-hand", 0.75)


def test_coreference_is_told_in_words(schema, knowledge):
    text = "[Hamas](x actor ArmedGroup key=hamas) spoke. [The group](y actor Organisation form=description) denied it."
    reading = marked.reading("a1", text, ["y same-as x .75"])
    links = tuple(structs.replace(link, rule="coreference/description") for link in reading.links)
    graph = weave((structs.replace(reading, links=links),), schema, knowledge)
    assert [merge.reason for merge in graph.merges] == ["“The group” can mean nobody else near it"]


def test_what_cannot_be_decided(schema, knowledge):
    handled = Handled([*RULES], schema, knowledge)
    graph, iran, karimi = handled.graph, handled.node("a4.i"), handled.node("a4.x")
    with pytest.raises(UsageError, match="nothing to merge"):
        deciding.merged(graph, iran, iran)
    with pytest.raises(NotFound, match="nowhere called 'Persia', but: Iran"):
        deciding.parted_by_name(graph, iran, "Persia")
    with pytest.raises(UsageError, match="nothing would be left"):
        deciding.parted_by_name(graph, iran, "Iran")
    with pytest.raises(NotFound, match="a1 does not mention"):
        deciding.parted_by_article(graph, karimi, "a1")
    lone = Handled(RULES[:1], schema, knowledge)
    with pytest.raises(UsageError, match="a single mention"):
        deciding.doubtful(lone.graph, lone.node("a1.x"))


NAMES = ("Ann Lee", "Lee", "Bo Lee", "WFP", "World Programme", "Georgia", "Peach State")
FIELDS = {"Georgia": "State key=GEO", "Peach State": "State key=GEO", "WFP": "Body", "World Programme": "Body"}


def _random_article(number, random):
    said = [(name, FIELDS.get(name, "Person")) for name in random.choices(NAMES, k=random.randint(1, 4))]
    text = " and ".join(f"[{name}](m{n} actor {fields})" for n, (name, fields) in enumerate(said))
    return {"id": f"a{number}", "published": f"2024-01-{number + 1:02}", "text": f"{text} spoke."}


def _random_decision(graph, random):
    actors = sorted(graph.actors, key=lambda actor: actor.id)
    if random.random() < 0.5 and len(actors) > 1:
        return deciding.merged(graph, *random.sample(actors, 2))
    node = random.choice([actor for actor in actors if len(actor.mentions) > 1] or actors)
    mention = graph.mentions[random.choice(node.mentions)]
    way = random.randrange(3)
    if way == 0 and any(merge.node == node.id for merge in graph.merges):
        return deciding.unmerged(graph, node, deciding.doubtful(graph, node)[0])
    if way == 1:
        return deciding.parted_by_name(graph, node, mention.text)
    return deciding.parted_by_article(graph, node, mention.span.article)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_decided_the_last_decision_holds(seed, schema, knowledge):
    chance = random.Random(seed)
    articles = [_random_article(number, chance) for number in range(8)]
    decisions = []
    for _ in range(8):
        graph = Handled(articles[:6], schema, knowledge, decisions).graph
        try:
            last = _random_decision(graph, chance)
        except UsageError:  # nothing would be left
            continue
        decisions.append(last)
        for backwards in (False, True):
            graph = Handled(articles, schema, knowledge, decisions, backwards).graph
            one, other = ({graph.resolution[m] for m in side.mentions} for side in (last.one, last.other))
            assert one & other if last.verb == "merge" else not one & other
            assert all(graph.resolution[m] == node.id for node in graph.actors for m in node.mentions)
            assert sum(len(node.mentions) for node in graph.actors) == len(graph.resolution)
