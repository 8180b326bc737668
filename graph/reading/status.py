"""Status: did it happen, according to the text, and who says so.

Five statuses after FactBank and PLOVER's auxiliary modes, read off the words that govern the
trigger, nearest first: asserted, negated, planned, hypothetical, alleged. Reporting verbs do not
change the status but name the source; claiming verbs make it alleged.
"""

from collections.abc import Sequence
from functools import lru_cache

from msgspec import structs

from ...schemas.types import Schema
from ..types import EventValue, Factuality, Link, Mention
from .parse import Parse, Token
from .syntax import CLAUSES, agents_by, coordinated_to, finite, is_infinitive, prepositions, subjects

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
MODALS = frozenset({"would", "could", "may", "might", "should", "must", "can", "ca"})
CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "oprd", "prep"})
COMPLEMENTS = frozenset({"of", "for", "from", "against", "to", "with", "on", "upon", "as"})
MEANS = frozenset({"with", "for", "to", "into", "through", "by"})
# What these introduce is taken as given, whatever the clause above says ("would open it after the call").
PRESUPPOSING = frozenset(
    "after following since during over amid despite because given as when while before until through upon by".split()
)
GIVEN_BY_PREPOSITION = PRESUPPOSING - {"as"} | {"at"}
# The status of what an event of these types is about: a threat to attack, an agreement to meet.
GOVERNED: dict[str, Factuality] = {
    "THREATEN": "hypothetical",
    "REQUEST": "hypothetical",
    "REJECT": "negated",
    "AGREE": "planned",
    "PROPOSE": "planned",
}
REFUSALS = frozenset({"reject", "refuse", "decline", "dispute", "refute", "rebut", "ban", "forbid", "prohibit"})
# An event noun governed by one of these is what the governing noun is about, not what happened.
HYPOTHETICAL_NOUNS = frozenset(
    "threat risk fear possibility prospect danger likelihood chance hope call demand request proposal offer idea "
    "talk negotiation plea appeal warning concern framework ultimatum option speculation".split()
)
PLANNED_NOUNS = frozenset("plan preparation intention pledge promise vow decision agreement deal bid effort".split())


class Governors:
    """The schema's word sets that decide a status."""

    def __init__(self, schema: Schema):
        def words(name: str) -> frozenset[str]:
            return schema.lexicons.get(name, frozenset())

        self.reporting = words("reporting")
        self.claiming = words("claiming")
        self.planning = words("planning")
        self.desiring = words("desiring")
        self.negating = words("negating")
        self.light = words("light")
        self.announcing = self.reporting | self.planning
        self.alleged = words("alleged_markers")
        causing = {cue.words.split()[0] for cue in schema.cues if cue.shape == "verb" and cue.relation != "prevents"}
        self.implicative = words("implicative") | causing
        self.answering = {cue.words.split()[0] for cue in schema.cues if cue.shape == "purpose"}


@lru_cache(maxsize=8)
def governors_of(schema: Schema) -> Governors:
    """The compiled word sets of a schema."""
    return Governors(schema)


def assess(
    parse: Parse, events: Sequence[Mention], names: Sequence[Mention], schema: Schema
) -> tuple[list[Mention], list[Link]]:
    """The events with their status and source, and a `says` link to each source."""
    governors = governors_of(schema)
    actors = parse.by_token(name for name in names if name.kind == "actor")
    types = {parse.head(event).i: event.type for event in events}
    assessed, links = [], []
    for event in events:
        assert isinstance(event.value, EventValue)
        token = parse.head(event)
        source = _source(token, actors, governors)
        value = structs.replace(
            event.value, factuality=_status(token, types, governors), source=source.id if source else None
        )
        assessed.append(structs.replace(event, value=value))
        if source is not None:
            links.append(Link(event.id, "says", source.id, "status:reporting", 0.85))
    return assessed, links


def _status(token: Token, types: dict[int, str], governors: Governors) -> Factuality:
    """The first status that the trigger's own words or its governors give, walking outwards."""
    own = _own_status(token, governors)
    if own is not None:
        return own
    child = token
    while child.head.i != child.i:
        head = coordinated_to(child) if child.dep_ == "conj" else child.head
        if child.dep_ in ("dobj", "prep") and head.lemma_.lower() in governors.answering:
            return "asserted"  # "to avenge the killing": what is answered took place
        status = _status_under(child, head, types, governors)
        if status is not None:
            return status
        if _is_given(child, types) or _is_reported(child, head, governors):
            return "asserted"
        child = head
    return "asserted"


