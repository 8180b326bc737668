"""The words before the text proper: "JERUSALEM, April 14 (Xinhua) — "."""

import re

from msgspec import Struct

from .dates import make_day, month_of
from .words import words

_LONGEST = 130  # characters that a dateline can have
_SENTENCE = 80  # characters of a line that is text, not a headline
_SEPARATOR = re.compile(
    r"\s*—\s*|\s+(?:–|--|-|_)\s+|(?<=[)./])\s*(?:–|--|-|_)+\s*|\s*(?:–|--|_)\s*$|:\s+"
    r"|/[A-Za-z][\w .&-]{1,30}/\.? +(?=[^\s–—_-])"
)
_BYLINE = re.compile(r"By (?P<author>[^|\n]{3,60}?) \| ")
_AGENCY = re.compile(r"[\s–—-]*(?:\((?P<round>[^()\n]{2,40})\)|[.,]?\s*/(?P<slashed>[A-Za-z][\w .&-]{1,30})/)[.,]?\s*$")
_DAY = re.compile(
    r"(?:(?P<m1>[A-Za-z]{3,9})\.? (?P<d1>\d{1,2})|(?P<d2>\d{1,2}) (?P<m2>[A-Za-z]{3,9})\.?)(?:,? (?P<y>\d{4}))?\.?$",
    re.ASCII,
)
_BEFORE_DAY = re.compile(r",\s*|\.\s+|\s(?=\d{1,2} [A-Z]|[A-Z][a-z]{2,8}\.? \d)")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*")


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
    for line in re.split(r"(?<=\n)", text[:2000])[:6]:
        if line.strip() and (found := _read(text, start)):
            return found
        if len(line) > 200 or line.rstrip("\n \"'”’").endswith((".", "!", "?")):
            return None
        start += len(line)
    return None


def _read(text: str, start: int) -> Dateline | None:
    """The dateline that starts exactly there."""
    line = text[start : start + 400].split("\n")[0]
    byline = _BYLINE.match(line)
    skipped = byline.end() if byline else 0
    for match in list(_SEPARATOR.finditer(line[:_LONGEST], skipped))[:3]:
        end = _next_word(text, start + match.end())
        if end is None:
            return None
        slashed = match[0].strip() if match[0].startswith("/") else ""
        found = _parts(line[skipped : match.start()] + slashed, match[0].strip(), len(line) >= _SENTENCE, start == 0)
        if found:
            place, agency, (year, month, day) = found
            return Dateline(end, place, agency, byline["author"].strip() if byline else None, year, month, day)
    return None


def _next_word(text: str, position: int) -> int | None:
    """Where the words behind a separator start, also when it ends its line; None when they do not open a sentence."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position if position < len(text) and not text[position].islower() else None


def _parts(
    head: str, separator: str, sentence: bool, first: bool
) -> tuple[str | None, str | None, tuple[int | None, int | None, int | None]] | None:
    """Place, agency and (year, month, day) of "LONDON, 3 May 2024 (Reuters)"; None when the head is no dateline.

    `sentence` tells that running text follows on the same line, `first` that the line opens the text.
    """
    agency = None
    if match := _AGENCY.search(head):
        agency, head = (match["round"] or match["slashed"]).strip(), head[: match.start()]
        named = agency[0].isupper() or agency.split("/")[0] in words().small_agencies
        if not named or any(character.isdigit() for character in agency):
            return None
    place, day = _split_day(re.sub(r"(?<=\w{5})\.$", "", head.strip(" ,")))
    if not place:
        return (None, agency, day) if agency else None
    if not _is_place(place):
        return None
    if agency or day[1] or (_looks_like_place(place, separator, sentence) and (first or separator != ":")):
        return place, agency, day
    return None


def _looks_like_place(place: str, separator: str, sentence: bool) -> bool:
    """Whether the words alone, without agency and date, can open an article as its dateline."""
    first, *rest = re.split(r"[,/]| and ", place)
    names = first.split()
    if first.isupper():
        return len(names) <= 4 and len(first) > 2 and (sentence or separator not in (":", "-"))
    return separator in ("—", "–", "--", "_") and sentence and len(names) <= 3 and len(rest) <= 2


def _split_day(head: str) -> tuple[str, tuple[int | None, int | None, int | None]]:
    """The words before the date at the end of the head, and the date."""
    for start in [0, *(match.end() for match in _BEFORE_DAY.finditer(head))]:
        match = _DAY.fullmatch(head, start)
        month = month_of(match["m1"] or match["m2"]) if match else None
        if match and month:
            day, year = int(match["d1"] or match["d2"]), int(match["y"]) if match["y"] else None
            if make_day(year or 2000, month, day):
                return head[:start].rstrip(" ,."), (year, month, day)
    return head, (None, None, None)


def _is_place(head: str) -> bool:
    """Whether these can be the names of places: few words, all of them capitalised, none a label such as "Analysis"."""
    lists = words()
    names = re.split(r"\s*[,/]\s*|\s+", head)
    opening = names[0].casefold()
    if head.casefold() in lists.not_places or opening in lists.not_places or opening in lists.weekdays:
        return False
    if len(names) > 9 or not names[0][:1].isupper():
        return False
    return all(_NAME.fullmatch(n) and (n[0].isupper() or n.casefold() in lists.place_particles) for n in names)
