"""Graphs made of letters, for questions about causes.

A causes B 0.7              one sentence of the article t (of the outlet Wire) says so
A causes B not x in u       x denies it in the article u; also `may`, `alleged`, `back` (backwards in time)
"""

from collections import defaultdict

from newsloom.graph.model import Graph
from newsloom.graph.types import Actor, Article, Event, Evidence, Factuality, Reading, Relation, Report
from newsloom.schemas import load_schema

SCHEMA = load_schema()
TEXT = "It was so because of that, they said."
ARTICLES = (
    Article("t", TEXT, "Told", "2024-04-10", "Wire"),
    Article("u", TEXT, "Untold", "2024-05-20", "Post"),
    Article("v", TEXT, "Vague", None, "Mirror"),
)
STATUS: dict[str, Factuality] = {"not": "negated", "may": "hypothetical", "alleged": "alleged"}
FIRMEST: tuple[Factuality, ...] = ("asserted", "alleged", "negated", "hypothetical")


def lines(text: str) -> Graph:
    """A graph from lines: capitals are events, other names actors, "/t" articles."""
    evidence: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
    names: dict[str, None] = {}
    backwards = set()
    for line in text.strip().splitlines():
        source, type, target, *more = line.split()
        names |= {source: None, target: None}
        sure = next((float(word) for word in more if word[0].isdigit()), 1.0)
        status = next((STATUS[word] for word in more if word in STATUS), "asserted")
        article = more[more.index("in") + 1] if "in" in more else "t"
        who = next((word for word in more if word in ("x", "y", "z")), None)
        names |= {who: None} if who else {}
        said = Evidence(article, 0, len(TEXT), "by-hand", sure, (10, 20), None, None, who, status)
        evidence[source, type, target].append(said)
        if "back" in more:
            backwards.add((source, type, target))
    relations = [
        Relation(
            *ends,
            max((e.confidence for e in said if e.factuality != "negated"), default=1.0),
            tuple(said),
            min((e.factuality for e in said), key=FIRMEST.index),
            ends in backwards,
        )
        for ends, said in evidence.items()
    ]
    nodes = [_node(name) for name in names]
    told = {e.article for said in evidence.values() for e in said}
    readings = [Reading(article, (), (), ()) for article in ARTICLES if article.id in told]
    return Graph(SCHEMA, readings, nodes, relations, {})


def _node(name: str) -> Event | Actor | Report:
    if name.isupper():
        return Event(name, "ASSAULT", f"event {name}")
    return Report(name, "Article", name, name[1:]) if name[0] == "/" else Actor(name, "State", name)
