"""Readings to a graph: places, then actors, then events that know both, then the lines between them."""

import logging
from collections.abc import Iterable

from ...schemas.types import Schema
from ..clock import Clock
from ..collecting import uncollected
from ..corpus import Corpus
from ..knowledge import Knowledge
from ..types import Article, Decision, Node, Report, Woven
from . import events, order, relations
from .backwards import marked
from .bounds import bounded
from .decided import decided
from .happenings import Gathering, here
from .rarity import Rarity
from .settling import settled

log = logging.getLogger("newsloom.weaving")


TELLING = 20  # words of an article that tell most of it


def weave(
    corpus: Corpus,
    schema: Schema,
    knowledge: Knowledge,
    decisions: Iterable[Decision] = (),
    rarity: Rarity | None = None,
    gathering: Gathering = here,
) -> Woven:
    """What is woven of all readings.

    Decisions stand above all that the texts and the knowledge say of which mentions are one. `rarity` is that of the
    words, where the articles are not all that there are. `gathering` decides which processes gather what the articles
    on each happening tell; what is woven is the same.
    """
    with uncollected():
        return _weave(corpus, schema, knowledge, tuple(decisions), rarity, gathering)


def _weave(
    corpus: Corpus,
    schema: Schema,
    knowledge: Knowledge,
    decisions: tuple[Decision, ...],
    rarity: Rarity | None,
    gathering: Gathering,
) -> Woven:
    clock = Clock(log)
    known = settled(corpus, schema, knowledge, decided(decisions, corpus), rarity)
    clock.step("places and actors", known.nodes)
    event_nodes, what, said = events.resolve(corpus, known, schema, gathering)
    clock.step("events", event_nodes)
    resolution = {**known.resolution, **what}
    nodes: dict[str, Node] = dict(known.nodes)
    nodes.update((node.id, node) for node in event_nodes)
    nodes.update((node.id, node) for node in map(_report, corpus.articles))
    carried = relations.carry(said, corpus.articles, nodes, resolution, schema, known.independent)
    clock.step("relations", carried)
    lines, dropped = order.checked(carried, nodes, known.independent)
    lines = marked(lines, nodes, schema)
    nodes.update(bounded(nodes, lines, schema))
    lines = marked(lines, nodes, schema)  # some days are narrower now
    clock.step("order and days")
    clock.done(f"woven: {len(nodes):,} nodes, {len(lines):,} relations")
    telling = {article: tuple(vector)[:TELLING] for article, vector in known.vectors.items()}
    return Woven(
        nodes, tuple(lines), resolution, tuple(dropped), tuple(known.merges), telling, dict(known.rarity.holders)
    )


def _report(article: Article) -> Report:
    name = article.title or f"{article.text[:60].strip()} …"
    return Report(relations.article_node(article.id), "Article", name, article.id)
