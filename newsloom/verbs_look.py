"""The verbs that look things up: actors, places, events, articles, search, show, dropped."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from .console import BOLD, FAINT, counted, print_json, say, table
from .options import json_option, listed, store_option, stored, text_argument, top_option, type_option

if TYPE_CHECKING:
    from .graph.model import Graph
    from .graph.types import Actor, Event, Node, Place


def _print(rows: list[list[str]], nodes: Iterable["Node"], as_json: bool) -> None:
    from .exports.interchange import node_record

    if as_json:
        print_json([node_record(node) for node in nodes])
    elif rows:
        table(rows, (BOLD, *[{}] * (len(rows[0]) - 2), FAINT))
    else:
        say("there are none.", err=True)


@click.command()
@top_option()
@json_option
@store_option
def actors(top: int | None, as_json: bool, store: str) -> None:
    """The actors, those with most mentions first.

    \b
    newsloom actors --top 10
    newsloom actors --json
    """
    nodes: list[Actor] = stored(store).actors[:top]
    rows = [
        [a.name, a.type, " ".join(filter(None, (a.country, *a.sector))), counted(len(a.mentions), "mention"), a.id]
        for a in nodes
    ]
    _print(rows, nodes, as_json)


@click.command()
@top_option()
@json_option
@store_option
def places(top: int | None, as_json: bool, store: str) -> None:
    """The places, those with most mentions first.

    \b
    newsloom places --top 10
    """
    nodes: list[Place] = stored(store).places[:top]
    rows = [[p.name, p.type, p.country or "", _position(p), counted(len(p.mentions), "mention"), p.id] for p in nodes]
    _print(rows, nodes, as_json)


@click.command()
@type_option("Events of these types and narrower ones.")
@top_option()
@json_option
@store_option
def events(types: tuple[str, ...], top: int | None, as_json: bool, store: str) -> None:
    """The events, those that most articles report first.

    \b
    newsloom events --type PROTEST,ASSAULT --top 10
    """
    from .wording import day, facts, kind_of

    found = stored(store).timeline(types=listed(types))
    nodes: list[Event] = sorted(found, key=lambda event: (-event.sources, -len(event.mentions)))[:top]
    rows = [[e.name, day(e), kind_of(e), "; ".join(facts(e)), counted(len(e.mentions), "mention"), e.id] for e in nodes]
    _print(rows, nodes, as_json)


@click.command()
@top_option()
@json_option
@store_option
def articles(top: int | None, as_json: bool, store: str) -> None:
    """The articles, and what was refused.

    \b
    newsloom articles
    """
    graph = stored(store)
    shown = list(graph.articles.values())[:top]
    if as_json:
        from .exports.interchange import article_record

        print_json([article_record(article) for article in shown])
        return
    rows = [[a.published or "undated", a.title or "(no title)", a.source or "", a.id] for a in shown]
    if rows:
        table(rows, ({}, BOLD, {}, FAINT), wide=1)
    for refusal in graph.refused:
        say(f"refused {refusal.origin}: {refusal.reason}", err=True)


@click.command()
@text_argument("text")
@top_option(20)
@json_option
@store_option
def search(text: str, top: int, as_json: bool, store: str) -> None:
    """Nodes by name, alias or words, and sentences with all of the words.

    \b
    newsloom search "tear gas"
    """
    from .exports.interchange import node_record
    from .graph.finding import not_found
    from .graph.finding import search as look
    from .wording import excerpt, kind_of, origin

    graph = stored(store)
    found = look(graph, text, top)
    if as_json:
        texts = (graph.articles[q.article].text[q.start : q.end] for q in found.sentences)
        sentences = [
            {"article": q.article, "start": q.start, "end": q.end, "sentence": text}
            for q, text in zip(found.sentences, texts, strict=True)
        ]
        print_json({"nodes": [node_record(match.node) for match in found.nodes], "sentences": sentences})
        return
    if not found.nodes and not found.sentences:
        raise not_found(graph, text)
    if found.nodes:
        rows = [[m.node.name, f"{m.node.kind} {kind_of(m.node)}", f"by {m.how}", m.node.id] for m in found.nodes]
        table(rows, (BOLD, {}, {}, FAINT))
    for q in found.sentences:
        article = graph.articles[q.article].text
        at = article.casefold().find(text.split()[0].casefold(), q.start, q.end)
        cue = (at - q.start, at - q.start) if at >= 0 else None
        say(f"“{excerpt(article[q.start : q.end], cue)}”", (f"  — {origin(graph, q.article)}", FAINT))


@click.command()
@text_argument("name", "ID-OR-NAME")
@json_option
@store_option
def show(name: str, as_json: bool, store: str) -> None:
    """Everything known of a node: when, who, where, who says what, why its mentions are one, and the sentences.

    \b
    newsloom show "Hassan Diab"
    newsloom show event/2020-08-04-explosion-cc933881 --json
    """
    from .graph.finding import resolve

    graph = stored(store)
    nodes = resolve(graph, name)
    if as_json:
        print_json(_record(graph, nodes[0]))
        return
    from .details import say_node

    say_node(graph, nodes[0])
    if len(nodes) > 1:
        say("")
        say("Others that fit as well:")
        for node in nodes[1:10]:
            say(node.name, f"  {node.kind} {node.type}  ", (node.id, FAINT), indent=2)


@click.command()
@top_option()
@json_option
@store_option
def dropped(top: int | None, as_json: bool, store: str) -> None:
    """What articles say of the order of events that was left out: days or surer sentences speak against it.

    \b
    newsloom dropped --top 3
    """
    from .contradictions import dropped_record, say_dropped

    graph = stored(store)
    shown = graph.dropped[:top]
    if as_json:
        print_json([dropped_record(graph, one) for one in shown])
        return
    for one in shown:
        say_dropped(graph, one)
    if not shown:
        say("nothing was dropped.", err=True)


def _record(graph: "Graph", node: "Node") -> dict[str, Any]:
    from .exports.interchange import node_record
    from .graph.types import Event
    from .versions import version_records
    from .wording import relation_record

    def records(relations: Callable[[str, Any], Any]) -> list[dict[str, Any]]:
        return [relation_record(graph, relation) for relation in relations(node.id, ())]

    versions = version_records(graph, node) if isinstance(node, Event) else {}
    return {
        **node_record(node),
        **versions,
        "outgoing": records(graph.outgoing.get),
        "incoming": records(graph.incoming.get),
    }


def _position(place: "Place") -> str:
    return "" if place.lat is None or place.lon is None else f"{place.lat:.2f},{place.lon:.2f}"


VERBS = (actors, places, events, articles, search, show, dropped)