def _own_status(token: Token, governors: Governors) -> Factuality | None:
    """What negation, modals, conditions and adjectives at the trigger say."""
    words = {child.lower_: child for child in token.children}
    if any(child.dep_ == "neg" for child in token.children):
        return "negated"
    if any(child.dep_ in ("amod", "advmod") and child.lower_ in governors.alleged for child in token.children):
        return "alleged"
    if token.pos_ in ("NOUN", "PROPN"):
        return _noun_status(token, words)
    auxiliaries = {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")}
    if "would" in auxiliaries and token.dep_ == "ccomp" and token.head.lemma_.lower() in governors.announcing:
        return "planned"  # the future of the past: "announced that he would resign"
    if auxiliaries & MODALS and "have" not in auxiliaries:
        return "hypothetical"
    if auxiliaries & FUTURE:
        return "planned"
    return "hypothetical" if _is_conditional(token) else None


def _noun_status(token: Token, words: dict[str, Token]) -> Factuality | None:
    if "no" in words and words["no"].dep_ == "det":
        return "negated"
    for child in token.children:
        if child.dep_ == "amod" and child.lower_ in ("planned", "scheduled", "upcoming", "future", "proposed"):
            return "planned"
        if child.dep_ == "amod" and child.lower_ in ("possible", "potential", "threatened", "hypothetical", "feared"):
            return "hypothetical"
    return None


def _status_under(child: Token, head: Token, types: dict[int, str], governors: Governors) -> Factuality | None:
    """What a governing word says of what hangs on it, or None when it says nothing."""
    lemma = head.lemma_.lower()
    if _is_conditional(head):
        return "hypothetical"
    if child.dep_ == "conj" and child.tag_ == "VB" and head.pos_ == "VERB":
        return _own_status(head, governors)  # "would halt the war and free the hostages"
    if child.dep_ in ("pobj", "pcomp") and head.dep_ == "prep":
        return _under_preposition(child, head)
    if child.dep_ == "prep" and child.lower_ in ("after", "before") and _completed(child):
        return _own_status(head, governors)  # "will reopen it after disarming them"
    if lemma in governors.implicative:
        # "did not manage to", "will force them to": what happens to the verb happens to its complement
        return _own_status(head, governors) if child.dep_ in CLAUSES | {"dobj", "nsubj", "nsubjpass"} else None
    if head.pos_ in ("VERB", "AUX", "ADJ") and child.dep_ in CLAUSES | ARGUMENTS and child.dep_ != "advcl":
        return _under_verb(child, head, lemma, types, governors) or _inherited(child, head, governors)
    if child.dep_ == "advcl" and _is_purpose(child):
        return "hypothetical"
    if head.pos_ in ("NOUN", "PROPN") and child.dep_ in ("acl", "prep", "compound"):
        return _under_noun(child, lemma)
    return None


def _under_preposition(child: Token, preposition: Token) -> Factuality | None:
    if preposition.lower_ == "without":
        return "negated"
    towards = child.dep_ == "pcomp" and preposition.lower_ in (
        "toward",
        "towards",
    )  # "obstacles towards reaching a deal"
    return "hypothetical" if towards else None


def _under_verb(
    child: Token, head: Token, lemma: str, types: dict[int, str], governors: Governors
) -> Factuality | None:
    """What a verb's meaning says of its complement: "denied", "plans to", "urged them to"."""
    clause = child.dep_ in CLAUSES
    if child.dep_ in ("nsubj", "nsubjpass") and _is_announced(head, lemma, governors):
        return "planned"
    if child.dep_ == "nsubj" or (child.dep_ == "prep" and child.lower_ not in COMPLEMENTS):
        return None
    if lemma in governors.claiming:
        return "alleged"
    if clause and finite(child):
        return None
    noun = child.dep_ in ("dobj", "nsubjpass")
    if lemma in REFUSALS and noun:
        return None  # "rejected the accusation": what is refused is there
    if lemma in governors.negating:
        return _prevented(head, governors)
    if lemma in governors.planning and child.dep_ != "nsubjpass":
        return "planned"
    if lemma in governors.desiring and not (lemma == "call" and noun):  # "called the attack an escalation"
        return "hypothetical"
    governor = types.get(head.i)
    return GOVERNED.get(governor) if governor and not noun else None


def _is_announced(verb: Token, lemma: str, governors: Governors) -> bool:
    """Whether a verb in the present says of its subject that it is yet to come: "is planned for May", "are due"."""
    if any(child.dep_ == "xcomp" for child in verb.children):
        return False  # "is expected to fall"
    if lemma == "be":
        present = verb.tag_ in ("VBZ", "VBP")
        return present and any(child.dep_ == "acomp" and child.lower_ == "due" for child in verb.children)
    passive = [child for child in verb.children if child.dep_ == "auxpass"]
    return lemma in governors.planning and any(child.tag_ in ("VBZ", "VBP") for child in passive)


def _prevented(verb: Token, governors: Governors) -> Factuality | None:
    """What "prevent" leaves of its object: nothing; a possibility when it is tried; all when it fails."""
    if not is_infinitive(verb):
        return "negated"
    return "asserted" if verb.head.lemma_.lower() in governors.negating else "hypothetical"


def _inherited(child: Token, head: Token, governors: Governors) -> Factuality | None:
    """The status of a verb for what takes part in it: "will respond with strikes", "launched no attack".

    What is definite is there already ("will condemn the attack"), unless the verb only lends itself to it.
    """
    own = _own_status(head, governors)
    if own not in ("planned", "hypothetical", "negated"):
        return None
    noun = child
    if child.dep_ == "prep":
        if child.lower_ not in MEANS or own == "negated":
            return None
        noun = next((inner for inner in child.children if inner.dep_ == "pobj"), child)
    if noun.pos_ not in ("NOUN", "PROPN"):
        return own if child.dep_ in CLAUSES and own != "negated" else None
    lends = head.lemma_.lower() in governors.light and child.dep_ != "nsubj"
    return own if lends or not _is_definite(noun) else None


def _is_definite(noun: Token) -> bool:
    return any(
        child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ in ("the", "this", "that", "these", "those"))
        for child in noun.children
    )


