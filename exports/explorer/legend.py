"""What the types of nodes and relations that occur are called, and how they look."""

import re
from collections.abc import Sequence
from typing import Any

from ...graph.model import Graph
from ...graph.types import Relation


def types(graph: Graph) -> dict[str, dict[str, str]]:
    """Label and colour of every type of node that occurs."""
    schema = graph.schema
    known = {"event": schema.event_types, "actor": schema.actor_types, "place": schema.place_types, "article": {}}
    fallback = {"event": "#d55e00", "actor": "#0072b2", "place": "#009e73", "article": "#6b6b6b"}
    types: dict[str, dict[str, str]] = {}
    for node in graph.nodes.values():
        if node.type not in types:
            found = known[node.kind].get(node.type)
            types[node.type] = {
                "kind": node.kind,
                "label": getattr(found, "label", "") or re.sub("(?<=[a-z])(?=[A-Z])|_", " ", node.type).lower(),
                "definition": getattr(found, "definition", ""),
                "colour": getattr(found, "colour", "") or fallback[node.kind],
            }
    return types


def relation_types(graph: Graph, relations: Sequence[Relation]) -> dict[str, dict[str, Any]]:
    """What each type of relation that occurs is called, its colour, its group, and which end is the cause."""
    types: dict[str, dict[str, Any]] = {}
    for relation in relations:
        if relation.type in types:
            continue
        known = graph.schema.relations.get(relation.type)
        role = graph.schema.roles.get(relation.type)
        label = (known and known.label) or (role and role.label) or relation.type.replace("-", " ")
        types[relation.type] = {
            "label": label,
            "inverse": (known and known.inverse) or label,
            "role": relation.type if role else None,
            "causal": known.causal if known else None,
            "colour": known.colour if known else "#999999",
            "group": _group(graph, relation),
        }
    return types


def _group(graph: Graph, relation: Relation) -> str:
    """The group of lines a relation belongs to on the page, by what it ties."""
    known = graph.schema.relations.get(relation.type)
    if (known and known.causal) or relation.type == "prevents":
        return "causes"
    kinds = {graph.nodes[relation.source].kind, graph.nodes[relation.target].kind}
    if "article" in kinds:
        return "reports"
    if kinds == {"event"}:
        return "order"
    if kinds == {"event", "actor"}:
        return "part"
    return "located" if kinds == {"event", "place"} else "ties"
