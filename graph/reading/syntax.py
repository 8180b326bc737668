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
DEEPEST = 4  # clauses looked through for who does something
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
# Verbs that have an object wherever they are active.
TRANSITIVE = frozenset(
    "kill wound injure hurt arrest detain capture abduct kidnap rescue displace destroy damage".split()
)
# Verbs whose infinitive is done by what stands behind their preposition: "called on Israel to stop".
BEHIND_CONTROL = {
    **dict.fromkeys(("call", "prevail", "rely", "count", "depend"), ("on", "upon", "for")),
    **dict.fromkeys(("appeal", "look"), ("to",)),
    **dict.fromkeys(("plead", "reason"), ("with",)),
    **dict.fromkeys(("wait", "arrange"), ("for",)),
}
# Prepositions whose participle is done by the object before them: "accused Israel of killing", "barred it from voting".
OF_OBJECT = frozenset({"of", "for", "from", "into", "with", "against", "about", "over"})


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated to it, in order ("Egypt, Qatar and the United States")."""
    found = [token]
    for child in token.rights:
        if child.dep_ == "conj":
            found.extend(conjuncts(child))
    return found


def coordinated_before(noun: Token, end: int) -> list[Token]:
    """A noun and what is coordinated with it up to a token: "gunmen and a driver" in "gunmen and a driver held by"."""
    first = noun
    while first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN", "NUM"):
        first = first.head
    return [one for one in conjuncts(first) if one.i < end]


def children(token: Token, deps: frozenset[str]) -> list[Token]:
    """Children with one of these labels, each with its conjuncts."""
    return [one for child in token.children if child.dep_ in deps for one in conjuncts(child)]


def is_passive(token: Token, depth: int = 0) -> bool:
    """Whether a verb is passive: by an auxiliary, its own or a shared one, or as a bare past participle."""
    if any(child.dep_ in ("auxpass", "nsubjpass", "csubjpass") for child in token.children):
        return True
    if token.tag_ not in ("VBN", "VBD") or any(child.dep_ == "aux" for child in token.children):
        return False
    if token.dep_ == "conj":  # "two were killed and five wounded"
        bare = token.lemma_ in TRANSITIVE and not any(child.dep_ in OBJECTS for child in token.children)
        return (token.tag_ == "VBN" or bare) and depth < DEEPEST and is_passive(token.head, depth + 1)
    return (
        token.tag_ == "VBN"
        and token.dep_ in ("acl", "advcl")
        and not any(child.dep_ in SUBJECTS for child in token.children)
    )


def antecedent(token: Token) -> Token:
    """The noun a relative pronoun stands for, else the token itself."""
    if token.tag_ in ("WDT", "WP", "WP$") or (token.lower_ == "that" and token.dep_ in SUBJECTS | OBJECTS):
        verb = token.head.head if token.dep_ == "pobj" else token.head
        while verb.dep_ in ("conj", "xcomp", "ccomp") and verb.head.i != verb.i:
            verb = verb.head
        if verb.dep_ == "relcl":
            return _described(verb.head, token)
        if verb.lemma_ == "be" and verb.i < token.i:  # "It was Iran that attacked"
            return next((child for child in verb.rights if child.dep_ == "attr" and child.i < token.i), token)
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
    return _controllers(verb, depth) if depth < DEEPEST else []


def agents_by(token: Token) -> list[Token]:
    """What stands behind `by` ("killed by gunmen", "an attack by gunmen")."""
    return [
        antecedent(one)
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
            return coordinated_before(head, verb.i)
        return _owners(head, depth)
    return _clause_controllers(verb, depth) if dep in ("xcomp", "advcl", "ccomp", "pcomp") else []


def _clause_controllers(verb: Token, depth: int) -> list[Token]:
    """Who of the clause above does a verb that has no subject: its object, its subject, or the owner of a noun."""
    head, dep = verb.head, verb.dep_
    noun = noun_before(verb)
    by_object = head.lemma_ in OBJECT_CONTROL and (dep != "advcl" or is_passive(head))
    if noun is not None and dep == "advcl" and not by_object:
        return _owners(noun, depth) or subjects(head, depth + 1)
    if dep == "pcomp":
        by_object, head = head.lower_ in OF_OBJECT, head.head
    if dep == "xcomp" and head.dep_ == "acomp":  # "is willing to withdraw"
        head = head.head
    if head.pos_ not in ("VERB", "AUX"):
        return _owners(head, depth)
    if behind := _behind_control(head, verb):
        return behind
    if is_passive(head):
        outcome = dep == "advcl" and verb.tag_ == "VBG" and verb.i > head.i  # "was shelled by Russia, killing two"
        if outcome and not any(child.dep_ == "mark" or child.tag_ == "WRB" for child in verb.children):
            return agents_by(head)
        return _undergoing(head, depth + 1) or subjects(head, depth + 1)
    controlling = [one for one in children(head, OBJECTS) if not _is_deed(one)] if by_object else []
    if not controlling or any(map(is_reciprocal, controlling)):
        return subjects(head, depth + 1)
    return [antecedent(one) for one in controlling]


def _behind_control(head: Token, verb: Token) -> list[Token]:
    """Who is asked by a verb with a preposition to do an infinitive: "appealed to Iran to free them"."""
    names = BEHIND_CONTROL.get(head.lemma_, ())
    if not names or not is_infinitive(verb):
        return []
    return [one for name, one in prepositions(head) if name in names and one.i < verb.i]


def _is_deed(noun: Token) -> bool:
    """Whether an object does nothing itself, being half of a verb: "claimed responsibility for bombing"."""
    return noun.tag_ == "NN" and is_bare(noun)


def noun_before(verb: Token) -> Token | None:
    """The noun right before an infinitive ("threats to avenge"), whatever the parser hangs the infinitive on."""
    to = next((child for child in verb.children if child.tag_ == "TO"), None)
    if to is None or to.i == 0 or to.nbor(-1).pos_ != "NOUN":
        return None
    return to.nbor(-1)


def _owners(noun: Token, depth: int) -> list[Token]:
    """Whose noun it is: "Israel's plan to attack", "a plan by Israel to attack", "has a plan to attack"."""
    possessors = [child for child in noun.children if child.dep_ == "poss"]
    nations = [child for child in noun.children if child.dep_ in MODIFIERS and child.ent_type_ in ("NORP", "GPE")]
    if found := possessors or nations or agents_by(noun):
        return found
    if noun.dep_ in OBJECTS and noun.head.pos_ == "VERB":
        return subjects(noun.head, depth + 1)
    return []


def objects(verb: Token) -> list[Token]:
    """What it is done to: the object, the subject of a passive, the noun a participle or relative clause describes."""
    if is_passive(verb):
        return _undergoing(verb)
    own = children(verb, OBJECTS | {"dative"}) or _shared_objects(verb)
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


def _undergoing(verb: Token, depth: int = 0) -> list[Token]:
    """The subject of a passive, its own or a shared one: "was seized and jailed", "is said to have been killed"."""
    own = children(verb, PASSIVE_SUBJECTS | SUBJECTS)
    if own:
        return [antecedent(token) for token in own]
    if verb.dep_ == "acl":
        return coordinated_before(verb.head, verb.i)
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return objects(verb.head) if is_passive(verb.head) else subjects(coordinated_to(verb))
    alone = any(child.tag_ == "MD" for child in verb.children)  # "should be killed" shares no subject
    return _controllers(verb, depth) if depth < DEEPEST and not alone else []


def _shared_objects(verb: Token) -> list[Token]:
    """The objects of the verb right behind an "and": "bombed and invaded Lebanon"."""
    beside = next((child for child in verb.rights if child.dep_ == "conj" and child.i == verb.i + 2), None)
    if beside is None or beside.pos_ != "VERB" or is_passive(beside):
        return []
    return children(beside, OBJECTS)


def is_reciprocal(token: Token) -> bool:
    """Whether a token ends "each other" or "one another"."""
    before = token.nbor(-1).lower_ if token.i else ""
    return (before, token.lower_) in (("each", "other"), ("one", "another"))


def _is_relative(token: Token) -> bool:
    return token.tag_ in ("WDT", "WP") or token.lower_ == "that"


def prepositions(token: Token, depth: int = 0) -> Iterator[tuple[str, Token]]:
    """(preposition, complement) of a verb or noun, nested ones as well: "in its building in Damascus" gives both.

    "because of", "according to" come as one preposition.
    """
    for child in token.children:
        if child.dep_ not in ("prep", "agent") and not (child.dep_ == "dative" and child.pos_ == "ADP"):
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
