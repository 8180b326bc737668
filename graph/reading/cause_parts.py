"""What the causal tagger says of two events of a sentence, as numbers: whether the sentence tells of a cause, in which
parts of it they stand, and how sure the one stands in a cause of what the other stands in.
"""

from collections.abc import Sequence

from ..types import Offsets
from .causal_tagger import CausalTagger, Sentence, Told
from .parse import Parse, Token

_OWN = ("told causal", "told as a cause", "told as an effect")
PAIR = (
    *("first told as the cause", "second told as the cause"),
    *(f"1 {name}" for name in _OWN),
    *(f"2 {name}" for name in _OWN),
)


class Parts:
    """The causes and effects that the tagger tells in an article's sentences with events."""

    def __init__(self, parse: Parse, tokens: Sequence[Token], tagger: CausalTagger):
        sentences = {token.sent.start: token.sent for token in tokens}
        self._told = {start: tagger.tell(parse, sentence) for start, sentence in sentences.items()}

    def pair(self, first: Token, second: Token) -> list[float]:
        """The numbers named by `PAIR`, for two events of one sentence."""
        told = self._told[first.sent.start]
        forth = [one for one in told.relations if _in(first, one.cause) and _in(second, one.effect)]
        back = [one for one in told.relations if _in(second, one.cause) and _in(first, one.effect)]
        return [_surest(forth), _surest(back), *_own(first, told), *_own(second, told)]


def _own(token: Token, told: Sentence) -> tuple[float, float, float]:
    """How sure an event's sentence tells of a cause, the event stands in a cause, and in an effect."""
    causes = [one for one in told.relations if _in(token, one.cause)]
    effects = [one for one in told.relations if _in(token, one.effect)]
    return told.causal, _surest(causes), _surest(effects)


def _surest(relations: Sequence[Told]) -> float:
    return max((one.sure for one in relations), default=0.0)


def _in(token: Token, part: Offsets) -> bool:
    return part[0] <= token.idx < part[1]
