"""Who is who and what is where, in whole articles: the groups in cases/identity, each built into one graph.

A file has `articles` (`text`, taken as it is, or `page`, with a site's furniture around it), `expect`, and `gaps`:
the same kinds of expectation, for what does not hold yet, each with its reason (`gap`). Words are of the first article
and their first occurrence there unless "words @2 #3" says otherwise. They mean the actor or place whose mention ends
where they end, so that a title or an article before a name makes no difference.

    one     all of one node                      ties      who, relation, whom
    apart   of different nodes                   not_ties  no such relation
    is      facts of the node                    where     words of an event: words of its own place, or null
    nobody  words of no actor that has a part in an event
"""

import json
import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from newsloom.graph import pipeline
from newsloom.graph.articles import read_articles
from newsloom.graph.model import Graph
from newsloom.graph.types import Article, Event, EventValue, Mention, Node, Place
from newsloom.schemas.loader import load_yaml

FOLDER = Path(__file__).parent / "cases" / "identity"
FORMS = ("one", "apart", "is", "nobody", "ties", "not_ties", "where")
SYMMETRIC = {"kin-of"}


class Words(NamedTuple):
    """Words in one of the articles: where they stand."""

    article: Article
    start: int
    end: int


class Woven:
    """The graph of a file's articles, and what stands where in it."""

    def __init__(self, articles: list[Article], graph: Graph):
        self.articles, self.graph = articles, graph

    @cached_property
    def by_article(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {article.id: [] for article in self.articles}
        for mention in self.graph.mentions.values():
            found[mention.span.article].append(mention)
        return found

    def words(self, label: str) -> Words:
        """The occurrence that a label such as "Otieno @2 #3" means."""
        words, article, number = re.fullmatch(r"(.+?)(?: @(\d+))?(?: #(\d+))?", label).groups()
        article = self.articles[int(article or 1) - 1]
        found = list(_occurrences(words, article.text))
        assert len(found) >= int(number or 1), f"{label!r} does not stand in the article"
        return Words(article, *found[int(number or 1) - 1])

    def everywhere(self, label: str) -> list[Words]:
        """All occurrences of plain words in all articles, or the one that a label with a number means."""
        if re.search(r" [@#]\d+$", label):
            return [self.words(label)]
        return [Words(a, *offsets) for a in self.articles for offsets in _occurrences(label, a.text)]

    def node(self, mention: Mention) -> Node | None:
        return self.graph.nodes.get(self.graph.resolution.get(mention.id, ""))

    def nodes(self, label: str) -> list[Node]:
        """The actor and the place that words name, as far as they are nodes."""
        words = self.words(label)
        ends = _ends(words)
        near: dict[str, Mention] = {}
        for mention in self.by_article[words.article.id]:
            if mention.kind in ("actor", "place") and mention.span.end in ends and self.node(mention):
                closest = near.setdefault(mention.kind, mention)
                if abs(mention.span.start - words.start) < abs(closest.span.start - words.start):
                    near[mention.kind] = mention
        return [self.node(mention) for mention in near.values()]

    def ids(self, label: str) -> set[str]:
        """The nodes that words name; it is an error of the case or a gap when there is none."""
        found = {node.id for node in self.nodes(label)}
        assert found, f"{label!r} is no node"
        return found

    def events(self, label: str) -> list[Event]:
        """The events whose trigger stands in the words."""
        words = self.words(label)
        return [
            self.node(mention)
            for mention in self.by_article[words.article.id]
            if isinstance(mention.value, EventValue)
            and mention.value.trigger[0] < words.end
            and words.start < mention.value.trigger[1]
            and self.node(mention)
        ]

    def outer(self, node: Node) -> list[Place]:
        """What a place lies in, nearest first."""
        found: list[Place] = []
        while isinstance(node, Place) and node.within:
            node = self.graph.nodes[node.within]
            found.append(node)
        return found

    def tied(self, one: str, type: str, other: str) -> bool:
        pairs = [(a.id, b.id) for a in self.nodes(one) for b in self.nodes(other)]
        if type in SYMMETRIC:
            pairs += [(b, a) for a, b in pairs]
        return any(r.type == type and (r.source, r.target) in pairs for r in self.graph.relations)


def _occurrences(words: str, text: str) -> Iterator[tuple[int, int]]:
    pattern = r"\s+".join(map(re.escape, words.split()))
    return (found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text))


def _ends(words: Words) -> set[int]:
    """Where a mention of the words may end: with or without their last stop, or a possessive behind them."""
    text, end = words.article.text, words.end
    stop = end - 1 if text[end - 1] == "." else end
    possessive = end + 2 if text[end : end + 2] in ("'s", "’s") else end
    return {stop, end, possessive}


# One check a form


def check_one(woven: Woven, labels: list[str]) -> None:
    nodes = {label: woven.ids(label) for label in labels}
    assert set.intersection(*nodes.values()), nodes


def check_apart(woven: Woven, labels: list[str]) -> None:
    one, other = map(woven.ids, labels)
    assert one.isdisjoint(other), one & other


