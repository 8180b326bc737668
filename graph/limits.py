"""How much of one article is read: what is longer costs more than it can tell.

Measured (one core): a character of ordinary news takes 0.1 ms to read, and its tokens 17 KB each while they are parsed.
What looks for something in the rest of a sentence takes the square of its length, or the cube, hence `MAX_SENTENCE`.
"""

from ..schemas.errors import InputError

MAX_TEXT = 200_000  # characters of an article: about 35,000 words
MAX_TOKENS = 50_000  # words and signs of an article
MAX_AT_ONCE = 25_000  # words and signs of the articles that are parsed at once, unless one alone has more
MAX_SENTENCE = 300  # words and signs of a sentence; one of 10,000 in news has more than 230, and that is a table


class TooLong(InputError):
    """An article that is not read; the message says how long it is and how long it may be."""


def check_text(length: int) -> None:
    """TooLong for the characters of an article that has too many."""
    if length > MAX_TEXT:
        raise TooLong(f"its text has {length:,} characters; newsloom reads articles of up to {MAX_TEXT:,}")


def check_tokens(count: int) -> None:
    """TooLong for the words and signs of an article that has too many."""
    if count > MAX_TOKENS:
        raise TooLong(f"its text has {count:,} words and signs; newsloom reads articles of up to {MAX_TOKENS:,}")
