"""Pronouns: to the one that stands out among those that agree in number, gender and kind; else to nobody."""

from .coref_entities import SUBJECTS, Entities, Phrase
from .descriptions import BODIES
from .parse import Token
from .syntax import antecedent

_BACK, _FAR = 2, 8  # sentences
_REACH = 6  # tokens between a "who" and the end of whom it is about
_MARGIN = 0.5  # by which the best must stand out
_ITS = BODIES | {"State", "InternationalOrganisation"}  # what "it" can be
_TEAMS = frozenset({"Organisation", "Company", "Party", "ArmedGroup"})  # "Hamas ... they"
_THIRD = frozenset("he him his she her hers it its they them their theirs".split())
_SELF = frozenset({"himself", "herself", "itself", "themselves"})
_SUBJECT_LIKE = SUBJECTS | {"poss"}


def relative(entities: Entities) -> None:
    """ "who", "which", "where", "himself": to the noun that the clause belongs to."""
    for phrase in entities.phrases:
        if phrase.form != "pronoun":
            continue
        noun = _of_clause(phrase.root)
        other = entities.by_root.get(noun.i) if noun is not None else None
        other = other or (_just_before(entities, phrase) if phrase.root.lower_ == "who" else None)
        if other is not None:
            entities.join(phrase, other, "relative", 0.9)


def personal(entities: Entities) -> None:
    """Personal pronouns of the third person, in text order."""
    for phrase in entities.phrases:
        if phrase.form == "pronoun" and phrase.kind == "actor" and phrase.root.lower_ in _THIRD:
            found = _antecedent(entities, phrase)
            if found is not None:
                other, confidence = found
                entities.join(phrase, other, "pronoun", confidence)


def _of_clause(pronoun: Token) -> Token | None:
    if pronoun.lower_ in _SELF:
        return next((child for child in pronoun.head.lefts if child.dep_ in SUBJECTS), None)
    if pronoun.lower_ == "where":
        return pronoun.head.head if pronoun.head.dep_ == "relcl" else None
    noun = antecedent(pronoun)
    return noun if noun.i != pronoun.i else None


def _just_before(entities: Entities, phrase: Phrase) -> Phrase | None:
    """Whoever is named or described just before a "who", which the parser hung on another noun."""
    token = phrase.root
    end = token.i - 1 if token.i and token.nbor(-1).text == "," else token.i
    near = (other for other in entities.before(phrase, 0) if end - other.span.end < _REACH)
    return next((other for other in near if other.form != "pronoun" and other.kind == "actor"), None)


def _antecedent(entities: Entities, phrase: Phrase) -> tuple[Phrase, float] | None:
    """The phrase that a pronoun goes back to, and how sure that is; None when two come near one another.

    Where nobody near fits, the only one who does farther back is meant.
    """
    near = _ranked(entities, phrase, _BACK)
    if not near:
        far = _ranked(entities, phrase, _FAR)
        return (far[0][1], 0.6) if len(far) == 1 else None
    ahead = near[0][0] - (near[1][0] if len(near) > 1 else 0.0)
    if len(near) > 1 and ahead < _MARGIN:
        return None
    return near[0][1], 0.75 if ahead >= 2.0 else 0.65


def _ranked(entities: Entities, phrase: Phrase, lines: int) -> list[tuple[float, Phrase]]:
    """Those that a pronoun can stand for, one phrase each, who stands out most first."""
    barred = _barred(entities, phrase)
    scores: dict[int, tuple[float, Phrase]] = {}
    for other in entities.before(phrase, lines):
        entity = entities.of(other)
        if entity in barred or not _fits(entities, other, phrase):
            continue
        score = _salience(entities, other, phrase)
        if entity not in scores or score > scores[entity][0]:
            scores[entity] = (score, other)
    return sorted(scores.values(), key=lambda pair: (-pair[0], -pair[1].number))


def _barred(entities: Entities, phrase: Phrase) -> set[int]:
    """Whom the grammar excludes: the subject of the verb whose object the pronoun is ("she thanked her")."""
    if phrase.root.dep_ in _SUBJECT_LIKE:
        return set()
    return {entities.of(other) for other in entities.before(phrase, 0) if _same_verb(other.root, phrase.root)}


def _same_verb(subject: Token, other: Token) -> bool:
    head = other.head.head if other.head.pos_ == "ADP" else other.head
    return subject.dep_ in SUBJECTS and subject.head.i == head.i


def _fits(entities: Entities, other: Phrase, phrase: Phrase) -> bool:
    """Whether a pronoun can stand for an earlier phrase: by kind, number and gender."""
    if other.form == "nationality" or other.kind != phrase.kind or not entities.can_be(phrase, other):
        return False
    facts = entities.facts(other)
    if phrase.type == "Person":
        return "Person" in facts.types
    if phrase.type == "Group":
        several = True in facts.plurals or (other.form == "pronoun" and other.type == "Group")
        return several or (other.form == "name" and other.type in _TEAMS)
    return not facts.types.isdisjoint(_ITS)


def _salience(entities: Entities, other: Phrase, phrase: Phrase) -> float:
    """How much an earlier phrase stands out for a pronoun."""
    score = 2.0 * other.is_subject - 1.0 * (phrase.line - other.line)
    score += 0.5 * min(3, entities.told_before(other, phrase) - 1)
    score -= 1.0 * (phrase.paragraph != other.paragraph)
    if other.root.head in phrase.root.ancestors and other.is_subject:
        score += 1.0
    if other.form == "pronoun" and other.root.lower_ == phrase.root.lower_:
        score += 0.5
    if other.is_coordinated and phrase.type != "Group":
        score -= 0.5
    if phrase.gender and phrase.gender in entities.facts(other).genders:
        score += 0.4
    if phrase.type == "Group" and not other.plural:
        score -= 1.0
    return score
