"""Causal links: what the cues of the schema tie, with the events on both sides of them.

    cues (causes_cues.py) -> their two events (causes_sides.py, causes_ends.py) -> status and claimer (causes_status.py)
    without a cue: outcomes (causes_outcomes.py) and reactions to what was told before (causes_reactions.py)
    what the trained tagger tells besides (causes_told.py): where both say that two events are tied, it is surer

Only what someone does can respond: where the responding event has no doer by its type ("five people died after the
crash"), the answer becomes an effect. Nobody responds to themselves by merely acting later. Cues that leave little
doubt tie events of no type as well.
"""

from collections.abc import Iterator, Sequence

from msgspec import structs

from ...schemas.types import Schema
from ..types import UNTYPED, Link, Mention
from .causes_cues import VERBS, Found, cues_of
from .causes_ends import Ends
from .causes_outcomes import Outcomes, clause_words
from .causes_reactions import Parties, Reactions
from .causes_sides import Hit, Sides
from .causes_status import Tie, Ties
from .causes_told import Pair, Telling
from .factuality import Statuses
from .governors import governors_of
from .parse import Parse, Token, TokenSpan
from .speakers import Speakers

SURE = 0.7  # from here on a cue says "response", not only "later"
MEASURES = frozenset({"day", "week", "month", "year", "decade", "century", "hour"})
STRONG = 0.8  # from here on a cue ties events of no type
TOLD = 0.5  # how sure the tagger must be where no cue says so
AGREED = 0.4  # what its word adds to that of a cue
CAP = 0.97


def find(
    parse: Parse, events: Sequence[Mention], names: Sequence[Mention], roles: Sequence[Link], schema: Schema
) -> list[Link]:
    """Causal links (causes, intends-to-cause, enables, prevents, responds-to) and `part-of` between event mentions.

    Each carries its cue's offsets, the words on both sides, its status and who claims it. One link a pair and type, the
    surest.
    """
    finder = _Finder(parse, events, names, roles, schema)
    best: dict[tuple[str, str, str], Link] = {}
    for link in finder.links():
        key = (link.source, link.type, link.target)
        if key not in best or best[key].confidence < link.confidence:
            best[key] = link
    return list(best.values())


class _Finder:
    def __init__(
        self, parse: Parse, events: Sequence[Mention], names: Sequence[Mention], roles: Sequence[Link], schema: Schema
    ):
        self.parse, self.cues, self.words = parse, cues_of(schema), governors_of(schema)
        airy = self._is_airy
        typed = {parse.head(event).i: event for event in events if event.type != UNTYPED}
        said = {i: event for event in events if (i := parse.head(event).i) not in typed and not self._is_speech(event)}
        ends, all_ends = Ends(typed, airy), Ends({**typed, **said}, airy)
        self.sides, self.all_sides = Sides(ends, self.cues), Sides(all_ends, self.cues)
        self.parties = Parties(names, roles)
        self.outcomes = Outcomes(parse, ends, self.cues)
        self.reactions = Reactions(parse, ends, self.cues, self.parties)
        actors = parse.by_token(name for name in names if name.kind == "actor")
        statuses = Statuses(self.words, {i: event.type for i, event in typed.items()})
        self.ties = Ties(self.words, statuses, Speakers(parse, actors, self.words), actors)
        self.telling = Telling(parse, all_ends, self.cues, self.ties)

    def _is_airy(self, token: Token) -> bool:
        """Whether nothing took place of what a word is about: "fears of a strike", "believes that they struck"."""
        if token.pos_ == "NOUN":
            return token.lemma_.lower() in self.cues.words("airy")
        return token.pos_ == "VERB" and self.words.has(token, "reporting", "claiming", "thinking", "fearing")

    def _is_speech(self, event: Mention) -> bool:
        """Whether an event of no type only tells of another: "said", "saw", "took place"."""
        return self.words.has(self.parse.head(event), "reporting", "claiming", "thinking", "occurring", "light")

    def links(self) -> Iterator[Link]:
        """The links of an article, sentence by sentence."""
        previous: TokenSpan | None = None
        for sentence in self.parse.sentences:
            told = {pair.events: pair for pair in reversed(list(self.telling.pairs(sentence)))}
            for link in self._by_rule(sentence, previous):
                pair = told.get(frozenset((link.source, link.target)))
                yield _agreed(link, pair) if pair else link
                told.pop(frozenset((link.source, link.target)), None)
            for pair in told.values():
                told_link = self.telling.link(pair, sentence) if pair.told.sure >= TOLD else None
                if told_link is not None:
                    yield told_link
            previous = sentence

    def _by_rule(self, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Link]:
        """What cues, outcomes and reactions say in a sentence."""
        inside: set[int] = set()  # words of cues that were found
        for token in sentence:
            links = []
            for found in self.cues.of(token, sentence) if token.i not in inside else ():
                tied = list(self._by_cue(found, sentence, previous))
                inside.update(found.words if tied else ())
                links += tied
            yield from links
            yield from self.outcomes.of(token)
            if not links:
                yield from self.reactions.of(token)

    def _by_cue(self, found: Found, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Link]:
        sides = self.all_sides if found.cue.confidence >= STRONG else self.sides
        for hit in sides.of(found, sentence, previous):
            tie = self.ties.of(hit) if self._allowed(hit) else None
            if tie is not None:
                yield self._link(hit, tie)

    def _allowed(self, hit: Hit) -> bool:
        """Whether a cue may tie two events: by their types and statuses; what only comes later is by somebody else."""
        cue, governor, complement = hit.found.cue, hit.governor, hit.complement
        if not self.cues.holds(cue, "governor", governor) or not self.cues.holds(cue, "complement", complement):
            return False
        later = hit.relation == "responds-to" and cue.confidence < SURE
        if later and _is_measured(hit.found):
            return False
        return not (later and self.parties.agents[governor.id] & self.parties.agents[complement.id])

    def _link(self, hit: Hit, tie: Tie) -> Link:
        cue, found = hit.found.cue, hit.found
        source, target, relation = hit.governor, hit.complement, tie.relation
        if cue.source == "complement":
            source, target = target, source
        if relation == "responds-to" and not self.cues.does(source.type):
            source, target, relation = target, source, "causes"
        offsets = found.first.idx, found.last.idx + len(found.last.text)
        spans = clause_words(self.parse, source, offsets), clause_words(self.parse, target, offsets)
        speaker = tie.claimed_by.id if tie.claimed_by else None
        rule = f"cue:{cue.id}"
        return Link(source.id, relation, target.id, rule, cue.confidence, offsets, *spans, tie.factuality, speaker)


def _agreed(link: Link, pair: Pair) -> Link:
    """A rule's link that the tagger tells, too: surer, with the words of cause and effect as the tagger has them."""
    spans = pair.told.cause, pair.told.effect
    source, target = spans if link.source == pair.cause.id else spans[::-1]
    sure = round(min(1 - (1 - link.confidence) * (1 - AGREED * pair.told.sure), CAP), 2)
    return structs.replace(link, confidence=max(sure, link.confidence), source_span=source, target_span=target)


def _is_measured(found: Found) -> bool:
    """Whether it is said how long after: "two years after the war"."""
    if found.first.pos_ in VERBS or found.first.i == found.first.sent.start:
        return False
    before = found.first.nbor(-1)
    return before.ent_type_ in ("DATE", "TIME") and before.lemma_.lower() in MEASURES
