"""Which nodes a person means by some words: ids, names, aliases, then the words of a node and what comes close to them.

find(graph, "Iran launches drones") -> (Match(node, score, how), ...), best first
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from math import log
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from ..schemas.errors import NotFound
from .types import Event, EventValue, Node, NodeKind, Offsets, Report
from .weaving.wordkin import stem

if TYPE_CHECKING:
    from .model import Graph

CLOSE = 0.8  # similarity from which a name may be meant by a misspelt one
TYPO = 0.8  # what a word is worth that is meant by one with a slip of the pen
SAID = 0.5  # what an event is worth whose sentence has the words, though its own description lacks them
ENOUGH = 0.5  # share of the asked words, weighed by their rarity, that a node must have
TIE = 0.03  # scores that lie no further apart are equally good
_WORD = re.compile(r"\w+")
_HASH = re.compile(r"[0-9a-f]{6,}")
_KINDS = ("event/", "actor/", "place/", "article/")
_LITTLE = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "did",
        "for",
        "from",
        "in",
        "is",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
        "with",
        "why",
    )
)


N = TypeVar("N", bound=Node, covariant=True)


class Match(Struct, Generic[N], frozen=True):
    """A node that fits, how well (0 to 1), and by what: id, name, alias, a close name, words, or as a participant."""

    node: N
    score: float
    how: str


class Quote(Struct, frozen=True):
    """A sentence of an article."""

    article: str
    start: int
    end: int


class Found(Struct, frozen=True):
    """What a search came upon: nodes, best first, and sentences in the order of the articles."""

    nodes: tuple[Match[Node], ...]
    sentences: tuple[Quote, ...]


class Index:
    """The names and words of a graph's nodes, made once for many look-ups."""

    def __init__(self, graph: "Graph"):
        self.graph = graph
        self.names: dict[str, dict[str, str]] = defaultdict(dict)  # plain name -> node id -> "name" or "alias"
        self.words: dict[str, dict[str, float]] = defaultdict(dict)  # stem -> node id -> how much it says of the node
        self.forms: dict[str, str] = {}  # word -> stem
        for node in graph.nodes.values():
            for alias in node.aliases:
                self.names[plain(alias)][node.id] = "alias"
            self.names[plain(node.name)][node.id] = "name"
            for text, weight in _described(graph, node):
                for word in words(text):
                    known = self.words[self.forms.get(word) or self.forms.setdefault(word, stem(word))]
                    known[node.id] = max(weight, known.get(node.id, 0.0))

    def rarity(self, stem: str) -> float:
        """How much a word tells, from about 1.1 for one that all nodes have; unknown words tell most."""
        return log(2 + len(self.graph.nodes) / max(1, len(self.words.get(stem, ()))))

    def named(self, text: str) -> dict[str, str]:
        """Node ids whose name or alias is exactly this, with which of the two."""
        return self.names.get(plain(text), {})

    def nearly(self, text: str) -> dict[str, float]:
        """Node ids whose name or alias is almost this, with how nearly (0 to 1)."""
        close: dict[str, float] = {}
        scorer = OSA.normalized_similarity
        found = process.extract(plain(text), list(self.names), scorer=scorer, score_cutoff=CLOSE, limit=None)
        for name, likeness, _ in found:
            close |= {id: likeness for id in self.names[name] if likeness > close.get(id, 0.0)}
        return close

    def scored(self, text: str) -> dict[str, float]:
        """Node ids with the share of the asked words that they have, by rarity, in whatever form."""
        asked = words(text)
        total = sum(self.rarity(stem(word)) for word in asked)
        scores: dict[str, float] = defaultdict(float)
        for word in asked:
            best: dict[str, float] = {}
            for meant, worth in self._meant(word).items():
                for node, weight in self.words[meant].items():
                    best[node] = max(best.get(node, 0.0), weight * worth)
            for node, share in best.items():
                scores[node] += share * self.rarity(stem(word)) / total
        return dict(scores)

    def _meant(self, word: str) -> dict[str, float]:
        """The known stems that a word may mean, with what each is worth: its own, or those one slip away."""
        own = stem(word)
        if own in self.words or len(word) < 4:
            return {own: 1.0} if own in self.words else {}
        slips = process.extract(word, list(self.forms), scorer=OSA.distance, score_cutoff=1, limit=None)
        return {self.forms[form]: TYPO for form, _, _ in slips}