def _is_conditional(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in CONDITIONS for child in verb.children)


def _under_noun(child: Token, lemma: str) -> Factuality | None:
    """What a noun says of what it is about: "the threat of an attack", "plans to attack"."""
    infinitive = is_infinitive(child)
    if child.dep_ == "acl" and not infinitive:
        return None
    if child.dep_ == "prep" and child.lower_ not in ("of", "for", "to", "against"):
        return None
    if lemma in HYPOTHETICAL_NOUNS:
        return "hypothetical"
    if lemma in PLANNED_NOUNS:
        return "planned"
    return "hypothetical" if child.dep_ == "acl" else None


def _completed(preposition: Token) -> bool:
    """Whether a preposition is completed by a verb: "after disarming them"."""
    return any(inner.dep_ == "pcomp" for inner in preposition.children)


def _is_purpose(verb: Token) -> bool:
    """Whether an adverbial clause is "to do something"."""
    return verb.dep_ == "advcl" and verb.tag_ == "VB" and is_infinitive(verb)


def _is_given(child: Token, types: dict[int, str]) -> bool:
    """Whether what a word introduces does not share the status of the clause it stands in."""
    if child.dep_ == "prep":
        return child.lower_ in GIVEN_BY_PREPOSITION and not _completed(child)
    if child.dep_ == "relcl":
        # "a truce that ends the war" is as real as the truce; "that ended it", "a camp where they shelter" are given
        past = child.tag_ in ("VBD", "VBN") or any(c.tag_ in ("VBD", "VBZ") and c.dep_ == "aux" for c in child.children)
        return past or child.head.i not in types
    opening = [c.lower_ for c in child.children if c.dep_ in ("mark", "advmod")]
    return child.dep_ == "advcl" and not PRESUPPOSING.isdisjoint(opening)


def _is_reported(child: Token, head: Token, governors: Governors) -> bool:
    return child.dep_ in ("ccomp", "parataxis") and head.lemma_.lower() in governors.reporting


def _source(token: Token, actors: dict[int, Mention], governors: Governors) -> Mention | None:
    """Whoever says it: the subject of the nearest reporting verb above, or "according to" in the sentence above."""
    child = token
    while True:
        for name, complement in prepositions(child):
            if name == "according to" and complement.i in actors:
                return actors[complement.i]
        head = child.head
        if head.i == child.i:
            return None
        speaks = head.lemma_.lower() in governors.reporting | governors.claiming
        if speaks and child.dep_ in ("ccomp", "xcomp", "parataxis"):
            for speaker in [*subjects(head), *agents_by(head)]:
                if speaker.i in actors:
                    return actors[speaker.i]
        child = head
