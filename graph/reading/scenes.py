"""Scenes: where each event takes place, never a place that is only mentioned beside it.

Each place climbs from the phrase that names it to the event that the phrase belongs to; a clause or a phrase of another
event on the way keeps it. What is left without a place may share one: the dead of a blast are where the blast is.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ...schemas.types import Schema, Trigger
from ..types import Link, Mention, PlaceValue
from .parse import Parse, Token
from .syntax import MODIFIERS, antecedent, children, conjuncts, is_bare, subjects

AT = frozenset("in at near inside outside across around throughout within along above under beneath".split())
AGAINST = frozenset("on at by against into through over with between among from".split())
THROUGH = frozenset({"during", "amid", "as"})
UPON = frozenset({"on", "off", "over", "against", "through"})  # a place only of what is done there
PARTS = frozenset({"including", "like"})
GROUNDS = frozenset({"Facility", "Area", "Water", "Building"})  # one is on them as in them
FOES = frozenset({"against", "over"})  # of a match, no place
WINDS = frozenset("north south east west northeast northwest southeast southwest".split())
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
VERBS = frozenset({"VERB", "AUX"})
NOT = frozenset({"than", "without", "except", "unlike", "out"})  # before a preposition: no place of the event
AMOUNTS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL"})  # the parser hangs places on them
LONGEST = 8  # steps from a place to its event
OWN, INNER, DOER, SHARED = 0, 1, 2, 3  # how near the place stands; the nearest counts
CONFIDENCE = {OWN: 0.8, INNER: 0.75, DOER: 0.7, SHARED: 0.6}


class Scene(NamedTuple):
    """The place of an event, how near to it the words stand, and what ties them."""

    event: int
    place: Mention
    rank: int
    rule: str


def find(parse: Parse, events: Sequence[Mention], names: Sequence[Mention], schema: Schema) -> list[Link]:
    """The `place` links of events, those that stand nearest."""
    finder = _Finder(parse, events, names, schema)
    scenes = finder.shared(finder.told())
    return [
        Link(finder.events[i].id, "place", scene.place.id, f"role:{scene.rule}", CONFIDENCE[scene.rank])
        for i, found in sorted(scenes.items())
        for scene in found
    ]


@lru_cache(maxsize=8)
def triggers_by_rule(schema: Schema) -> dict[str, Trigger]:
    """The schema's triggers by the rule that event mentions carry."""
    return {f"trigger:{trigger.id}": trigger for trigger in schema.triggers}


