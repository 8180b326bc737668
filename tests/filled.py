"""A part of the page as its scripts see it: with every field in every record."""

from collections.abc import Iterable, Mapping
from typing import Any


def filled(part: Mapping[str, Any]) -> dict[str, Any]:
    """A part with every field in every record, the ids of relations, and ids instead of numbers of nodes."""
    defaults = part["defaults"]

    def whole(kind: str, record: Mapping[str, Any]) -> dict[str, Any]:
        return {**defaults[kind], **record}

    def each(kind: str, records: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [whole(kind, record) for record in records]

    nodes = each("node", part["nodes"])
    for node in nodes:
        node |= {"evidence": each("quote", node["evidence"]), "label": node["label"] or node["name"]}
        node |= {"figures": each("figure", node["figures"]), "claims": each("claim", node["claims"])}
    relations = each("relation", part["relations"])
    for place, relation in enumerate(relations):
        relation |= {"id": f"r{place}", "evidence": each("proof", relation["evidence"])}
        relation |= {end: nodes[relation[end]]["id"] for end in ("source", "target")}
    lanes = [{**lane, "events": [nodes[place]["id"] for place in lane["events"]]} for lane in part["layout"]["lanes"]]
    order = [nodes[place]["id"] for place in part["order"]]
    return {**part, "nodes": nodes, "relations": relations, "order": order, "layout": part["layout"] | {"lanes": lanes}}
