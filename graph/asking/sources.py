"""Who speaks: outlets and actors by the names that people give them."""

from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ...schemas.errors import NotFound
from ..finding import CLOSE, TIE, find, plain

if TYPE_CHECKING:
    from ..model import Graph


def voices(graph: "Graph", name: str) -> tuple[set[str], set[str]]:
    """The outlets (as `plain` writes them) and the ids of actors that a name means; NotFound when it means none.

    Of exact names both kinds are taken: a newspaper is an outlet, and an actor where another quotes it.
    """
    outlets = _outlets(graph)
    matches = find(graph, name, "actor")
    exact = {m.node.id for m in matches if m.how in ("id", "name", "alias")}
    if plain(name) in outlets or exact:
        return {plain(name)} & set(outlets), exact
    near = process.extractOne(plain(name), list(outlets), scorer=OSA.normalized_similarity, score_cutoff=CLOSE)
    if near:
        return {near[0]}, set()
    if matches:
        return set(), {m.node.id for m in matches if m.score >= matches[0].score - TIE}
    known = sorted(outlets.values())
    listed = f"{'; '.join(known[:10])}{' ...' if len(known) > 10 else ''}"
    raise NotFound(
        f"no outlet and no actor is called {name!r}. The outlets: {listed}."
        if known
        else f"no actor is called {name!r}, and no article names its outlet.",
        known,
    )


def taken_for(graph: "Graph", name: str) -> tuple[str, ...]:
    """The names of the outlets and actors that a name was taken for, none when it is theirs exactly."""
    outlets, actors = voices(graph, name)
    if plain(name) in outlets or any(m.how in ("id", "name", "alias") for m in find(graph, name, "actor")):
        return ()
    known = _outlets(graph)
    return (*(known[outlet] for outlet in sorted(outlets)), *(graph.nodes[id].name for id in sorted(actors)))


def _outlets(graph: "Graph") -> dict[str, str]:
    """The outlets by their names as `plain` writes them."""
    return {plain(a.source): a.source for a in graph.articles.values() if a.source}
