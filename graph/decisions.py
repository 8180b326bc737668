"""Decisions about the actors and places of a graph: that two are one, or that one is two, and what tells them apart.

store.add_decision(merged(graph, one, other))         # as `newsloom merge`, before it weaves again
store.add_decision(parted_by_name(graph, node, "MI"))  # as `newsloom split --name MI`
"""

from collections.abc import Container
from typing import TYPE_CHECKING

from ..schemas.errors import NotFound, UsageError
from .types import Actor, Decision, Merge, Place
from .weaving.clusters import most_common, normal
from .weaving.decided import anchor, naming

if TYPE_CHECKING:
    from .model import Graph

Mendable = Actor | Place


def merged(graph: "Graph", one: Mendable, other: Mendable) -> Decision:
    """The decision that two nodes are one; UsageError when they cannot be."""
    if one.id == other.id:
        raise UsageError(f"both are {one.name} ({one.id}): there is nothing to merge.")
    if one.kind != other.kind:
        raise UsageError(f"{one.name} is of kind {one.kind}, {other.name} of kind {other.kind}: these cannot be one.")
    for node in (one, other):
        if not node.mentions:
            raise UsageError(f"no article mentions {node.name} ({node.id}): only what is mentioned can be merged.")
    sides = (anchor(node.name, [graph.mentions[id] for id in node.mentions]) for node in (one, other))
    return Decision("merge", one.kind, *sides)


def doubtful(graph: "Graph", node: Mendable) -> list[Merge]:
    """The least sure merge of a node, several when they are equally unsure; UsageError when there is none."""
    own = [merge for merge in graph.merges if merge.node == node.id]
    if not own:
        raise UsageError(f"nothing was merged to make {node.name} ({node.id}): {_told(node)}.")
    least = min(merge.confidence for merge in own)
    return [merge for merge in own if merge.confidence == least]


def unmerged(graph: "Graph", node: Mendable, merge: Merge) -> Decision:
    """The decision that a merge of a node was wrong: all that hangs on its other side is parted off."""
    return _parted(graph, node, merge.parts)


def parted_by_name(graph: "Graph", node: Mendable, words: str) -> Decision:
    """The decision that those mentions of a node are another that have these words; NotFound when none has them."""
    wanted = normal(words)
    chosen = {id for id in node.mentions if normal(graph.mentions[id].text) == wanted}
    if not chosen:
        names = list(dict.fromkeys(graph.mentions[id].text for id in node.mentions))
        raise NotFound(f"{node.name} ({node.id}) is nowhere called {words!r}, but: {'; '.join(names[:10])}.", names)
    return _parted(graph, node, chosen)


def parted_by_article(graph: "Graph", node: Mendable, article: str) -> Decision:
    """The decision that the mentions of a node in an article are another; NotFound when none is there."""
    chosen = {id for id in node.mentions if graph.mentions[id].span.article == article}
    if not chosen:
        there = list(dict.fromkeys(graph.mentions[id].span.article for id in node.mentions))
        raise NotFound(f"{article} does not mention {node.name} ({node.id}); {', '.join(there[:10])} do.", there)
    return _parted(graph, node, chosen)


def _parted(graph: "Graph", node: Mendable, chosen: Container[str]) -> Decision:
    """The decision that the chosen mentions of a node are another than the rest; UsageError when there is no rest."""
    mentions = [graph.mentions[id] for id in node.mentions]
    rest = [mention for mention in mentions if mention.id not in chosen]
    others = [mention for mention in mentions if mention.id in chosen]
    if not rest:
        raise UsageError(f"{node.name} ({node.id}) cannot be split so: nothing would be left of it.")
    name = most_common(mention.text for mention in naming(others)) or node.name
    return Decision("split", node.kind, anchor(node.name, rest), anchor(name, others))


def _told(node: Mendable) -> str:
    """Why a node has no merges, and what can be done with it all the same."""
    if len(node.mentions) < 2:
        return "it has a single mention, and nothing can be split"
    return f"its article is sure of its {len(node.mentions)} mentions. --name parts off those with some words"
