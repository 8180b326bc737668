"""Names for events: the best that one of their articles has for it, and others."""

from functools import lru_cache

from ...schemas.types import Schema
from ..corpus import Corpus
from ..types import Mention
from .page import Page, Words
from .settling import Settled
from .wording import headline

ALIASES = 8
PAGES = 256  # articles that are kept open


class Headlines:
    """Names events by the articles' own words and the names of the nodes."""

    def __init__(self, corpus: Corpus, settled: Settled, schema: Schema):
        words = Words.of(schema)

        def page(article: str) -> Page:
            return Page(next(corpus.readings([article])), settled, schema, words)

        self._little = words.little
        self._page = lru_cache(maxsize=PAGES)(page)

    def name(self, mentions: list[Mention], type: str) -> tuple[str, tuple[str, ...]]:
        """The best name that the mentions give their event, and other names for it."""
        candidates = [self._page(mention.span.article).candidate(mention, type) for mention in mentions]
        candidates.sort(key=lambda candidate: candidate.rank, reverse=True)
        names = list(dict.fromkeys(candidate.text for candidate in candidates))
        first = mentions[0]
        context = self._page(first.span.article).context(first) if " " not in names[0] else ""
        if " " in context:
            names.insert(0, headline(f"{names[0]}: “{context}”", self._little))
        return names[0], tuple(names[1 : 1 + ALIASES])
