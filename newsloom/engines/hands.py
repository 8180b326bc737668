"""The two kinds of work that an engine does: articles are read, and what they tell of events is gathered."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from .._version import __version__
from ..graph.collecting import uncollected
from ..graph.types import Article, Reading, Refusal
from . import seconds_for, where

if TYPE_CHECKING:
    from ..graph.weaving.happenings import Gathered, Gatherer, Happening


class Reader(Protocol):
    """Who reads articles; made of what can be sent to another process, its models loaded when it is `ready`."""

    @property
    def reader(self) -> str:
        """What decides how an article is read."""

    def ready(self) -> None:
        """Load what reading needs."""

    def read_batch(self, articles: Sequence[Article]) -> list[Reading | Refusal]:
        """What is read in each of some articles, or why it is refused."""


class Reads:
    """Reads articles; one that cannot be read is refused."""

    def __init__(self, reader: Reader):
        self._reader = reader

    @property
    def alike(self) -> str:
        """What decides how an article is read."""
        return self._reader.reader

    def ready(self) -> None:
        """Load the models."""
        self._reader.ready()

    def work(self, articles: Sequence[Article]) -> list[Reading | Refusal]:
        """What is read in each article."""
        return self._reader.read_batch(articles)

    def size(self, article: Article) -> int:
        """How long the article is."""
        return len(article.text)

    def lost(self, article: Article, cause: str | None) -> Refusal:
        """The refusal of an article that ended what read it, or took longer than it may."""
        if cause is None:
            reason = f"reading it took longer than {seconds_for(self.size(article)):.0f} seconds"
        else:
            reason = f"reading it ended the process that read it: {cause}"
        return Refusal(where(article), reason)


class Gathers:
    """Gathers what the articles on one happening tell of events; None where that was not possible."""

    def __init__(self, gatherer: "Gatherer"):
        self._gatherer = gatherer

    @property
    def alike(self) -> str:
        """What decides what is gathered, beside what is sent."""
        from ..graph.reading.network import models_digest

        return f"newsloom {__version__}, models {models_digest()}"

    def ready(self) -> None:
        """Nothing has to be loaded."""

    def work(self, happenings: Sequence["Happening"]) -> list["Gathered | None"]:
        """What each happening tells."""
        with uncollected():
            return [self._told(happening) for happening in happenings]

    def _told(self, happening: "Happening") -> "Gathered | None":
        try:
            return self._gatherer.gather(happening)
        except Exception:  # whoever wants to know it does it again
            return None

    def size(self, happening: "Happening") -> int:
        """How long its articles are."""
        return sum(len(reading.article.text) for reading in happening.readings)

    def lost(self, happening: "Happening", cause: str | None) -> None:
        """Nothing: it has to be gathered elsewhere."""
