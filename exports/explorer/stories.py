"""Which events make one story, and what led to what among them."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import networkx as nx

from ...graph.model import Graph
from ...graph.types import Actor, ActorValue, Event

MOST = 6
MOST_NAMES = 4  # actors in the name of a story
MANY = 2000  # events and actors; in graphs of more
SMALL = 50  # those that hang together are one story, up to so many
OTHER = "Other events"
Story = tuple[str, tuple[str, ...]]  # its name and its events in time


def stories(graph: Graph, events: Sequence[Event], most: int = MOST) -> list[Story]:
    """The stories that events (in time) belong to, at most so many, the largest and richest in causes first.

    A story is a community (Louvain) of the graph of causes and participants; an actor who is
    everywhere ties less. What belongs to no story of some size comes last.
    """
    if not events:
        return []
    order = {event.id: number for number, event in enumerate(events)}
    actors = _participants(graph, order)
    web = _web(graph, order, actors)
    effects = effects_of(graph, set(order))
    communities = _joined([c & order.keys() for c in _communities(web)], effects, len(events))
    found = [sorted(members, key=order.__getitem__) for members in communities if members]
    found.sort(
        key=lambda members: (-len(members) - 2 * sum(len(effects.get(id, ())) for id in members), order[members[0]])
    )
    least = max(2, min(8, len(events) // 30))
    kept = [members for members in found if len(members) >= least][:most]
    rest = sorted(order.keys() - {member for members in kept for member in members}, key=order.__getitem__)
    named: list[Story] = []
    for members in kept:
        named.append((_name(graph, members, actors, {name for name, _ in named}), tuple(members)))
    return [*named, (OTHER if named else "Events", tuple(rest))] if rest else named


def effects_of(graph: Graph, ids: set[str]) -> dict[str, list[str]]:
    """The direct effects of each of some events among them; what is denied or runs backwards in time is none."""
    effects: dict[str, list[str]] = defaultdict(list)
    for relation in graph.relations:
        kind = graph.schema.relations.get(relation.type)
        holds = relation.factuality != "negated" and not relation.backwards
        if kind and kind.causal and holds and relation.source in ids and relation.target in ids:
            cause, effect = relation.source, relation.target
            if kind.causal == "target":
                cause, effect = effect, cause
            effects[cause].append(effect)
    return effects


def _participants(graph: Graph, ids: dict[str, int]) -> dict[str, set[str]]:
    """The events of each actor who takes part; saying so is not taking part."""
    actors: dict[str, set[str]] = defaultdict(set)
    for relation in graph.relations:
        if relation.source in ids and relation.type != "says" and isinstance(graph.nodes.get(relation.target), Actor):
            actors[relation.target].add(relation.source)
    return actors


def _web(graph: Graph, ids: dict[str, int], actors: dict[str, set[str]]) -> "nx.Graph":
    web: nx.Graph = nx.Graph()
    web.add_nodes_from(ids)
    for relation in graph.relations:
        if relation.source in ids and relation.target in ids and relation.source != relation.target:
            kind = graph.schema.relations.get(relation.type)
            web.add_edge(relation.source, relation.target, weight=3.0 if kind and kind.causal else 0.5)
    for actor, members in sorted(actors.items()):
        web.add_weighted_edges_from((actor, member, 1.5 / len(members)) for member in sorted(members))
    return web


def _communities(web: "nx.Graph") -> list[set[str]]:
    """Communities; of a large graph those of each large component, while small ones are communities as they are."""
    if not web.number_of_edges():
        return []
    if len(web) <= MANY:
        return _louvain(web)
    place = {id: number for number, id in enumerate(web)}
    found: list[set[str]] = []
    for component in nx.connected_components(web):
        found += [component] if len(component) <= SMALL else _louvain(_inside(web, component, place))
    return found


def _louvain(web: "nx.Graph") -> list[set[str]]:
    return list(nx.community.louvain_communities(web, resolution=0.7, seed=1))


def _inside(web: "nx.Graph", component: set[str], place: dict[str, int]) -> "nx.Graph":
    """A part of a graph, its nodes and edges in the order of the whole: what Louvain finds depends on it."""
    inside: nx.Graph = nx.Graph()
    inside.add_nodes_from(sorted(component, key=place.__getitem__))
    inside.add_edges_from((one, other, web.edges[one, other]) for one in inside for other in web[one])
    return inside


def _joined(communities: list[set[str]], effects: dict[str, list[str]], count: int) -> list[set[str]]:
    """Communities with those joined that a cause ties together, as long as the joined one stays small."""
    most = max(10, count // 5)
    home = {member: number for number, members in enumerate(communities) for member in members}
    joined = [set(members) for members in communities]
    for cause, own in effects.items():
        for effect in own:
            one, other = home.get(cause), home.get(effect)
            if one is None or other is None or one == other or len(joined[one]) + len(joined[other]) > most:
                continue
            home |= dict.fromkeys(joined[other], one)
            joined[one] |= joined[other]
            joined[other] = set()
    return joined


def _name(graph: Graph, members: Sequence[str], actors: dict[str, set[str]], taken: set[str]) -> str:
    """A story's name: the actors that matter most in it and less elsewhere, those with a name of their own first."""
    inside = set(members)
    weight = {actor: len(own & inside) ** 2 / len(own) for actor, own in actors.items() if own & inside}
    ranked = sorted(weight, key=lambda actor: (not _has_name(graph, actor), -weight[actor], actor))
    names = [graph.nodes[actor].name for actor in ranked]
    called = sum(_has_name(graph, actor) for actor in ranked)
    for count in range(min(2, called or 1, len(names)), min(len(names), MOST_NAMES) + 1):
        name = " · ".join(names[:count])
        if name and name not in taken:
            return name
    types = Counter(graph.nodes[member].type for member in members)
    name = " · ".join(names[:2] or [type.capitalize() for type, _ in types.most_common(2)])
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(found for found in numbered if found not in taken)


def _has_name(graph: Graph, actor: str) -> bool:
    """Whether an actor is called by name somewhere, rather than described ("two officials")."""
    values = (graph.mentions[id].value for id in graph.nodes[actor].mentions if id in graph.mentions)
    return any(isinstance(value, ActorValue) and value.form == "name" for value in values)
