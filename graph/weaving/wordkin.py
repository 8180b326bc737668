"""Which words tell of the same kind of event: those of one stem, and those of one family of the schema."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from .sets import frozen

ROOT = 4  # letters that words of one root share at least: kill and killing, resign and resignation
SHARE = 0.6  # of the shorter word


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english", 0)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its endings.

    >>> stem("killings"), stem("exploded")
    ('kill', 'explod')
    """
    found: str = _stemmer().stemWord(word)
    return found


@lru_cache(maxsize=1 << 16)
def one_root(one: str, other: str) -> bool:
    """Whether two lemmas start with letters enough of the same.

    >>> one_root("explode", "explosion"), one_root("strike", "storm")
    (True, False)
    """
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= ROOT and shared >= SHARE * min(len(one), len(other))


@lru_cache(maxsize=4)
def families(listed: frozenset[str]) -> "Families":
    """The families that a schema lists."""
    return Families(listed)


class Families:
    """The families of words that a schema lists, each word with the numbers of those that it is in."""

    def __init__(self, families: Iterable[str]):
        self._of: dict[str, set[int]] = defaultdict(set)
        for number, words in enumerate(sorted(families)):
            for word in words.split():
                self._of[word].add(number)

    def of(self, lemma: str) -> frozenset[int]:
        """The families of a lemma."""
        return frozen(self._of.get(lemma, ()))
