"""What the vocabulary is made of, as frozen types.

A `Schema` is loaded from YAML once and passed to whoever needs it; nothing here reads a file.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

MATCHES = ("exact", "close", "broad", "narrow")
"""How a type is like a concept of another vocabulary, as SKOS puts it: `broad` is a concept broader than the type."""


class Mode(Struct, frozen=True):
    """How an event of a type was done (PLOVER: ASSAULT by drone, CONSULT by phone)."""

    name: str
    definition: str
    score: float | None = None  # PLOVER's conflict-cooperation scale, -10 to 10
    label: str = ""


class Trigger(Struct, frozen=True):
    """Words that announce an event of a type, and the company they must or must not keep.

    `when` and `unless` map a condition to the lemmas that meet it: `object`, `subject`, `modifier`
    (compound or adjective before a noun), `particle`, `preposition` (that introduces a complement),
    `complement` (`to`, `that`, `ing`, or the word that heads it), `cause` (what stands behind in, by,
    from, during, of), `behind` (the preposition before a bare noun: "on strike", or two: "out of"),
    `governor` (the word that it completes), `auxiliary` (of a verb: `must`, `will not`, `be`), `clause`
    (the same of the clause that completes it, and its `if` and `unless`), `clause_subject`, `nearby`
    (forty words on either side) and `topic` (at least two different ones of these). For a noun,
    `object` is what its of-phrase names, `subject` its possessor and `doer` the subject of the verb
    that it completes. A value may be a lemma, `$name` for a lexicon, `@PERSON` for an entity label of
    the parser, or `*` for anything at all. Behind a noun of the lexicon `shells` ("efforts") the words
    before it count as well.

    `roles` is complete: the schema's defaults for the part of speech, then the type's, then the
    trigger's own; an empty role takes the grammatical place out.
    """

    type: str
    pos: str  # VERB, NOUN or ADJ
    lemmas: tuple[str, ...]
    mode: str | None = None
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 0.8
    says: tuple[str, ...] = ()  # sentences in which the **marked** word announces this event
    refutes: tuple[str, ...] = ()  # sentences in which it does not (YAML key: not)
    id: str = ""  # "ASSAULT/kill", for evidence


class EventType(Struct, frozen=True):
    """A kind of event, with what PLOVER and CAMEO call it and how its roles are read off a clause.

    `examples` are sentences with the word **marked** that tells of it: words of like sense announce it, too.
    """

    name: str
    label: str
    definition: str
    extends: str | None = None  # the broader type
    plover: str | None = None
    cameo: tuple[str, ...] = ()  # the codes of CAMEO among its matches
    quad: str | None = None  # verbal-cooperation, material-cooperation, verbal-conflict, material-conflict
    score: float | None = None
    recipient_required: bool = False
    colour: str = "#777777"
    matches: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # how (of MATCHES) -> IRIs of others
    modes: Mapping[str, Mode] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)  # grammatical place -> role
    examples: tuple[str, ...] = ()

    @property
    def is_verbal(self) -> bool:
        """Whether it is done in words: a promise, a threat, a demand."""
        return self.quad is not None and self.quad.startswith("verbal")


class Role(Struct, frozen=True):
    """What a participant, place or time is to an event."""

    name: str
    definition: str
    label: str = ""
    iri: str | None = None


class RelationType(Struct, frozen=True):
    """A kind of line between two nodes; `causal` says which end is the cause, if either is."""

    name: str
    definition: str
    source: str  # event, actor, place, article
    target: str
    label: str = ""
    inverse: str = ""  # label read from target to source
    causal: str | None = None  # "source" or "target": which end is the cause; None: not causal
    iri: str | None = None
    colour: str = "#999999"


class ActorType(Struct, frozen=True):
    """A kind of actor."""

    name: str
    definition: str
    extends: str | None = None
    iri: str | None = None
    colour: str = "#0072b2"


class PlaceType(Struct, frozen=True):
    """A kind of place."""

    name: str
    definition: str
    extends: str | None = None
    iri: str | None = None
    colour: str = "#009e73"


class Sector(Struct, frozen=True):
    """PLOVER's code for what an actor does (GOV, MIL, REB ...)."""

    name: str
    definition: str


class Scheme(Struct, frozen=True):
    """Codes of another vocabulary that has no IRIs of its own; `iri` is what theirs start with."""

    name: str  # also the prefix of its concepts: cameo:14
    label: str
    definition: str
    iri: str
    concepts: Mapping[str, str] = field(default_factory=dict)  # code -> what it stands for


class Cue(Struct, frozen=True):
    """Words that tie two events: which grammatical shape they take, and which side is the cause.

    `shape`: `verb` (subject - object), `object` (object - what a preposition ties to it: "blamed it on"), `preposition`
    (governor - complement), `conjunction` (main - subordinate clause), `coordination` (behind - before: "so"),
    `purpose` (an infinitive: "to avenge"), `aim` (deed - aim: "in order to"), `noun` ("retaliation for"), `adverb`
    (opens a sentence and refers to the one before). `relation` is the link's type and `source` says
    where its source stands: `governor` or `complement` (for a verb: subject or object; for an
    adverb the sentence before is the complement). `when` limits it: `governor` and `complement` to event types (with
    those that extend them), quad classes or statuses, `$name` standing for the types in a word list; `aspect` to
    clauses that give a reason and not a time.
    """

    words: str
    shape: str
    relation: str
    source: str
    confidence: float = 0.7
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    refutes: tuple[str, ...] = ()
    id: str = ""


class Schema(Struct, frozen=True, eq=False):
    """The whole vocabulary. `raw` is the merged YAML it was made from, for stores and exports.

    Compared and hashed by identity, so that what is compiled from it can be cached on it.
    """

    name: str
    version: str
    event_types: Mapping[str, EventType]
    relations: Mapping[str, RelationType]
    roles: Mapping[str, Role]
    actor_types: Mapping[str, ActorType]
    place_types: Mapping[str, PlaceType]
    sectors: Mapping[str, Sector]
    triggers: tuple[Trigger, ...]
    cues: tuple[Cue, ...]
    lexicons: Mapping[str, frozenset[str]]
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""  # changes when anything in `raw` changes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Schema) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)
