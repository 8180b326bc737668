"""The verbs that mend what was taken for one: merges, merge, split."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from .console import BOLD, CAUSE, FAINT, counted, print_json, say
from .options import WholeNumber, json_option, name_option, store_option, stored, text_argument, top_option
from .schemas.errors import NotFound, UsageError

if TYPE_CHECKING:
    from .graph.decisions import Mendable
    from .graph.model import Graph
    from .graph.types import Anchor, Decision, Merge, Node, NodeKind, Side

KINDS: tuple["NodeKind", ...] = ("actor", "place")
OFFERED = 10  # merges or nodes to choose from

knowledge_option = click.option(
    "--knowledge", metavar="FILE", help="Actors and places of your own that the store was built with."
)


@click.command()
@top_option(20)
@click.option("--forget", type=WholeNumber(1), metavar="N", help="Forget the decision of this number.")
@json_option
@knowledge_option
@store_option
def merges(top: int, forget: int | None, as_json: bool, knowledge: str | None, store: str) -> None:
    """Why mentions were taken for one actor or place, the doubtful first, and what was decided by hand.

    `newsloom split` undoes a merge, `newsloom merge` makes one. What was decided stays in the store
    and holds whenever it is built again, until --forget.

    \b
    newsloom merges --top 10
    newsloom merges --forget 2
    """
    from .graph.store import Store

    if forget is not None:
        _forget(forget, knowledge, store, as_json)
        return
    graph = stored(store)
    with Store.open(store, create=False) as shelf:
        decisions = shelf.decisions()
        if not shelf.keeps_merges:
            say(f"note: {store} was built before merges were kept; build it again to see them.", err=True)
    shown = [*enumerate(graph.merges, 1)][:top]
    if as_json:
        print_json(
            {
                "merges": [_merge_record(graph, number, merge) for number, merge in shown],
                "decisions": [_decision_record(number, decision) for number, decision in decisions.items()],
            }
        )
        return
    for number, merge in shown:
        _say_merge(graph, number, merge)
    if not shown:
        say("nothing was merged.", err=True)
    if decisions:
        say("decided by hand:")
    for number, decision in decisions.items():
        say(f"{number}  ", *_decided(decision), indent=2)
    if len(shown) < len(graph.merges):
        say(f"{len(graph.merges) - len(shown)} merges that are surer left out; raise --top to see more.", err=True)


def _forget(number: int, knowledge: str | None, store: str, as_json: bool) -> None:
    from .mending import mending

    with mending(store, knowledge) as workshop:
        decision = workshop.forget(number)
        if as_json:
            print_json({"forgotten": _decision_record(number, decision), "nodes": _sides(workshop.graph, decision)})
            return
        say("forgotten: ", *_decided(decision))
        _say_sides(workshop.graph, decision)


@click.command()
@text_argument("a", "A")
@text_argument("b", "B")
@json_option
@knowledge_option
@store_option
def merge(a: str, b: str, as_json: bool, knowledge: str | None, store: str) -> None:
    """Decide that two actors or two places are one.

    A and B are ids or names. The decision stays in the store and holds in every build.

    \b
    newsloom merge "Mr Diab" "Hassan Diab"
    newsloom merges --forget 1              takes it back
    """
    from .graph.decisions import merged
    from .mending import mending

    with mending(store, knowledge) as workshop:
        decision = merged(workshop.graph, *_pair(workshop.graph, a, b))
        number = workshop.decide(decision)
        _say_done(workshop.graph, number, decision, as_json)


@click.command()
@text_argument("a", "A")
@name_option("--name", "Part off the mentions with these words.")
@name_option("--article", "Part off the mentions in this article.")
@click.option("--merge", "of", type=WholeNumber(1), metavar="N", help="Undo the merge of this number in `merges`.")
@json_option
@knowledge_option
@store_option
def split(
    a: str,
    name: str | None,
    article: str | None,
    of: int | None,
    as_json: bool,
    knowledge: str | None,
    store: str,
) -> None:
    """Decide that an actor or place is two: undo the least sure of the merges that made it one.

    A is its id or name. The decision stays in the store and holds in every build.

    \b
    newsloom split "Emmanuel Macron"
    newsloom split "Emmanuel Macron" --name "the president"
    """
    from .mending import mending

    if sum(option is not None for option in (name, article, of)) > 1:
        raise UsageError("--name, --article and --merge each say what to part off: give one of them.")
    with mending(store, knowledge) as workshop:
        graph = workshop.graph
        decision = _split(
            graph, _only(graph, a, [n for kind in KINDS for n in _named(graph, a, kind)]), name, article, of
        )
        number = workshop.decide(decision)
        _say_done(workshop.graph, number, decision, as_json)
        if not as_json:
            _say_rest(workshop.graph, decision)


def _split(graph: "Graph", node: "Mendable", name: str | None, article: str | None, of: int | None) -> "Decision":
    """The split that the options ask for; without one that of the least sure merge, if it is only one."""
    from .graph import decisions

    if name is not None:
        return decisions.parted_by_name(graph, node, name)
    if article is not None:
        return decisions.parted_by_article(graph, node, _article(graph, article))
    if of is not None:
        return decisions.unmerged(graph, node, _numbered(graph, node, of))
    least = decisions.doubtful(graph, node)
    if len(least) > 1:
        numbers = {id(merge): number for number, merge in enumerate(graph.merges, 1)}
        offers = [f"--merge {numbers[id(m)]}: {m.other.words}, in {m.other.article} ({m.reason})" for m in least]
        raise UsageError(_offer(f"{len(least)} merges of {node.name} are equally unsure. Choose one", offers))
    return decisions.unmerged(graph, node, least[0])


def _numbered(graph: "Graph", node: "Mendable", number: int) -> "Merge":
    own = {n: merge for n, merge in enumerate(graph.merges, 1) if merge.node == node.id}
    if number not in own:
        listed = f"They are {', '.join(map(str, own))}." if own else "It has none."
        raise NotFound(f"{number} is no merge of {node.name} ({node.id}). {listed}")
    return own[number]


def _article(graph: "Graph", text: str) -> str:
    """The id of the article that is meant by an id or a title."""
    from .graph.finding import not_found
    from .graph.types import Report

    found = [node for node in _named(graph, text, "article") if isinstance(node, Report)]
    if not found:
        raise not_found(graph, text, "article")
    if len(found) > 1:
        raise UsageError(_offer(f"{text!r} may be several articles. Choose one", [node.article for node in found]))
    return found[0].article


def _named(graph: "Graph", text: str, kind: "NodeKind") -> list["Node"]:
    from .graph.finding import named

    return [*named(graph, text, kind)]


def _pair(graph: "Graph", a: str, b: str) -> tuple["Mendable", "Mendable"]:
    """The two nodes of one kind that are meant."""
    found = [(_named(graph, a, kind), _named(graph, b, kind)) for kind in KINDS]
    both = [pair for pair in found if all(pair)] or found
    return _only(graph, a, [n for one, _ in both for n in one]), _only(
        graph, b, [n for _, other in both for n in other]
    )


def _only(graph: "Graph", text: str, nodes: list["Node"]) -> "Mendable":
    """The one actor or place that is meant; an error that offers what is possible when it is none or several."""
    from .graph.finding import find, not_found
    from .graph.types import Actor, Place

    if not nodes:
        matches = find(graph, text)
        if matches and matches[0].how == "id":
            raise UsageError(f"{text} is of kind {matches[0].node.kind}; only actors and places are merged and split.")
        raise not_found(graph, text, next((kind for kind in KINDS if find(graph, text, kind)), "actor"))
    if len(nodes) > 1:
        offers = [f"{node.id} ({node.kind} {node.type} {node.name})" for node in nodes]
        raise UsageError(_offer(f"{text!r} may be several. Give the id of one", offers))
    assert isinstance(nodes[0], Actor | Place)
    return nodes[0]


def _offer(what: str, choices: list[str]) -> str:
    more = [f"and {len(choices) - OFFERED} more"] if len(choices) > OFFERED else []
    return "\n  ".join((f"{what}:", *choices[:OFFERED], *more))


# what is shown


def _say_merge(graph: "Graph", number: int, merge: "Merge") -> None:
    """Print a merge: both names, why and how sure, and a sentence of each."""
    names = (merge.one.words, BOLD), "  =  ", (merge.other.words, BOLD)
    say(
        f"{number}  ",
        *names,
        f"  {merge.reason}  ",
        (f"[{merge.rule} {merge.confidence:.2f}]  ", CAUSE),
        (merge.node, FAINT),
    )
    for side in (merge.one, merge.other):
        _say_sentence(graph, side)


def _say_sentence(graph: "Graph", side: "Side") -> None:
    from .wording import excerpt, origin

    span = graph.mentions[side.mention].span
    for sentence in graph.around(span):
        text = graph.articles[span.article].text[sentence.start : sentence.end]
        words = span.start - sentence.start, span.end - sentence.start
        say(f"“{excerpt(text, words)}”", (f"  — {origin(graph, span.article)}", FAINT), indent=4)


def _decided(decision: "Decision") -> list[Any]:
    """A decision in words."""
    one, other = (decision.one.name, BOLD), (decision.other.name, BOLD)
    return [one, " and ", other, " are one"] if decision.verb == "merge" else [other, " is parted off ", one]


def _say_done(graph: "Graph", number: int, decision: "Decision", as_json: bool) -> None:
    """Print a decision that was followed, what its two sides are by now, and how to go on."""
    if as_json:
        print_json({"decision": _decision_record(number, decision), "nodes": _sides(graph, decision)})
        return
    say(f"decision {number}: ", *_decided(decision))
    _say_sides(graph, decision)
    say(f"`newsloom merges --forget {number}` takes it back.", err=True)


def _say_rest(graph: "Graph", decision: "Decision") -> None:
    """Print the least sure merge of what a split has left, if there is one."""
    nodes = set(_nodes_of(graph, [decision.one]))
    rest = next((merge for merge in graph.merges if merge.node in nodes), None)
    if rest:
        least = f"{rest.one.words} = {rest.other.words}, {rest.reason} ({rest.confidence:.2f})"
        say(f"`newsloom split {rest.node}` goes on; its least sure merge is by now {least}.", err=True)


def _say_sides(graph: "Graph", decision: "Decision") -> None:
    for side in _sides(graph, decision):
        if side is None:
            say("some mentions are nobody in particular: nothing but words that point back is left of them", indent=2)
            continue
        counts = f"{counted(side['mentions'], 'mention')} in {counted(side['articles'], 'article')}"
        say((side["name"], BOLD), f"  {side['kind']} {side['type']}  {counts}  ", (side["id"], FAINT), indent=2)


def _sides(graph: "Graph", decision: "Decision") -> list[dict[str, Any] | None]:
    """The nodes that the two sides of a decision are by now, None for mentions that are nobody's."""
    ids = dict.fromkeys(_nodes_of(graph, (decision.one, decision.other)))
    return [_side_now(graph, graph.nodes[id]) if id in graph.nodes else None for id in ids]


