"""What the rules of order share: the events of an article by token, and which of them can stand in a link."""

from collections.abc import Iterable, Mapping

from ..types import HAPPENED, EventValue, Link, Mention, Offsets
from .parse import Parse, Token
from .tense import VERBS

# How sure each rule is, as tests/benchmarks/order.py measures it: between vague pairs left out and vague pairs wrong.
SURE = {
    "signal": 0.95,
    "sequel": 0.9,
    "past-perfect": 0.9,
    "reporting": 0.95,
    "reporting:future": 0.8,
    "reporting:next": 0.9,
    "reporting:previous": 0.85,
    "tense": 0.9,
    "aim": 0.9,
    "dates": 0.9,
}
_ARGUMENTS = ("dobj", "nsubj", "nsubjpass")


class Ends:
    """The events of an article, found from their tokens."""

    def __init__(self, parse: Parse, events: Iterable[Mention]):
        self._by_token = {parse.head(event).i: event for event in events if isinstance(event.value, EventValue)}

    def __contains__(self, token: Token) -> bool:
        return token.i in self._by_token

    def at(self, token: Token) -> Mention | None:
        """The event that this very token is."""
        return self._by_token.get(token.i)

    def of(self, token: Token) -> Mention | None:
        """The event a token is, else that of a verb's subject or object ("the fire broke out")."""
        if token.i in self._by_token or token.pos_ not in VERBS:
            return self._by_token.get(token.i)
        nouns = (child for child in token.children if child.dep_ in _ARGUMENTS)
        return next((self._by_token[noun.i] for noun in nouns if noun.i in self._by_token), None)

    def count(self, start: int, end: int) -> int:
        """How many events stand among some tokens."""
        return sum(i in self._by_token for i in range(start, end))


def status(event: Mention) -> str:
    """Whether an event happened, is planned and so on."""
    assert isinstance(event.value, EventValue)
    return event.value.factuality


def linked(
    first: Mention | None,
    type: str,
    second: Mention | None,
    rule: str,
    sure: float,
    cue: Offsets | None = None,
    ahead: Iterable[str] = ("planned",),
) -> Link | None:
    """The link between two events that happened, or from one that did to one that lies `ahead` of it; else None."""
    if first is None or second is None or first.id == second.id or status(first) not in HAPPENED:
        return None
    if status(second) not in HAPPENED and not (type == "before" and status(second) in ahead):
        return None
    return Link(first.id, type, second.id, rule, sure, cue)


def words(entries: Mapping[str, object]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> the rest of each entry that starts with it, with the entry; the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry in sorted(entries, key=lambda entry: -len(entry.split())):
        first, *rest = entry.split()
        index.setdefault(first, []).append((tuple(rest), entry))
    return index
