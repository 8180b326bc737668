"""What becomes of what sentences say of a cause: whether it holds, who says so, and how surely all of them together.

A causal link has a status of its own ("may have led to"), and so have its two ends ("the planned strike"). Where a
deed was left undone, that can bring about something too: "failed to condemn" is a cause like any other.
"""

from collections.abc import Iterable, Mapping

from ...schemas.types import Schema
from ..types import AIM, FIRMEST, HAPPENED, HINDERING, EventValue, Evidence, Factuality, Link, Mention

EFFECT_OPEN = ("enables", AIM, HINDERING)  # they hold whether or not what they are for comes about
CAUSE_OPEN = ("responds-to",)  # an answer to what is only planned or feared is an answer
CAP = 0.99


def ends_of(type: str, schema: Schema) -> tuple[str, str] | None:
    """Which end of a relation of this type is the cause and which the effect; None where neither is."""
    known = schema.relations.get(type)
    if type == HINDERING or (known is not None and known.causal == "source"):
        return "source", "target"
    return ("target", "source") if known is not None and known.causal == "target" else None


def status_of(link: Link, cause: Mention, effect: Mention, denied: frozenset[str] = frozenset()) -> Factuality:
    """Whether a sentence says that the one brought about the other, going by the link and by its two ends.

    The weakest counts: the link's own status, that of the cause, and that of the effect.

    - A link that is negated says no; so does one of whose ends somebody denies (`denied`), one both of whose ends the
      same speaker says did not happen ("denied that the raid led to deaths"), and one without a cue whose effect did
      not happen ("the blast hurt nobody"). Else what did not happen is a cause or an effect like any other ("as the
      Council failed to condemn it"; "the talks were put off because of the storm").
    - A cause that is alleged, planned or hypothetical makes its effect so. Of an answer, only an alleged cause does:
      one answers plans and fears as well.
    - An effect that is alleged, planned or hypothetical makes the causing so. What makes something possible, is meant
      to bring it about or prevents it does so whether or not it came about.
    """
    before, after = _status(cause), _status(effect)
    if _says_no(link, cause, effect, denied):
        return "negated"
    told: list[Factuality] = [link.factuality]
    if link.type not in CAUSE_OPEN or before == "alleged":
        told.append(before)
    if link.type not in EFFECT_OPEN:
        told.append(after)
    return max((one for one in told if one != "negated"), key=FIRMEST.index)


def _says_no(link: Link, cause: Mention, effect: Mention, denied: frozenset[str]) -> bool:
    undone = [end for end in (cause, effect) if _status(end) == "negated"]
    by_one = len(undone) == 2 and _speaker(cause) is not None and _speaker(cause) == _speaker(effect)
    in_vain = link.cue is None and effect in undone and link.type not in EFFECT_OPEN
    return link.factuality == "negated" or by_one or in_vain or any(end.id in denied for end in undone)


def claimant(link: Link, ends: Iterable[Mention], resolution: Mapping[str, str]) -> str | None:
    """The node of whoever says so: who claims the link itself, else who says that one of its ends happened.

    A cause that is told inside a claim is a claim. Of the ends the first that somebody says counts.
    """
    told = (link.claimed_by, *map(_speaker, ends))
    return next((resolution[by] for by in told if by is not None and by in resolution), None)


def together(evidence: Iterable[Evidence], voices: Mapping[str, str]) -> tuple[Factuality, float]:
    """What all the evidence for a relation comes to: the firmest status that it gives, and how sure that makes it.

    A denial counts where nobody says that it was so; plans and mere possibilities count last. Sure make it those that
    say the same, whether they assert it or allege it; those who deny what others say take off up to half of that.

    >>> said = [Evidence("a", 0, 9, "cue:after", 0.8), Evidence("b", 0, 9, "cue:after", 0.5, factuality="negated")]
    >>> together(said, {"a": "a", "b": "b"})
    ('asserted', 0.6)
    """
    given = list(evidence)
    factuality: Factuality = min((one.factuality for one in given), key=FIRMEST.index, default="asserted")
    so = HAPPENED if factuality in HAPPENED else (factuality,)
    sure = confidence((one for one in given if one.factuality in so), voices)
    against = [one for one in given if one.factuality == "negated"] if factuality in HAPPENED else []
    if against:
        sure *= 1 - confidence(against, voices) / 2
    return factuality, round(sure, 4)


def confidence(evidence: Iterable[Evidence], voices: Mapping[str, str]) -> float:
    """How sure the evidence makes a relation: the best of each independent voice adds to the others; at most .99.

    All that one actor claims is one voice, in whatever article; else `voices` tells which one an article is of.
    """
    best: dict[tuple[bool, str], float] = {}
    for item in evidence:
        voice = (True, item.claimed_by) if item.claimed_by else (False, voices[item.article])
        best[voice] = max(best.get(voice, 0.0), item.confidence)
    doubt = 1.0
    for sure in best.values():
        doubt *= 1 - sure
    return round(min(1 - doubt, CAP), 4)


def voices_of(sources: Mapping[str, str | None], independent: Mapping[str, str]) -> dict[str, str]:
    """The voice of each article: its source, or that of the article it repeats; without a source the article alone.

    >>> voices_of({"a": "Daily", "b": "daily", "c": None, "d": "Post"}, {"a": "a", "b": "b", "c": "c", "d": "c"})
    {'a': 'source daily', 'b': 'source daily', 'c': 'article c', 'd': 'article c'}
    """
    return {article: _voice(first, sources[first]) for article, first in independent.items()}


def _voice(article: str, source: str | None) -> str:
    return f"source {source.casefold()}" if source else f"article {article}"


def _status(mention: Mention) -> Factuality:
    return mention.value.factuality if isinstance(mention.value, EventValue) else "asserted"


def _speaker(mention: Mention) -> str | None:
    return mention.value.source if isinstance(mention.value, EventValue) else None
