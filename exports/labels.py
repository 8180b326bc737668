"""Names and dates as the page writes them."""

import unicodedata

from ..graph.edtf import to_edtf
from ..graph.types import When

_MONTHS = "January February March April May June July August September October November December".split()


def clean(text: str) -> str:
    """A name in one line, without control characters and marks that turn the direction of writing."""
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return " ".join(kept.split())


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


def words(when: When | None) -> str | None:
    """Days as a person writes them, or None."""
    edtf = to_edtf(when)
    if edtf is None:
        return None
    first, _, last = edtf.partition("/")
    if not last:
        return _written(first)
    if first == "..":
        return f"on or before {_written(last)}"
    if last == "..":
        return f"on or after {_written(first)}"
    return f"{_written(first)} to {_written(last)}"


def _written(day: str) -> str:
    year, *rest = day.split("-")
    return " ".join([*(str(int(d)) for d in rest[1:]), *(_MONTHS[int(m) - 1] for m in rest[:1]), year])
