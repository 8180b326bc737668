"""Sentences with causes as the causal tagger learns from them: Causal News Corpus, over the encoder's lower layers.

A sentence is seen alone and among its neighbours, as it is in an article.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

import numpy as np
from cnc import Row, place

from newsloom.graph.reading.causal_tagger import Junction, Reach
from newsloom.graph.reading.event_model import EventModel, Window, windows
from newsloom.graph.reading.network import Pieces
from newsloom.graph.reading.parse import Parser, Token
from newsloom.graph.types import Article, Offsets

COMPANY = 3  # how many times a sentence is seen among its neighbours, besides alone


class Sentence(NamedTuple):
    """A sentence as the network sees it: what the lower layers say of its pieces and of the two around its window,
    alone and in company; its labels."""

    row: Row
    lower: list[np.ndarray]
    junctions: list[tuple[Junction, Reach]]
    words: list[Token]  # of its pieces


def sentences(rows: list[Row], model: EventModel, seed: int) -> list[Sentence]:
    """All rows as the network sees them; company is that of neighbours in the same fold and part."""
    chance = Random(seed)
    parser = Parser()
    parses = list(parser.parse(Article(id=row.id, text=row.text) for row in rows))
    texts = [model.pieces(parse) for parse in parses]
    found = [[model.lower(text.ids)] for text in texts]
    for group in _neighbours(rows):
        for _ in range(COMPANY):
            for numbers in _companies(group, texts, chance):
                whole = Pieces([piece for n in numbers for piece in texts[n].ids], [], [])
                window, start = Window(0, model.lower(whole.ids)), 0
                for number in numbers:
                    end = start + len(texts[number].ids)
                    found[number].append(window.part(start, end))
                    start = end
    return [
        Sentence(
            row,
            [one.astype(np.float16) for one in lower],
            list(junctions(row, text.starts)),
            [parse.token_at(start) for start in text.starts],
        )
        for row, text, lower, parse in zip(rows, texts, found, parses, strict=True)
    ]


def _neighbours(rows: list[Row]) -> list[list[int]]:
    """The numbers of the rows of each part and fold."""
    groups: dict[tuple, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        groups[*place(row.id)[:2], row.fold].append(number)
    return list(groups.values())


def _companies(group: list[int], texts: list[Pieces], chance: Random) -> Iterator[list[int]]:
    """Neighbours that fill a window together, from a random one on."""
    start = chance.randrange(min(3, len(group)))
    ordered = group[start:]
    joined, openings = [], []
    for number in ordered:
        openings.append(len(joined))
        joined += texts[number].ids
    for first, last in windows(Pieces(joined, [], openings)):
        inside = [n for n, opening in zip(ordered, openings, strict=True) if first <= opening < last]
        if inside and sum(len(texts[n].ids) for n in inside) == last - first:
            yield inside


def junctions(row: Row, starts: list[int]) -> Iterator[tuple[Junction, Reach]]:
    """The relations of a row by the piece where their second part starts."""
    for relation in row.relations:
        cause, effect = (_pieces(relation[name], starts) for name in ("cause", "effect"))
        signals = [_pieces(one, starts) for one in relation["signals"]]
        first, second = sorted((cause, effect))
        first = first[0], min(first[1], second[0])
        if first[0] < first[1] and second[0] < second[1]:
            yield Junction(second[0], second == cause), Reach(first, second, tuple(signals))


def _pieces(span: dict, starts: list[int]) -> Offsets:
    """The pieces of some characters, half-open."""
    return bisect_left(starts, span["start"]), bisect_left(starts, span["end"])


def parts(found: Iterable[Sentence], fold: int | None) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences without a fold, and the fold."""
    found = list(found)
    return [s for s in found if s.row.fold != fold], [s for s in found if s.row.fold == fold]
