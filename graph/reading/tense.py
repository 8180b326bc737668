"""Which way a clause points in time: behind (-1), ahead (1) or neither (0, None)."""

from .parse import Token

VERBS = ("VERB", "AUX")
_FUTURE_AUX = frozenset(("will", "'ll", "’ll", "wo", "shall"))
_NOMINAL = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos", "poss", "compound", "amod", "nmod", "conj"))


def clause_verb(token: Token) -> Token | None:
    """The verb of the clause a token stands in (itself if it is one), or None in a clause without one."""
    while token.pos_ not in VERBS:
        if token.head.i == token.i:
            return None
        token = token.head
    while token.dep_ in ("aux", "auxpass") and token.head.i != token.i:
        token = token.head
    return token


def direction(verb: Token | None, ahead: frozenset[str], says: frozenset[str], depth: int = 0) -> int | None:
    """-1 for past, 1 for future, 0 for present, None when no verb tells.

    `ahead` holds lemmas whose infinitive or complement is yet to come (plan, expect, schedule), `says`
    those of reporting: their present tells of something past ("says on Friday").
    """
    if verb is None or depth > 12:
        return None
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(aux.lower_ in _FUTURE_AUX for aux in auxiliaries):
        return 1
    if any(aux.tag_ == "MD" and aux.lower_ in ("would", "could", "should", "might", "may", "must", "can") for aux in auxiliaries):
        return 1
    lemma = verb.lemma_.lower()
    passive = any(aux.dep_ == "auxpass" for aux in auxiliaries)
    if verb.tag_ == "VB" and any(aux.tag_ == "TO" for aux in auxiliaries):
        governor = clause_verb(verb.head) if verb.head.i != verb.i else None
        if verb.head.lemma_.lower() in ahead or (governor is not None and governor.lemma_.lower() in ahead):
            return 1
        return direction(governor, ahead, says, depth + 1)
    if lemma in ahead and (passive or verb.tag_ == "VBN" or verb.pos_ == "ADJ"):
        return 1
    if verb.tag_ == "VBD" or any(aux.tag_ == "VBD" for aux in auxiliaries):
        if lemma == "go" and verb.tag_ == "VBG":
            return 1
        return -1
    if verb.tag_ == "VBN":
        return -1
    if verb.tag_ in ("VBG", "VB") and verb.head.i != verb.i and not auxiliaries:
        return direction(clause_verb(verb.head), ahead, says, depth + 1)
    if lemma in says:
        return -1
    return 0
