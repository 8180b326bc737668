"""A graph in which every text is an attack: markup, formulas, control characters, half a surrogate pair."""

from functools import cache

import msgspec
from small import small_graph

from newsloom.graph.model import Graph

ATTACKS = {
    "markup": "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "quotes": '"\'`\\" \'\'\' """ ]]> & &amp; {{x}} ${x} %s | ; ,',
    "lines": "one\ntwo\r\nthree\rfour\u2028five\u2029six\x85seven\x0beight",
    "bidi": "\u202eabc\u202c \u2066def\u2069 \u200f",
    "control": "\x00\x01\x08\x1b[31m\x7f\x9f\ufeff\ufffe\uffff",
    "surrogate": "\ud800 \udfff\ud800 \U0001f600",
    "formula": "=cmd|'/c calc'!A1",
    "plus": "+1+1",
    "at": "@SUM(1)",
    "tab": "\t=1+1",
    "turtle": '" . <http://evil.example/s> <http://evil.example/p> "x',
    "sparql": '" } ; DROP ALL ; SELECT * { ?s ?p ?o } #',
    "sql": "'); DROP TABLE articles; --",
    "comment": "<!--<script> --> <![CDATA[ <svg/onload=alert(1)>",
    "address": "javascript:alert(1)//\" href=javascript:alert(1) x='",
    "handler": '"onmouseover="alert(1)" autofocus onfocus=alert(1) x="',
    "unseen": "\u200b\u200c\u200d\u2060\u00ad\ufe0f\u034f\u180e\u3164",
    "piled": "Z" + "\u0300\u0489\u0363" * 60,
    "flags": "\U000e0041\U000e007f \U0001f468\u200d\U0001f469 \ufdfa\ufdd0",
    "names": "__proto__ constructor hasOwnProperty toString",
    "iri": 'http://evil.example/ <> "{}|\\^`',
    "dots": "../../etc/passwd",
    "dot": "..",
    "empty": "",
}

_KEPT = {"kind", "factuality", "form", "precision", "published", "rule", "type"}


@cache
def hostile_graph(attack: str) -> Graph:
    """The small graph with the attack behind every name, in every text and in the ids of articles and nodes."""
    graph = small_graph()
    ids = {node: f"{node}{attack}" for node in graph.nodes} | {
        article: f"{article}{attack}" for article in graph.articles
    }
    mentions = {mention: f"{mention}{attack}" for mention in graph.mentions}

    def poison(value, field=""):
        if isinstance(value, msgspec.Struct):
            fields = {name: poison(getattr(value, name), name) for name in value.__struct_fields__}
            return type(value)(**fields)
        if isinstance(value, tuple):
            return tuple(poison(item, field) for item in value)
        if not isinstance(value, str) or field in _KEPT:
            return value
        if field == "text" and len(value) > 60:
            return value + attack
        return ids.get(value) or mentions.get(value) or (attack if field == "name" else value + attack)

    return Graph(
        graph.schema,
        poison(graph.readings),
        poison(tuple(graph.nodes.values())),
        poison(graph.relations),
        {poison(mention): poison(node) for mention, node in graph.resolution.items()},
    )


@cache
def large_graph() -> Graph:
    """The small graph with titles of 1 MB, and names of 10,000 words without a blank."""
    graph = small_graph()
    title, name = "Long title. " * 87_382, "word" * 10_000
    readings = tuple(
        msgspec.structs.replace(r, article=msgspec.structs.replace(r.article, title=title, source=name))
        for r in graph.readings
    )
    nodes = [
        msgspec.structs.replace(
            node, name=title if node.kind == "article" else f"{name}{number}", aliases=(name, title[:999])
        )
        for number, node in enumerate(graph.nodes.values())
    ]
    return Graph(graph.schema, readings, nodes, graph.relations, graph.resolution)
