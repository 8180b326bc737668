"""GDELT's event table (2.0 and 1.0) to readings: what each news address tells, as GDELT's program has coded it.

An article stands for all rows of one SOURCEURL. Nobody has the article's own words, so its text is made of the rows:
a line for each, `GLOBALEVENTID: 1; SQLDATE: 20240413; Actor1Code: IRN; ...`, those columns that tell of the event and
how it was counted (`told` in gdelt.yaml), as they are written there. Behind the EventCode stands in brackets what
newsloom takes it for ("190 (attack)"): the one thing that is not GDELT's. Every mention lies in this text and has the
rule `gdelt`, that of an event with its code (`gdelt:190`). Rows are events of their own, as they are for GDELT; those
of several addresses are one where type, actors, places and days agree. What happened is asserted: GDELT does not tell
what is denied or planned. How often it was told is in the text alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from ...schemas.coding import cameo, gdelt
from ...schemas.types import EventType, Schema
from ..knowledge import Knowledge
from ..types import CODED, UNTYPED, Article, EventValue, Link, Mention, Reading, Refusal, Span, TimeValue, Value, When
from .coded import actor_of, place_of
from .rows import Row, rows, several

SURE = 0.7  # GDELT says nothing of how sure it is of a row; its coding is a machine's
SEEN = "seen"  # where the date of publication is from: when GDELT saw the article
LONGEST = 2000  # characters of an address
TITLE = 100  # characters of a title
MONTHS = 12
DAYS = ("SQLDATE", "MonthYear", "Year")


def read_gdelt(path: Path, schema: Schema, knowledge: Knowledge) -> Iterator[Reading | Refusal]:
    """A reading of each address that a file has rows of, in the order of the file, and a Refusal for what is left out.

    Rows whose EventCode no type of the schema has are left out: with the built-in one CAMEO's 01 and 02, statements and
    appeals. A type of your own with `matches: {close: ["cameo:01"]}` takes them in. An address is read once a file.
    """
    told: dict[str, list[Row]] = defaultdict(list)
    untyped: dict[str, list[int]] = defaultdict(list)
    for found in rows(path):
        if isinstance(found, Refusal):
            yield found
        elif cameo().type(schema, found.get("EventCode")) is None:
            untyped[found.get("EventCode")[:2]].append(found.line)
        else:
            told[found.get("SOURCEURL") or f"row {found.line}"].append(found)
    for address, own in told.items():
        yield _Writer(address, own, str(path), schema, knowledge).reading()
    for root, lines in sorted(untyped.items()):
        reason = f"an event of CAMEO's root {root}, of which the schema has no type"
        yield Refusal(several(path, lines[0], len(lines)), reason)


class _Writer:
    """Writes the text of one address and remembers what stands where."""

    def __init__(self, address: str, own: list[Row], origin: str, schema: Schema, knowledge: Knowledge):
        self.rows = sorted(own, key=lambda row: (row.get("GLOBALEVENTID").zfill(20), row.line))
        self.schema, self.knowledge = schema, knowledge
        self.address, self.origin = address, origin
        self.id = f"gdelt-{_digest(self.rows)}"
        self.text = ""
        self.mentions: list[Mention] = []
        self.links: list[Link] = []

    def reading(self) -> Reading:
        """All that the rows of the address tell."""
        sentences = []
        for row in self.rows:
            start = len(self.text)
            self._tell(row)
            sentences.append((start, len(self.text)))
            self.text += "\n"
        ordered = sorted(self.mentions, key=lambda m: (m.span.start, m.span.end, m.kind))
        return Reading(self._article(), tuple(sentences), tuple(ordered), tuple(self.links))

    def _article(self) -> Article:
        added = min((row.added for row in self.rows if row.added), default=None)
        url = self.address if _is_address(self.address) else None
        host = urlsplit(url).hostname if url else None
        return Article(
            id=self.id,
            text=self.text,
            title=f"GDELT: {url[:TITLE]}" if url else None,
            published=added,
            source=host.removeprefix("www.") if host else None,
            url=url,
            origin=self.origin,
            published_from=SEEN if added else None,
        )

    def _tell(self, row: Row) -> None:
        """Write a row, and mention its event, time, actors and place."""
        at: dict[str, tuple[int, int]] = {}
        code = row.get("EventCode")
        type = self.schema.event_types[cameo().type(self.schema, code) or UNTYPED]
        label = type.label or type.name
        for column in _columns(row):
            self.text += f"{'; ' if at else ''}{column}: "
            at[column] = (len(self.text), len(self.text) + len(row.get(column)))
            self.text += row.get(column)
            if column == "EventCode":
                at["type"] = (len(self.text) + 2, len(self.text) + 2 + len(label))
                self.text += f" ({label})"
        when, days = _when(row)
        event = self._event(type, code, at["type"], when)
        if when and days:
            self._add(event, "time", "time", "DATE", TimeValue(_timex(row.get(days)), when), at[days])
        for number, role in ((1, "agent"), (2, "recipient")):
            if actor := actor_of(row, f"Actor{number}", self.knowledge):
                words = at.get(f"Actor{number}Name") or at[f"Actor{number}Code"]
                self._add(event, role, "actor", actor.type, actor.value, words)
        if "ActionGeo_FullName" in at and (place := place_of(row, self.knowledge)):
            start = at["ActionGeo_FullName"][0]
            self._add(event, "place", "place", place.type, place.value, (start, start + len(place.words)))

    def _event(self, type: EventType, code: str, at: tuple[int, int], when: When | None) -> Mention:
        value = EventValue(
            lemma=code,
            trigger=at,
            mode=cameo().mode(self.schema, type.name, code),
            when=when,
        )
        return self._mention("event", type.name, value, at, f"{CODED}:{code}")

    def _add(self, event: Mention, role: str, kind: str, type: str, value: Value, at: tuple[int, int]) -> None:
        mention = self._mention(kind, type, value, at)
        self.links.append(Link(event.id, role, mention.id, CODED, SURE))

    def _mention(self, kind: str, type: str, value: Value, at: tuple[int, int], rule: str = CODED) -> Mention:
        mention = Mention(
            id=f"{self.id}:{at[0]}-{at[1]}:{kind}",
            span=Span(self.id, *at),
            kind=kind,  # type: ignore[arg-type]
            type=type,
            text=self.text[slice(*at)],
            value=value,
            rule=rule,
            confidence=SURE,
        )
        self.mentions.append(mention)
        return mention


def _columns(row: Row) -> Iterator[str]:
    """The columns that the text of a row tells; of day, month and year the first that the row has."""
    days = [column for column in DAYS if row.get(column)]
    return (column for column in gdelt().told if row.get(column) and column not in days[1:])


def _digest(own: Iterable[Row]) -> str:
    """What an article's id is made of: another address or other cells are another article."""
    cells = "\n".join("\t".join(row.get(column) for column in (*gdelt().told, "SOURCEURL")) for row in own)
    return sha256(cells.encode()).hexdigest()[:12]


def _is_address(text: str) -> bool:
    """Whether it is an address of the web: GDELT also has names of broadcasts there."""
    if not text.startswith(("http://", "https://")) or len(text) > LONGEST:
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _when(row: Row) -> tuple[When | None, str | None]:
    """The days of an event and the column that tells them: the day, else the month, else the year."""
    if day := row.day:
        return When(day, day + timedelta(1), "day", row.get("SQLDATE"), CODED), "SQLDATE"
    if month := row.get("MonthYear"):
        year, number = int(month[:4]), int(month[4:])
        after = date(year + number // MONTHS, number % MONTHS + 1, 1)
        return When(date(year, number, 1), after, "month", month, CODED), "MonthYear"
    if written := row.get("Year"):
        year = int(written)
        return When(date(year, 1, 1), date(year + 1, 1, 1), "year", written, CODED), "Year"
    return None, None


def _timex(digits: str) -> str:
    """YYYYMMDD, YYYYMM or YYYY as TIMEX3 has it.

    >>> _timex("20240413"), _timex("202404"), _timex("2024")
    ('2024-04-13', '2024-04', '2024')
    """
    return "-".join(part for part in (digits[:4], digits[4:6], digits[6:]) if part)
