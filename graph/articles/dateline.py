"""The words before the text proper: "JERUSALEM, April 14 (Xinhua) — "."""

import re

from msgspec import Struct

from .dates import make_day, month_of
from .words import words

_LONGEST = 130
_DASH = re.compile(r"\s*—\s*|\s+(?:–|--|-)\s+|(?<=[)./])\s*(?:–|--|-)\s*|:\s+")
_BYLINE = re.compile(r"By (?P<author>[^|\n]{3,60}?) \| ")
_AGENCY = re.compile(r"\s*(?:\((?P<round>[^()\n]{2,40})\)|[.,]?\s*/(?P<slashed>[A-Za-z][\w .&-]{1,30})/)[.,:]?\s*$")
_SLASHED_END = re.compile(r"/[A-Za-z][\w .&-]{1,30}/\.? +(?=\S)")
_DAY = re.compile(
    r"(?:(?P<m1>[A-Za-z]{3,9})\.? (?P<d1>\d{1,2})|(?P<d2>\d{1,2}) (?P<m2>[A-Za-z]{3,9})\.?)(?:,? (?P<y>\d{4}))?\.?$",
    re.ASCII,
)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")


class Dateline(Struct, frozen=True):
    """What stands before the text proper, which starts at `end`. `place` is as written."""

    end: int
    place: str | None = None
    agency: str | None = None
    author: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None


def find_dateline(text: str) -> Dateline | None:
    """The dateline that opens a text, also behind a headline or two; None when there is none."""
    start = 0
    for paragraph in re.split(r"(?<=\n)", text, maxsplit=6)[:6]:
        if found := _read(text, start):
            return found
        if len(paragraph) > 200 or paragraph.rstrip().endswith((".", ".”", '."')):
            return None
        start += len(paragraph)
    return None


def _read(text: str, start: int) -> Dateline | None:
    """The dateline that starts exactly there."""
    opening = text[start : start + _LONGEST].split("\n")[0]
    author = None
    skipped = 0
    if byline := _BYLINE.match(opening):
        author, skipped = byline["author"].strip(), byline.end()
    for dash in _separators(opening, skipped):
        behind = opening[dash.end() : dash.end() + 1]
        if not behind or behind.islower():
            return None
        if found := _parts(opening[skipped : dash.start()], opening[dash.start() : dash.end()].strip()):
            place, agency, (year, month, day) = found
            return Dateline(start + dash.end(), place, agency, author, year, month, day)
    return None


def _separators(opening: str, skipped: int) -> list[re.Match[str]]:
    """Where the dateline can end: the first dash or colon, or behind "/TASS/."; a dash inside "(…)" does not count."""
    found = [*_DASH.finditer(opening, skipped), *_SLASHED_END.finditer(opening, skipped)]
    return sorted(found, key=lambda match: match.end())[:3]


def _parts(head: str, dash: str) -> tuple[str | None, str | None, tuple[int | None, int | None, int | None]] | None:
    """Place, agency and (year, month, day) of "LONDON, 3 May 2024 (Reuters)"; None when the head is no dateline."""
    agency = None
    if dash.startswith("/"):
        head, dash = head + dash, "—"
    if match := _AGENCY.search(head):
        agency, head = (match["round"] or match["slashed"]).strip(), head[: match.start()]
    head = head.strip(" ,.")
    head, day = _split_day(head)
    head = head.rstrip(" ,")
    if agency is not None and not agency[0].isupper():
        return None
    if not head:
        return (None, agency, day) if agency else None
    if not _is_place(head):
        return None
    shouted = max(re.split(r"[,/]| and ", head)[0].split(), key=len).isupper()
    if agency or day[1] or (shouted and len(head) > 2) or (dash in ("—", "–") and head.count(",") <= 1):
        return head, agency, day
    return None


def _split_day(head: str) -> tuple[str, tuple[int | None, int | None, int | None]]:
    """The words before the date at the end of the head, and the date."""
    for comma in [
        0,
        *(match.end() for match in re.finditer(r",\s*|\.\s+|\s(?=\d{1,2} [A-Z]|[A-Z][a-z]{2,8}\.? \d)", head)),
    ]:
        match = _DAY.fullmatch(head, comma)
        month = month_of(match["m1"] or match["m2"]) if match else None
        if match and month:
            day, year = int(match["d1"] or match["d2"]), int(match["y"]) if match["y"] else None
            if make_day(year or 2000, month, day):
                return head[:comma], (year, month, day)
    return head, (None, None, None)


def _is_place(head: str) -> bool:
    """Whether these can be the names of places: few words, all of them capitalised, none a label such as "Analysis"."""
    lists = words()
    if head.casefold() in lists.not_places or len(head) > 70:
        return False
    names = re.split(r"\s*[,/]\s*|\s+", head)
    if not 1 <= len(names) <= 9 or not names[0][:1].isupper() or names[0].casefold() in lists.not_places:
        return False
    return all(_WORD.fullmatch(n) and (n[0].isupper() or n.casefold() in lists.place_particles) for n in names)
