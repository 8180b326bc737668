"""Whole graphs by chance: every kind of record with every field, and texts that are hard to write down.

`random_graph` makes one from a seed, as large as is asked for (benchmarks); `graphs` is a hypothesis strategy of small
ones, whose texts and numbers hypothesis picks and shrinks.
"""

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from typing import get_args

from hypothesis import strategies as st

from newsloom.graph.model import Graph
from newsloom.graph.types import (
    Actor,
    ActorValue,
    Article,
    Claim,
    Dropped,
    Event,
    EventValue,
    Evidence,
    Factuality,
    Figure,
    Limit,
    Link,
    Mention,
    MentionKind,
    Merge,
    Place,
    PlaceValue,
    QuantityValue,
    Reading,
    Refusal,
    Relation,
    Report,
    Side,
    Span,
    Tenure,
    TimeValue,
    When,
)
from newsloom.schemas import load_schema, schema_from
from newsloom.schemas.types import Schema

WORDS = (
    *("police", "the strike on the port", "a b/c", "..", ".", "Île-de-France", "مصرف لبنان", "北京", "\U0001f600 ok"),
    *(
        '"quoted"',
        "it's \\ back",
        "<b>&amp;</b>",
        "one\ntwo\r\nthree\tfour",
        "http://example.org/?a=b#c",
        "100%",
        "%41",
    ),
)
NUMBERS = (0, 1, 7, 12.5, 0.1, 1e-7, 2.0**53, 1e22, 1e300, float("inf"))
PRECISIONS = ("day", "week", "month", "quarter", "year", "decade", "interval", "before", "after")
STAMPS = (
    "2024-04-14",
    "2024-04-14T09:30:00Z",
    "2024-04-14T09:30:00.25+02:00",
    "2024-04-14T09:30",
    "2024-04-14 09:30:00",
)
TYPES = ("ASSAULT", "PROTEST", "State", "Person", "City", "agent", "causes", "prevents", "responds-to", "before")
FIRST_DAY = date(2, 1, 1)
OWN = {
    "name": "my own/words",
    "version": "0.1 é",
    "prefixes": {"newsloom": "https://example.org/terms/"},
    "events": {"FIRE": {"label": "fire", "definition": "It burns."}},
}


def random_graph(
    seed: int,
    events: int = 10,
    articles: int | None = None,
    texts: tuple[str, ...] = WORDS,
    numbers: tuple[float, ...] = NUMBERS,
    own: bool = False,
) -> Graph:
    """A graph of so many events, half as many actors and places, and articles (a third of the events); about 300
    triples an event; with a vocabulary of its `own` or the built-in one. The same seed gives the same graph."""
    many = events // 3 + 1 if articles is None else articles
    return _Maker(Random(seed), tuple(dict.fromkeys(texts)), numbers).graph(events, many, _schema(own))


@cache
def _schema(own: bool) -> Schema:
    return schema_from(OWN) if own else load_schema()


def graphs(characters: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Graph]:
    """Small graphs whose texts are of these characters, by default all but halves of surrogate pairs."""
    text = st.text(st.characters(exclude_categories=["Cs"]) if characters is None else characters, max_size=8)
    number = st.floats(min_value=0, allow_nan=False)
    return st.builds(
        random_graph,
        seed=st.integers(0, 2**32),
        events=st.integers(0, 4),
        articles=st.integers(1, 3),
        texts=st.lists(text, min_size=1, max_size=8).map(tuple),
        numbers=st.lists(st.sampled_from(NUMBERS) | number, min_size=1, max_size=4).map(tuple),
        own=st.booleans(),
    )


