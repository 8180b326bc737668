"""A piece of evidence as a record for readers: its sentence, the words that say so, the outlet and who claims it."""

import re
from typing import TYPE_CHECKING

from ..types import EventValue, Evidence, Offsets, Relation
from .causal import cause_and_effect
from .reasons import Ground

if TYPE_CHECKING:
    from ..model import Graph

QUOTED = 110  # characters of a quote at most
TAIL = 45  # characters that may follow the cause to end its clause
_STOP = re.compile(r"""[,;:.!?](?=\s|$)|[”"–—()]""")


def ground(graph: "Graph", relation: Relation, evidence: Evidence) -> Ground:
    """The record of one piece of evidence."""
    article = graph.articles[evidence.article]
    sentence = article.text[evidence.start : evidence.end]
    cue = _within(evidence, evidence.cue)
    claimant = graph.nodes.get(evidence.claimed_by or "")
    return Ground(
        relation.type,
        sentence,
        _quote(graph, relation, evidence, sentence, cue),
        evidence.article,
        evidence.start,
        evidence.end,
        evidence.rule,
        evidence.confidence,
        evidence.factuality,
        sentence[slice(*cue)] if cue else None,
        cue,
        article.source,
        article.title,
        article.published,
        article.url,
        claimant.id if claimant else None,
        claimant.name if claimant else None,
    )


def _quote(graph: "Graph", relation: Relation, evidence: Evidence, sentence: str, cue: Offsets | None) -> str:
    """The words from the cue to the cause, or from the cause over the cue to the effect, with the end of the clause."""
    source, target = (_within(evidence, _trigger(graph, id)) for id in (evidence.source, evidence.target))
    cause_first = cause_and_effect(graph.schema, relation) in (None, (relation.source, relation.target))
    cause, effect = (source, target) if cause_first else (target, source)
    if cue is None:
        return _stretch(sentence, *_hull([cause, effect])) if cause and effect else cut(sentence, 0, QUOTED)
    if cause is None or cause[0] >= cue[1]:
        return _stretch(sentence, *_hull([cue, cause]))
    return _stretch(sentence, *_hull([cause, cue, effect]))


def _hull(spans: list[Offsets | None]) -> Offsets:
    known = [span for span in spans if span]
    return min(start for start, _ in known), max(end for _, end in known)


def _stretch(sentence: str, start: int, end: int) -> str:
    """The words between two offsets, to the end of their clause if that is near."""
    found = _STOP.search(sentence, end)
    stop = found.start() if found else len(sentence)
    return cut(sentence, start, min(stop, end + TAIL) if end - start < QUOTED else end)


def cut(sentence: str, start: int, end: int) -> str:
    """A stretch of a sentence in whole words and of limited length, with an ellipsis where its clause goes on.

    >>> cut("The harbour was closed over the storm that had sunk two ships.", 23, 40)
    'over the storm …'
    """
    limit = min(end, start + QUOTED)
    if limit < len(sentence) and sentence[limit].isalnum() and sentence[limit - 1].isalnum():
        limit = max(sentence.rfind(" ", start, limit), start + 1)
    more = limit < len(sentence) and not _STOP.match(sentence, limit)
    return sentence[start:limit].strip() + (" …" if more else "")


def _trigger(graph: "Graph", mention: str | None) -> Offsets | None:
    """Where the word of a mention stands in its article."""
    found = graph.mentions.get(mention or "")
    if found is None:
        return None
    return found.value.trigger if isinstance(found.value, EventValue) else (found.span.start, found.span.end)


def _within(evidence: Evidence, span: Offsets | None) -> Offsets | None:
    """Offsets in the article as offsets in the sentence of the evidence, None where they lie outside."""
    if span is None or not evidence.start <= span[0] < span[1] <= evidence.end:
        return None
    return span[0] - evidence.start, span[1] - evidence.start