def _side_now(graph: "Graph", node: "Node") -> dict[str, Any]:
    articles = len({graph.mentions[mention].span.article for mention in node.mentions})
    counts = {"mentions": len(node.mentions), "articles": articles}
    return {"id": node.id, "kind": node.kind, "type": node.type, "name": node.name, **counts}


def _nodes_of(graph: "Graph", sides: Iterable["Anchor"]) -> Iterator[str | None]:
    """The nodes that the mentions of some sides are now, None for those of nobody."""
    for side in sides:
        yield from (graph.resolution.get(mention) for mention in side.mentions if mention in graph.mentions)


def _merge_record(graph: "Graph", number: int, merge: "Merge") -> dict[str, Any]:
    return {
        "number": number,
        "node": merge.node,
        "name": graph.nodes[merge.node].name,
        "one": _side_record(graph, merge.one),
        "other": _side_record(graph, merge.other),
        "reason": merge.reason,
        "rule": merge.rule,
        "confidence": merge.confidence,
        "parts": merge.parts,
    }


def _side_record(graph: "Graph", side: "Side") -> dict[str, Any]:
    span = graph.mentions[side.mention].span
    text = graph.articles[span.article].text
    sentence = next((text[around.start : around.end] for around in graph.around(span)), None)
    return {"words": side.words, "article": side.article, "mention": side.mention, "sentence": sentence}


def _decision_record(number: int, decision: "Decision") -> dict[str, Any]:
    from msgspec import to_builtins

    return {"number": number, **to_builtins(decision)}


VERBS = (merges, merge, split)
