"""Noun phrases and pronouns that stand for an actor: "the militant group", "two Egyptian security sources", "they"."""

from collections.abc import Iterator
from itertools import accumulate

from ..knowledge import Description, Knowledge, People
from ..types import ActorValue, Mention, PlaceValue
from .parse import Parse, Token

_PRONOUNS = {
    "he": ("Person", "m", False),
    "him": ("Person", "m", False),
    "his": ("Person", "m", False),
    "she": ("Person", "f", False),
    "her": ("Person", "f", False),
    "hers": ("Person", "f", False),
    "they": ("Group", None, True),
    "them": ("Group", None, True),
    "their": ("Group", None, True),
    "theirs": ("Group", None, True),
    "it": ("Organisation", None, False),
    "its": ("Organisation", None, False),
}
_BEFORE = frozenset({"det", "amod", "nummod", "compound", "poss", "nmod", "quantmod", "predet"})
_NONE = frozenset({"no", "any", "each", "every", "either", "neither", "what", "which", "whatever", "whichever"})
_OURS = frozenset({"my", "our", "your"})
_MODIFIER = frozenset({"compound", "nmod", "amod", "npadvmod"})
_WHERE = frozenset({"in", "of", "from", "throughout", "across"})
_BACK = 2  # sentences
BODIES = frozenset({"Organisation", "Company", "Government", "Party", "Media", "Military", "ArmedGroup", "Group"})


def find(parse: Parse, named: dict[int, Mention], knowledge: Knowledge) -> Iterator[Mention]:
    """Descriptions in text order; `named` maps token indices to the names already found."""
    for token in parse.doc:
        doer = _does_next(token, knowledge)
        plain = token.pos_ in ("NOUN", "PROPN") and token.dep_ not in _MODIFIER
        if token.i in named or not (doer or plain):
            continue
        about, start = _about(token, knowledge)
        if about and (doer or _is_actor(token, about, start)):
            yield _describe(parse, token, about, named, knowledge)


def _does_next(token: Token, knowledge: Knowledge) -> bool:
    """Whether a noun says who does the deed that it stands before: "a police raid", "the rebel attack"."""
    words, deed = knowledge.contexts, token.head
    return token.dep_ in _MODIFIER and token.lemma_.lower() in words["doers"] and deed.lemma_.lower() in words["deeds"]


def _about(token: Token, knowledge: Knowledge) -> tuple[Description | None, int]:
    """What the noun, with the word before it if they form one, describes, and where it starts."""
    known, lemma = knowledge.roles.descriptions, token.lemma_.lower()
    forms = lemma, token.lower_
    if token.i:
        before = token.nbor(-1).lemma_.lower(), token.nbor(-1).lower_
        pairs = [f"{first} {second}" for first in before for second in forms]
        if about := next((known[pair] for pair in pairs if pair in known), None):
            return about, token.i - 1
    return next((known[form] for form in forms if form in known), None), token.i


def _is_actor(token: Token, about: Description, start: int) -> bool:
    """Bare singulars ("by force"), "no group" and capitalised titles are not actors."""
    title = token.pos_ == "PROPN" and token.text[0].isupper() and not (token.is_sent_start and _is_plural(token))
    if any(child.lower_ in _NONE for child in token.lefts) or title:
        return False
    if any(child.lower_ in _OURS for child in token.lefts):
        return False  # "my children": whose is not told here
    before = [child.dep_ for child in token.lefts]
    if about.type == "Company" and any(child.tag_ == "PRP$" for child in token.lefts):
        return False  # a river and its banks
    if _is_plural(token) or token.lower_ in ("police", "media"):
        return True
    if about.type in BODIES:
        return bool(before) or start < token.i
    return any(dep in ("det", "poss", "nummod") for dep in before)


def _is_plural(token: Token) -> bool:
    """Whether a noun is in the plural, even where the parser takes it for a name, or means many ("a rebel attack")."""
    return token.tag_ in ("NNS", "NNPS") or token.dep_ in _MODIFIER


def _describe(
    parse: Parse, token: Token, about: Description, named: dict[int, Mention], knowledge: Knowledge
) -> Mention:
    first = _first(token)
    inside = [named[i] for i in range(first, token.i) if i in named]
    count, head = _count(token, knowledge), token
    plural = _is_plural(token)
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.like_num:
        head = token.head.head  # "three of her sons"
        count, first = _number(head, knowledge), min(first, head.i)
    behind = [named[i] for i in _where(token) if i in named]
    country = next((c for m in (*inside, *behind) if (c := getattr(m.value, "country", None))), None)
    country = country or next((people.country for people in _peoples(parse, first, token, knowledge)), None)
    body = next(
        (m.value for m in inside if isinstance(m.value, ActorValue) and m.type not in ("State", "Person")), None
    )
    own = body.sectors if body and about.type == "Person" and about.sectors in ((), ("GOV",)) else about.sectors
    sectors = tuple(dict.fromkeys([*_sectors(token, first, knowledge), *own]))
    article = parse.doc[first].pos_ == "DET" and parse.doc[first].lower_ in ("the", "a", "an")
    name = parse.doc[first + article : token.i + 1].text
    start, end = parse.doc[first].idx, token.idx + len(token)
    return parse.mention(
        start,
        end,
        "actor",
        "Group" if plural and about.type == "Person" else about.type,
        ActorValue(
            name=name,
            form="description",
            country=country,
            sectors=sectors,
            count=count,
            plural=plural,
            gender=knowledge.roles.genders.get(token.lemma_.lower()),
        ),
        rule="names/description",
        confidence=0.8,
    )


