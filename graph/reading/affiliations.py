"""What ties the actors of one phrase: who leads, serves, speaks for or is kin to whom, by title or apposition."""

from collections.abc import Iterator, Sequence

from ..knowledge import Knowledge, Roles
from ..types import SERVED, ActorValue, Link, Mention
from .parse import Doc, Parse, Token, TokenSpan, offsets
from .syntax import antecedent, beside_of

_BEFORE = frozenset({"compound", "nmod", "amod", "poss", "nounmod"})
_OF = frozenset({"of", "for", "from", "at", "to", "with"})
_UNREAL = frozenset({"would", "could", "may", "might", "should", "will", "can", "to"})
_TITLE_GAP = frozenset({"’s", "'s", "-", "’", "'", "."})
_WHO = frozenset({"Person", "Group"})


def title_of(doc: Doc, start: int, knowledge: Knowledge) -> tuple[tuple[str, ...], str | None]:
    """The sectors and the country that the words before a name give a person: "Peruvian Health Minister"."""
    sectors: list[str] = []
    known = knowledge.roles.descriptions
    for i in range(start - 1, max(-1, start - 7), -1):
        token = doc[i]
        word = knowledge.roles.short.get(token.lower_.rstrip("."), token.lower_.rstrip("."))
        pair = known.get(f"{doc[i - 1].lower_} {word}") if i else None  # "attorney general" is no general
        about = pair or known.get(word) or known.get(token.lemma_.lower())
        if about and about.type == "Person":
            sectors.extend(about.sectors)
        elif word in knowledge.roles.modifiers:
            sectors.append(knowledge.roles.modifiers[word])
        elif senses := [sense for sense in knowledge.names.get(word, ()) if sense.kind == "actor"]:
            body = knowledge.actors[senses[0].key]
            return tuple(dict.fromkeys(sectors)), body.country if body.type in SERVED else None
        elif token.text not in _TITLE_GAP and not (sectors and token.pos_ in ("PROPN", "NOUN", "ADJ")):
            break
    return tuple(dict.fromkeys(sectors)), None


def called(span: TokenSpan, roles: Roles) -> tuple[str, ...]:
    """What the words beside a person's name call its bearer: by title, apposition or predicate, in small letters."""
    root = span.root
    nouns = [child for child in root.lefts if child.i < span.start and _is_title(child)]
    nouns += [child for child in root.rights if child.dep_ == "appos" and child.pos_ == "NOUN"]
    if root.dep_ == "appos" and root.head.pos_ == "NOUN" and root.head.i < span.start:
        nouns.append(root.head)
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        nouns += [child for child in root.head.rights if child.dep_ == "attr" and child.pos_ == "NOUN"]
    return tuple(dict.fromkeys(_phrase(noun, roles) for noun in nouns))


def _is_title(token: Token) -> bool:
    return token.dep_ in _BEFORE and (token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.ent_type_ == ""))


def _phrase(noun: Token, roles: Roles) -> str:
    """A noun with the words before it that belong to it, without names of others, articles and numbers."""
    words = [
        child.lower_
        for child in noun.lefts
        if child.dep_ in ("amod", "compound", "nmod") and child.ent_type_ == "" and child.is_alpha
    ]
    word = noun.lower_.rstrip(".")
    return " ".join([*words, roles.short.get(word, noun.lemma_.lower())])


def find(parse: Parse, names: Sequence[Mention], roles: Roles) -> Iterator[Link]:
    """Links from a person to the body, state or person that the words around the name tie it to."""
    actors = [m for m in names if m.kind == "actor"]
    by_token = parse.by_token(actors)
    for mention in actors:
        value = mention.value
        if mention.type not in _WHO or not isinstance(value, ActorValue) or value.form in ("pronoun", "nationality"):
            continue
        yield from _of_person(parse, mention, value, by_token, roles)


def _of_person(
    parse: Parse, mention: Mention, value: ActorValue, by_token: dict[int, Mention], roles: Roles
) -> Iterator[Link]:
    seen: set[str] = set()
    for noun, confidence in _nouns(parse, mention, value):
        for body in _bodies(noun, mention, by_token):
            type = _type(noun, mention, body, roles)
            if type and body.id not in seen and body.id != mention.id:
                seen.add(body.id)
                rule = f"ties/{'title' if confidence > 0.8 else 'apposition'}"
                yield Link(mention.id, type, body.id, rule, confidence, cue=offsets(noun))
    for verb, goals, type in _deeds(parse.span(mention).root, roles):
        for goal in goals:
            body = by_token.get(goal.i, mention)
            if body.type not in _WHO and body.id not in seen and body.id != mention.id:
                seen.add(body.id)
                yield Link(mention.id, type, body.id, "ties/verb", 0.75, cue=offsets(verb))


