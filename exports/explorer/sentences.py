"""The sentences that a part quotes: each kept once, with its place in its article and the words marked in it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from ...graph.model import Graph
from ...graph.types import EventValue, Evidence, Mention
from .cutting import NAME, named, url

LONGEST = 2000  # letters of a sentence; of a longer one those around its words are shown

Mark = tuple[int, int, str]  # offsets in the sentence, and what they mark: cue, trigger, name
Stretch = tuple[str, int, int]  # an article, and offsets in it


class Sentences:
    """The sentences quoted so far and their articles, both by number."""

    def __init__(self, graph: Graph, most: int):
        self.graph = graph
        self.most = most  # of one node or one relation
        self._numbers: dict[Stretch, int] = {}
        self._articles: dict[str, int] = {}
        self._bounds = graph.reading_of
        self._places: dict[str, list[str]] = defaultdict(list)
        for reading in graph.readings:
            for link in reading.links:
                if link.type == "place":
                    self._places[link.source].append(link.target)

    def article(self, id: str) -> int | None:
        """The number of an article; None when the graph has no such article."""
        return self._articles.setdefault(id, len(self._articles)) if id in self.graph.articles else None

    def number(self, stretch: Stretch) -> int:
        """The number of a sentence."""
        self.article(stretch[0])
        return self._numbers.setdefault(stretch, len(self._numbers))

    def around(self, mention: Mention) -> Stretch:
        """The sentence a mention stands in, or the mention alone."""
        span = mention.span
        bounds = self._bounds[span.article].sentences
        found = bisect_right(bounds, span.start, key=_start) - 1
        start, end = bounds[found] if found >= 0 else (span.start, span.end)
        return near((span.article, start, end), span.start)

    def places(self, mention: str) -> list[str]:
        """The places, as nodes, that the article itself gives for its mention of an event."""
        found = (self.graph.resolution.get(place) for place in self._places.get(mention, ()))
        return list(dict.fromkeys(place for place in found if place in self.graph.nodes))

    def table(self) -> list[list[Any]]:
        """The sentences by number: number of the article, start, end, text."""
        texts = self.graph.articles
        return [
            [self._articles[article], start, end, texts[article].text[start:end]]
            for article, start, end in self._numbers
        ]

    def articles(self) -> list[dict[str, Any]]:
        """The articles by number."""
        found = (self.graph.articles[id] for id in self._articles)
        return [
            {
                "title": named(article.title or article.id),
                "source": named(article.source or ""),
                "published": article.published,
                "url": url(article.url),
            }
            for article in found
        ]


def _start(sentence: tuple[int, int]) -> int:
    return sentence[0]


def near(stretch: Stretch, at: int) -> Stretch:
    """A sentence as it is; of a very long one, the letters around an offset.

    >>> near(("a", 0, 90), 3), near(("a", 0, 9000), 5000)
    (('a', 0, 90), ('a', 4000, 6000))
    """
    article, start, end = stretch
    if end - start <= LONGEST:
        return stretch
    first = max(start, min(at - LONGEST // 2, end - LONGEST))
    return article, first, first + LONGEST


def quotes(graph: Graph, mentions: Iterable[str], sentences: Sentences) -> list[dict[str, Any]]:
    """The sentences of some mentions, the words marked, and who says so."""
    found: dict[Stretch, dict[str, Any]] = {}
    for id in mentions:
        mention = graph.mentions.get(id)
        if mention is None:
            continue
        stretch = sentences.around(mention)
        if stretch not in found:
            if len(found) == sentences.most:
                break
            found[stretch] = {"sentence": sentences.number(stretch), "marks": []}
        quote = found[stretch]
        quote["marks"] += _marks(stretch, [_words_of(mention)])
        if isinstance(mention.value, EventValue):
            quote["factuality"] = mention.value.factuality
            if mention.value.source in graph.resolution:
                quote["says"] = graph.resolution[mention.value.source]
    return list(found.values())


def proofs(graph: Graph, evidence: Sequence[Evidence], sentences: Sentences) -> list[dict[str, Any]]:
    """The sentences of a relation, with the words that say so and those of its ends marked."""
    return [_proof(graph, one, sentences) for one in evidence[: sentences.most]]


def _proof(graph: Graph, evidence: Evidence, sentences: Sentences) -> dict[str, Any]:
    ends = [graph.mentions[id] for id in (evidence.source, evidence.target) if id in graph.mentions]
    marks: list[Mark] = [(*evidence.cue, "cue")] if evidence.cue else []
    marks += [_words_of(mention) for mention in ends]
    first = next((start for start, _, _ in marks if evidence.start <= start < evidence.end), evidence.start)
    stretch = near((evidence.article, evidence.start, evidence.end), first)
    proof: dict[str, Any] = {
        "sentence": sentences.number(stretch),
        "marks": _marks(stretch, marks),
        "rule": evidence.rule,
        "confidence": round(evidence.confidence, 2),
        "factuality": evidence.factuality,
    }
    if evidence.cue:
        proof["cue"] = graph.articles[evidence.article].text[slice(*evidence.cue)][:NAME]
    if evidence.claimed_by in graph.nodes:
        proof["says"] = evidence.claimed_by
    return proof


def _words_of(mention: Mention) -> Mark:
    """The words of a mention: of an event, its trigger."""
    if isinstance(mention.value, EventValue):
        return (*mention.value.trigger, "trigger")
    return (mention.span.start, mention.span.end, "name")


def _marks(stretch: Stretch, marks: Iterable[Mark]) -> list[Mark]:
    """Marks with offsets in the sentence instead of the article; those outside it are dropped."""
    _, start, end = stretch
    return [(a - start, b - start, what) for a, b, what in marks if start <= a < b <= end]
