"""What the weaving steps share: ids and names."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha1

from ...schemas.types import Schema
from ..groups import Item
from ..types import Link, Reading

_GAPS = re.compile(r"[^a-z0-9]+")
_LETTERS = re.compile(r"[^\w\s]")


@lru_cache(maxsize=1 << 16)
def normal(name: str) -> str:
    """The name in lower case, without accents, stops, possessive and leading article.

    >>> normal("The W.H.O.'s")
    'who'
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode() or name
    words = _LETTERS.sub("", plain.casefold().removesuffix("'s").replace("-", " ")).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def slug(text: str, length: int = 60) -> str:
    """The words in lower-case ASCII with hyphens; a digest when the text has no Latin letters.

    >>> slug("Gaza Strip"), slug("São Paulo")
    ('gaza-strip', 'sao-paulo')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _GAPS.sub("-", plain).strip("-")
    return words[:length].rstrip("-") or digest(text)


def alike_in(schema: Schema) -> dict[str, str]:
    """The nouns that describe the same in one happening, each to one that stands for all of them."""
    groups = (words.split() for words in sorted(schema.lexicons.get("alike", frozenset())))
    return {word: group[0] for group in groups for word in group}


def singular(noun: str) -> str:
    """A noun without the ending of the plural, as far as comparing needs it.

    >>> singular("officers"), singular("women"), singular("police")
    ('officer', 'woman', 'police')
    """
    if noun.endswith("men"):
        return f"{noun[:-3]}man"
    return noun[:-1] if len(noun) > 3 and noun.endswith("s") and not noun.endswith("ss") else noun


def digest(text: str, length: int = 8) -> str:
    """The first hexadecimal digits of the text's SHA-1: short, and the same in every build."""
    return sha1(text.encode(), usedforsecurity=False).hexdigest()[:length]


def same_as(reading: Reading) -> list[Link]:
    """The article's coreference links, the surest first."""
    links = (link for link in reading.links if link.type == "same-as")
    return sorted(links, key=lambda link: (-link.confidence, link.source, link.target))


def most_common(values: Iterable[Item]) -> Item | None:
    """The value that is given most often, of equals the one given first; None when there is none."""
    counts: dict[Item, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return max(counts, key=counts.__getitem__) if counts else None


def distinct_ids(wanted: Sequence[tuple[str, str, int]]) -> list[str]:
    """An id for each (wished id, identity, rank): of several with one wish, the only one of the highest rank has it.

    The others carry a digest of their identity behind it.
    """
    wishes: dict[str, list[int]] = defaultdict(list)
    for index, (wish, _, _) in enumerate(wanted):
        wishes[wish].append(index)
    ids = [wish for wish, _, _ in wanted]
    for wish, indices in wishes.items():
        highest = max(wanted[index][2] for index in indices)
        first = [index for index in indices if wanted[index][2] == highest]
        owner = first[0] if len(first) == 1 else None
        for index in indices:
            if index != owner:
                ids[index] = f"{wish}-{digest(wanted[index][1], 6)}"
    return ids