def _deeds(root: Token, roles: Roles) -> Iterator[tuple[Token, list[Token], str]]:
    """The verbs that tie a person to a body, with their objects: "who leads the company", "speaks for the firm"."""
    verbs = [child for child in root.rights if child.dep_ == "relcl" and _is_who(child)]
    if root.dep_ == "nsubj" and root.head.pos_ == "VERB":
        verbs.append(root.head)
    for verb in verbs:
        if any(child.dep_ in ("neg", "auxpass") or child.lower_ in _UNREAL for child in verb.children):
            continue
        objects = [child for child in verb.rights if child.dep_ == "dobj"]
        if type := roles.deeds.get(verb.lemma_):
            yield verb, [one for child in objects for one in (child, *_appositions(child))], type
        for child in verb.rights:
            if child.dep_ == "prep" and (type := roles.deeds.get(f"{verb.lemma_} {child.lower_}")):
                yield verb, [goal for goal in child.children if goal.dep_ == "pobj"], type


def _is_who(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.tag_ in ("WP", "WDT") for child in verb.lefts)


def _appositions(noun: Token) -> list[Token]:
    return [child for child in noun.rights if child.dep_ == "appos"]


def _nouns(parse: Parse, mention: Mention, value: ActorValue) -> Iterator[tuple[Token, float]]:
    """The nouns that say what a person is, with how sure the pattern is."""
    span = parse.span(mention)
    root = span.root
    if value.form == "description":
        yield span[-1], 0.85
        return
    for child in root.lefts:
        if child.i < span.start and child.dep_ in _BEFORE and child.pos_ in ("NOUN", "PROPN"):
            yield child, 0.9
    for child in root.rights:
        if child.dep_ == "appos" and child.pos_ in ("NOUN", "PROPN"):
            yield child, 0.8
    if root.dep_ == "appos" and root.head.pos_ in ("NOUN", "PROPN"):
        yield beside_of(root.head), 0.8
    for other in _coordinated(root):  # "Anna Berg and Tom Hale, the party's founders"
        yield from ((child, 0.75) for child in other.rights if child.dep_ == "appos" and child.tag_ == "NNS")
    if root.dep_ in ("nsubj", "attr") and root.head.lemma_ == "be":
        yield from ((child, 0.7) for child in root.head.rights if child.dep_ == "attr" and child.pos_ == "NOUN")


def _coordinated(root: Token) -> Iterator[Token]:
    """The last name of a row that a name starts."""
    last = root
    while (after := next((child for child in last.rights if child.dep_ == "conj"), None)) is not None:
        last = after
    if last.i != root.i:
        yield last


def _bodies(noun: Token, mention: Mention, by_token: dict[int, Mention]) -> Iterator[Mention]:
    """The actors that the words around a noun name: before it, in a title beside it, or behind "of"."""
    holders = [noun]
    if noun.dep_ in _BEFORE:
        holders.append(noun.head)
    for holder in holders:
        for child in holder.lefts:
            if child.dep_ in _BEFORE and child.i <= noun.i:
                found = by_token.get(antecedent(child).i)
                if found and found is not mention:
                    yield found
                for inner in child.lefts:
                    if inner.dep_ in _BEFORE and (found := by_token.get(inner.i)) and found is not mention:
                        yield found
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in _OF:
            for goal in child.children:
                if goal.dep_ == "pobj":
                    near = (
                        by_token.get(token.i) for token in (goal, *goal.lefts) if token is goal or token.dep_ in _BEFORE
                    )
                    yield from (found for found in near if found and found is not mention)


def _type(noun: Token, mention: Mention, body: Mention, roles: Roles) -> str | None:
    """What a noun makes of its bearer towards a body: "leader" leads, a "deputy leader" is a member."""
    word = noun.lemma_.lower()
    before = noun.nbor(-1).lower_ if noun.i else ""
    pair = f"{before} {word}"
    person = body.type in _WHO
    if word in roles.kin:
        return "kin-of" if person else None
    if person or mention.type not in _WHO or (body.type == "Media" and word not in roles.leads | roles.members):
        return None
    if word in roles.represents or pair in roles.represents:
        return "represents"
    if pair in roles.members:
        return "member-of"
    if word in roles.leads or pair in roles.leads:
        return "leads" if _heads(noun, word, pair, body, roles) else "member-of"
    return "member-of" if word in roles.members else None


def _heads(noun: Token, word: str, pair: str, body: Mention, roles: Roles) -> bool:
    """Whether a leading noun means the first in the body, which "a senior party leader" and an "army chief" do not."""
    modifiers = {child.lower_ for child in noun.lefts}
    if modifiers & roles.lesser or noun.tag_ in ("NNS", "NNPS"):
        return False
    if body.type == "State":
        return (pair in roles.state_heads or word in roles.state_heads) and not modifiers & roles.modifiers.keys()
    return True
