"""What grammar tells about the order of two events, as names that the order model has weights for.

    features(first, second)    ["1.form=VBD", "2.form=had+VBN", "path=^ccomp", ...]

The model was trained on exactly these: whoever changes them trains it again (training/train.py).
"""

from collections.abc import Iterator
from itertools import islice

from .parse import Token
from .tense import VERBS, clause_verb, is_had

_AUXILIARIES = frozenset(("aux", "auxpass"))
_MODIFIERS = frozenset(("mark", "advmod", "prep"))
_COMPLEMENTS = frozenset(("dobj", "xcomp", "ccomp", "advcl", "agent", "nsubjpass", "expl", "npadvmod"))
_SIGNALS = frozenset(("ADP", "ADV", "CCONJ", "PRON", "SCONJ"))
_ADVERBIALS = frozenset(("prep", "npadvmod", "advmod", "nmod"))
_TIMES = frozenset(("DATE", "TIME"))
_QUOTES = frozenset(('"', "“", "”", "``", "''"))
_WILL = frozenset(("will", "'ll", "’ll", "shall", "wo"))
_MODAL = frozenset(("would", "could", "should", "might", "may", "must", "can", "ca", "'d", "’d"))
_HAVE = frozenset(("had", "has", "have", "'ve", "’ve"))
_PAST = frozenset(("had", "was", "were", "did"))
_BETWEEN = 60  # tokens
_PATH = 6  # steps


def features(first: Token, second: Token) -> list[str]:
    """The features of two events, each once, in a fixed order; the tokens carry the events and stand in text order."""
    found = [*(f"1.{name}" for name in _of_event(first)), *(f"2.{name}" for name in _of_event(second))]
    found += _of_pair(first, second)
    same_sentence = _sentences(first, second) == 0
    found += _within_sentence(first, second) if same_sentence else _across_sentences(first, second)
    return list(dict.fromkeys(found))


def _of_event(token: Token) -> Iterator[str]:
    """What an event's own clause tells."""
    head = token.head
    yield f"lemma={token.lemma_.lower()}"
    yield f"form={_form(token)}"
    yield f"tense={_tense(token)}"
    yield f"dep={token.dep_}"
    yield f"pos={token.pos_}"
    yield f"quoted={_quoted(token)}"
    yield f"governor={head.lemma_.lower()}" if head.i != token.i else "root"
    if head.pos_ in ("ADP", "SCONJ"):
        yield f"behind={head.lower_}"
    for child in token.children:
        if child.dep_ in _MODIFIERS:
            yield f"{child.dep_}={child.lower_}"
        elif child.dep_ in _COMPLEMENTS:
            yield f"has={child.dep_}"
        elif child.dep_ == "neg":
            yield "negated"
        if child.dep_ in _ADVERBIALS and any(inner.ent_type_ in _TIMES for inner in islice(child.subtree, 6)):
            yield "timed"


def _of_pair(first: Token, second: Token) -> Iterator[str]:
    """How two events stand to each other, wherever they are."""
    yield f"forms={_form(first)}|{_form(second)}"
    yield f"tenses={_tense(first)}|{_tense(second)}"
    yield f"lemmas={first.lemma_.lower()}|{second.lemma_.lower()}"
    yield f"deps={first.dep_}|{second.dep_}"
    yield f"quotes={_quoted(first)}{_quoted(second)}"
    yield f"distance={(second.i - first.i).bit_length()}"
    yield f"sentences={min(_sentences(first, second), 3)}"
    between = first.doc[first.i + 1 : min(second.i, first.i + _BETWEEN)]
    if any(token.ent_type_ in _TIMES for token in between):
        yield "time between"
    if "\n" in between.text:
        yield "paragraph between"


def _across_sentences(first: Token, second: Token) -> Iterator[str]:
    """How two sentences go on from one another."""
    yield f"opens={second.sent[0].lower_}"
    yield f"roots={_tense(first.sent.root)}|{_tense(second.sent.root)}"
    yield f"depths={_depth(first)}|{_depth(second)}"