def _peoples(parse: Parse, first: int, token: Token, knowledge: Knowledge) -> Iterator[People]:
    """The peoples whose names stand before a noun: "Yoruba leaders"."""
    known = knowledge.roles.peoples
    return (known[parse.doc[i].text] for i in range(first, token.i) if parse.doc[i].text in known)


def _where(token: Token) -> Iterator[int]:
    """The names behind a noun that say where its bearers are or whose they are: "the rebels in Aceh"."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in _WHERE:
            yield from (goal.i for goal in child.children if goal.dep_ == "pobj")


def _first(token: Token) -> int:
    """The first token of the words before a noun that belong to it."""
    first = token.i
    for child in sorted(token.lefts, key=lambda c: -c.i):
        if child.dep_ not in _BEFORE or any(inner.dep_ == "cc" and child.dep_ != "amod" for inner in child.children):
            break
        edge = child.left_edge.i
        if child.right_edge.i != first - 1 and not _is_gap(token, child.right_edge.i + 1, first):
            break
        first = edge
    return first


def _is_gap(token: Token, start: int, end: int) -> bool:
    """Whether only hyphens and commas between adjectives stand between two words of a phrase."""
    return all(token.doc[i].text in "-–," for i in range(start, end))


def _sectors(token: Token, first: int, knowledge: Knowledge) -> list[str]:
    return [s for i in range(first, token.i) if (s := knowledge.roles.modifiers.get(token.doc[i].lower_))]


def _count(token: Token, knowledge: Knowledge) -> int | None:
    number = next((child for child in token.lefts if child.dep_ == "nummod"), None)
    return _number(number, knowledge) if number is not None else None


def _number(token: Token, knowledge: Knowledge) -> int | None:
    word = token.lower_.replace(",", "")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 12 else knowledge.roles.numbers.get(word)


def places_back(parse: Parse, named: dict[int, Mention], knowledge: Knowledge) -> Iterator[Mention]:
    """ "The enclave", "the city": places named shortly before, when only one of that kind was."""
    back, lines = knowledge.contexts["back"], _lines(parse)
    near: list[tuple[int, Mention]] = []
    last = None
    for token in parse.doc:
        mention = named.get(token.i)
        if mention is not None:
            if mention is not last and isinstance(mention.value, PlaceValue) and mention.value.key:
                near.append((lines[token.i], mention))
            last = mention
            continue
        type = back.get(token.lemma_) if token.pos_ == "NOUN" and token.tag_ == "NN" else None
        if (
            not type
            or token.dep_ in _MODIFIER
            or any(child.dep_ == "prep" and child.lower_ == "of" for child in token.rights)
        ):
            continue
        lefts = [child for child in token.lefts if child.dep_ != "case"]
        if (
            not lefts
            or lefts[0].lower_ not in ("the", "this")
            or any(child.dep_ in ("poss", "compound") for child in lefts)
        ):
            continue
        fitting = [m for line, m in near if lines[token.i] - line <= _BACK and m.type == type]
        if len({m.value.key for m in fitting if isinstance(m.value, PlaceValue)}) == 1:
            value = fitting[-1].value
            start, end = lefts[0].idx, token.idx + len(token)
            yield parse.mention(start, end, "place", type, value, "names/back", 0.6)


def pronouns(parse: Parse, knowledge: Knowledge) -> Iterator[Mention]:
    """Personal pronouns of the third person, without those that stand for nothing ("it is clear that")."""
    for token in parse.doc:
        about = _PRONOUNS.get(token.lower_) if token.tag_ in ("PRP", "PRP$") else None
        if not about or (token.lower_ == "it" and _is_empty(token, knowledge)):
            continue
        type, gender, plural = about
        value = ActorValue(name=token.lower_, form="pronoun", gender=gender, plural=plural)
        yield parse.mention(token.idx, token.idx + len(token), "actor", type, value, "names/pronoun", 0.6)


def _lines(parse: Parse) -> list[int]:
    """For each token, the number of its sentence."""
    return list(accumulate(int(bool(token.is_sent_start)) for token in parse.doc))


def _is_empty(token: Token, knowledge: Knowledge) -> bool:
    if token.dep_ == "expl":
        return True
    verb = token.head
    clause = any(child.dep_ in ("ccomp", "xcomp", "advcl", "acomp") for child in verb.children)
    weather = verb.lemma_ in knowledge.roles.empty
    return token.dep_ in ("nsubj", "nsubjpass") and (
        weather
        or (clause and verb.lemma_ in ("be", "take", "make"))
        or (token.dep_ == "nsubjpass" and any(child.dep_ == "ccomp" for child in verb.children))
    )
