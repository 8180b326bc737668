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


def matches(parse: Parse, knowledge: Knowledge) -> list[Match]:
    """All names in text order, without overlaps: known ones go before those of NER, unless NER's is the longer one."""
    entities_found = list(entities(parse, knowledge))
    kept = [match for match in known(parse, knowledge) if not _is_inside(parse.doc, match, entities_found, knowledge)]
    taken = {i for match in kept for i in range(match.start, match.end)}
    for entity in entities_found:
        free = [i for i in range(entity.start, entity.end) if i not in taken]
        if len(free) == entity.end - entity.start:
            kept.append(entity)
        elif entity.label == "PERSON" and free and free[-1] == entity.end - 1 and _are_names(parse.doc, free):
            kept.append(Match(free[0], entity.end, label="PERSON"))
    return sorted(kept, key=lambda match: match.start)


def _are_names(doc: Doc, free: list[int]) -> bool:
    run = free == list(range(free[0], free[-1] + 1))
    return run and all(doc[i].pos_ == "PROPN" and doc[i].text[0].isupper() for i in free)


def _is_inside(doc: Doc, match: Match, entities: list[Match], knowledge: Knowledge) -> bool:
    """Whether a known name is only a part of a longer one: "Jordan" in "Michael Jordan"."""
    outer = next((e for e in entities if e.start <= match.start and match.end <= e.end), None)
    if outer is None or outer.end - outer.start == match.end - match.start:
        return False
    if any(sense.kind == "actor" and sense.form == "name" for sense in match.senses) and not any(
        sense.key in knowledge.places for sense in match.senses
    ):
        before = doc[match.start - 1] if match.start > outer.start else None
        return outer.label == "ORG" and before is not None and before.pos_ == "PROPN"  # "National Security Council"
    last = doc[outer.end - 1]
    if outer.label == "PERSON":
        adjective = any(sense.form in ("nationality", "people") for sense in match.senses)
        titled = match.end < len(doc) and doc[match.end].lower_ in knowledge.roles.titles
        return not adjective and not (match.start == outer.start and titled)
    if outer.label == "ORG":
        written = last.text[0].isupper() and last.pos_ in ("PROPN", "NOUN")
        opens = match.start == outer.start and bool(match.senses)  # "Israel Air": NER may have cut too late
        return written and (not opens or last.lower_ in knowledge.roles.name_words)
    return outer.label in ("FAC", "LOC", "GPE") and last.text[0].isupper() and match.end < outer.end
