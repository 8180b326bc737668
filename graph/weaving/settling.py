"""What is settled before events are woven: places and actors, the articles on one happening, how rare words are."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct, structs

from ...schemas.types import Schema
from ..corpus import Corpus
from ..knowledge import Knowledge
from ..types import Article, Mention, Merge, Node, Place, Reading, event_value, most_doubtful
from . import actors, places
from .actor_clusters import NAMED, Cluster, in_article, value_of
from .cases import described
from .coverage import Vector, coverage, vectors_of
from .decided import Decided
from .denials import denied_in, is_denied
from .rarity import Rarity, stems_of
from .repeats import originals


class Known(Struct, frozen=True):
    """What is known of articles and of what they mention, before it is gathered what they tell of events."""

    nodes: Mapping[str, Node]  # places and actors
    resolution: Mapping[str, str]  # which of them each mention is
    described: frozenset[str]  # the actors that no mention names, by a name or by an entry of the knowledge
    named: frozenset[str]  # the actors that a mention names, by a name or as people of a country
    vectors: Mapping[str, Vector]  # of the articles
    starts: Mapping[str, int]  # how many events are mentioned before each article


class Settled(Known, frozen=True):
    """What events are told by."""

    bare: Mapping[str, Node]  # the nodes without their mentions and what is only told of these
    articles: Mapping[str, Article]
    merges: list[Merge]  # why mentions are one place or actor
    groups: Mapping[str, int]  # the number of the happening that each article covers
    independent: Mapping[str, str]  # the article that each one repeats, or itself
    denied: frozenset[str]  # the lemmas of what somebody says was not done
    rarity: Rarity

    def part(self, readings: Sequence[Reading]) -> Known:
        """What is known of some articles and of the bare nodes that they mention."""
        articles = [reading.article.id for reading in readings]
        mentions = (mention.id for reading in readings for mention in reading.mentions)
        resolution = {mention: node for mention in mentions if (node := self.resolution.get(mention))}
        nodes = self._around(resolution.values())
        return Known(
            nodes=nodes,
            resolution=resolution,
            described=self.described.intersection(nodes),
            named=self.named.intersection(nodes),
            vectors={article: self.vectors[article] for article in articles},
            starts={article: self.starts[article] for article in articles},
        )

    def _around(self, ids: Iterable[str]) -> dict[str, Node]:
        """Some nodes, and all places that they lie in."""
        found: dict[str, Node] = {}
        waiting = list(dict.fromkeys(ids))
        while waiting:
            id = waiting.pop()
            if id not in found:
                node = found[id] = self.bare[id]
                if isinstance(node, Place) and node.within:
                    waiting.append(node.within)
        return found


def settled(
    corpus: Corpus, schema: Schema, knowledge: Knowledge, by_hand: Decided, rarity: Rarity | None = None
) -> Settled:
    """The places and actors of all articles, and what compares their events."""
    people = {name for name in schema.actor_types if actors.is_person(name, schema)}
    forces = actors.armies(schema, knowledge)
    spots: list[places.Spot] = []
    clusters: list[Cluster] = []
    active: set[str] = set()
    coded: set[str] = set()
    denied: set[str] = set()
    counts: dict[str, int] = {}
    for reading in corpus.readings():
        article = reading.article.id
        spots += places.in_article(reading, by_hand)
        clusters += in_article(reading, people, forces, by_hand)
        active |= actors.active_in(reading)
        events = [mention for mention in reading.mentions if mention.kind == "event"]
        counts[article] = len(events)
        denied |= _denied(reading, events)
        if any(mention.is_coded for mention in reading.mentions):
            coded.add(article)
    articles = {article.id: article for article in corpus.articles}
    worded = [article for id, article in articles.items() if id not in coded]
    rarity, vectors = _weighed(articles.values(), worded, schema, rarity)
    groups, apart = coverage(worded, vectors), originals(worded)
    for number, id in enumerate(sorted(coded), start=len(worded)):  # a table's words say nothing of likeness
        vectors[id], groups[id], apart[id] = {}, number, id
    place_nodes, where, places_merged = places.resolve(spots, schema, knowledge, by_hand, groups)
    actor_nodes, who, actors_merged = actors.resolve(clusters, active, schema, knowledge, by_hand, groups)
    nodes: list[Node] = [*place_nodes, *actor_nodes]
    mentions: dict[str, Mention] = {mention.id: mention for cluster in clusters for mention in cluster.mentions}
    return Settled(
        articles=articles,
        nodes={node.id: node for node in nodes},
        bare={node.id: structs.replace(node, aliases=(), mentions=(), reasons=()) for node in nodes},
        resolution=where | who,
        merges=sorted((*places_merged, *actors_merged), key=most_doubtful),
        described=described(actor_nodes, mentions),
        named=frozenset(node.id for node in actor_nodes if any(map(_is_name, map(mentions.get, node.mentions)))),
        groups=groups,
        vectors=vectors,
        independent=apart,
        starts=dict(zip(counts, accumulate(counts.values(), initial=0), strict=False)),
        denied=frozenset(denied),
        rarity=rarity,
    )


def _weighed(
    articles: Iterable[Article], worded: Iterable[Article], schema: Schema, rarity: Rarity | None
) -> tuple[Rarity, dict[str, Vector]]:
    """How much words tell, and the vectors of those articles that are in words."""
    stems = stems_of(articles, schema)
    rarity = rarity or Rarity.among(stems.values())
    return rarity, vectors_of({article.id: stems[article.id] for article in worded}, rarity)


def _is_name(mention: Mention | None) -> bool:
    return mention is not None and value_of(mention).form in NAMED


def _denied(reading: Reading, events: Iterable[Mention]) -> set[str]:
    """The lemmas of what somebody says was not done."""
    by_words = denied_in(reading)
    negated = (event for event in events if event_value(event).factuality == "negated")
    return {event_value(event).lemma for event in negated if is_denied(event, by_words)}
