"""What the trained tagger tells of causes, tied to events: each span stands for the event nearest to its head.

The signal's words say which relation it is where they are a cue of the schema; an infinitive without one is an aim. The
tie has a status and a claimer as those of the cues do.
"""

from collections.abc import Iterator

from msgspec import Struct

from ..types import Link, Mention, Offsets
from .causal_tagger import Told
from .causes_cues import Cues, Found
from .causes_ends import Ends
from .causes_sides import Hit
from .causes_status import Ties
from .parse import Parse, Token, TokenSpan
from .syntax import is_infinitive

SURE = 0.5  # how sure the tagger must be of a relation
AIMS = frozenset({"aim", "purpose"})  # shapes of cues that introduce what somebody wants


class Pair(Struct, frozen=True):
    """A relation that the tagger tells, with the events of its cause and of its effect."""

    told: Told
    cause: Mention
    effect: Mention


class Telling:
    """Gives the causal links that the tagger tells of the sentences of one article."""

    def __init__(self, parse: Parse, ends: Ends, cues: Cues, ties: Ties):
        self.parse, self.ends, self.cues, self.ties = parse, ends, cues, ties

    def of(self, sentence: TokenSpan) -> Iterator[Pair]:
        """The relations of a sentence whose cause and effect are events."""
        if self.parse.tagger is None or sum(token.i in self.ends.events for token in sentence) < 2:
            return
        for told in self.parse.tagger.tell(self.parse, sentence).relations:
            cause, effect = self._event(told.cause), self._event(told.effect)
            if cause is not None and effect is not None and cause.id != effect.id:
                yield Pair(told, cause, effect)

    def _event(self, span: Offsets) -> Mention | None:
        """The event that some words stand for: the nearest one below their head, in them."""
        words = self.parse.tokens(*span)
        found = self.ends.below(words.root)
        if found is None or not span[0] <= found.span.start < span[1]:
            inside = [self.ends.events[token.i] for token in words if token.i in self.ends.events]
            found = min(inside, key=lambda event: len(list(self.parse.head(event).ancestors)), default=None)
        return found

    def link(self, pair: Pair) -> Link | None:
        """The link of a pair, or None where the text says that it is none."""
        told = pair.told
        words = self._signal(told)
        found = self._cue(words)
        relation = self._relation(told, found)
        source, target, spans = pair.cause, pair.effect, (told.cause, told.effect)
        if relation in ("responds-to", "intends-to-cause"):
            source, target, spans = target, source, spans[::-1]
        carrier = words.root if words is not None else self.parse.head(pair.effect)
        hit = Hit(found, source, target, carrier, relation)
        tie = self.ties.of(hit)
        ...
        return None
