"""Grammar over spaCy's English dependency labels: who stands where around a verb or an event noun.

The functions answer for one token and look through what news English hides a participant behind:
passives, relative clauses, control ("vowed to respond"), coordination, participles.
"""

from collections.abc import Iterator

from .parse import Token

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj", "oprd"})
MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "npadvmod"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "csubj", "parataxis"})
# "dozens of people": the noun behind `of` is what counts.
PARTITIVES = frozenset(
    "dozen score hundred thousand million billion number majority half part most some all many any several none "
    "group series wave pair handful couple lot ton tonne barrage string volley spate suite array range host salvo "
    "flurry rest".split()
)
# Verbs whose infinitive is done by their object: "urged Israel to stop".
OBJECT_CONTROL = frozenset(
    "urge ask tell order force allow permit persuade press push encourage help warn invite lead prompt cause "
    "enable require want expect call advise beg instruct command compel pressure".split()
)


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated to it, in order ("Egypt, Qatar and the United States")."""
    found = [token]
    for child in token.rights:
        if child.dep_ == "conj":
            found.extend(conjuncts(child))
    return found


def children(token: Token, deps: frozenset[str]) -> list[Token]:
    """Children with one of these labels, each with its conjuncts."""
    return [one for child in token.children if child.dep_ in deps for one in conjuncts(child)]


def is_passive(token: Token) -> bool:
    """Whether a verb is passive: by an auxiliary, or as a bare past participle behind a noun."""
    if any(child.dep_ in ("auxpass", "nsubjpass", "csubjpass") for child in token.children):
        return True
    return token.tag_ == "VBN" and token.dep_ == "acl"


def antecedent(token: Token) -> Token:
    """The noun a relative pronoun stands for, else the token itself."""
    if token.tag_ in ("WDT", "WP", "WP$") or (token.lower_ == "that" and token.dep_ in SUBJECTS | OBJECTS):
        verb = token.head
        while verb.dep_ in ("conj", "xcomp", "ccomp") and verb.head.i != verb.i:
            verb = verb.head
        if verb.dep_ == "relcl":
            return _described(verb.head, token)
    return token


def beside_of(noun: Token) -> Token:
    """The noun that a name stands beside: "a spokesman" in "a spokesman for the army, Tom Hale"."""
    preposition = noun.head
    if noun.dep_ == "pobj" and noun.pos_ == "NOUN" and preposition.dep_ == "prep" and preposition.head.pos_ == "NOUN":
        return preposition.head
    return noun


def _described(noun: Token, pronoun: Token) -> Token:
    """What a relative clause is about: behind a comma rather the whole ("the blast at the port, which killed ...")."""
    preposition = noun.head
    apart = pronoun.lower_ == "which" and pronoun.i > 0 and pronoun.nbor(-1).text == ","
    if apart and preposition.lower_ in ("in", "at", "on", "near") and preposition.head.pos_ == "NOUN":
        return preposition.head
    return noun


def finite(verb: Token) -> bool:
    """Whether a verb has a tense of its own."""
    return verb.tag_ in ("VBD", "VBZ", "VBP")


def is_infinitive(verb: Token) -> bool:
    """Whether a verb stands with `to`."""
    return any(child.tag_ == "TO" for child in verb.children)


def has_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own."""
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children)


def is_completed(preposition: Token) -> bool:
    """Whether a preposition is completed by a verb: "after disarming them"."""
    return any(inner.dep_ == "pcomp" for inner in preposition.children)


def is_bare(noun: Token) -> bool:
    """Whether a noun has neither a determiner nor a possessor: "on strike"."""
    return not any(child.dep_ in ("det", "poss") for child in noun.children)


def is_definite(noun: Token) -> bool:
    """Whether a noun is one that is known: "the attack", "their attack"."""
    return any(
        child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ in ("the", "this", "that", "these", "those"))
        for child in noun.children
    )


