"""A graph many times over, each time under ids of its own: large, and in everything else like what was read."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import structs

import newsloom
from newsloom.graph.model import Graph
from newsloom.graph.types import Reading


def samples() -> Graph:
    """The graph of the bundled sample articles."""
    return newsloom.build(newsloom.read_articles([str(files("newsloom") / "samples")]))


def repeated(graph: Graph, times: int) -> Graph:
    """The graph so many times; the copies have nothing to do with one another."""
    copies = [Copy(graph, number) for number in range(times)]
    resolution = {copy.of(mention): copy.of(node) for copy in copies for mention, node in graph.resolution.items()}
    parts: Iterator[list[Any]] = (
        [item for copy in copies for item in copy.of(tuple(kept))]
        for kept in (graph.readings, graph.nodes.values(), graph.relations)
    )
    return Graph(graph.schema, *parts, resolution)


class Copy:
    """What the ids of articles, mentions and nodes become in one copy of a graph."""

    def __init__(self, graph: Graph, number: int):
        self._ids = {id: f"{id}-{number}" for id in (*graph.articles, *graph.mentions, *graph.nodes)}

    def of(self, value: Any) -> Any:
        """A value with the ids of the copy, all the way down."""
        if isinstance(value, str):
            return self._ids.get(value, value)
        if isinstance(value, tuple):
            return tuple(self.of(one) for one in value)
        if isinstance(value, msgspec.Struct):
            return type(value)(**{name: self.of(getattr(value, name)) for name in value.__struct_fields__})
        return value


def over_years(graph: Graph, times: int) -> list[Reading]:
    """The readings so many times, each time of years of their own, so that what they cover are other happenings."""
    size = len(graph.readings)
    return [_years_later(reading, n // size) for n, reading in enumerate(repeated(graph, times).readings)]


def _years_later(reading: Reading, years: int) -> Reading:
    article = reading.article
    if article.published is None:
        return reading
    day = f"{int(article.published[:4]) + years}{article.published[4:]}"
    return structs.replace(reading, article=structs.replace(article, published=day))
