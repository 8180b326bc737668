"""Which stretches of a text an encoder has to see to judge some pairs of its word pieces.

    windows([(3, 9), (7, 30)], sentences=[0, 12, 25], count=40)

Every pair lies in one window, a window holds whole sentences where they fit, and few windows are made.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

SIZE = 128  # word pieces
CONTEXT = 1  # sentences before the first pair


class Window(NamedTuple):
    """The pieces from `start` to before `end`, and which of the given pairs lie there."""

    start: int
    end: int
    pairs: tuple[int, ...]


def windows(
    pairs: Sequence[tuple[int, int]], sentences: Sequence[int], count: int, context: int = CONTEXT, size: int = SIZE
) -> list[Window]:
    """Windows of at most `size` pieces for pairs of pieces (each pair in text order), in text order.

    `sentences` are the pieces that open one, `count` is the number of all pieces. A pair that is wider than a
    window is in none.

    >>> windows([(3, 9), (30, 39)], sentences=[0, 12, 25], count=40, size=28)
    [Window(start=0, end=12, pairs=(0,)), Window(start=12, end=40, pairs=(1,))]
    """
    left = sorted((pair, number) for number, pair in enumerate(pairs) if pair[1] - pair[0] < size)
    found = []
    while left:
        (first, second), _ = left[0]
        start = _start(first, second, sentences, context, size)
        inside = [(pair, number) for pair, number in left if pair[1] < start + size]
        left = [(pair, number) for pair, number in left if pair[1] >= start + size]
        last = max(pair[1] for pair, _ in inside)
        close = bisect_right(sentences, last)
        end = sentences[close] if close < len(sentences) else count
        found.append(Window(start, min(end, start + size), tuple(number for _, number in inside)))
    return found


def _start(first: int, second: int, sentences: Sequence[int], context: int, size: int) -> int:
    """Where a window for this pair starts: some sentences before it, or as far before it as there is room."""
    sentence = bisect_right(sentences, first) - 1
    for opening in (sentence - context, sentence):
        start = sentences[max(opening, 0)] if sentences and sentence >= 0 else 0
        if second < start + size:
            return start
    return second - size + 1
