"""How the name of a state or city is used, as somebody who acts or as somewhere, and which place it is."""

from collections.abc import Sequence

from ..knowledge import Knowledge, KnownPlace
from .parse import Token, TokenSpan
from .surroundings import SMALL, Surroundings

ACTOR, PLACE = "actor", "place"
_BOTH = frozenset({ACTOR, PLACE})
_ACTOR, _PLACE = frozenset({ACTOR}), frozenset({PLACE})
_BEFORE = frozenset({"compound", "poss", "nmod", "amod"})


def usage(span: TokenSpan, form: str, follows_place: bool, knowledge: Knowledge) -> frozenset[str]:
    """Which of actor and place a state's name is here.

    `form` is that of a `Sense`, or city for any other town; `follows_place`: "Syria" in "Homs, Syria".
    """
    words, token = knowledge.contexts, span.root
    before = token.dep_ in _BEFORE and token.head.i >= span.end
    apposed = follows_place and not before and token.dep_ not in ("nsubj", "nsubjpass")  # "In Cairo, Egypt said ..."
    if apposed or any(child.lower_ in words["directions"] and child.i < span.start for child in token.lefts):
        return _PLACE
    if before and token.dep_ == "poss" and token.head.ent_type_ != "PERSON" and knowledge.cities(token.head.lower_):
        return _PLACE  # "Syria's Aleppo"
    for _ in range(6):
        if token.dep_ == "conj" and token.head.pos_ in ("PROPN", "NOUN", "ADJ"):
            token = token.head
        else:
            break
    head, dep = token.head, token.dep_
    own = _ACTOR if form in ("name", "nationality", "people", "seat") else _PLACE
    if form in ("nationality", "people"):
        return _BOTH if form == "nationality" and head.lemma_.lower() in words["grounds"] else _ACTOR
    if dep in ("pobj", "pcomp") and head.pos_ in ("ADP", "SCONJ", "VERB"):
        return _after(head, own, form, knowledge)
    if dep in ("nsubj", "nsubjpass", "csubj"):
        if form == "capital":
            return _ACTOR if _governs(token, knowledge) else _PLACE
        return _BOTH if form == "name" and _verb(head).lemma_ in words["goes"] and dep == "nsubjpass" else own
    if dep in ("dobj", "dative", "iobj"):
        if head.lemma_ in words["goes"]:
            return _BOTH if form == "name" else _PLACE
        return _ACTOR if form == "capital" and head.lemma_ in words["speaks"] else own
    if dep in ("poss", "compound", "amod", "nmod"):
        if form in ("name", "seat"):
            return _BOTH if head.lemma_.lower() in words["grounds"] else _ACTOR
        possessive = dep == "poss" and form == "capital" and head.lemma_.lower() not in words["grounds"]
        return _ACTOR if possessive and head.pos_ == "NOUN" and head.lemma_ not in words["places"] else _PLACE
    if dep == "agent":
        return _ACTOR
    return own


def _governs(capital: Token, knowledge: Knowledge) -> bool:
    """Whether a capital as a subject is its government: by what it does, can only mean to do, or is called."""
    words, verb = knowledge.contexts, _verb(capital.head)
    if verb.lemma_ in words["speaks"] or any(
        child.dep_ == "appos" and child.lemma_ in words["powers"] for child in capital.children
    ):
        return True
    meant = any(child.tag_ == "MD" and child.lower_ in words["modals"] for child in verb.children)
    named = any(child.dep_ == "attr" for child in verb.children)
    return meant and capital.dep_ == "nsubj" and not named and verb.lemma_ not in words["befalls"]


def _after(preposition: Token, own: frozenset[str], form: str, knowledge: Knowledge) -> frozenset[str]:
    """The use of a name that follows a preposition."""
    words, word = knowledge.contexts, preposition.lower_
    if word == "at" and own == _ACTOR:
        return _BOTH  # "fired at Lebanon"
    if word in words["at"]:
        return _PLACE
    if word in words["side"]:
        return _ACTOR if form != "city" else _PLACE
    if word in words["way"]:
        return _BOTH if own == _ACTOR else _PLACE
    if word == "of":
        noun = preposition.head.lemma_.lower()
        if noun in words["befalling"]:
            return _BOTH if own == _ACTOR else _PLACE
        return _PLACE if noun in words["parts"] else own
    return own


def _verb(token: Token) -> Token:
    """The verb that a subject's head stands for: past auxiliaries and "is expected to"."""
    if token.lemma_ in ("be", "have", "continue", "begin") and (
        inner := next((c for c in token.children if c.dep_ == "xcomp"), None)
    ):
        return inner
    return token


def is_place(
    span: TokenSpan,
    cities: Sequence[KnownPlace],
    labelled: bool,
    person: bool,
    where: Surroundings,
    knowledge: Knowledge,
) -> bool:
    """Whether a capitalised word that some city bears means a city here."""
    if labelled:
        return True
    root = span.root
    if root.pos_ != "PROPN":
        return False
    if any(child.dep_ == "appos" and child.lemma_ in knowledge.contexts["parts"] for child in root.children):
        return True  # "Chelsea, a district of London"
    while root.dep_ == "conj" and root.head.pos_ == "PROPN":
        root = root.head
    at = root.dep_ == "pobj" and root.head.lower_ in knowledge.contexts["at"] | knowledge.contexts["way"]
    many = len(span) > 1
    if at and cities[0].weight > SMALL * 10:
        return True
    if person and not many:
        return False
    supported = any(where.vouches(city) for city in cities)
    return at and supported and (many or cities[0].weight > SMALL * 4)


def is_unlisted(span: TokenSpan, label: str, knowledge: Knowledge) -> bool:
    """Whether a name that no gazetteer has is a place: by its last word, or by what the words before it say."""
    last, words = span[-1].lower_, knowledge.contexts
    if last in words["always"] and len(span) > 1:
        return True
    root, head = span.root, span.root.head
    if root.dep_ != "pobj" or not span.text[0].isupper() or span.text.isupper():
        return False
    if label in ("GPE", "LOC", "FAC"):
        part = head.lower_ == "of" and head.head.lemma_.lower() in words["parts"]
        return part or head.lower_ in words["at"] or head.lower_ in words["way"]
    if label == "ORG" and len(span) == 1 and head.lower_ in words["nearby"]:
        return True  # "off Leyte": nobody is off a firm
    at = head.lower_ in words["at"]
    return at and (last in words["places"] if len(span) > 1 else label == "PERSON")


def kind_of(words: str, label: str, knowledge: Knowledge) -> str:
    """The place type of a name that the gazetteer lacks, by its last or first word, else by NER's label."""
    kinds = knowledge.contexts["places"]
    parts = words.lower().split()
    return kinds.get(parts[-1]) or kinds.get(parts[0]) or {"FAC": "Facility", "LOC": "Area"}.get(label, "Place")
