"""Articles that repeat another one nearly word by word: the same report in several papers.

A sketch of an article is the lowest hashes of its shingles (A. Broder, "On the resemblance and containment of
documents", 1997).
"""

from collections.abc import Iterable
from zlib import crc32

from ..types import Article

SHINGLE = 5  # words
SKETCH = 64  # the lowest hashes kept of an article's shingles
ENTRIES = 8  # of these, how many bring two articles together for a closer look
REPEATED = 0.6  # share of two sketches from which one article repeats the other


def originals(articles: Iterable[Article]) -> dict[str, str]:
    """For each article's id the id of the article that it nearly repeats word by word, else its own."""
    sketches: dict[str, frozenset[int]] = {}
    entries: dict[int, list[str]] = {}
    found: dict[str, str] = {}
    for article in articles:
        sketch = _sketch(article.text)
        near = dict.fromkeys(other for entry in sketch[:ENTRIES] for other in entries.get(entry, ()))
        own = frozenset(sketch)
        found[article.id] = next((found[other] for other in near if _is_repeated(own, sketches[other])), article.id)
        sketches[article.id] = own
        for entry in sketch[:ENTRIES]:
            entries.setdefault(entry, []).append(article.id)
    return found


def _sketch(text: str) -> list[int]:
    words = text.casefold().split()
    shingles = {" ".join(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1))}
    return sorted(crc32(shingle.encode()) for shingle in shingles)[:SKETCH]


def _is_repeated(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether both texts have most of the lowest hashes of both together, which are no fewer than those of one."""
    shared = one & other
    if len(shared) < REPEATED * max(len(one), len(other)):
        return False
    lowest = sorted(one | other)[:SKETCH]
    return len(shared.intersection(lowest)) >= REPEATED * len(lowest)