class _Maker:
    """Makes the parts of one graph."""

    def __init__(self, random: Random, texts: tuple[str, ...], numbers: tuple[float, ...]):
        self.random = random
        self.texts = texts
        self.numbers = numbers
        self.used: set[str] = set()
        self.articles: list[Article] = []
        self.mentions: list[str] = []
        self.nodes: list[str] = []
        self.actors: list[str] = []

    # --- values

    def coin(self) -> bool:
        return self.random.random() < 0.5

    def maybe(self, make, *arguments, **named):
        """What `make` gives, or None as often."""
        return make(*arguments, **named) if self.coin() else None

    def text(self) -> str:
        return self.random.choice(self.texts)

    def several(self, most: int = 3) -> tuple[str, ...]:
        return self.some(self.texts, most)

    def some(self, values, most: int = 3, least: int = 0) -> tuple:
        """A few different ones, in any order."""
        return tuple(self.random.sample(values, min(len(values), self.random.randint(least, most))))

    def made(self, make, most: int = 3, least: int = 0) -> tuple:
        """A few different records."""
        return tuple(dict.fromkeys(make() for _ in range(self.random.randint(least, most))))

    def type(self) -> str:
        return self.random.choice(TYPES) if self.coin() else self.text()

    def id(self, start: str = "") -> str:
        """A new id with any text behind its start."""
        id = start + (self.text() if self.coin() else f"{self.text()}{len(self.used)}")
        while id in self.used or id == start:
            id = f"{id}-{len(self.used)}"
        self.used.add(id)
        return id

    def day(self) -> date:
        if self.coin():
            return FIRST_DAY + timedelta(self.random.randrange((date.max - FIRST_DAY).days))
        return date(2024, self.random.randint(1, 12), self.random.randint(1, 28))

    def number(self) -> float:
        return self.random.choice(self.numbers)

    def sure(self) -> float:
        return self.random.choice((0.0, 1.0, 0.9, 1e-9, round(self.random.random(), 3), self.random.random()))

    def factuality(self) -> Factuality:
        return self.random.choice(get_args(Factuality))

    def degrees(self, most: float) -> float:
        return self.random.choice((0.0, -most, round(self.random.uniform(-most, most), 4)))

    def when(self) -> When:
        ends = (self.maybe(self.day), self.maybe(self.day))
        rule = self.text() if self.coin() else ""
        partial = self.maybe(self.random.choice, ("XXXX-10-07", "XXXX-02"))
        return When(*ends, self.random.choice(PRECISIONS), self.maybe(self.text), rule, partial)

    def offsets(self, article: Article) -> tuple[int, int]:
        start = self.random.randint(0, len(article.text))
        return start, self.random.randint(start, min(len(article.text), start + 20))

    def flag(self, make, default):
        """Now and then the default."""
        return make() if self.coin() else default

    # --- what articles say

    def reading(self, report: bool) -> Reading:
        article = self.article()
        self.articles.append(article)
        cuts = sorted({self.random.randint(0, len(article.text)) for _ in range(self.random.randint(0, 5))})
        kinds = self.random.choices(get_args(MentionKind), k=self.random.randint(0, 8))
        ids = [self.id(f"{article.id}:") for _ in kinds]
        self.mentions += ids
        mentions = tuple(self.mention(article, id, kind, ids) for id, kind in zip(ids, kinds, strict=True))
        links = tuple(self.link(article, ids) for _ in range(self.random.randint(0, 6))) if ids else ()
        return Reading(article, tuple(pairwise(cuts)), mentions, links)

    def article(self) -> Article:
        words = " ".join(self.random.choices(self.texts, k=self.random.randint(1, 40)))
        id = self.id()
        self.used.add(f"article/{id}")
        return Article(
            id,
            words,
            *(self.maybe(self.text), self.maybe(self.random.choice, STAMPS), self.maybe(self.text)),
            self.maybe(self.random.choice, ("https://example.org/a?b=c%20d", "http://bad one/", self.text())),
            *(self.maybe(self.text) for _ in range(3)),
            body=self.random.choice((0, len(words))),
            origin=self.maybe(self.text),
            published_from=self.maybe(self.text),
        )

    def mention(self, article: Article, id: str, kind: MentionKind, others: list[str]) -> Mention:
        start, end = self.offsets(article)
        value = {
            "event": lambda: self.event_value(article, others),
            "actor": self.actor_value,
            "place": self.place_value,
            "time": lambda: TimeValue(self.text(), self.maybe(self.when), self.maybe(self.text)),
            "quantity": lambda: QuantityValue(*self.count(), self.maybe(self.text), *self.range()),
        }[kind]()
        words = article.text[start:end]
        return Mention(id, Span(article.id, start, end), kind, self.type(), words, value, self.text(), self.sure())

    def event_value(self, article: Article, others: list[str]) -> EventValue:
        return EventValue(
            *(self.text(), self.offsets(article), self.maybe(self.text), self.factuality()),
            *(self.maybe(self.random.choice, others), self.maybe(self.when), self.maybe(self.text), self.coin()),
            *(self.maybe(self.offsets, article), self.maybe(self.offsets, article)),
            self.maybe(self.random.randbytes, self.random.randint(0, 9)),
        )

    def actor_value(self) -> ActorValue:
        return ActorValue(
            *(self.text(), self.text(), self.maybe(self.text), self.maybe(self.text), self.several()),
            self.maybe(self.random.choice, (0, 12, 2**53, 2**53 + 1)),
            *(self.coin(), self.maybe(self.text), self.maybe(self.text), self.several()),
        )

    def place_value(self, depth: int = 0) -> PlaceValue:
        return PlaceValue(
            *(self.text(), self.maybe(self.text), self.maybe(self.degrees, 90.0), self.maybe(self.degrees, 180.0)),
            *(self.maybe(self.text), self.maybe(self.text)),
            self.made(lambda: self.place_value(depth + 1)) if depth < 2 else (),
        )

    def count(self) -> tuple[float, str]:
        return self.number(), self.text()

    def range(self) -> tuple[str | None, float | None, bool]:
        """The unit, the upper end, and whether it is a part."""
        return self.maybe(self.text), self.maybe(self.number), self.coin()

    def link(self, article: Article, ids: list[str]) -> Link:
        ends = self.random.choices(ids, k=2)
        words = (self.maybe(self.offsets, article) for _ in range(3))
        by = self.maybe(self.random.choice, ids)
        return Link(ends[0], self.type(), ends[1], self.text(), self.sure(), *words, self.factuality(), by)

    # --- what was woven

    def graph(self, events: int, articles: int, schema: Schema) -> Graph:
        readings = tuple(self.reading(self.coin()) for _ in range(articles))
        kinds = ("event",) * events + ("actor", "place") * ((events + 1) // 2)
        reports = [(article, self.report_id(article)) for article in self.articles if self.coin()]
        ids = [(kind, self.id(f"{kind}/")) for kind in kinds]
        self.nodes = [id for _, id in (*ids, *reports)]
        self.actors = [id for kind, id in ids if kind == "actor"]
        make = {"event": self.event, "actor": self.actor, "place": self.place}
        nodes = [make[kind](id) for kind, id in ids] + [self.report(id, article) for article, id in reports]
        relations = {}
        for _ in range(events * 3 if self.nodes else 0):
            relation = self.relation()
            relations[relation.source, relation.type, relation.target] = relation
        meant = self.nodes and [mention for mention in self.mentions if self.coin()]
        return Graph(
            schema,
            readings,
            nodes,
            [relations[ends] for ends in sorted(relations)],
            {mention: self.random.choice(self.nodes) for mention in meant},
            [Refusal(self.text(), self.text()) for _ in range(self.random.randint(0, 2))],
            [self.dropped() for _ in range(self.random.randint(0, events))] if self.nodes else (),
            [self.merge() for _ in range(self.random.randint(0, events))] if self.nodes and self.mentions else (),
        )

    def event(self, id: str) -> Event:
        told = bool(self.mentions)
        return Event(
            *(id, self.type(), self.text(), self.several(), self.some(self.mentions), self.maybe(self.when)),
            *(self.factuality(), self.maybe(self.text), self.maybe(self.degrees, 10.0)),
            *(self.maybe(self.random.randint, 0, 9000), self.maybe(self.random.randint, 0, 9000)),
            figures=self.made(self.figure) if told else (),
            claims=self.made(self.claim) if told else (),
            sources=self.random.randint(0, 9),
            reasons=self.several(),
        )

    def figure(self) -> Figure:
        return Figure(
            *(*self.count(), self.maybe(self.text), self.random.choice(self.mentions)),
            *(self.random.choice(self.articles).id, self.maybe(self.day), self.maybe(self.random.choice, self.nodes)),
            *(self.maybe(self.when), self.maybe(self.number), self.maybe(self.text), self.coin(), self.factuality()),
            self.random.choice(("number", "single", "plural")),
        )

    def claim(self) -> Claim:
        by, mention = self.maybe(self.random.choice, self.nodes), self.random.choice(self.mentions)
        return Claim(self.factuality(), by, mention, self.random.choice(self.articles).id, self.maybe(self.day))

    def actor(self, id: str) -> Actor:
        return Actor(
            *(id, self.type(), self.text(), self.several(), self.some(self.mentions)),
            *(self.maybe(self.text), self.several(), self.maybe(self.text), self.made(self.tenure), self.several()),
        )

    def tenure(self) -> Tenure:
        years = (self.maybe(self.text), self.maybe(self.text))
        days = (self.maybe(self.day), self.maybe(self.day))
        return Tenure(self.text(), self.maybe(self.text), *years, self.coin(), *days, self.some(self.mentions))

    def place(self, id: str) -> Place:
        return Place(
            *(id, self.type(), self.text(), self.several(), self.some(self.mentions)),
            *(self.maybe(self.degrees, 90.0), self.maybe(self.degrees, 180.0), self.maybe(self.text)),
            *(self.maybe(self.text), self.maybe(self.random.choice, self.nodes), self.several()),
        )

    def report_id(self, article: Article) -> str:
        return f"article/{article.id}" if self.coin() else self.id("article/")

    def report(self, id: str, article: Article) -> Report:
        return Report(id, self.type(), self.text(), article.id, self.several(), self.some(self.mentions))

    def relation(self) -> Relation:
        source, target = self.random.choices(self.nodes, k=2)
        evidence = self.made(self.evidence, 4, 1)
        return Relation(source, self.type(), target, self.sure(), evidence, self.factuality(), self.coin())

    def evidence(self) -> Evidence:
        article = self.random.choice(self.articles)
        ends = (self.maybe(self.random.choice, self.mentions or [None]) for _ in range(2))
        by = self.maybe(self.random.choice, self.actors or [None])
        stands = (article.id, *self.offsets(article), self.text(), self.sure(), self.maybe(self.offsets, article))
        return Evidence(*stands, *ends, by, self.factuality())

    def dropped(self) -> Dropped:
        chain = tuple((self.text(), self.type(), self.text()) for _ in range(self.random.randint(0, 3)))
        limits = (Limit(self.text(), self.day()), Limit(self.text(), self.day()))
        return Dropped(self.relation(), chain, self.maybe(lambda: limits))

    def side(self) -> Side:
        return Side(self.text(), self.random.choice(self.articles).id, self.random.choice(self.mentions))

    def merge(self) -> Merge:
        node, parts = self.random.choice(self.nodes), self.some(self.mentions)
        return Merge(node, self.side(), self.side(), self.text(), self.text(), self.sure(), parts)
