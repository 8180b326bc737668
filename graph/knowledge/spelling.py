"""Names as keys and look-ups: without accents, in small letters, by their first word."""

import re
import unicodedata
from collections.abc import Iterable


def slug(name: str) -> str:
    """A name as a key: lower-case words tied by hyphens.

    >>> slug("Al-Qaeda in the Islamic Maghreb")
    'al-qaeda-in-the-islamic-maghreb'
    """
    return re.sub(r"[^a-z0-9+]+", "-", fold(name).lower().replace("'", "")).strip("-")


def fold(name: str) -> str:
    """A name without accents, with straight apostrophes."""
    if name.isascii():
        return name
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def first_words(name: str) -> Iterable[str]:
    """What the first token of a name can be: up to the first blank, or up to the first hyphen or apostrophe."""
    word = name.split(" ", 1)[0]
    return {word, re.split(r"['-]", word, maxsplit=1)[0]} if "-" in word or "'" in word else (word,)