def plain(text: str) -> str:
    """A text without case, punctuation and leading article, for comparing names.

    >>> plain("The  U.S. Army")
    'us army'
    """
    found = _WORD.findall(text.casefold().replace(".", ""))
    return " ".join(found[1:] if len(found) > 1 and found[0] == "the" else found)


def words(text: str) -> list[str]:
    """The words of a text that tell something, without case (all of them when none does)."""
    found = _WORD.findall(text.casefold().replace(".", ""))
    return [word for word in found if word not in _LITTLE and (len(word) > 1 or word.isdigit())] or found


def find(graph: "Graph", text: str, kind: NodeKind | None = None, limit: int = 20) -> tuple[Match[Node], ...]:
    """Nodes that the text may mean, best first; empty when nothing fits."""
    node = graph.nodes.get(text.strip())
    if node is not None and kind in (None, node.kind):
        return (Match(node, 1.0, "id"),)
    if parts := tuple(n for n in _by_part_of_id(graph, text.strip()) if kind in (None, n.kind)):
        return tuple(Match(node, 1.0, "id") for node in parts[:limit])
    index = graph.index
    matches = {id: Match(graph.nodes[id], 1.0 if how == "name" else 0.97, how) for id, how in index.named(text).items()}
    for how, scores, weight in (("close", index.nearly(text), 0.95), ("words", index.scored(text), 0.9)):
        for id, score in scores.items():
            if score >= ENOUGH and (id not in matches or matches[id].score < weight * score):
                matches[id] = Match(graph.nodes[id], round(weight * score, 4), how)
    fitting = (match for match in matches.values() if kind in (None, match.node.kind))
    return tuple(sorted(fitting, key=_best_first)[:limit])


def _by_part_of_id(graph: "Graph", text: str) -> Iterable[Node]:
    """Nodes whose id starts with a text such as `event/2024-04` or ends with one such as `d3497f6f`; a caller's id."""
    if text in graph.articles:
        return [n for n in graph.nodes.values() if isinstance(n, Report) and text == n.article]
    if text.startswith(_KINDS) and text not in _KINDS:
        return [graph.nodes[id] for id in sorted(graph.nodes) if id.startswith(text)]
    return [n for id, n in graph.nodes.items() if id.endswith(f"-{text}")] if _HASH.fullmatch(text) else ()


def resolve(graph: "Graph", text: str, kind: NodeKind | None = None) -> tuple[Node, ...]:
    """The nodes that the text fits best, several when they fit equally well; NotFound with the nearest names."""
    matches = find(graph, text, kind)
    if not matches:
        raise not_found(graph, text, kind)
    return tuple(match.node for match in matches if match.score >= matches[0].score - TIE)


def named(graph: "Graph", text: str, kind: NodeKind) -> tuple[Node, ...]:
    """The nodes of a kind whose id, name or alias the text is, none that it only comes close to."""
    matches = [match for match in find(graph, text, kind) if match.how in ("id", "name", "alias")]
    return tuple(match.node for match in matches if match.score >= matches[0].score - TIE)


