"""All that is known of one node, for `newsloom show`."""

from collections import defaultdict

from .console import BOLD, CAUSE, FAINT, counted, say
from .exports.labels import offices
from .graph.model import Graph
from .graph.types import Actor, Event, Node, Place, Relation, Report
from .versions import say_figures, say_versions
from .wording import best, day, excerpt, kind_of, label, origin, quotation, relation_note

SHOWN = 12  # relations and sentences of a kind


def say_node(graph: Graph, node: Node) -> None:
    """Print a node: its facts, its relations, why its mentions are one, and what says so."""
    say((node.name, BOLD), f"  {node.kind} {kind_of(node)}  ", (node.id, FAINT))
    aliases = [alias for alias in node.aliases if alias != node.name]
    if aliases:
        say(f"also  {'; '.join(aliases)}", indent=2)
    match node:
        case Event():
            _say_event(graph, node)
        case Actor():
            _say_facts(country=node.country, sectors=" ".join(node.sector), wikidata=node.wikidata)
            for office in offices(node.offices):
                say(f"office  {office}", indent=2)
        case Place():
            within = graph.nodes[node.within].name if node.within in graph.nodes else None
            position = None if node.lat is None else f"{node.lat}, {node.lon}"
            _say_facts(country=node.country, position=position, geonames=node.geonames, within=within)
        case Report():
            article = graph.articles[node.article]
            dated = article.published and f"{article.published} ({article.published_from or 'origin unknown'})"
            _say_facts(source=article.source, published=dated, author=article.author, url=article.url)
    _say_relations(graph, node)
    if not isinstance(node, Report):
        for reason in node.reasons:
            say(f"one {node.kind} because: {reason}", indent=2)
        _say_mentions(graph, node)


def _say_facts(**facts: str | None) -> None:
    for name, value in facts.items():
        if value:
            say(f"{name}  {value}", indent=2)


def _say_event(graph: Graph, event: Event) -> None:
    when = event.when
    read = f"  from “{when.phrase}”" if when and when.phrase else ""
    rule = f"  by rule {when.rule}" if when and when.rule else ""
    say(f"when  {day(event)}{f' ({when.precision})' if when else ''}{read}{rule}", indent=2)
    if when:
        say(f"days  earliest {when.earliest or 'unknown'}, latest {when.last_day or 'unknown'}", indent=2)
    intensity = None if event.intensity is None else f"{event.intensity:g}"
    _say_facts(factuality=event.factuality, intensity=intensity, sources=f"{event.sources} independent")
    say_figures(graph, event)
    say_versions(graph, event)


def _say_relations(graph: Graph, node: Node) -> None:
    """The relations of a node, by type, each with its surest sentence."""
    groups: dict[str, list[tuple[Relation, str]]] = defaultdict(list)
    for relation in graph.outgoing.get(node.id, ()):
        groups[label(graph, relation.type, True)].append((relation, relation.target))
    for relation in graph.incoming.get(node.id, ()):
        groups[label(graph, relation.type, False)].append((relation, relation.source))
    for words, relations in groups.items():
        relations.sort(key=lambda pair: -pair[0].confidence)
        for relation, end in relations[:SHOWN]:
            other = graph.nodes[end]
            when = f"  ({day(other)})" if isinstance(other, Event) else ""
            note = f"{when}  {relation_note(relation)}  "
            say((f"{words}  ", CAUSE), (other.name, BOLD), note, (end, FAINT), indent=2)
            if relation.evidence and not isinstance(other, Report):
                say(*quotation(graph, best(relation)), f"  [{best(relation).rule}]", indent=6)
        if len(relations) > SHOWN:
            say(f"and {len(relations) - SHOWN} more", indent=6)


def _say_mentions(graph: Graph, node: Node) -> None:
    """The sentences that mention a node, each once."""
    sentences = graph.sentences(node)
    if sentences:
        say(f"said in {counted(len(sentences), 'sentence')}:", indent=2)
    for span in sentences[:SHOWN]:
        text = graph.articles[span.article].text[span.start : span.end]
        say(f"“{excerpt(text)}”", (f"  — {origin(graph, span.article)}", FAINT), indent=4)
    if len(sentences) > SHOWN:
        say(f"and {len(sentences) - SHOWN} more", indent=4)
