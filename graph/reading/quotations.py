"""Quotations: what stands between quotation marks, and the words around it in which its speaker is named."""

from dataclasses import dataclass

from .parse import Parse, Token

_AROUND = 300  # words around a quotation that are looked at
OPENING, CLOSING, EITHER = "“«„", "”»", '"'


@dataclass(frozen=True)
class Quotation:
    """The tokens of the opening and the closing mark; the words around, the likeliest to name the speaker first."""

    start: int
    end: int
    around: tuple[Token, ...]


def quotations(parse: Parse) -> list[Quotation]:
    """The quotations of an article in text order; marks are paired inside a paragraph."""
    pairs = _pairs(parse)
    inside = {i for start, end in pairs for i in range(start, end + 1)}
    found: list[Quotation] = []
    for start, end in pairs:
        around = _around(parse, start, end, inside)
        before = found[-1] if found else None
        if before is not None and parse.paragraph(parse.doc[before.end]) == parse.paragraph(parse.doc[start]):
            around = (*around, *before.around)[:_AROUND]  # goes on: "... ," he said. "We left."
        found.append(Quotation(start, end, around))
    return found


def _pairs(parse: Parse) -> list[tuple[int, int]]:
    pairs, opened = [], None
    for token in parse.doc:
        if opened is not None and parse.paragraph(token) != parse.paragraph(parse.doc[opened]):
            opened = None
        if opened is not None and token.text in EITHER + CLOSING:
            pairs.append((opened, token.i))
            opened = None
        elif opened is None and token.text in EITHER + OPENING:
            opened = token.i
    return pairs


def _around(parse: Parse, start: int, end: int, inside: set[int]) -> tuple[Token, ...]:
    """The words behind a quotation to the end of their sentence, then those before it from the start of theirs."""
    doc = parse.doc
    here = parse.paragraph(doc[start])
    behind: list[Token] = []
    if end + 1 < len(doc) and not doc[end + 1].text.isspace():
        behind = [token for token in doc[end + 1 : doc[end + 1].sent.end] if token.i not in inside]
    before = [token for token in doc[doc[start].sent.start : start] if token.i not in inside]
    if not before and start > 0:
        last = doc[start - 1]
        before = [token for token in last.sent if token.i not in inside and last.text in ":,"]
    return tuple(token for token in (*behind, *reversed(before)) if parse.paragraph(token) == here)