def coordinated_to(verb: Token) -> Token:
    """The verb a coordinated verb stands beside; not an infinitive for a finite one
    ("urged X to go and left"), and a gerund beside a gerund ("accused X of going and of taking")."""
    head = verb.head
    while finite(verb) and head.tag_ == "VB" and head.head.i != head.i:
        head = head.head
    if verb.tag_ == "VBG" and finite(head):
        gerunds = [one for one in head.subtree if one.tag_ == "VBG" and one.dep_ in ("pcomp", "xcomp")]
        return next((one for one in reversed(gerunds) if one.i < verb.i and not verb.is_ancestor(one)), head)
    return head


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Who does it: the subject, the by-phrase of a passive, or whoever controls the verb."""
    if is_passive(verb):
        return agents_by(verb)
    own = children(verb, SUBJECTS)
    if own:
        return [antecedent(token) for token in own]
    return _controllers(verb, depth) if depth < 4 else []


def agents_by(token: Token) -> list[Token]:
    """What stands behind `by` ("killed by gunmen", "an attack by gunmen")."""
    return [
        one
        for child in token.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for one in children(child, frozenset({"pobj"}))
    ]


def _controllers(verb: Token, depth: int) -> list[Token]:
    """The subject that a verb without one shares with another word."""
    head, dep = verb.head, verb.dep_
    if head.i == verb.i:
        return []
    if dep == "conj" and head.pos_ in ("VERB", "AUX"):
        head = coordinated_to(verb)
        shared = children(head, PASSIVE_SUBJECTS)
        return shared or subjects(head, depth + 1)
    if dep == "relcl":
        return [] if any(t.dep_ in SUBJECTS for t in verb.children) else [head]
    if dep == "acl":
        if verb.tag_ == "VBG":
            return [head]
        return _owners(head, depth)
    if dep in ("xcomp", "advcl", "ccomp", "pcomp"):
        noun = noun_before(verb)
        if noun is not None and dep == "advcl":
            return _owners(noun, depth) or subjects(head, depth + 1)
        if dep == "pcomp":
            head = head.head
        if head.pos_ not in ("VERB", "AUX"):
            return _owners(head, depth)
        if head.lemma_ in OBJECT_CONTROL and dep != "advcl":
            objects_ = children(head, OBJECTS | PASSIVE_SUBJECTS)
            if objects_:
                return [antecedent(token) for token in objects_]
        return children(head, PASSIVE_SUBJECTS) or subjects(head, depth + 1)
    return []


def noun_before(verb: Token) -> Token | None:
    """The noun right before an infinitive ("threats to avenge"), whatever the parser hangs the infinitive on."""
    to = next((child for child in verb.children if child.tag_ == "TO"), None)
    if to is None or to.i == 0 or to.nbor(-1).pos_ != "NOUN":
        return None
    return to.nbor(-1)


def _owners(noun: Token, depth: int) -> list[Token]:
    """Whose noun it is: "Israel's plan to attack", "has a plan to attack"."""
    possessors = [child for child in noun.children if child.dep_ == "poss"]
    nations = [child for child in noun.children if child.dep_ in MODIFIERS and child.ent_type_ in ("NORP", "GPE")]
    if possessors or nations:
        return possessors or nations
    if noun.dep_ in OBJECTS and noun.head.pos_ == "VERB":
        return subjects(noun.head, depth + 1)
    return []


def objects(verb: Token) -> list[Token]:
    """What it is done to: the object, the subject of a passive, the noun a participle or relative clause describes."""
    if is_passive(verb):
        own = children(verb, PASSIVE_SUBJECTS)
        if own:
            return [antecedent(token) for token in own]
        if verb.dep_ == "acl":
            return conjuncts(verb.head)
        if verb.dep_ == "conj":
            return children(verb.head, PASSIVE_SUBJECTS)
        return []
    own = children(verb, OBJECTS | {"dative"})
    found: list[Token] = []
    for token in own:
        if token.dep_ == "dative" and token.pos_ == "ADP":
            found.extend(children(token, frozenset({"pobj"})))
        else:
            found.append(antecedent(token))
    if not found and verb.dep_ == "relcl":
        has_own_subject = any(child.dep_ in SUBJECTS and not _is_relative(child) for child in verb.children)
        return [verb.head] if has_own_subject else []
    return found


def _is_relative(token: Token) -> bool:
    return token.tag_ in ("WDT", "WP") or token.lower_ == "that"


def prepositions(token: Token, depth: int = 0) -> Iterator[tuple[str, Token]]:
    """(preposition, complement) of a verb or noun, nested ones as well: "in its building in Damascus" gives both.

    "because of", "according to" come as one preposition.
    """
    for child in token.children:
        if child.dep_ not in ("prep", "agent"):
            continue
        name = child.lower_
        inner = [c for c in child.children if c.dep_ in ("prep", "pcomp") and c.pos_ in ("ADP", "SCONJ")]
        for second in inner:
            for complement in children(second, frozenset({"pobj"})):
                yield f"{name} {second.lower_}", complement
        for complement in children(child, frozenset({"pobj"})):
            yield name, complement
            if depth < 2 and name != "of":
                nested = prepositions(complement, depth + 1)
                yield from ((where, place) for where, place in nested if where in ("in", "at", "near"))


def measured(token: Token) -> list[Token]:
    """The token, and behind a number or measure the noun it measures ("dozens of people", "three of his sons")."""
    if token.pos_ != "NUM" and token.lemma_.lower() not in PARTITIVES:
        return [token]
    return [token, *(noun for name, noun in prepositions(token) if name == "of")]


def noun_phrase(token: Token, longest: int = 8) -> tuple[int, int]:
    """The characters of a noun with what stands before it and, if short, its of-phrase: "three of his sons"."""
    first = token.left_edge
    if token.i - first.i >= longest or any(child.dep_ in CLAUSES for child in token.lefts):
        first = next((c for c in token.lefts if c.dep_ in MODIFIERS | {"nummod"}), token)
    last = token
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.right_edge.i - first.i < longest:
            last = child.right_edge
        if child.i > token.i + 1 and last is token:
            break
    return first.idx, last.idx + len(last.text)


def regular_forms(lemma: str) -> list[str]:
    """A verb's regular past and -ing forms, for when the parser's lemma is wrong ("fined" is no form of "fin").

    >>> regular_forms("fine"), regular_forms("deny")
    (['fined', 'fining'], ['denied', 'denying'])
    """
    if lemma.endswith("e"):
        return [f"{lemma}d", f"{lemma[:-1]}ing"]
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return [f"{lemma[:-1]}ied", f"{lemma}ing"]
    return [f"{lemma}ed", f"{lemma}ing"]
