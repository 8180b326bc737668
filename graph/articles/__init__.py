"""Articles in: files of text, Markdown, HTML, feeds and JSON to `Article`s, cleaned once."""

from .counting import expected
from .sources import read_articles

__all__ = ["expected", "read_articles"]