def check_is(woven: Woven, fact: tuple[str, str, Any]) -> None:
    label, field, expected = fact
    nodes = woven.nodes(label)
    assert nodes, f"{label!r} is no node"
    if field == "kind":
        assert {node.kind for node in nodes} == {expected}
    elif field == "within":
        outer = [place.name for node in nodes for place in woven.outer(node)]
        assert expected in outer, outer
    elif field == "sector":
        found = [set(getattr(node, "sector", ())) for node in nodes]
        assert any(set(expected) <= sectors for sectors in found), found
    else:
        found = [getattr(node, field, None) for node in nodes]
        assert expected in found, found


def check_nobody(woven: Woven, label: str) -> None:
    busy = {r.target for r in woven.graph.relations if isinstance(woven.graph.nodes[r.source], Event)}
    found = [
        (node.id, mention.text)
        for words in woven.everywhere(label)
        for mention in woven.by_article[words.article.id]
        if mention.kind == "actor" and mention.span.start < words.end and words.start < mention.span.end
        for node in [woven.node(mention)]
        if node and node.id in busy
    ]
    assert not found, found


def check_ties(woven: Woven, tie: list[str]) -> None:
    assert woven.ids(tie[0])
    assert woven.ids(tie[2])
    assert woven.tied(*tie), [(r.source, r.type, r.target) for r in woven.graph.relations if r.type == tie[1]]


def check_not_ties(woven: Woven, tie: list[str]) -> None:
    assert not woven.tied(*tie)


def check_where(woven: Woven, fact: tuple[str, str | None]) -> None:
    label, place = fact
    events = {event.id for event in woven.events(label)}
    assert events, f"{label!r} is no event"
    found = {r.target for r in woven.graph.relations if r.source in events and r.type == "place"}
    around = {outer.id for id in found for outer in woven.outer(woven.graph.nodes[id])}
    own = found - around
    assert own == ({node.id for node in woven.nodes(place) if node.kind == "place"} if place else set()), found
    assert own or not place, f"{place!r} is no place"


CHECKS = dict(
    zip(FORMS, (check_one, check_apart, check_is, check_nobody, check_ties, check_not_ties, check_where), strict=True)
)


# The files


def _single(form: str, expected: Any) -> Iterator[tuple[str, Any]]:
    """Each single expectation of a form, with its name."""
    if form == "is":
        for words, facts in expected.items():
            yield from ((f"{words} {field}", (words, field, value)) for field, value in facts.items())
    elif form == "where":
        yield from ((words, (words, place)) for words, place in expected.items())
    else:
        yield from ((item if isinstance(item, str) else ", ".join(item), item) for item in expected)


def _params() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        case = _case(path)
        for group in (case["expect"], *case.get("gaps", [])):
            gap = group.get("gap")
            assert group.keys() <= {*FORMS, "gap"}, f"{path.name}: {sorted(group)}"
            for form in (form for form in FORMS if form in group):
                for name, expected in _single(form, group[form]):
                    marks = [pytest.mark.xfail(reason=gap, strict=True, raises=AssertionError)] if gap else []
                    yield pytest.param(path, form, expected, id=f"{path.stem}-{form}-{name}", marks=marks)


@cache
def _case(path: Path) -> dict[str, Any]:
    return load_yaml(path.read_text("utf-8"), path.name)


def _article(given: dict[str, str], folder: Path) -> Article:
    if "page" in given:
        path = folder / "page.txt"
        path.write_text(given["page"], "utf-8")
    else:
        path = folder / "article.json"
        path.write_text(json.dumps({key: str(value) for key, value in given.items()}), "utf-8")
    (article,) = read_articles(path, published=str(given["published"]))
    assert isinstance(article, Article), article
    return article


@pytest.fixture(scope="module")
def weave(parser, schema, knowledge, tmp_path_factory):
    """A function from a file to what is woven of it, once for each file."""

    @cache
    def of(path: Path) -> Woven:
        folder = tmp_path_factory.mktemp(path.stem)
        articles = [_article(given, folder) for given in _case(path)["articles"]]
        readings = tuple(pipeline.read(articles, parser, schema, knowledge))
        return Woven(articles, pipeline.weave(readings, schema, knowledge))

    return of


@pytest.mark.parametrize(("path", "form", "expected"), list(_params()))
def test_identity(path, form, expected, weave):
    CHECKS[form](weave(path), expected)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_words_of_nobody_stand_in_the_file(path):
    case = _case(path)
    texts = " ".join(article.get("text") or article["page"] for article in case["articles"])
    for group in (case["expect"], *case.get("gaps", [])):
        for label in group.get("nobody", []):
            assert re.sub(r"(?: [@#]\d+)+$", "", label) in texts


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ("one", ["Hamas", "Ismail Haniyeh"]),
        ("apart", ["Ismail Haniyeh", "Ismail Haniya @2"]),
        ("is", ("Hamas", "kind", "place")),
        ("is", ("Hamas", "country", "ISR")),
        ("nobody", "Hamas"),
        ("ties", ["Ismail Haniyeh", "leads", "Mossad"]),
        ("not_ties", ["Ismail Haniyeh", "leads", "Hamas"]),
        ("where", ("met @2", "Jerusalem @2")),
        ("where", ("met @2", None)),
    ],
)
def test_what_is_wrong_fails(form, wrong, weave):
    with pytest.raises(AssertionError):
        CHECKS[form](weave(FOLDER / "cairo-talks.yaml"), wrong)
