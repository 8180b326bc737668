"""Stretches of text that are names: those the knowledge lists, longest first, then those the parser's NER adds."""

from collections.abc import Iterator

from msgspec import Struct

from ..knowledge import Knowledge, KnownPlace, Sense
from .parse import Doc, Parse, Token

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NAME_LABELS = frozenset({"PERSON", "ORG", "NORP", "GPE", "LOC", "FAC"})
_EDGE = frozenset({"DET", "PUNCT", "PART", "SPACE", "ADP", "CCONJ", "SYM", "AUX", "PRON", "SCONJ"})


class Match(Struct, frozen=True):
    """Tokens `start` to `end` (half-open) that are a name: `senses` from the knowledge, else NER's `label`."""

    start: int
    end: int
    senses: tuple[Sense, ...] = ()
    cities: tuple[KnownPlace, ...] = ()
    label: str = ""


def known(parse: Parse, knowledge: Knowledge) -> list[Match]:
    """Names that the knowledge lists, in text order, never overlapping; at each token the longest."""
    doc = parse.doc
    text = doc.text.replace("’", "'")
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals are longer in lower case, and offsets must hold
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    starts, low_starts = knowledge.starts, knowledge.low_starts
    found: list[Match] = []
    next_free = 0
    for token in doc:
        if token.i < next_free:
            continue
        first = lower[token.idx : token.idx + len(token)]
        if not text[token.idx].isupper() and first not in low_starts and not text[token.idx].isdigit():
            continue
        for length in (*starts.get(first, ()), len(token)):
            end = ends.get(token.idx + length)
            if end is None:
                continue
            match = _sense(
                text[token.idx : token.idx + length],
                lower[token.idx : token.idx + length],
                token.pos_ == "PROPN",
                knowledge,
            )
            if match and not _describes(doc, end):
                found.append(Match(token.i, end, *match))
                next_free = end
                break
    return found


def _describes(doc: Doc, end: int) -> bool:
    """Whether the last word says what another name is: "the Gaza city of Rafah" is no name of Gaza City."""
    last = doc[end - 1]
    return last.text[0].islower() and end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].text[0].isupper()


def _sense(
    written: str, lower: str, proper: bool, knowledge: Knowledge
) -> tuple[tuple[Sense, ...], tuple[KnownPlace, ...]] | None:
    """What a spelling stands for, when it is written as a name; `proper`: its first word is a name."""
    capital = written[0].isupper() or written[0].isdigit()
    senses = tuple(
        sense
        for sense in knowledge.names.get(lower, ())
        if sense.spelling == written or (capital and not sense.exact and (proper or _is_capitalised(written, sense)))
    )
    cities = tuple(knowledge.cities(lower)) if capital and not (written.isupper() and len(written) < 5) else ()
    return (senses, cities) if senses or cities else None


def _is_capitalised(written: str, sense: Sense) -> bool:
    """Whether each capitalised word of an actor's name is so where it is written: "One Nation", not "One nation"."""
    pairs = zip(written.split(" "), sense.spelling.split(" "), strict=False)
    return sense.kind == "place" or all(word[:1].isupper() or not listed[:1].isupper() for word, listed in pairs)


def entities(parse: Parse, knowledge: Knowledge) -> Iterator[Match]:
    """NER's names of people, bodies and places, cut to their capitalised words; titles are left out."""
    nobody, titles = knowledge.contexts["nobody"], knowledge.roles.titles
    for span in parse.doc.ents:
        label = span.label_
        if label not in _NAME_LABELS:
            continue
        start, end = span.start, span.end
        doc = span.doc
        while start < end and _is_edge(doc[start]):
            start += 1
        while start < end and (_is_edge(doc[end - 1]) or not doc[end - 1].text[0].isalnum()):
            end -= 1
        end = next((i for i in range(start + 1, end) if doc[i].text in "()[]"), end)
        if label == "PERSON":
            while end - start > 1 and doc[start].lower_.rstrip(".") in titles:
                start += 1
            cut = next((i for i in range(start + 1, end) if doc[i].tag_ == "POS" or doc[i].is_space), end)
            end = min(end, cut)
        if start < end and doc[start:end].text not in nobody and any(t.text[0].isupper() for t in doc[start:end]):
            yield Match(start, end, label=label)


def _is_edge(token: Token) -> bool:
    return (token.pos_ in _EDGE and not (token.text[0].isupper() and token.ent_iob_ == "I")) or token.is_space


def is_place_label(match: Match, labels: dict[int, str]) -> bool:
    """Whether NER takes any token of a match for a place."""
    return any(labels.get(i) in _PLACE_LABELS for i in range(match.start, match.end))


def labels(doc: Doc) -> dict[int, str]:
    """Token index to NER label."""
    return {token.i: span.label_ for span in doc.ents for token in span}
