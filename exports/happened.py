"""What formats of event data have in common: the events that took place, who did what to whom, and where."""

from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct

from ..graph.model import Graph
from ..graph.types import HAPPENED, Actor, Article, Event, Place

Pair = tuple[Actor | None, Actor | None]


class Happening(Struct, frozen=True):
    """An event with those who have a part in it and its places, the surest first, and its articles, oldest first."""

    event: Event
    agents: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    participants: tuple[Actor, ...]
    places: tuple[Place, ...]
    articles: tuple[Article, ...]

    @property
    def sides(self) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
        """Who does it, and to whom; those who take part as equals are with the second, or the first if nobody is."""
        if self.agents:
            return self.agents, (*self.recipients, *self.participants)
        return self.participants, self.recipients

    @property
    def pairs(self) -> list[Pair]:
        """Who does it to whom, each one of the first side with each of the second; equals alone with each other."""
        if not self.agents and not self.recipients and len(self.participants) > 1:
            return [*combinations(self.participants, 2)]
        ones, others = self.sides
        return [(one, other) for one in ones or (None,) for other in others or (None,)]


def happenings(graph: Graph) -> Iterator[Happening]:
    """The events that are told as having taken place (asserted or alleged), in the order of time."""
    for event in graph.events:
        if event.factuality in HAPPENED:
            yield Happening(
                event=event,
                agents=_actors(graph, event, "agent"),
                recipients=_actors(graph, event, "recipient"),
                participants=_actors(graph, event, "participant"),
                places=tuple(node for node in _tied(graph, event, "place") if isinstance(node, Place)),
                articles=_articles(graph, event),
            )


def lies_in(graph: Graph, place: Place) -> list[Place]:
    """A place and all that it lies in, the narrowest first."""
    found = [place]
    while isinstance(outer := graph.nodes.get(found[-1].within or ""), Place) and outer not in found:
        found.append(outer)
    return found


def _tied(graph: Graph, event: Event, role: str) -> list[object]:
    relations = [relation for relation in graph.outgoing.get(event.id, ()) if relation.type == role]
    relations.sort(key=lambda relation: (-relation.confidence, relation.target))
    return [graph.nodes.get(relation.target) for relation in relations]


def _actors(graph: Graph, event: Event, role: str) -> tuple[Actor, ...]:
    return tuple(node for node in _tied(graph, event, role) if isinstance(node, Actor))


def _articles(graph: Graph, event: Event) -> tuple[Article, ...]:
    """The articles that tell of an event, those published first, then in order of id."""
    told = {graph.mentions[id].span.article for id in event.mentions if id in graph.mentions}
    return tuple(sorted((graph.articles[id] for id in told), key=lambda a: (a.published or "9999", a.id)))
