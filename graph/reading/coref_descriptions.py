"""Descriptions that stand for somebody told: by apposition and title, in the same words, by what is said of a name."""

from collections.abc import Set as AbstractSet

from ..knowledge import Knowledge
from .coref_entities import STATES, Entities, Phrase, near
from .parse import Token
from .syntax import beside_of

_BEFORE = frozenset({"amod", "compound", "nmod"})
_BESIDE = frozenset({"compound", "nmod", "appos", "amod"})
_GROUPED = frozenset({"ArmedGroup", "Party", "Organisation", "Company"})  # what "the group" can be
_BACK = 3  # sentences that a definite description may look back for a body
_FAR = 8  # sentences that a definite description may look back for the same words


def beside(entities: Entities) -> None:
    """ "Anna Berg, a nurse", "inmate Tom Hale", "Tom Hale is a teacher": a name and what it is called."""
    for phrase in entities.phrases:
        root, head = phrase.root, phrase.root.head
        if root.dep_ == "appos" and phrase.type == "Person" and phrase.form == "name":
            head = beside_of(head)
        other = entities.by_root.get(head.i)
        if other is None or other is phrase or phrase.plural != other.plural:
            continue
        if root.dep_ == "appos" and not any(child.dep_ == "conj" for child in root.children):
            entities.join(phrase, other, "apposition", 0.85)
        elif phrase.form == "description" and root.dep_ in ("compound", "nmod") and other.type == "Person":
            entities.join(phrase, other, "title", 0.85)
    for phrase in entities.phrases:
        subject = _subject_of_predicate(phrase.root)
        other = entities.by_root.get(subject.i) if subject is not None else None
        if other and phrase.form == "description" and not phrase.plural and not other.plural:
            entities.join(phrase, other, "predicate", 0.8)


def same_words(entities: Entities) -> None:
    """A definite description in the words of an earlier one: "two guards ... the guards"."""
    for phrase in entities.phrases:
        if phrase.form != "description":
            continue
        for other in entities.before(phrase, _FAR):
            if phrase.indefinite and not _is_headline(other):
                continue
            if other.form == "description" and _repeats(phrase, other) and entities.can_be(phrase, other):
                entities.join(phrase, other, "words", 0.75 if phrase.definite else 0.65)
                break


def called(entities: Entities) -> None:
    """A definite description by a noun that is said of one person: "the prime minister".

    What the article calls somebody goes before the offices that the knowledge has, who was named before goes before
    who is named later.
    """
    named = [phrase for phrase in entities.phrases if phrase.form == "name"]
    called = {entity: _told(entities, phrases[0]) for entity, phrases in entities.distinct(named).items()}
    told = {phrase.number: called[entities.of(phrase)] for phrase in named}
    held = {phrase.number: _held(entities, phrase) for phrase in named}
    kinds = entities.knowledge.contexts["kinds"]
    for phrase in entities.phrases:
        if phrase.form != "description" or phrase.indefinite or phrase.plural or phrase.type != "Person":
            continue
        words = {token.lemma_.lower() for token in phrase.span}
        for titles in (told, held):
            bearers = [
                other
                for other in near(named, phrase)
                if any(phrase.head in title and words & kinds == title & kinds for title in titles[other.number])
                and entities.can_be(phrase, other)
            ]
            before = [other for other in bearers if other.number < phrase.number]
            if len(entities.distinct(before or bearers)) == 1:
                entities.join(phrase, before[-1] if before else bearers[0], "office", 0.8)
                break


def only_body(entities: Entities) -> None:
    """ "The militant group" for the only body of that kind in the sentences before."""
    for phrase in entities.phrases:
        if phrase.form != "description" or not phrase.definite or phrase.plural or phrase.type == "Person":
            continue
        wanted = _GROUPED if phrase.type == "Organisation" else {phrase.type}
        loose = phrase.type in STATES and not phrase.country and phrase.type != "Military"
        if phrase.kind == "place" or phrase.type == "Group" or loose or len(phrase.words) > 3:
            continue
        for lines in (_BACK, _FAR):
            bodies = [other for other in entities.before(phrase, lines) if _can_mean(entities, phrase, other, wanted)]
            if bodies:
                break
        if len(entities.distinct(bodies)) == 1:
            entities.join(phrase, bodies[0], "description", 0.75)


def _can_mean(entities: Entities, phrase: Phrase, other: Phrase, wanted: AbstractSet[str]) -> bool:
    """Whether a description of a body can mean an earlier one: by its kind, and a ministry or court by its noun."""
    named = other.form == "name" or (phrase.type == "Military" and other.country is not None)
    noun = phrase.type != "Government" or phrase.head in other.words
    return named and noun and other.type in wanted and not other.plural and entities.can_be(phrase, other)


def _subject_of_predicate(noun: Token) -> Token | None:
    """ "Tom Hale" for the "teacher" of "Tom Hale is a teacher"."""
    verb = noun.head
    if noun.dep_ != "attr" or verb.lemma_ not in ("be", "become", "remain"):
        return None
    if any(child.dep_ == "neg" for child in verb.children):
        return None
    return next((child for child in verb.lefts if child.dep_ == "nsubj"), None)


def _is_headline(phrase: Phrase) -> bool:
    """Whether one person is described without an article, as headlines do: "Man held over fire"."""
    return not phrase.plural and not phrase.definite and not phrase.indefinite and phrase.owner is None


def _repeats(phrase: Phrase, other: Phrase) -> bool:
    """Whether a description has the head of an earlier one and adds nothing that the earlier one lacks."""
    if phrase.kind != other.kind or phrase.head != other.head or phrase.plural != other.plural:
        return False
    if phrase.owner is not None and phrase.owner != other.owner:
        return False
    return phrase.modifiers <= other.modifiers


def _told(entities: Entities, phrase: Phrase) -> set[frozenset[str]]:
    """What somebody is called in the article, each as its words."""
    found: set[frozenset[str]] = set()
    for other in entities.members(phrase):
        found |= {_words(token, entities.knowledge) for token in other.root.children if token.dep_ in _BESIDE}
        if other.form == "description":
            found.add(frozenset({*other.modifiers, other.head}))
    return found


def _held(entities: Entities, phrase: Phrase) -> set[frozenset[str]]:
    """The offices that somebody is known to have held at the time of the article, each as its words."""
    known = entities.knowledge.actors.get(phrase.key or "")
    day = entities.parse.article.day
    offices = known.offices if known else ()
    return {frozenset(o.title.split()) for o in offices if o.covers(day.year if day else None) is not False}


def _words(noun: Token, knowledge: Knowledge) -> frozenset[str]:
    """A noun and what stands before it, as lemmas, short titles in full."""
    lemmas = (token.lemma_.lower() for token in (*(c for c in noun.lefts if c.dep_ in _BEFORE), noun))
    return frozenset(knowledge.roles.short.get(lemma.rstrip("."), lemma) for lemma in lemmas)
