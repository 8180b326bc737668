"""The feed at an address that a user names: asked politely, read as a file is.

feed = Feed("https://example.org/news.rss")
list(feed.articles())     # what is in it now
list(feed.articles())     # nothing, where the server says that it has not changed
"""

import logging
import re
from collections.abc import Iterator
from contextlib import closing

from .graph.types import Article, Refusal
from .schemas.errors import InputError

TIMEOUT = (10, 30)  # seconds to connect, and between two pieces of the answer
LONGEST = 120.0  # seconds for all of it
PIECE = 1 << 16  # bytes
log = logging.getLogger("newsloom")


def is_address(place: str) -> bool:
    """Whether a place is that of something to fetch.

    >>> is_address("https://example.org/news.rss"), is_address("news/")
    (True, False)
    """
    return re.match(r"https?://", place, re.IGNORECASE) is not None


class Feed:
    """An RSS or Atom feed; it remembers what the server says of the state that it gave last (RFC 9110, 13.1)."""

    def __init__(self, address: str):
        self.address = address
        self._known: dict[str, str] = {}

    def articles(self, patient: bool = False) -> "Arrival":
        """What is in the feed now, or nothing where it has not changed; `patient`: nor where it cannot be had now."""
        try:
            return Arrival(self._fetched(), self.address)
        except InputError as error:
            if not patient:
                raise
            log.warning("%s", error)
            return Arrival(b"", self.address)

    def _fetched(self) -> bytes:
        """The feed as bytes; none where it has not changed. InputError when it cannot be had."""
        from time import monotonic

        import requests

        from ._version import __version__
        from .graph.articles.draft import MAX_FILE

        headers = {"User-Agent": f"newsloom/{__version__}", "Accept": "application/rss+xml, application/atom+xml, */*"}
        end = monotonic() + LONGEST
        try:
            asked = requests.get(self.address, headers={**headers, **self._known}, timeout=TIMEOUT, stream=True)
            with closing(asked) as answer:
                if answer.status_code == requests.codes.not_modified:
                    return b""
                answer.raise_for_status()
                found = bytearray()
                for piece in answer.iter_content(PIECE):
                    found += piece
                    if len(found) > MAX_FILE or monotonic() > end:
                        raise InputError(f"the feed {self.address} is too large or too slow to be read.")
        except requests.RequestException as error:
            raise InputError(f"cannot get the feed {self.address}: {_reason(error)}.") from error
        given = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
        self._known = {ask: answer.headers[name] for ask, name in given.items() if name in answer.headers}
        return bytes(found)


class Arrival:
    """The articles of a feed as it came; `refused` lists what was left out so far, and why."""

    def __init__(self, data: bytes, origin: str):
        self._data = data
        self._origin = origin
        self.refused: list[Refusal] = []

    def __iter__(self) -> Iterator[Article]:
        from .graph.articles import read_feed_as

        self.refused.clear()
        for found in read_feed_as(self._data, self._origin) if self._data else ():
            if isinstance(found, Refusal):
                self.refused.append(found)
            else:
                yield found


def _reason(error: Exception) -> str:
    response = getattr(error, "response", None)
    if response is not None:
        return f"the server answers {response.status_code} {response.reason or ''}".strip()
    return str(error).split("(Caused by", maxsplit=1)[-1].strip(" )")[:200] or type(error).__name__
