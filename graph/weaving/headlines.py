"""Names for events: the best that one of their mentions has for it, and others."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from .wording import headline, plainness

ALIASES = 8


class Candidate(NamedTuple):
    """What one mention calls its event, and how good a name that is.

    A verb that nothing stands before is told behind the name of the event's type, which is known when mentions are
    joined; till then the words behind it stand alone.
    """

    rank: tuple[int, ...]  # told as a fact, with who does it and what it is done to, by a verb; whole, short, by itself
    text: str
    verbs: tuple[str, str] | None  # the verb behind the name of a type, and as it stands where there is no type
    context: str  # of a name that is one word, the words around it


def candidate(
    told: tuple[int, ...],
    text: str,
    little: Collection[str],
    verbs: tuple[str, str] | None = None,
    context: str = "",
) -> Candidate:
    """A name, or what stands behind the verb of one; `told` is how much of the event it tells."""
    if verbs:
        return Candidate(told, text, verbs, context)
    text = headline(text, little)
    return Candidate((*told, -int("…" in text), *plainness(text)), text, None, "" if " " in text else context)


def named(candidates: Iterable[Candidate], type: str | None, little: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The best name for an event, and others; `type` is the name of its type, if it is of one."""
    whole = [_whole(candidate, type, little) for candidate in candidates]
    whole.sort(key=lambda candidate: candidate.rank, reverse=True)
    names = list(dict.fromkeys(candidate.text for candidate in whole))
    if " " in whole[0].context:
        names.insert(0, headline(f"{names[0]}: “{whole[0].context}”", little))
    return names[0], tuple(names[1 : 1 + ALIASES])


def _whole(given: Candidate, type: str | None, little: Collection[str]) -> Candidate:
    """The name with its verb."""
    if given.verbs is None:
        return given
    behind, alone = given.verbs
    verb = alone if type is None else f"{type}: {behind}"
    return candidate(given.rank, f"{verb}{given.text}", little, context=given.context)
