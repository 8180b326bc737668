"""`.gdelt.tsv`: the events in the columns of GDELT 2.0's event table, for tools that read its `*.export.CSV`.

A row is one who did something to one other (so an event of several is several rows, each with a GLOBALEVENTID of its
own), tab-separated, without a header. Only events that are told as having taken place, and that CAMEO has a code for,
are there; what is planned, denied or only possible, and disasters, elections and the like, are left out. Columns that
newsloom knows nothing of are empty: AvgTone, IsRootEvent, religions, ethnic groups, where the actors are, GDELT's
numbers of provinces and features. An event whose day is not known has no SQLDATE; MonthYear and Year are given where
all days that are possible lie in one. The three counts are of the whole graph. DATEADDED is when the first article
was published, at 00:00 where only its day is known.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from ..graph.knowledge.fips import fips
from ..graph.model import Graph
from ..graph.types import Actor, Place, When
from ..schemas.coding import cameo, gdelt
from .geojson import has_coordinates
from .happened import Happening, happenings, lies_in
from .labels import clean
from .text import FORMULA

Row = dict[str, object]

FIRST = 10**15  # above every number that GDELT gives
DIGITS = 4  # of a degree


def write(graph: Graph, path: Path) -> None:
    """Write the rows to `path`, in the order of time: UTF-8, nothing quoted, the same bytes for the same graph."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
        for row in rows(graph):
            table.writerow([_cell(row.get(column)) for column in gdelt().columns])


def rows(graph: Graph) -> Iterator[Row]:
    """The rows by column, without what is unknown."""
    for happening in happenings(graph):
        event = happening.event
        code = cameo().code(graph.schema, event.type, event.mode)
        if code is None:
            continue
        common = {**_days(event.when), **_coded(code), **_counts(happening), **_place(graph, happening.places)}
        for one, other in happening.pairs:
            parties = "\n".join((event.id, one.id if one else "", other.id if other else ""))
            yield {
                "GLOBALEVENTID": FIRST + int.from_bytes(sha256(parties.encode("utf-8", "replace")).digest()[:6], "big"),
                **common,
                **_actor("Actor1", one),
                **_actor("Actor2", other),
                **_source(happening),
            }


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    text = clean(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _coded(code: str) -> Row:
    return {
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": gdelt().quad(code),
        "GoldsteinScale": cameo().scale(code),
    }


def _days(when: When | None) -> Row:
    """The day, or the month and the year where only these are known; GDELT counts a month as thirty days of 365."""
    first, last = (when.earliest, when.last_day) if when else (None, None)
    if first is None or last is None:
        return {}
    row: Row = {"Year": first.year} if first.year == last.year else {}
    if (first.year, first.month) == (last.year, last.month):
        row["MonthYear"] = f"{first:%Y%m}"
    if first == last:
        row |= {"SQLDATE": f"{first:%Y%m%d}", "FractionDate": f"{_fraction(first):.4f}"}
    return row


def _fraction(day: date) -> float:
    return day.year + ((day.month - 1) * 30 + day.day) / 365


def _counts(happening: Happening) -> Row:
    outlets = {article.source for article in happening.articles if article.source}
    return {
        "NumMentions": len(happening.event.mentions) or None,
        "NumSources": len(outlets) or None,
        "NumArticles": len(happening.articles) or None,
    }


def _actor(column: str, actor: Actor | None) -> Row:
    """The columns of one actor: its name in capitals, and codes for its state or body and for what it does."""
    if actor is None:
        return {}
    codes = cameo()
    abroad = {role.country: code for code, role in codes.roles.items() if role.country}
    group = codes.groups.get(actor.country or "")
    of_none = "IGO" if group else abroad.get(actor.country or "")
    state = codes.country_code(actor.country) if actor.country and not of_none and fips(actor.country) else None
    first = {role.sector: code for code, role in reversed([*codes.roles.items()]) if role.sector}
    roles = [*([of_none] if of_none else []), *(first[sector] for sector in actor.sector if sector in first)]
    if actor.type == "State":
        roles = []  # GDELT codes a state by its country alone
    roles = [*dict.fromkeys(roles)][:3]
    parts = [state, *roles[:1], group, *roles[1:]]
    return {
        f"{column}Code": "".join(part for part in parts if part) or None,
        f"{column}Name": clean(actor.name).upper(),
        f"{column}CountryCode": state,
        f"{column}KnownGroupCode": group,
        **{f"{column}Type{number}Code": role for number, role in enumerate(roles, start=1)},
    }


def _place(graph: Graph, places: tuple[Place, ...]) -> Row:
    """The columns of the surest place, its name with those of what it lies in: "Damascus, Syria"."""
    if not places:
        return {}
    place = places[0]
    return {
        "ActionGeo_Type": _type(place),
        "ActionGeo_FullName": ", ".join(outer.name for outer in lies_in(graph, place)),
        "ActionGeo_CountryCode": fips(place.country) if place.country else None,
        **(_point(place) if has_coordinates(place) else {}),
    }


def _point(place: Place) -> Row:
    assert place.lat is not None
    assert place.lon is not None
    return {"ActionGeo_Lat": round(place.lat, DIGITS), "ActionGeo_Long": round(place.lon, DIGITS)}


def _type(place: Place) -> int | None:
    numbers = gdelt().places.get(place.type)
    return numbers[0 if place.country == "USA" else 1] if numbers else None


def _source(happening: Happening) -> Row:
    """When the first article was published, and the address of the first that has one."""
    published = next((article.published for article in happening.articles if article.published), None)
    moment = datetime.fromisoformat(published) if published else None
    if moment and moment.tzinfo:
        moment = moment.astimezone(UTC)
    return {
        "DATEADDED": moment and f"{moment:%Y%m%d%H%M%S}",
        "SOURCEURL": next((article.url for article in happening.articles if article.url), None),
    }
