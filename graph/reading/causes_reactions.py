"""Reactions to what was told before: "vowed to respond", "threatened to hit back", "called for revenge".

Nothing says to what, so it is the last act of force before that struck the one who reacts; where nobody is named that
it struck, one told shortly before that others did.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ..types import ActorValue, EventValue, Link, Mention, PlaceValue
from .causes_cues import VERBS, Cues
from .causes_ends import Ends
from .parse import Parse, Token

STRUCK, NEAR = 0.55, 0.45  # how sure, by whether the one who reacts was struck
SENTENCES = 2  # so many sentences before are near
ANSWERED = frozenset({"to", "for", "against", "by"})


class Parties:
    """Who does an event and whom it strikes: the keys, names and countries of actors and places, by event id."""

    def __init__(self, names: Sequence[Mention], roles: Sequence[Link]):
        sides = _sides(names)
        self.agents = _by_event(roles, ("agent",), sides)
        self.struck = _by_event(roles, ("recipient", "place"), sides)


class Reactions:
    """Gives the links of words that answer something without saying what."""

    def __init__(self, parse: Parse, ends: Ends, cues: Cues, sides: Parties):
        self.parse, self.ends, self.cues, self.sides = parse, ends, cues, sides
        self.verbs, self.nouns = cues.words("reactive"), cues.words("reactive_nouns")
        self.announcing = cues.words("announcing")
        self.numbers = {sentence.start: number for number, sentence in enumerate(parse.sentences)}

    def of(self, token: Token) -> Iterator[Link]:
        """The link from what answers to the last act of force that it can answer."""
        response = self._response(token)
        ours = self.sides.agents[response.id] if response is not None else set()
        if response is None or not ours:
            return
        acts = [act for act in reversed(self._before(token)) if act.id != response.id]
        sure = [(sure, act) for act in acts if (sure := self._answers(ours, act, token)) is not None]
        if sure:
            confidence, act = max(sure, key=lambda pair: pair[0])  # of those as sure the last
            cue = token.idx, token.idx + len(token.text)
            yield Link(response.id, "responds-to", act.id, f"reaction:{token.lemma_.lower()}", confidence, cue)

    def _response(self, token: Token) -> Mention | None:
        """The event of somebody who reacts: of the verb "respond", of "revenge" that is called for or promised."""
        lemma = token.lemma_.lower()
        particles = [f"{lemma} {child.lower_}" for child in token.children if child.dep_ in ("prt", "advmod")]
        if token.pos_ == "VERB" and not self.verbs.isdisjoint([lemma, *particles]):
            return self.ends.above(token)
        if token.pos_ == "NOUN" and lemma in self.nouns:
            said = any(child.dep_ == "prep" and child.lower_ in ANSWERED for child in token.children)
            verb = token.head.head if token.dep_ == "pobj" else token.head
            if not said and verb.pos_ in VERBS and verb.lemma_.lower() in self.announcing:
                return self.ends.above(verb) or self.ends.at(token)
        return None

    def _answers(self, ours: set[str], act: Mention, token: Token) -> float | None:
        """How sure an act is the one that is answered, or None where it is not."""
        value = act.value
        assert isinstance(value, EventValue)
        theirs, struck = self.sides.agents[act.id], self.sides.struck[act.id]
        forceful = "material-conflict" in self.cues.kinds(act.type) and value.factuality == "asserted"
        if not forceful or not theirs or theirs & ours:
            return None
        if struck & ours:
            return STRUCK
        near = self._sentence(token) - self._sentence(self.parse.head(act)) <= SENTENCES
        return NEAR if near and not struck and "ASSAULT" in self.cues.kinds(act.type) else None

    def _before(self, token: Token) -> list[Mention]:
        return [event for i, event in sorted(self.ends.events.items()) if i < token.i]

    def _sentence(self, token: Token) -> int:
        return self.numbers.get(token.sent.start, 0)


def _sides(names: Sequence[Mention]) -> dict[str, set[str]]:
    """Actor or place mention id to what it can be told by: its key or name, and its country unless it is a person; that
    of "an Israeli official", who acts for it, is."""
    sides: dict[str, set[str]] = {}
    for name in names:
        value = name.value
        if isinstance(value, ActorValue | PlaceValue):
            official = isinstance(value, ActorValue) and value.form == "description" and value.sectors
            country = None if name.type == "Person" and not official else value.country
            sides[name.id] = {side for side in (value.key or value.name, country) if side}
    return sides


def _by_event(roles: Sequence[Link], types: tuple[str, ...], sides: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Event id to the sides that stand in these roles."""
    found: dict[str, set[str]] = defaultdict(set)
    for link in roles:
        if link.type in types:
            found[link.source] |= sides.get(link.target, set())
    return found
