"""Articles in: files of text, Markdown, HTML, feeds and JSON to `Article`s, cleaned once."""

from .sources import read_articles

__all__ = ["read_articles"]