def _within_sentence(first: Token, second: Token) -> Iterator[str]:
    """The way through the parse from one event to the other, and the signals on it and between them."""
    for token in first.doc[first.i + 1 : min(second.i, first.i + _BETWEEN)]:
        if token.pos_ in _SIGNALS:
            yield f"between={token.lower_}"
    up, meeting, down = _way(first, second)
    path = "".join((*(f"^{step.dep_}" for step in up), *(f"_{step.dep_}" for step in down)))
    yield f"meeting={meeting.lemma_.lower()}"
    if len(up) + len(down) <= _PATH:
        yield f"path={path}"
        yield f"path={path} {_form(first)}|{_form(second)}"
        yield f"path={path} {_tense(first)}|{_tense(second)}"
    for side, steps in (("up", up), ("down", down)):
        for step in steps:
            if step.pos_ in ("ADP", "SCONJ"):
                yield f"on path={side}:{step.lower_}"
            for child in step.children:
                if child.dep_ in ("mark", "advmod"):
                    yield f"on path={side}:{step.dep_}:{child.lower_}"


def _way(first: Token, second: Token) -> tuple[list[Token], Token, list[Token]]:
    """The tokens up from the first event, where the ways meet, and those down to the second."""
    above = [first, *first.ancestors]
    places = {token.i: place for place, token in enumerate(above)}
    down = [token for token in (second, *second.ancestors) if token.i not in places]
    meeting = down[-1].head if down else second
    return above[: places[meeting.i]], meeting, down[::-1]


def _form(token: Token) -> str:
    """A verb's auxiliaries and tag ("had+VBN"), another word's part of speech."""
    if token.pos_ not in VERBS:
        return token.pos_
    return "+".join((*(child.lower_ for child in token.children if child.dep_ in _AUXILIARIES), token.tag_))


def _tense(token: Token) -> str:
    """Tense and aspect of an event's clause in few classes; a verb without one tells what it hangs on."""
    verb = clause_verb(token)
    if verb is None:
        return "none"
    whose = "" if verb.i == token.i else "its clause "
    own = _tense_of_verb(verb)
    if own == verb.tag_ and verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.i != verb.i:
        governor = clause_verb(verb.head)
        return f"{whose}{own} {verb.dep_} {_tense_of_verb(governor) if governor is not None else 'none'}"
    return f"{whose}{own}"


def _tense_of_verb(verb: Token) -> str:
    """Tense and aspect by auxiliaries and tag; the bare tag where neither tells."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in _AUXILIARIES}
    if auxiliaries & _WILL:
        return "future"
    if auxiliaries & _MODAL and not (is_had(verb) and verb.tag_ == "VBN"):
        return "modal perfect" if "have" in auxiliaries else "modal"
    if "to" in auxiliaries:
        return "to"
    if verb.tag_ in ("VBD", "VBP", "VBZ"):
        return "past" if verb.tag_ == "VBD" else "present"
    if not auxiliaries:
        return verb.tag_
    aspect = "progressive" if verb.tag_ == "VBG" else "perfect" if auxiliaries & _HAVE else "passive"
    return f"{'past' if auxiliaries & _PAST else 'present'} {aspect}"


def _sentences(first: Token, second: Token) -> int:
    """How many sentences lie from one token to the other."""
    return sum(bool(token.is_sent_start) for token in first.doc[first.i + 1 : second.i + 1])


def _depth(token: Token) -> int:
    """Under how many verbs a token hangs, up to four."""
    return sum(1 for _ in islice((above for above in token.ancestors if above.pos_ in VERBS), 4))


def _quoted(token: Token) -> int:
    """1 inside quotation marks of its paragraph, else 0."""
    marks = 0
    for before in reversed(token.doc[: token.i]):
        if "\n" in before.text:
            break
        marks += before.text in _QUOTES
    return marks % 2