def not_found(graph: "Graph", text: str, kind: NodeKind | None = None) -> NotFound:
    """The error that says that nothing goes by that name, and what comes close."""
    names = list(dict.fromkeys(node.name for node in graph.nodes.values() if kind in (None, node.kind)))
    what = f"no {kind}" if kind else "nothing in the graph"
    if not names:
        return NotFound(f"{what} is called {text!r}: the graph has none at all. Build it from more articles.")
    alike = process.extract(text, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=65, limit=3)
    scores = sorted(graph.index.scored(text).items(), key=lambda pair: (-pair[1], pair[0]))
    partly = (graph.nodes[id] for id, score in scores if score > ENOUGH / 2)
    near = [name for name, _, _ in alike] + [node.name for node in partly if kind in (None, node.kind)][:3]
    near = list(dict.fromkeys(near))
    hint = f"The nearest names: {'; '.join(near)}." if near else "`newsloom search` looks in the sentences, too."
    return NotFound(f"{what} is called {text!r}. {hint}", near)


def search(graph: "Graph", text: str, limit: int = 20) -> Found:
    """Nodes that the text may mean and sentences that hold all of its words, in whatever form."""
    return Found(find(graph, text, limit=limit), tuple(islice(sentences(graph, text), limit)))


def find_events(graph: "Graph", text: str, limit: int = 20) -> tuple[Match[Event], ...]:
    """Events that the text may mean, best first: by their own words, or by those of a sentence that they are in."""
    own = graph.index.scored(text)
    matches: dict[str, Match[Event]] = {}
    for match in find(graph, text, "event", limit):
        if isinstance(match.node, Event):
            matches[match.node.id] = Match(match.node, match.score, match.how)
    for quote in sentences(graph, text):
        for node in _events_in(graph, quote):
            score = SAID + (0.9 - SAID) * own.get(node.id, 0.0)
            if node.id not in matches or matches[node.id].score < score:
                matches[node.id] = Match(node, round(score, 4), "sentence")
    return tuple(sorted(matches.values(), key=_best_first)[:limit])


def _events_in(graph: "Graph", quote: Quote) -> Iterable[Event]:
    """The events that a sentence mentions."""
    for mention in graph.reading_of[quote.article].mentions:
        if mention.kind == "event" and quote.start <= mention.span.start < quote.end:
            node = graph.nodes.get(graph.resolution.get(mention.id, ""))
            if isinstance(node, Event):
                yield node


def sentences(graph: "Graph", text: str) -> Iterable[Quote]:
    """The sentences that hold all words of a text, in whatever form; none for a text without words."""
    asked = words(text)
    if not asked:
        return
    stems = [stem(word) for word in asked]
    for reading in graph.readings:
        text = reading.article.text
        for start, end in reading.sentences:
            said = text[start:end].casefold().replace(".", "")
            may_have = all(stem[: max(3, len(stem) - 1)] in said for stem in stems)  # a cheap look before the exact one
            if may_have and set(stems) <= {stem(word) for word in words(said)}:
                yield Quote(reading.article.id, start, end)


def _best_first(match: Match[Node]) -> tuple[float, int, int, str]:
    """A sort key: score, then the better attested node, articles last."""
    sources = match.node.sources if isinstance(match.node, Event) else 0
    return (-match.score, isinstance(match.node, Report), -sources - len(match.node.mentions), match.node.id)


def _described(graph: "Graph", node: Node) -> Iterable[tuple[str, float]]:
    """Texts about a node, each with how much it says of it."""
    yield node.name, 1.0
    for alias in node.aliases:
        yield alias, 0.95
    if not isinstance(node, Event):
        return
    for id in node.mentions:
        mention = graph.mentions.get(id)
        if mention is not None and isinstance(mention.value, EventValue):
            yield f"{mention.value.lemma} {_words_at(graph, mention.span.article, mention.value.trigger)}", 0.95
    for relation in graph.outgoing.get(node.id, ()):
        end = graph.nodes[relation.target]
        if relation.type in graph.schema.roles and not isinstance(end, Event | Report):
            yield " ".join((end.name, *end.aliases)), 0.8 if relation.type == "agent" else 0.7
    event_type = graph.schema.event_types.get(node.type)
    yield f"{node.type} {event_type.label if event_type else ''} {node.mode or ''}", 0.6


def _words_at(graph: "Graph", article: str, offsets: Offsets) -> str:
    return graph.articles[article].text[slice(*offsets)]
