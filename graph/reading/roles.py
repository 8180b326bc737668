"""Roles: who does an event to whom, where, from the grammar around its trigger.

A grammatical place ("subject", "on", "modifier") is mapped to a role by the trigger; a filler
becomes a link when a mention stands there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...schemas.types import Schema
from ..types import Link, Mention
from . import scenes
from .parse import Parse, Token
from .syntax import (
    MODIFIERS,
    SUBJECTS,
    agents_by,
    children,
    conjuncts,
    is_bare,
    is_passive,
    is_reciprocal,
    measured,
    objects,
    prepositions,
    subjects,
)

WAYS = {"from": "origin", "to": "destination", "toward": "destination", "towards": "destination", "into": "destination"}
NO_DEED = frozenset({"DATE", "TIME", "GPE", "LOC", "FAC"})  # nobody carries out a day or a town
LENT = frozenset({*WAYS, "with", "against", "between", "among", "on", "at"})  # phrases that a light verb lends its noun
# Of the phrases of an event noun, those that the parser hangs on the one before, whose preposition comes first here.
NESTED = {
    **dict.fromkeys(("of", "on", "against", "in", "at", "near"), ("by", "between")),
    "by": ("on", "against", "at"),
}
NAMING = frozenset({"amod", "compound", "nmod"})
OWNING = frozenset({"by", "from"})
PLACE_ROLES = frozenset({"place", "origin", "destination"})
CONFIDENCE = {"subject": 0.9, "object": 0.9, "by": 0.9, "poss": 0.85, "modifier": 0.75, "light": 0.8, "owner": 0.65}

Slot = tuple[str, Token]


def find(parse: Parse, events: Sequence[Mention], names: Sequence[Mention], schema: Schema) -> list[Link]:
    """Links from event mentions to actor and place mentions, one for each role and filler.

    Where an event takes place is the matter of `scenes`.
    """
    finder = _Finder(parse, events, names, schema)
    links: dict[tuple[str, str, str], Link] = {}
    for event in events:
        for link in finder.links(event):
            links.setdefault((link.source, link.type, link.target), link)
    bound = {(link.source, link.target) for link in links.values() if link.type in WAYS.values()}
    for link in scenes.find(parse, events, names, schema):
        if (link.source, link.target) not in bound:
            links[link.source, link.type, link.target] = link
    return list(links.values())


class _Finder:
    """One article's mentions by token, and the schema's role maps."""

    def __init__(self, parse: Parse, events: Sequence[Mention], names: Sequence[Mention], schema: Schema):
        self.parse = parse
        self.schema = schema
        self.triggers = scenes.triggers_by_rule(schema)
        self.actors = parse.by_token(name for name in names if name.kind == "actor")
        self.places = parse.by_token(name for name in names if name.kind == "place")
        self.events = {parse.head(event).i: event for event in events}
        words = schema.lexicons
        self.light, self.suffering = words.get("light", frozenset()), words.get("suffering", frozenset())
        self.joining, self.leading = words.get("joining", frozenset()), words.get("leading", frozenset())
        defaults = schema.raw.get("default_roles", {})
        self._untyped = {**defaults.get("noun", {}), **defaults.get("verb", {})}

    def links(self, event: Mention) -> Iterator[Link]:
        token = self.parse.head(event)
        roles = self._roles(event)
        slots = self._verb_slots(token, roles) if token.pos_ == "VERB" else self._noun_slots(token, roles)
        for slot, filler in slots:
            role = roles.get(slot)
            place = self.places.get(filler.i)
            if slot == "from" and role == "origin" and place is None and token.pos_ != "VERB":
                role = "agent"  # "an attack from jihadists"
            if role and role not in PLACE_ROLES:
                yield from self._participants(event, role, slot, filler)
            where = role if role in WAYS.values() or (role == "agent" and filler.i in self.actors) else WAYS.get(slot)
            if place is not None and where is not None and not self._belongs_elsewhere(filler, token):
                yield Link(event.id, where, place.id, f"role:{slot}", 0.8)

    def _belongs_elsewhere(self, filler: Token, trigger: Token) -> bool:
        """Whether another event stands between: "retaliation for an attack in Syria" is not in Syria."""
        token = filler.head
        while token.i != trigger.i and token.head.i != token.i:
            if token.i in self.events and trigger.is_ancestor(token):
                return True
            token = token.head
        return False

    def _roles(self, event: Mention) -> Mapping[str, str]:
        """Grammatical place to role: the trigger's own map, else the event type's, else what holds for all types."""
        trigger, known = self.triggers.get(event.rule), self.schema.event_types.get(event.type)
        return trigger.roles if trigger else known.roles if known else self._untyped

    def _verb_slots(self, verb: Token, roles: Mapping[str, str]) -> Iterator[Slot]:
        yield from self._subject_slots(verb, roles)
        for filler in objects(verb):
            yield from (("object", one) for one in _meant(filler, verb))
            yield from self._lent_by_object(filler, verb, roles)
        for clause in children(verb, frozenset({"ccomp", "xcomp"})):
            if clause.i > verb.i:
                yield from (("clause", filler) for filler in children(clause, SUBJECTS))
            if roles.get("aim") and clause.dep_ == "xcomp":
                yield from (("aim", filler) for filler in self._aims(clause))
        for name, filler in prepositions(verb):
            if name != "by":
                yield from ((name, one) for one in _meant(filler, verb))
                if roles.get("subject") == "participant":  # "agreed to a truce with the rebels"
                    yield from (("with", one) for one in _behind(filler, "with"))
            elif not is_passive(verb):  # "rejected an offer by Iran", hung on the verb
                yield "owner", filler

    def _subject_slots(self, verb: Token, roles: Mapping[str, str]) -> Iterator[Slot]:
        """Who does it; behind the "by" of a passive stands its subject, unless the subject of the verb does nothing."""
        doers = subjects(verb)
        if is_passive(verb) and not doers:
            yield from self._means_slots(verb)
        undergone = is_passive(verb) and roles.get("subject") not in ("agent", "participant")
        for filler in doers:
            yield "by" if undergone else "subject", filler
            if filler.i in self.events:  # "a strike killed three"
                yield from self._doers_of(filler)

    def _means_slots(self, verb: Token) -> Iterator[Slot]:
        """The doers of the event by which it is done: "was killed in a Saudi air raid"."""
        for name, filler in prepositions(verb):
            if name in ("in", "during") and self._are_alike(verb, filler):
                yield from self._doers_of(filler)

    def _doers_of(self, noun: Token) -> Iterator[Slot]:
        return ((slot, one) for slot, one in self._noun_slots(noun, {}) if slot in ("poss", "modifier", "by"))

    def _lent_by_object(self, noun: Token, verb: Token, roles: Mapping[str, str]) -> Iterator[Slot]:
        """The phrases of an object that are the verb's: "fired missiles from Iran", "swapped men with Ukraine"."""
        joint = roles.get("subject") == "participant"
        half = (joint or roles.get("object") == "" or roles.get("owner")) and noun.i not in self.actors
        if noun.i > verb.i:  # no "troops from Mali were attacked"
            yield from (("from", one) for one in _behind(noun, "from"))
        if half:
            yield from self._object_slots(noun)
        elif joint:
            yield from (("with", one) for one in _behind(noun, "with"))

    def _aims(self, infinitive: Token) -> Iterator[Token]:
        """Whom an infinitive is meant for: "threatened to attack Iran", "to cut aid to Iran"."""
        for filler in objects(infinitive):
            yield filler
            yield from (one for name, one in prepositions(filler) if name in LENT)
        yield from (one for name, one in prepositions(infinitive) if name in LENT)

    def _object_slots(self, noun: Token) -> Iterator[Slot]:
        """What an object that is half of the verb lends it: "imposed tariffs on China", "rejected an offer by Iran"."""
        for child in noun.children:
            if child.dep_ in MODIFIERS:
                yield from (("owner", one) for one in conjuncts(child))
        for name, filler in prepositions(noun):
            yield ("owner" if name in OWNING else name), filler

    def _noun_slots(self, noun: Token, roles: Mapping[str, str]) -> Iterator[Slot]:
        for child in noun.children:
            if child.dep_ == "poss":
                yield from (("poss", one) for one in conjuncts(child))
            elif child.dep_ in NAMING:
                yield from (("modifier", one) for one in self._modifiers(child))
        hung = noun.dep_ == "dobj" and not is_passive(noun.head)  # "condemned the attack by Iran", hung on the verb
        for filler in (*agents_by(noun), *(agents_by(noun.head) if hung else ())):
            yield "by", filler
            yield from self._nested_slots("by", filler, roles)
        for name, filler in prepositions(noun):
            if name == "by":
                continue
            yield name, filler
            yield from self._nested_slots(name, filler, roles)
        for clause in children(noun, frozenset({"acl"})):
            yield from (("clause", filler) for filler in children(clause, SUBJECTS))
        yield from self._light_slots(noun)
        yield from self._carried_out(noun)

    def _nested_slots(self, name: str, filler: Token, roles: Mapping[str, str]) -> Iterator[Slot]:
        """Phrases of an event noun hung on the one before: "the arrest of a man by police", "by police of a man"."""
        if filler.i in self.events:
            return
        wanted = set(NESTED.get(name, ()))
        if name == "by" and filler.pos_ == "PROPN":
            wanted.add("of")
        if name == "of" and roles.get("from") == "":  # "the withdrawal of troops from Mali"
            wanted.add("from")
        yield from ((inner, one) for inner, one in prepositions(filler) if inner in wanted)

    def _modifiers(self, child: Token) -> Iterator[Token]:
        """The word before a noun, and the others that it stands for: "Egypt-Israel talks", "a US-led raid"."""
        yield from conjuncts(child)
        if child.i in self.actors or child.lemma_ in self.leading:
            yield from (inner for inner in child.children if inner.dep_ in MODIFIERS | SUBJECTS)

    def _light_slots(self, noun: Token) -> Iterator[Slot]:
        """What the verb lends to a noun that carries its meaning: "Iran carried out an attack in Syria"."""
        head = noun.head
        if noun.dep_ == "pobj":
            yield from self._light_phrase(noun, head)
            return
        while noun.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN"):
            noun, head = head, head.head
        if head.pos_ not in ("VERB", "AUX") or (head.i in self.events and head.lemma_ not in self.light):
            return
        if noun.dep_ in ("dobj", "nsubjpass"):
            if head.lemma_ in self.light:  # a passive's subjects are behind its "by"
                for filler in subjects(head):
                    if filler.i != noun.i:
                        yield "by", filler
                        yield from self._nested_slots("by", filler, {})
            elif head.lemma_ in self.suffering:
                yield from (("against", filler) for filler in subjects(head) if filler.i != noun.i)
            yield from ((name, one) for name, one in prepositions(head) if name in LENT)

    def _light_phrase(self, noun: Token, preposition: Token) -> Iterator[Slot]:
        """What a verb lends to the noun of its phrase: "went on strike", "took part in talks", "came under attack"."""
        name, verb = preposition.lower_, preposition.head
        if verb.dep_ == "dobj":
            verb = verb.head
        if verb.pos_ not in ("VERB", "AUX"):
            return
        part = next((child.lemma_ for child in children(verb, frozenset({"dobj"}))), verb.lemma_)
        on_it = name == "on" and is_bare(noun) and verb.i not in self.events
        in_it = part in self.joining and (name == "for") == (part == "responsibility") and name in ("in", "for")
        for_it = name == "for" and self._are_alike(verb, noun)  # "arrived for talks"
        if on_it or in_it or for_it:
            yield from (("by", filler) for filler in subjects(verb))
        elif name == "under" and is_bare(noun):
            yield from (("against", filler) for filler in subjects(verb))

    def _are_alike(self, one: Token, other: Token) -> bool:
        """Whether two words are events of one type."""
        some, others = self.events.get(one.i), self.events.get(other.i)
        return some is not None and others is not None and some.type == others.type

    def _carried_out(self, noun: Token) -> Iterator[Slot]:
        """The doers in "..., carried out by Iran", also behind a date or place, and in "... that Iran staged"."""
        for verb in noun.doc[noun.i + 1 : noun.sent.end]:
            if verb.i in self.events:
                return
            if verb.dep_ not in ("relcl", "acl"):
                continue
            passive, about_it = is_passive(verb), verb.head.i == noun.i
            if verb.lemma_ in self.light:
                done = about_it or verb.head.ent_type_ in NO_DEED if passive else about_it and noun in objects(verb)
            else:  # "for which they claimed responsibility"
                done = about_it and any(one.lemma_ in self.joining for one in children(verb, frozenset({"dobj"})))
            if done:
                yield from (("by", filler) for filler in subjects(verb))

    def _participants(self, event: Mention, role: str, slot: str, filler: Token) -> Iterator[Link]:
        """The actor standing at a filler; else the one that owns it ("Iran’s drones", "Israeli aircraft")."""
        confidence = CONFIDENCE.get(slot, 0.75)
        counted = [noun for noun in measured(filler)[1:] if noun.i in self.actors]  # "a group of villagers"
        actors = [self.actors[noun.i] for noun in counted or [filler] if noun.i in self.actors]
        if actors:
            yield from (Link(event.id, role, actor.id, f"role:{slot}", confidence) for actor in actors)
            return
        if filler.i in self.events or slot in ("clause", "aim"):
            return
        whose = "agent" if role == "instrument" and slot == "subject" else role  # "a bomb planted by militants killed"
        for owner in self._owners(filler, whose):
            yield Link(event.id, whose, owner.id, f"role:{slot}-owner", min(confidence, CONFIDENCE["owner"]))

    def _owners(self, filler: Token, role: str) -> Iterable[Mention]:
        """The actors whose it is: whoever has or does it, else those that it is named after, is of or is for."""
        owners = [*agents_by(filler), *children(filler, frozenset({"poss"}))]
        if role == "agent":  # "a bomb planted by militants"
            owners += [
                one for verb in children(filler, frozenset({"acl"})) if is_passive(verb) for one in agents_by(verb)
            ]
        if not any(one.i in self.actors and one.tag_ != "PRP$" for one in owners):
            inside = [one for name in ("of", "for") for one in _behind(filler, name)]
            doers = [one for noun in inside for one in agents_by(noun)]  # "the jailing of reporters by Eritrea"
            owners += doers or [*children(filler, NAMING), *inside]
        return (self.actors[one.i] for one in owners if one.i in self.actors)


def _meant(filler: Token, verb: Token) -> list[Token]:
    """The token, and for "each other" those who do it to each other."""
    return subjects(verb) if is_reciprocal(filler) else [filler]


def _behind(noun: Token, preposition: str) -> Iterator[Token]:
    """What stands behind a preposition of a noun, or of what the noun counts."""
    return (one for counted in measured(noun) for name, one in prepositions(counted) if name == preposition)
