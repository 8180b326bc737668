"""Articles in: files of text, Markdown, HTML, feeds and JSON to `Article`s, cleaned once."""

from .counting import expected
from .sources import is_readable, read_articles, read_feed_as

__all__ = ["expected", "is_readable", "read_articles", "read_feed_as"]
