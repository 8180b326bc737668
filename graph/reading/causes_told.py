"""What the trained tagger tells of causes, tied to events: some words stand for the event nearest to their head.

Where the signal is a cue of the schema, the cue says which relation it is; an infinitive is an aim. Whether the tie
holds, and who says so, is found as for the cues. Only an aim stands on the tagger's word alone; all else that no cue
says is a hint: in the reading, and in the graph where a second voice says the same.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from ..types import AIM, HINT, UNTYPED, Link, Mention, Offsets
from .causal_tagger import Told
from .causes_cues import VERBS, Cues, Found
from .causes_ends import Ends
from .causes_status import Ties
from .parse import Parse, Token, TokenSpan
from .syntax import is_infinitive

AIM_SURE, HINT_SURE = 0.8, 0.4  # what the tagger's word is worth for an aim of what was done; and else
BACK = frozenset({"responds-to", AIM})  # they run from what the corpus calls the effect


class Pair(Struct, frozen=True):
    """A relation that the tagger tells, with the events of its cause and of its effect."""

    told: Told
    cause: Mention
    effect: Mention

    @property
    def events(self) -> frozenset[str]:
        """The ids of both."""
        return frozenset((self.cause.id, self.effect.id))


class Telling:
    """Gives what the tagger tells of one article."""

    def __init__(self, parse: Parse, ends: Ends, cues: Cues, ties: Ties):
        self.parse, self.ends, self.cues, self.ties = parse, ends, cues, ties

    def pairs(self, sentence: TokenSpan) -> Iterator[Pair]:
        """The relations of a sentence whose cause and effect are events, the surest first."""
        if self.parse.tagger is None or sum(token.i in self.ends.events for token in sentence) < 2:
            return
        for told in self.parse.tagger.tell(self.parse, sentence).relations:
            cause, effect = self._event(told.cause), self._event(told.effect)
            if cause is not None and effect is not None and cause.id != effect.id:
                yield Pair(told, cause, effect)

    def _event(self, span: Offsets) -> Mention | None:
        """The event that some words stand for: the nearest below their head, else the uppermost in them."""
        words = self.parse.tokens(*span)
        inside: Mapping[int, Mention] = {
            token.i: self.ends.events[token.i] for token in words if token.i in self.ends.events
        }
        found = self.ends.below(words.root)
        if found is not None and self.parse.head(found).i in inside:
            return found
        upper = min(inside, key=lambda i: sum(1 for _ in words.doc[i].ancestors), default=None)
        return inside[upper] if upper is not None else None

    def link(self, pair: Pair, sentence: TokenSpan) -> Link | None:
        """The link of a pair, or None where the text says that there is none."""
        found = self._cue(pair.told, sentence)
        relation = found.cue.relation if found else AIM if self._is_aim(pair) else "causes"
        back = relation in BACK
        source, target = (pair.effect, pair.cause) if back else (pair.cause, pair.effect)
        spans = (pair.told.effect, pair.told.cause) if back else (pair.told.cause, pair.told.effect)
        tie = self.ties.of_words(relation, self._carrier(pair, found))
        if tie is None:
            return None
        firm = relation == AIM and found is None and pair.effect.type != UNTYPED
        rule = "tagger:aim" if firm else f"{HINT}:{found.cue.id}" if found else HINT
        speaker = tie.claimed_by.id if tie.claimed_by else None
        cue = pair.told.signals[0] if pair.told.signals else None
        sure = round(pair.told.sure * (AIM_SURE if firm else HINT_SURE), 2)
        return Link(source.id, tie.relation, target.id, rule, sure, cue, *spans, tie.factuality, speaker)

    def _is_aim(self, pair: Pair) -> bool:
        """Whether the cause is what the effect is done for: "borrowed money to refinance a loan"."""
        aim, done = self.parse.head(pair.cause), self.parse.head(pair.effect)
        return is_infinitive(aim) and aim.dep_ == "advcl" and aim.head.i == done.i and done.pos_ in VERBS

    def _cue(self, told: Told, sentence: TokenSpan) -> Found | None:
        """The cue of the schema that the signal is, the longest."""
        tokens = [token for signal in told.signals for token in self.parse.tokens(*signal)]
        found = [one for token in tokens for one in self.cues.of(token, sentence)]
        return max(found, key=lambda one: (len(one.words), one.cue.confidence), default=None)

    def _carrier(self, pair: Pair, found: Found | None) -> Token:
        """The word that says whether the tie holds: the verb of the signal, else that of the effect."""
        if found is not None and found.first.pos_ in VERBS:
            return found.first
        return self.parse.head(pair.effect)
