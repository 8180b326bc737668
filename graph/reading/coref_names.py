"""Names that are one: the same words, parts of a longer name, capitals for a long form."""

from collections import defaultdict

from .coref_entities import Entities, Phrase, near


def same(entities: Entities) -> None:
    """The same entry of the knowledge, or the same words."""
    first: dict[tuple[str, str], Phrase] = {}
    shared = {(surname,) for surname, people in by_surname(entities).items() if len(_full(people)) > 1}
    for phrase in _names(entities):
        if phrase.type == "Person" and phrase.words in shared:
            continue
        for identity in _identities(phrase):
            entities.join(phrase, first.setdefault(identity, phrase), "name", 0.95, whatever_sort=True)


def parts(entities: Entities) -> None:
    """A surname or a first name that one full name has, and part of the name of a place or a body."""
    names = _names(entities)
    for phrase in names:
        if phrase.type == "Person":
            _join_only(entities, phrase, [other for other in near(names, phrase) if _is_part(phrase, other)])
        elif phrase.proper:
            _join_only(entities, phrase, [other for other in near(names, phrase) if _is_within(phrase, other)])


def acronyms(entities: Entities) -> None:
    """Capitals and the long form that they are of: "Union of Mine Workers (UMW)"."""
    bodies = [phrase for phrase in _names(entities) if phrase.kind == "actor" and phrase.type != "Person"]
    short = [phrase for phrase in bodies if phrase.mention.text.isupper() and 2 <= len(phrase.mention.text) <= 8]
    forms: dict[str, list[Phrase]] = defaultdict(list)
    for body in bodies:
        for letters in initials(body.mention.text):
            forms[letters].append(body)
    for phrase in short:
        if long := near(forms[phrase.mention.text], phrase):
            nearest = min(long, key=lambda other: abs(other.number - phrase.number))
            entities.join(phrase, nearest, "acronym", 0.9, whatever_sort=True)


def _names(entities: Entities) -> list[Phrase]:
    return [phrase for phrase in entities.phrases if phrase.form in ("name", "nationality")]


def _identities(phrase: Phrase) -> list[tuple[str, str]]:
    """What makes two names the same."""
    found = [(phrase.kind, f"entry {phrase.key}")] if phrase.key else []
    words = " ".join(phrase.words)
    return [*found, (phrase.kind, words)] if words and not phrase.key else found


def _full(people: list[Phrase]) -> set[tuple[str, ...]]:
    """The different full names of some people."""
    return {phrase.words for phrase in people if len(phrase.words) > 1}


def _is_part(phrase: Phrase, other: Phrase) -> bool:
    """Whether a person's name is the last name, or the start, of a longer one."""
    words, size = phrase.words, len(phrase.words)
    longer = other.type == "Person" and other.form == "name" and len(other.words) > size
    return longer and (words == (other.surname,) or other.words[-size:] == words or other.words[:size] == words)


def _is_within(phrase: Phrase, other: Phrase) -> bool:
    """Whether the capitalised words of a name are some of a longer name's of the same kind, its first among them."""
    if other.kind != phrase.kind or other.key or phrase.key or other.type == "Person":
        return False
    if not phrase.proper < other.proper or len(phrase.words) >= len(other.words):
        return False
    team = phrase.words == other.words[-len(phrase.words) :] and phrase.words[-1].endswith("s")  # "the Angels"
    return other.words[0] in phrase.proper or (phrase.kind == "actor" and team)


def _join_only(entities: Entities, phrase: Phrase, full: list[Phrase]) -> None:
    """Join a name with the longer ones if all of these are one; a last name of several people with the latest."""
    full = [other for other in full if entities.can_be(phrase, other)]
    groups = entities.distinct(full)
    before = [other for other in full if other.number < phrase.number]
    if len(groups) == 1:
        entities.join(phrase, (before or full)[0], "part", 0.9)
    elif before and phrase.type == "Person":
        entities.join(phrase, before[-1], "nearest", 0.7)


def initials(name: str) -> set[str]:
    """The acronyms that a long form can have, with its small words and without.

    >>> sorted(initials("Union of Mine Workers"))
    ['UMW', 'UOMW']
    """
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    return {"".join(word[0] for word in words if word[0].isupper()), "".join(word[0].upper() for word in words)}


def by_surname(entities: Entities) -> dict[str, list[Phrase]]:
    """The people of an article by last name."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in _names(entities):
        if phrase.type == "Person":
            found[phrase.surname].append(phrase)
    return found
