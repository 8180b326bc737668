"""A draft made into an Article: dateline, date, language and id; and the same article seen again."""

import hashlib

from ..limits import TooLong, check_text
from ..types import Article, Refusal
from .dateline import Dateline, find_dateline
from .draft import Draft
from .language import other_language
from .published import publication


def finish(draft: Draft, origin: str, where: str, published: str | None = None) -> Article | Refusal:
    """The Article, or why there is none: `where` is its place in the file `origin`.

    `published` is the day of articles that give none of their own.
    """
    if not any(character.isalpha() for character in draft.text):
        return Refusal(where, "its text is empty" if not draft.text.strip() else "its text has no words")
    try:
        check_text(len(draft.text))
    except TooLong as error:
        return Refusal(where, str(error))
    if strange := _unusable(draft):
        return Refusal(where, strange)
    title = draft.title.strip() if draft.title and draft.title.strip() else None
    if language := other_language(f"{title or ''}\n{draft.text}", draft.language):
        return Refusal(where, f"not in English but in {language}, which newsloom does not read")
    line = find_dateline(draft.text) or Dateline(end=0)
    day, rule = publication(draft, line, published)
    return Article(
        id=draft.id or hashlib.sha256(f"{title or ''}\n{draft.text}".encode()).hexdigest()[:12],
        text=draft.text,
        title=title,
        published=day,
        source=draft.source or line.agency,
        url=draft.url,
        author=draft.author or line.author,
        language=draft.language or "en",
        dateline=line.place,
        body=line.end,
        origin=origin,
        published_from=rule,
    )


class Duplicates:
    """Remembers the articles of one call, and refuses one that comes again."""

    def __init__(self) -> None:
        self._by_id: dict[str, bytes] = {}
        self._by_words: dict[bytes, str] = {}

    def check(self, article: Article, where: str) -> Article | Refusal:
        """The article, or the Refusal that names the one before it with the same id or the same words."""
        words = hashlib.sha256(" ".join(f"{article.title or ''}\n{article.text}".casefold().split()).encode()).digest()
        if article.id in self._by_id:
            same = self._by_id[article.id] == words
            return Refusal(where, f"duplicate of {article.id}{'' if same else ': the same id with another text'}")
        if words in self._by_words:
            return Refusal(where, f"duplicate of {self._by_words[words]}")
        self._by_id[article.id] = words
        self._by_words[words] = article.id
        return article


def _unusable(draft: Draft) -> str | None:
    """What in the draft no store and no export could hold."""
    for name in ("text", "title", "source", "url", "author", "language", "id"):
        value = getattr(draft, name) or ""
        if "\x00" in value:
            return f"its {name} holds a NUL character"
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            return f"its {name} holds half a character (a lone surrogate)"
    return None