class _Finder:
    """One article's events and places by the token that carries them."""

    def __init__(self, parse: Parse, events: Sequence[Mention], names: Sequence[Mention], schema: Schema):
        self.parse = parse
        self.events = {parse.head(event).i: event for event in events}
        self.places = {
            parse.head(name).i: name for name in names if name.kind == "place" and name.rule != "names/adjective"
        }
        self.ends = {parse.span(place).end: place for place in self.places.values()}
        types, words = schema.event_types, schema.lexicons
        self.triggers = triggers_by_rule(schema)
        self.verbal = {name for name, event_type in types.items() if event_type.is_verbal}

        def listed(name: str) -> frozenset[str]:
            return words.get(name, frozenset())

        self.hostile = {name for name, event_type in types.items() if event_type.quad == "material-conflict"}
        self.hard = self.hostile | {name for name, event_type in types.items() if event_type.extends == "DISASTER"}
        self.bodily = {name for name in types if name.lower() in listed("bodily")}
        self.actors = parse.by_token(name for name in names if name.kind == "actor")
        self.implicative, self.light, self.officials = listed("implicative"), listed("light"), listed("officials")
        self.doers, self.premises, self.parts = listed("doers"), listed("premises"), listed("parts")
        self.reaching, self.shares, self.priced = listed("reaching"), listed("shares"), listed("priced")
        self.sensing = listed("sensing")

    def told(self) -> dict[int, list[Scene]]:
        """The scenes that the phrases of each event tell."""
        found: dict[int, list[Scene]] = defaultdict(list)
        for i, place in self.places.items():
            if self._is_container(place):
                continue
            for scene in self._climb(self.parse.doc[i], place):
                found[scene.event].append(scene)
        for scene in self._where():
            found[scene.event].append(scene)
        for i, place in self._here():
            found[i].append(Scene(i, place, OWN, "here"))
        return {i: _nearest(scenes) for i, scenes in found.items()}

    def _is_container(self, place: Mention) -> bool:
        """Whether a name only says what the place before it lies in: "Toledo, Ohio"."""
        start = self.parse.span(place).start
        before = self.ends.get(start - 1) if start and self.parse.doc[start - 1].text == "," else None
        inner = before.value if before else None
        return isinstance(inner, PlaceValue) and any(outer.key == _key(place) for outer in inner.within)

    def _climb(self, token: Token, place: Mention) -> Iterator[Scene]:
        """The events that the phrase of a place belongs to."""
        for _ in range(LONGEST):
            head, dep = token.head, token.dep_
            if dep in ("conj", "appos") and head.pos_ in NOUNS and head.i not in self.events:
                token = head
            elif dep in MODIFIERS and head.i in self.events:
                if head.pos_ in NOUNS and (dep != "poss" or self.events[head.i].type in self.hard):
                    yield Scene(head.i, place, INNER, "modifier")
                return
            elif dep in MODIFIERS and head.lemma_.lower() in self.premises:
                token = head
            elif dep in ("dobj", "nsubjpass"):
                yield from self._reached(head, place) if token.i in self.places else self._of_object(head, place)
                return
            elif dep == "pobj" and head.pos_ in ("ADP", "SCONJ", "VERB"):
                name, above = head.lower_, _governor(head)
                if above is None:
                    return
                if (
                    above.i not in self.events
                    and above.pos_ in NOUNS
                    and (name in PARTS or (name == "of" and self._is_part(above)))
                ):
                    token = above
                    continue
                housed = token.i not in self.places  # "on a Paris avenue", "from a Paris shop"
                if housed and (name == "on" or self._is_against(name, above)):
                    yield from self._at(above, head, place)
                else:
                    yield from self._after(name, above, head, place)
                return
            else:
                return

    def _where(self) -> Iterator[Scene]:
        """The events of the clauses that tell of a place: "Brooklyn, where he was shot"."""
        for token in self.parse.doc:
            if token.lower_ != "where" or token.i == 0 or token.head.dep_ not in ("relcl", "advcl"):
                continue
            place = self.ends.get(token.i - (self.parse.doc[token.i - 1].text == ","))
            doings = self._together(token.head) if token.head.i in self.events else self._carried(token.head)
            if place is not None:
                yield from (Scene(i, place, OWN, "where") for i in doings)

    def _is_part(self, noun: Token) -> bool:
        """Whether a noun with "of" behind it names a part or a kind of somewhere; "north of the city" is outside it."""
        word = noun.lemma_.lower()
        return word in self.parts and (noun.pos_ != "ADV" and (word not in WINDS or not is_bare(noun)))

    def _is_bodily(self, token: Token) -> bool:
        return token.i in self.events and self.events[token.i].type in self.bodily

    def _is_verbal(self, token: Token) -> bool:
        return token.i in self.events and self.events[token.i].type in self.verbal

    def _is_against(self, name: str, event: Token) -> bool:
        """Whether an event is done where that is which stands behind its preposition: "fired at a bus in Lima"."""
        way = name in ("from", "into") and self._is_verbal(event)  # "flew from his home in Lima"
        return name in AGAINST and self._is_bodily(event) and not way

    def _reached(self, verb: Token, place: Mention) -> Iterator[Scene]:
        """What hits, shakes or visits a place happens there."""
        if verb.i in self.events and (verb.lemma_ in self.reaching or self._strikes(verb)):
            yield Scene(verb.i, place, OWN, "object")
        elif verb.lemma_ in self.reaching:
            yield from (Scene(i, place, OWN, "object") for i in self._doings(verb))

    def _strikes(self, verb: Token) -> bool:
        """Whether the trigger says that the object is the place."""
        trigger = self.triggers.get(self.events[verb.i].rule)
        return trigger is not None and trigger.roles.get("object") == "place"

    def _doings(self, verb: Token) -> Iterator[int]:
        """The events that are the subject of a verb."""
        for child in children(verb, frozenset({"nsubj"})):
            if (subject := antecedent(child)).i in self.events:
                yield subject.i

    def _after(self, name: str, above: Token, preposition: Token, place: Mention) -> Iterator[Scene]:
        """The events of a place behind a preposition, whose governor is `above`."""
        done = above.i in self.events and not self._is_verbal(above)
        if name == "of":
            if done:
                yield Scene(above.i, place, OWN, name)
            elif above.lemma_ in self.officials and above.head.lemma_ in ("elect", "re-elect", "reelect"):
                yield from (Scene(i, place, INNER, name) for i in (above.head.i,) if i in self.events)
        elif name in AT or (name == "on" and place.type in GROUNDS):
            yield from self._at(above, preposition, place)
        elif name in FOES and above.i in self.events and self.events[above.i].type not in self.hostile:
            return
        elif name in UPON and done:
            yield Scene(above.i, place, OWN, name)
        elif name in UPON and above.pos_ in VERBS:
            doings = {*self._doings(above), *(i for i in self._carried(above) if above.lemma_ in self.light)}
            yield from (Scene(i, place, OWN, name) for i in doings if not self._is_verbal(self.parse.doc[i]))

    def _at(self, above: Token, preposition: Token, place: Mention) -> Iterator[Scene]:
        """The events at a place, climbing from what the parser hangs its phrase on."""
        if preposition.lower_ == "in" and above.lemma_ in self.shares and above.i not in self.events:
            return
        token, rank = above, OWN
        for _ in range(LONGEST):
            head, dep = token.head, token.dep_
            if token.pos_ in VERBS or token.i in self.events:
                yield from self._of_head(token, preposition, place, rank)
                return
            if dep == "pobj" and (up := self._over(token)) is not None:
                token, rank = up, rank if token.ent_type_ in AMOUNTS else max(rank, INNER)
            elif dep == "nsubj":
                yield from self._of_doer(token, head, place)
                return
            elif dep in ("dobj", "attr", "oprd", "dative", "nsubjpass"):
                yield from self._of_object(head, place)
                return
            elif dep in ("npadvmod", "acomp", "advmod") or (dep in ("conj", "appos") and token.i == above.i):
                token = head
            else:
                return

    def _over(self, token: Token) -> Token | None:
        """What the phrase of a noun behind a preposition is part of, None where it is a matter of its own."""
        name, up = token.head.lower_, _governor(token.head)
        if up is None:
            return None
        name_within = token.pos_ == "PROPN" and up.pos_ == "PROPN"
        if name == "of":
            return None if self._is_verbal(up) else up
        aside = token.ent_type_ in AMOUNTS or token.ent_type_ == "PERSON"  # nothing is "in" these
        if name in AT or name in THROUGH or name_within or aside or (name == "to" and up.lemma_ == "set"):
            return up
        raging = name in AGAINST and up.pos_ in VERBS and any(self._doings(up))
        return up if raging or self._is_against(name, up) else None

    def _of_doer(self, doer: Token, verb: Token, place: Mention) -> Iterator[Scene]:
        """The events of somebody who is somewhere: "police in York arrested", "miners in York went on strike"."""
        word = doer.lemma_.lower()
        bodily, light = self._is_bodily(verb), verb.i not in self.events
        if light or doer.i in self.actors or word in self.doers or word in (self.premises if bodily else self.priced):
            for one in (verb, *(other for other in conjuncts(verb)[1:] if not _has_subject(other))):
                doings = self._together(one) if one.i in self.events else self._carried(one, self.light | {"go"})
                yield from (Scene(i, place, DOER, "doer") for i in doings)

    def _of_object(self, verb: Token, place: Mention) -> Iterator[Scene]:
        """The events that are done to what is somewhere: "killed a man in Lima", "a blast destroyed a shop in Lima"."""
        if self._is_bodily(verb):
            yield from (Scene(i, place, INNER, "object") for i in self._together(verb))
        elif verb.i not in self.events and verb.lemma_ in self.reaching:
            yield from (Scene(i, place, INNER, "object") for i in self._doings(verb))

    def _of_head(self, head: Token, preposition: Token, place: Mention, rank: int) -> Iterator[Scene]:
        """The events of the verb or event noun that a locative phrase belongs to."""
        name = preposition.lower_
        if head.pos_ not in VERBS:
            yield Scene(head.i, place, rank, name)
            return
        fronted = preposition.i < head.i
        verbs = [head, *(verb for verb in conjuncts(head)[1:] if fronted and not _has_subject(verb))]
        for verb in verbs:
            if verb.i in self.events:
                yield from (Scene(i, place, rank, name) for i in self._together(verb))
            else:
                yield from (Scene(i, place, rank, name) for i in self._carried(verb))

    def _together(self, verb: Token) -> Iterator[int]:
        """An event and what is one with it: "shot and killed"."""
        yield verb.i
        for other in (*(child for child in verb.children if child.dep_ == "conj"), verb.head):
            first, second = sorted((verb, other), key=lambda one: one.i)
            if second.dep_ == "conj" and second.i == first.i + 2 and other.i in self.events:
                yield other.i

    def _carried(self, verb: Token, light: frozenset[str] | None = None) -> Iterator[int]:
        """The events that a verb which is none itself carries: "held talks", "went on strike", "began to shoot"."""
        if verb.lemma_ in self.sensing or (light is not None and verb.lemma_ not in light):
            return
        happens = not any(child.dep_ == "dobj" and child.lower_ != "place" for child in verb.children)
        yield from (one.i for one in subjects(verb) if happens and self._is_doing(one))
        for child in verb.children:
            if child.dep_ in ("dobj", "nsubjpass", "attr"):
                yield from (one.i for one in map(antecedent, conjuncts(child)) if self._is_doing(one))
            elif child.dep_ == "prep" and child.lower_ in ("on", "to"):
                goals = children(child, frozenset({"pobj"}))
                yield from (goal.i for goal in goals if goal.i in self.events and is_bare(goal))
            elif child.dep_ == "xcomp" and verb.lemma_ in self.implicative and child.i in self.events:
                yield child.i

    def _is_doing(self, token: Token) -> bool:
        return token.i in self.events and (token.pos_ in NOUNS or token.tag_ == "VBG")

    def _here(self) -> Iterator[tuple[int, Mention]]:
        """Events told to be "here", in an article whose dateline names the place."""
        home = next((p for p in self.places.values() if p.span.start < self.parse.article.body), None)
        if home is None:
            return
        for token in self.parse.doc:
            if token.lower_ == "here" and token.dep_ == "advmod":
                carried = [token.head.i] if token.head.i in self.events else self._carried(token.head)
                yield from ((i, home) for i in carried)

    def shared(self, told: dict[int, list[Scene]]) -> dict[int, list[Scene]]:
        """The scenes with those that an event without any has from the event it is part of."""
        found = dict(told)
        for one, other in self._parts():
            if one not in found and other in found:
                found[one] = [Scene(one, scene.place, SHARED, "shared") for scene in found[other]]
        return found

    def _parts(self) -> Iterator[tuple[int, int]]:
        """Pairs of events at one place, what needs it first: what a blast does and the blast, a raid and its dead."""
        for i, event in self.events.items():
            verb = self.parse.doc[i]
            if verb.pos_ != "VERB" or event.type not in self.bodily:
                continue
            for other in (*self._doings(verb), *self._means(verb, "by", "in")):
                yield from ((i, other), (other, i))
            yield from ((i, other) for other in self._means(verb, "during", "at"))
            joined = verb.head if verb.dep_ == "conj" and verb.tag_ == "VBG" else verb
            if joined.dep_ == "advcl" and joined.tag_ == "VBG" and joined.head.i < i and joined.head.i in self.events:
                yield i, joined.head.i

    def _means(self, verb: Token, *names: str) -> Iterator[int]:
        """The events behind a verb's prepositions: "killed in a raid", "burned by a fire"."""
        for child in verb.children:
            if child.dep_ in ("agent", "prep") and child.lower_ in names:
                yield from (goal.i for goal in children(child, frozenset({"pobj"})) if goal.i in self.events)


def _nearest(scenes: list[Scene]) -> list[Scene]:
    """The scenes of an event that stand nearest: each place once, none around another of them."""
    around = {
        outer.key
        for scene in scenes
        if scene.rank <= INNER and isinstance(scene.place.value, PlaceValue)
        for outer in scene.place.value.within
    }
    inner = {_key(scene.place): scene for scene in reversed(scenes) if _key(scene.place) not in around}
    best = min(scene.rank for scene in inner.values())
    return [scene for scene in reversed(inner.values()) if scene.rank == best]


def _key(place: Mention) -> str:
    return (isinstance(place.value, PlaceValue) and place.value.key) or place.id


def _governor(preposition: Token) -> Token | None:
    """What a preposition hangs on, beyond others ("from inside"); None where these deny it ("rather than in")."""
    head = preposition.head
    while head.pos_ in ("ADP", "SCONJ") and head.head.i != head.i:
        if head.lower_ in NOT:
            return None
        head = head.head
    return head


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children)
