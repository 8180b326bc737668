"""Who says what of an event: its versions, and its numbers as a series, as lines and as records."""

from collections.abc import Iterator
from typing import Any

from .console import FAINT, counted, say
from .exports.interchange import claim_record, figure_record
from .exports.labels import amount, words
from .graph.model import Graph
from .graph.types import Claim, Event, Figure
from .wording import excerpt

SHOWN = 12  # versions and numbers
SAYS = {
    "asserted": "asserted by",
    "negated": "denied by",
    "alleged": "alleged by",
    "planned": "announced by",
    "hypothetical": "called possible by",
}


def say_versions(graph: Graph, event: Event) -> None:
    """Print each version of an event once: what becomes of it, who says so first, and the sentence."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in event.claims:
        groups.setdefault((claim.factuality, _speaker(graph, claim)), []).append(claim)
    for (factuality, speaker), claims in list(groups.items())[:SHOWN]:
        articles = f", {counted(len(claims), 'article')}" if len(claims) > 1 else ""
        say(f"{SAYS[factuality]} {speaker}", (f"  ({_reported(graph, claims[0])}{articles})", FAINT), indent=2)
        if sentence := _sentence(graph, claims[0].mention):
            say(f"“{excerpt(*sentence)}”", indent=6)
    _say_more(len(groups))


def say_figures(graph: Graph, event: Event) -> None:
    """Print the numbers of an event and of its parts as series: by what they count, by day, by who says so."""
    found = [(figure, None) for figure in event.figures] + list(_of_parts(graph, event))
    for figure, part in found[:SHOWN]:
        holds = f", of {when}" if (when := words(figure.holds) or _phrase(figure)) else ""
        denied = "" if figure.factuality == "asserted" else f", {figure.factuality}"
        of = f", of its part {part.name}" if part else ""
        source = f"  — {_speaker(graph, figure)} ({_reported(graph, figure)}){holds}{denied}{of}"
        mention = graph.mentions.get(figure.mention)
        say(f"figure  {amount(figure, mention.text if mention else None)}", (source, FAINT), indent=2)
    _say_more(len(found))


def version_records(graph: Graph, event: Event) -> dict[str, list[dict[str, Any]]]:
    """`versions` and `series`: the claims and figures of an event with the names and sentences of who says so."""
    return {
        "versions": [{**claim_record(claim), **_told(graph, claim)} for claim in event.claims],
        "series": [{**figure_record(figure), **_told(graph, figure)} for figure in event.figures],
    }


def _told(graph: Graph, said: Claim | Figure) -> dict[str, Any]:
    article = graph.articles.get(said.article)
    sentence = _sentence(graph, said.mention)
    return {
        "said_by": graph.nodes[said.source].name if said.source in graph.nodes else None,
        "source_name": article.source if article else None,
        "sentence": sentence[0] if sentence else None,
    }


def _of_parts(graph: Graph, event: Event) -> Iterator[tuple[Figure, Event | None]]:
    for relation in graph.incoming.get(event.id, ()):
        part = graph.nodes[relation.source]
        if relation.type == "part-of" and isinstance(part, Event):
            yield from ((figure, part) for figure in part.figures)


def _speaker(graph: Graph, said: Claim | Figure) -> str:
    """Whoever says so: an actor, or the article's outlet."""
    return graph.nodes[said.source].name if said.source in graph.nodes else _outlet(graph, said)


def _outlet(graph: Graph, said: Claim | Figure) -> str:
    """Where it is reported: the article's outlet, else its title, else its id."""
    article = graph.articles.get(said.article)
    return (article and (article.source or article.title)) or said.article


def _reported(graph: Graph, said: Claim | Figure) -> str:
    """Where and when it is reported; of what the article itself says, where stands before."""
    where = [_outlet(graph, said)] if said.source in graph.nodes else []
    return ", ".join([*where, said.reported.isoformat() if said.reported else "undated"])


def _sentence(graph: Graph, mention: str) -> tuple[str, tuple[int, int]] | None:
    """The sentence of a mention, and where in it the mention stands."""
    found = graph.mentions.get(mention)
    around = graph.around(found.span) if found else []
    if found is None or not around:
        return None
    start, end = around[0].start, around[0].end
    text = graph.articles[found.span.article].text[start:end]
    return text, (found.span.start - start, found.span.end - start)


def _phrase(figure: Figure) -> str | None:
    """The words for the days of a number where the days are not known."""
    return f"“{figure.holds.phrase}”" if figure.holds and figure.holds.phrase else None


def _say_more(count: int) -> None:
    if count > SHOWN:
        say(f"and {count - SHOWN} more", indent=6)
