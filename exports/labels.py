"""Names and dates as the page writes them."""

import unicodedata
from collections.abc import Iterable
from datetime import date

from ..graph.edtf import to_edtf
from ..graph.types import Actor, Article, Figure, Tenure, When

UNDATED = "undated"
LONG = 14  # letters of a name that is worth shortening
_HIDDEN = {"Cc", "Cf", "Cs"}  # control characters, marks of direction, lone surrogates


def clean(text: str) -> str:
    """A name in one line, without control characters and marks that turn the direction of writing."""
    return " ".join(plain(text).split())


def plain(text: str) -> str:
    """A text without control characters and marks that turn the direction of writing, each white space a blank."""
    if text.isprintable():
        return text
    return "".join(" " if c.isspace() else "" if unicodedata.category(c) in _HIDDEN else c for c in text)


def credit(article: Article) -> str:
    """An article's source, title and day, as far as they are known."""
    day = article.published and article.published[:10]
    return ", ".join(part for part in map(clean, filter(None, (article.source, article.title, day))) if part)


def wrap(name: str, width: int, lines: int) -> str:
    """A name over at most so many lines of so many characters, cut with an ellipsis when it is longer."""
    rows: list[str] = [""]
    for word in name.split():
        while word:
            joined = f"{rows[-1]} {word}".strip()
            if len(joined) <= width:
                rows[-1], word = joined, ""
            elif rows[-1]:
                rows.append("")
            else:
                rows[-1], word = word[:width], word[width:]
                rows += [""] if word else []
    if len(rows) > lines:
        rows = [*rows[: lines - 1], f"{rows[lines - 1][: width - 1].rstrip()}…"]
    return "\n".join(rows)


def abbreviations(actors: Iterable[Actor]) -> dict[str, str]:
    """The letters that long names of actors are also known by, where the text uses them."""
    short: dict[str, str] = {}
    for actor in actors:
        letters = [alias for alias in actor.aliases if 2 <= len(alias) <= 6 and alias.isalpha() and alias.isupper()]
        if letters and len(actor.name) > LONG:
            short[clean(actor.name)] = min(letters, key=lambda alias: (len(alias), alias))
    return short


def anchor(when: When | None) -> date | None:
    """The day an event is drawn at: the earliest possible, else the latest, else None."""
    if when is None:
        return None
    return when.earliest or when.last_day


def amount(figure: Figure, phrase: str | None = None) -> str:
    """A number in words: how many, with its bound, of what; of plurals such as "dozens" also the `phrase` of the text.

    >>> amount(Figure(10, "killed", "at-least", "m", "a", upper=15))
    '10 to 15 killed'
    >>> amount(Figure(3e9, "money", "at-most", "m", "a", unit="USD"))
    'at most 3,000,000,000 USD'
    """
    bound = f"{figure.bound.replace('-', ' ')} " if figure.bound else ""
    count = f"{bound}{figure.count:,.10g}"
    if figure.upper is not None:
        count = f"{figure.count:,.10g} to {figure.upper:,.10g}"
    of = figure.of.replace("-", " ")
    if figure.unit:
        of = figure.unit if figure.of == "money" else f"{of} ({figure.unit})"
    said = f" (“{clean(phrase)}”)" if phrase and figure.form == "plural" else ""
    return f"{count} {of}{' of them' if figure.part else ''}{said}"


def words(when: When | None) -> str | None:
    """Days as a person writes them, or None."""
    edtf = to_edtf(when)
    if edtf is None:
        return None
    first, _, last = edtf.partition("/")
    if not last:
        return _written(first, "%B")
    if first == "..":
        return f"on or before {_written(last, '%B')}"
    if last == "..":
        return f"on or after {_written(first, '%B')}"
    return f"{_written(first, '%B')} to {_written(last, '%B')}"


def brief(when: When | None) -> str:
    """Days in a few letters, for an axis or a list."""
    edtf = to_edtf(when)
    if edtf is None:
        return UNDATED
    first, _, last = edtf.partition("/")
    if not last:
        return _written(first, "%b")
    if first == "..":
        return f"by {_written(last, '%b')}"
    if last == "..":
        return f"from {_written(first, '%b')}"
    begins, ends = _written(first, "%b").split(), _written(last, "%b").split()
    if begins[1:] == ends[1:]:
        return f"{begins[0]}–{' '.join(ends)}"
    return f"{' '.join(begins[:2] if begins[2:] == ends[2:] else begins)} – {' '.join(ends)}"


def _written(day: str, month: str) -> str:
    """An EDTF day, month or year in the order day, month, year."""
    year, *rest = day.split("-")
    parts = [str(int(rest[1]))] if len(rest) > 1 else []
    if rest:
        parts.append(date(2000, int(rest[0]), 1).strftime(month))
    return " ".join([*parts, year.replace("X", "?")])


def offices(tenures: Iterable[Tenure]) -> list[str]:
    """Offices in words: each known one with its years, each that articles tell with the days of these articles.

    >>> offices([Tenure("president", "USA", "2017", "2021", True), Tenure("president", "USA", "2025")])
    ['president of USA, 2017–2021, since 2025']
    """
    found: dict[str, list[str]] = {}
    for tenure in tenures:
        title = f"former {tenure.title}" if tenure.former and not tenure.start else tenure.title
        of = f" of {tenure.of}" if tenure.of else ""
        found.setdefault(f"{title}{of}", []).append(_spell(tenure))
    return [f"{name}, {', '.join(spells)}" for name, spells in found.items()]


def _spell(tenure: Tenure) -> str:
    if tenure.start:
        return _range(tenure.start, tenure.end, "–") if tenure.end else f"since {tenure.start}"
    if tenure.first is None:
        return "in articles without a date"
    return f"in articles of {_range(str(tenure.first), str(tenure.last), ' to ')}"


def _range(start: str, end: str, between: str) -> str:
    return start if start == end else f"{start}{between}{end}"
