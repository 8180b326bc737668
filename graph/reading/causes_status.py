"""Whether a cause is one, according to the text, and who says so: the status of the tie itself, not of its events.

The word that carries the cue decides, as with events (factuality.py, speakers.py): "did not lead to", "may have led
to", "police believe that it led to". A word inside or right before the cue goes before: "allegedly over", "not because
of".
"""

from collections.abc import Mapping
from typing import NamedTuple

from ..types import UNTYPED, Factuality, Mention, event_value
from .causes_sides import Hit
from .denials import denier, doer
from .factuality import Statuses
from .governors import Governors
from .parse import Token
from .speakers import Speakers
from .syntax import agents_by, has_subject, is_infinitive, is_passive

MARKED: tuple[tuple[Factuality, str], ...] = (("alleged", "alleged_markers"), ("hypothetical", "hypothetical_markers"))
NOT_SO = frozenset({"not", "n't", "n’t", "never", "hardly"})
MEANT = frozenset({"aim", "purpose"})  # shapes of what a deed is for
CLAUSAL = frozenset({"verb", "noun", "object"})  # shapes whose carrier tells of the tie, not of one of its events


class Tie(NamedTuple):
    """What a text makes of a cue: the relation, its status, and the mention of whoever says so."""

    relation: str
    factuality: Factuality
    claimed_by: Mention | None


class Ties:
    """Gives the status of the causal ties of one article; `actors` are its actors by token."""

    def __init__(self, words: Governors, statuses: Statuses, speakers: Speakers, actors: Mapping[int, Mention]):
        self.words, self.statuses, self.speakers, self.actors = words, statuses, speakers, actors

    def of(self, hit: Hit) -> Tie | None:
        """What becomes of a tie, or None where the text says something else of its events."""
        carrier, shape = hit.carrier, hit.found.cue.shape
        if shape == "object":
            return Tie(hit.relation, *self._blamed(carrier))
        status = self._status(carrier)
        speaker = self.speakers.of(carrier, status)
        if speaker is None and status == "negated":
            speaker = denier(carrier, self.actors)
        if (marked := self._marked(hit)) is not None:
            return Tie(hit.relation, marked, speaker)
        if shape in CLAUSAL:
            return self._told_by_verb(hit, status, speaker)
        if shape in MEANT and hit.relation in ("prevents", "intends-to-cause"):
            return Tie(hit.relation, "planned" if hit.relation == "prevents" else "asserted", speaker)
        if status == "negated" or self._is_negated(carrier):  # "did not land because of the storm"
            reason = hit.relation == "causes" and hit.found.cue.source == "complement"
            if not reason or not self._is_negated(carrier) or hit.governor.type == UNTYPED:
                return None
            return Tie("prevents", "asserted" if status == "negated" else status, speaker)
        return Tie(hit.relation, status, speaker)

    def of_words(self, relation: str, carrier: Token) -> Tie | None:
        """What becomes of a tie that no cue makes, by the word that carries it; None where that is negated."""
        status = self._status(carrier)
        if status == "negated" or self._is_negated(carrier):
            return None
        return Tie(relation, status, self.speakers.of(carrier, status))

    def _status(self, carrier: Token) -> Factuality:
        """The status of a word; what only describes a noun ("changes that resulted from talks") is given but for what
        it says itself, and but for what the noun is said not to be ("is no injury that will stop me")."""
        participle = carrier.dep_ == "acl" and not is_infinitive(carrier) and not has_subject(carrier)
        if carrier.dep_ != "relcl" and not participle:
            return self.statuses.of(carrier)
        if carrier.head.dep_ == "attr" and self._is_negated(carrier.head.head):
            return "negated"
        return self.statuses.modality.own(carrier) or "asserted"

    def _is_negated(self, verb: Token) -> bool:
        """Whether a verb or the one it completes is negated: "may not land", "does not seem to land"."""
        above = [verb.head] if verb.dep_ == "xcomp" else []
        return any(self.statuses.modality.is_negated(one) for one in (verb, *above))

    def _told_by_verb(self, hit: Hit, status: Factuality, speaker: Mention | None) -> Tie:
        """What is planned to cause something is meant to; what will cause it only may."""
        if status == "asserted" and hit.relation == "causes" and event_value(hit.complement).factuality == "negated":
            return Tie(hit.relation, "negated", speaker)  # "resulted in no agreement"
        if status == "planned" and hit.relation in ("causes", "enables", "prevents"):
            if not is_infinitive(hit.carrier) or self.words.has(hit.carrier.head, "foreseeing"):
                return Tie(hit.relation, "hypothetical", speaker)
            if hit.relation != "prevents":
                return Tie("intends-to-cause", "asserted", speaker)
        if hit.relation == "causes" and hit.carrier.dep_ == "xcomp" and hit.carrier.head.lemma_ == "help":
            return Tie("enables", status, speaker)
        return Tie(hit.relation, status, speaker)

    def _marked(self, hit: Hit) -> Factuality | None:
        """What the words of a cue and those right before it say: "apparently in retaliation for", "not because of"."""
        first = hit.found.first
        before = [first.nbor(-1)] if first.i > first.sent.start and hit.found.cue.shape != "verb" else []
        around = [*hit.found.between, *before, *(child for child in first.children if child.dep_ in ("advmod", "neg"))]
        for word in around:
            if word.lower_ in NOT_SO and hit.found.cue.shape not in CLAUSAL:
                return "negated"
            for status, name in MARKED:
                if self.words.has(word, name):
                    return status
        return None

    def _blamed(self, verb: Token) -> tuple[Factuality, Mention | None]:
        """ "blamed it on": alleged by whoever blames, if not by somebody above."""
        status = self.statuses.of(verb)
        by_whom = next((self.actors[one.i] for one in agents_by(verb) if one.i in self.actors), None)
        speaker = by_whom if is_passive(verb) else doer(verb, self.actors)
        return ("alleged" if status == "asserted" else status), speaker or self.speakers.of(verb, "alleged")
