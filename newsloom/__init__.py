"""News articles into an event timeline knowledge graph, with the evidence for every line.

    import newsloom

    graph = newsloom.build(newsloom.read_articles(["news/"]))
    for event in graph.timeline(actor="Hamas", since="2024-02"):
        print(event.when, event.name)
    newsloom.export(graph, "graph.html")

Importing it is cheap: models and libraries are loaded when they are needed.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._version import __version__
from .graph import notebook as _notebook

if TYPE_CHECKING:
    from .building import Articles, build, export, load, read_articles
    from .exports.push import Pushed, push
    from .exports.queries import Solutions, query
    from .exports.rdf import to_rdflib
    from .exports.rdf.validation import validate
    from .graph.asking.reasons import Answer, Conflict, Ground, Hop, Reach, Route
    from .graph.model import Graph
    from .graph.store import Store
    from .graph.types import Article, Refusal
    from .schemas import Schema, load_schema
    from .schemas.errors import InputError, NewsloomError, NotFound, SchemaError, StoreError, Unclear, UsageError

_HOMES = {
    "Answer": "graph.asking.reasons",
    "Article": "graph.types",
    "Articles": "building",
    "Conflict": "graph.asking.reasons",
    "Graph": "graph.model",
    "Ground": "graph.asking.reasons",
    "Hop": "graph.asking.reasons",
    "InputError": "schemas.errors",
    "NewsloomError": "schemas.errors",
    "NotFound": "schemas.errors",
    "Pushed": "exports.push",
    "Reach": "graph.asking.reasons",
    "Refusal": "graph.types",
    "Route": "graph.asking.reasons",
    "Schema": "schemas",
    "SchemaError": "schemas.errors",
    "Solutions": "exports.queries",
    "Store": "graph.store",
    "StoreError": "schemas.errors",
    "Unclear": "schemas.errors",
    "UsageError": "schemas.errors",
    "build": "building",
    "export": "building",
    "load": "building",
    "load_schema": "schemas",
    "push": "exports.push",
    "query": "exports.queries",
    "read_articles": "building",
    "to_rdflib": "exports.rdf",
    "validate": "exports.rdf.validation",
}

__all__ = [
    "Answer",
    "Article",
    "Articles",
    "Conflict",
    "Graph",
    "Ground",
    "Hop",
    "InputError",
    "NewsloomError",
    "NotFound",
    "Pushed",
    "Reach",
    "Refusal",
    "Route",
    "Schema",
    "SchemaError",
    "Solutions",
    "Store",
    "StoreError",
    "Unclear",
    "UsageError",
    "__version__",
    "build",
    "export",
    "load",
    "load_schema",
    "push",
    "query",
    "read_articles",
    "to_rdflib",
    "validate",
]


def __getattr__(name: str) -> Any:
    """A public name, from the module that defines it, loaded at its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


def _as_page(graph: "Graph") -> str:
    """A graph as it shows itself in a notebook: the explorer."""
    from .exports.explorer.notebook import framed

    return framed(graph)


_notebook.shown_by(_as_page)
